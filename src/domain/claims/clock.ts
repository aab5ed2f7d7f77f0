import type { Instant } from '../calendar/calendar.ts';
import type { ClockName } from './policy.ts';
import { CLOCK_NAMES } from './policy.ts';

export interface Clock {
  readonly state: 'awaitingDelivery' | 'running' | 'paused';
  /** The version of the policy that it started with, and keeps (R42). */
  readonly policy: string;
  readonly startedAt: Instant;
  /** An action before this instant is in time. Absent while nothing runs; kept by a paused clock that was overdue (R46). */
  readonly dueAt?: Instant;
  /** Reminders still to come, the earliest first. */
  readonly reminders: readonly Instant[];
  /** How often lateness was escalated (R43). */
  readonly level: number;
  /** When it fires next: its due instant, then each escalation. */
  readonly nextAt?: Instant;
  /** Business days left when it was paused. */
  readonly remaining?: number;
}
export type Clocks = Readonly<Partial<Record<ClockName, Clock>>>;
export type ClockChanges = Readonly<Partial<Record<ClockName, Clock | null>>>;

export interface Firing {
  readonly clock: ClockName;
  readonly at: Instant;
  readonly kind: 'reminder' | 'due';
}

/** The earliest that any clock of the claim does next; undefined when all are silent. */
export function nextFiring(clocks: Clocks): Firing | undefined {
  let next: Firing | undefined;
  for (const clock of CLOCK_NAMES) {
    const running = clocks[clock];
    if (running?.state !== 'running') continue;
    const reminder = running.reminders[0];
    if (reminder !== undefined && (!next || reminder < next.at)) next = { clock, at: reminder, kind: 'reminder' };
    if (running.nextAt !== undefined && (!next || running.nextAt < next.at))
      next = { clock, at: running.nextAt, kind: 'due' };
  }
  return next;
}

/** Whether a clock of the reviewers' is past its due instant (R43). */
export function isOverdue(clock: Clock): boolean {
  return clock.level > 0;
}
