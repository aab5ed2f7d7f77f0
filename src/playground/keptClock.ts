/** The clock of the local Teams: the machine's, ahead of it by what it was turned. How far is kept, so that it never goes back. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { adjustableClock, systemClock } from '../clock.ts';
import type { AdjustableClock } from '../clock.ts';

/** A clock that goes on where it stood when it was last turned. `file` holds how far ahead it is, in milliseconds. */
export function keptClock(file: string): AdjustableClock {
  const clock = adjustableClock(systemClock);
  let ahead = keptIn(file);
  clock.turn(ahead);
  return {
    now: () => clock.now(),
    turn(ms) {
      clock.turn(ms);
      ahead += ms;
      // Whole or not at all: half a number would turn the clock back at the next start.
      writeFileSync(`${file}.new`, JSON.stringify({ ahead }), { flush: true });
      renameSync(`${file}.new`, file);
    },
  };
}

function keptIn(file: string): number {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const ahead = kept !== null && typeof kept === 'object' && 'ahead' in kept ? kept.ahead : undefined;
    if (typeof ahead === 'number' && Number.isSafeInteger(ahead) && ahead >= 0) return ahead;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
  throw new RangeError(`${file} does not say how far ahead the clock is; start anew with --fresh`);
}
