/**
 * The store's own time, which it says in each answer, and this machine's clock beside it. Instances that judge deadlines by clocks of
 * their own would otherwise disagree about what is due: one whose clock jumped forward decides too early, one whose clock went
 * back lets a period begin in the past.
 */
import { DeskError } from '../../domain/deskError.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Clock } from '../../desk/ports/system.ts';

/** By so much this machine's clock may differ from the store's; in milliseconds. */
export const CLOCK_TOLERANCE_MS = 30_000;

/** The store says whole seconds, so the time it means may be as much later. */
const LAST_OF_A_SECOND_MS = 999;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const SECONDS = ['seconds', 1_000] as const;
const UNITS = [['days', 86_400_000], ['hours', 3_600_000], ['minutes', 60_000], SECONDS] as const;

/** The two clocks of this machine: the one that is set, and the one that never is. */
export interface MachineTime {
  /** Milliseconds since 1970. */
  readonly clock: Clock;
  /** Milliseconds from any beginning. */
  readonly steady: Clock;
}

/** This machine's clock is wrong, or the store's is. What was asked of the store is not answered, so that nothing is judged by it. */
export class ClockError extends DeskError<'clock.skewed'> {
  /** Milliseconds that this machine's clock is ahead of the store's; below zero where it is behind. */
  readonly aheadMs: number;

  constructor(aheadMs: number) {
    super(
      'clock.skewed',
      `This machine's clock is ${lengthOf(Math.abs(aheadMs))} ${aheadMs < 0 ? 'behind' : 'ahead of'} the store's; have this machine's time synchronised. The desk does nothing until the two agree, then it goes on by itself`,
    );
    this.aheadMs = aheadMs;
  }
}

/**
 * Throws a {@link ClockError} where this machine's clock differs from the store's by more than {@link CLOCK_TOLERANCE_MS}, at every
 * moment at which the store may have said its time. Where it said none, nothing is checked.
 * @param storeTime a whole second, as the store said it
 * @param now this machine's time when the answer was here
 * @param tookMs for how long the answer was waited for, by a clock that is never set: a slow store is no wrong clock
 */
export function checkClock(storeTime: Instant | undefined, now: Instant, tookMs = 0): void {
  if (storeTime === undefined) return;
  const least = now - tookMs - (storeTime + LAST_OF_A_SECOND_MS);
  const most = now - storeTime;
  if (least > CLOCK_TOLERANCE_MS) throw new ClockError(least);
  if (most < -CLOCK_TOLERANCE_MS) throw new ClockError(most);
}

/** What the `date` header of an HTTP answer says; undefined where it is missing, or says no date as RFC 9110 writes it. */
export function storeTimeOf(date: string | undefined): Instant | undefined {
  const at = date !== undefined && HTTP_DATE.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function lengthOf(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, length]) => ms >= 2 * length) ?? SECONDS;
  return `${Math.round(ms / unitMs)} ${unit}`;
}
