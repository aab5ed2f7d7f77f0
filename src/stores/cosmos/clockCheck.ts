/**
 * Compares this machine's clock with the store's time, which is in each of its responses. Otherwise instances whose
 * clocks differ would disagree about what is due: one whose clock jumped forward decides too early, one whose clock
 * went back lets a period begin in the past.
 */
import { DeskError } from '../../domain/deskError.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Clock } from '../../desk/ports/system.ts';

/** By how many milliseconds this machine's clock may differ from the store's. */
export const CLOCK_TOLERANCE_MS = 30_000;

/** The store's time is in whole seconds, so the true time may be this much later. */
const LAST_OF_A_SECOND_MS = 999;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const SECONDS = ['seconds', 1_000] as const;
const UNITS = [['days', 86_400_000], ['hours', 3_600_000], ['minutes', 60_000], SECONDS] as const;

/** The two clocks of this machine: the one that can be set, and the one that cannot. */
export interface MachineTime {
  /** Milliseconds since 1970. */
  readonly clock: Clock;
  /** Milliseconds from any beginning. */
  readonly steady: Clock;
}

/** This machine's clock is wrong, or the store's is. The read fails, so that nothing is decided by a wrong clock. */
export class ClockError extends DeskError<'clock.skewed'> {
  /** Milliseconds that this machine's clock is ahead of the store's; ` +
      `below zero where it is behind. */
  readonly aheadMs: number;

  constructor(aheadMs: number) {
    super(
      'clock.skewed',
      `This machine's clock is ${lengthOf(Math.abs(aheadMs))} ${aheadMs < 0 ? 'behind' : 'ahead of'} the ` +
        "store's; have this machine's time synchronised. The desk does nothing until the two agree, then it " +
        'goes on by itself',
    );
    this.aheadMs = aheadMs;
  }
}

/**
 * Throws a {@link ClockError} where this machine's clock differs from the store's by more than {@link
 * CLOCK_TOLERANCE_MS}, whenever within the request the store read its own. Without a time of the store nothing is
 * checked.
 * @param storeTime the store's time, a whole second
 * @param now this machine's time when the response arrived
 * @param tookMs how long the request took, by a clock that cannot be set: a slow store is no wrong clock
 */
export function checkClock(storeTime: Instant | undefined, now: Instant, tookMs = 0): void {
  if (storeTime === undefined) return;
  const least = now - tookMs - (storeTime + LAST_OF_A_SECOND_MS);
  const most = now - storeTime;
  if (least > CLOCK_TOLERANCE_MS) throw new ClockError(least);
  if (most < -CLOCK_TOLERANCE_MS) throw new ClockError(most);
}

/** The time in the `date` header of a response; undefined where it is missing, or not in the format of RFC 9110. */
export function storeTimeOf(date: string | undefined): Instant | undefined {
  const at = date !== undefined && HTTP_DATE.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function lengthOf(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, length]) => ms >= 2 * length) ?? SECONDS;
  return `${Math.round(ms / unitMs)} ${unit}`;
}
