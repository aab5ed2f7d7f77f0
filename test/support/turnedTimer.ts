/** A timer that a test turns: steady time stands still, and what is due is called by the turn. */
import type { Timer } from '../../src/desk/ports/system.ts';

export interface TurnedTimer extends Timer {
  /** Passes this many milliseconds, and calls what is due by then in its order. */
  turn(ms: number): void;
  /** How many calls are still to come. */
  waiting(): number;
}

export function createTurnedTimer(): TurnedTimer {
  let now = 0;
  const calls = new Set<{ readonly at: number; readonly call: () => void }>();
  return {
    now: () => now,
    after(ms, call) {
      const due = { at: now + ms, call };
      calls.add(due);
      return () => void calls.delete(due);
    },
    turn(ms) {
      now += ms;
      for (const due of [...calls].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)) {
        if (calls.delete(due)) due.call();
      }
    },
    waiting: () => calls.size,
  };
}
