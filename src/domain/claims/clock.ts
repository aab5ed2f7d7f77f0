/** A deadline of a claim as it is now: it waits for a delivery, runs, or is paused. Events carry it as it is here. */
import type { Instant } from '../calendar/calendar.ts';
import type { ClockName } from './policy.ts';
import { CLOCK_NAMES } from './policy.ts';

interface AnyClock {
  /** The version of the policy that it started with, and keeps (R42). */
  readonly policy: string;
  readonly startedAt: Instant;
}

/** It runs from the delivery of the notice that starts it, which has not arrived yet (R45). */
export interface AwaitingDelivery extends AnyClock {
  readonly state: 'awaitingDelivery';
  readonly reminders: readonly [];
  readonly level: 0;
}

/** It runs, or has run out and is escalated. */
export interface Running extends AnyClock {
  readonly state: 'running';
  /** An action before this instant is in time. */
  readonly dueAt: Instant;
  /** Reminders still to come, the earliest first. */
  readonly reminders: readonly Instant[];
  /** How often lateness was escalated (R43). */
  readonly level: number;
  /** When it fires next: its due instant, then each escalation. */
  readonly nextAt: Instant;
}

/** It counts no days while the partner answers (R46), or while an objection of the customer's is open (R60). */
export interface Paused extends AnyClock {
  readonly state: 'paused';
  /** Days left, in the unit of the clock (R46, R60). */
  readonly remaining: number;
  /** Of one that was overdue when it was paused: since when. */
  readonly dueAt?: Instant;
  readonly reminders: readonly [];
  readonly level: number;
}

/** A clock of a claim in one of its states. */
export type Clock = AwaitingDelivery | Running | Paused;
/** The clocks of a claim; one that ended, or never started, is absent. */
export type Clocks = Readonly<Partial<Record<ClockName, Clock>>>;
/** What an event does to clocks: each as it is from now on, or null for one that ended. */
export type ClockChanges = Readonly<Partial<Record<ClockName, Clock | null>>>;

/** What a clock does next, and when. */
export interface Firing {
  readonly clock: ClockName;
  readonly running: Running;
  readonly at: Instant;
  readonly kind: 'reminder' | 'due';
}

/** Whether any clock of the claim has something to do at `now` or had it earlier. */
export function isClockDue(clocks: Clocks, now: Instant): boolean {
  return (nextFiring(clocks)?.at ?? Infinity) <= now;
}

/**
 * The earliest that any clock of the claim does next; undefined when all are silent. A stored clock that runs without
 * `nextAt` is damaged, and silent: compared with the present it would be due for ever.
 */
export function nextFiring(clocks: Clocks): Firing | undefined {
  let next: Firing | undefined;
  for (const clock of CLOCK_NAMES) {
    const running = clocks[clock];
    if (running?.state !== 'running') continue;
    const reminder = running.reminders[0];
    if (reminder !== undefined && (!next || reminder < next.at))
      next = { clock, running, at: reminder, kind: 'reminder' };
    const { nextAt }: Partial<Running> = running;
    if (nextAt !== undefined && (!next || nextAt < next.at)) next = { clock, running, at: nextAt, kind: 'due' };
  }
  return next;
}

/** When a clock is due, or was; undefined for one that has no due instant now, and for none. */
export function dueOf(clock: Clock | null | undefined): Instant | undefined {
  return !clock || clock.state === 'awaitingDelivery' ? undefined : clock.dueAt;
}

/** Whether a clock of the reviewers' is past its due instant (R43). */
export function isOverdue(clock: Clock): boolean {
  return clock.level > 0;
}
