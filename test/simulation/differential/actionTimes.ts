/** Draws when a user acts: at any time, shortly before or after a deadline of the claim, or long after it. */
import { endOfDay, localDate } from '../../../src/domain/calendar/calendar.ts';
import type { Clocks } from '../../../src/domain/claims/clock.ts';
import type { Chance } from '../../support/random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Between two actions with one claim: what follows from the first has all happened before the second. */
export const APART = 4 * MINUTE;
/** The ways are never as long as this: what is asked so long before midnight is taken before it. */
const LONGEST_WAY = 20_000;
/** What is decided so long before midnight is told before it: on the day of the delivery the clock starts (R45). */
const LONGEST_TELLING = 3 * MINUTE;

/** An instant for the next action. Who has nothing to do but wait for a clock mostly does. */
export function drawActionTime(now: number, clocks: Clocks, chance: Chance): number {
  const waits = clocks.partnerResponse ?? clocks.consent ?? clocks.disputeWindow;
  const dues = Object.values(clocks)
    .flatMap((clock) => (clock.state === 'running' ? [clock.dueAt, clock.nextAt, ...clock.reminders] : []))
    .filter((at) => at > now + HOUR);
  const due = dues.length > 0 ? chance.pick(dues) : undefined;
  const soon = now + APART - Math.log(1 - chance.next()) * 15 * HOUR;
  if (due === undefined || chance.happens(waits ? 0.25 : 0.45)) return Math.round(soon);
  const lot = chance.next();
  if (lot < 0.4) return due - LONGEST_WAY - chance.below(chance.happens(0.5) ? 30_000 : HOUR);
  if (lot < 0.75) return due + chance.below(chance.happens(0.5) ? 30_000 : HOUR);
  return due + HOUR + chance.below(6 * DAY);
}

/** The same, or somewhat earlier, so that nothing that follows from it may fall on another day in another world. */
export function clearOfMidnight(at: number, zone: string, startsClock: boolean): number {
  const most = startsClock ? LONGEST_TELLING : LONGEST_WAY;
  return endOfDay(localDate(at, zone), zone) - at < most ? at - most : at;
}
