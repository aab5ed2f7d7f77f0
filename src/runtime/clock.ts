/** Where time enters the program. Everything else is handed a {@link Clock}; lint holds it. */
import type { Clock, Timer } from '../desk/ports/system.ts';

/** The machine's own clock, in milliseconds since 1970. */
export const systemClock: Clock = { now: () => Date.now() };

/** Milliseconds since the process began. It is never set forward or back: for measuring how long things take. */
export const steadyClock: Clock = { now: () => performance.now() };

/** Steady time with the process's own timers. */
export const steadyTimer: Timer = {
  now: () => steadyClock.now(),
  after(ms, call) {
    const timeout = setTimeout(call, ms);
    return () => clearTimeout(timeout);
  },
};

/** A clock that a test or the playground can move forward. */
export interface AdjustableClock extends Clock {
  /** Moves the clock forward by `ms` milliseconds. Refuses to go back: nothing that has fired may come due again. */
  turn(ms: number): void;
}

/**
 * A clock that can be turned forward. Given an instant (ms since 1970) it stands still there until it is turned;
 * given another clock it goes on with that one, ahead of it by what it has been turned.
 */
export function adjustableClock(start: number | Clock): AdjustableClock {
  const base: Clock = typeof start === 'number' ? { now: () => start } : start;
  let ahead = 0;
  return {
    now: () => base.now() + ahead,
    turn(ms) {
      if (!Number.isSafeInteger(ms) || ms < 0) {
        throw new RangeError(`A clock is turned forward by whole milliseconds, not by ${ms}.`);
      }
      ahead += ms;
    },
  };
}
