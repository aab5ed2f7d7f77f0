/** The clock of the local Teams: the machine's, ahead of it by what it was turned. How far is kept, so that it never goes back. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { adjustableClock, systemClock } from '../runtime/clock.ts';
import type { AdjustableClock } from '../runtime/clock.ts';
import { PlaygroundError } from './playgroundError.ts';
import { errnoOf } from '../shared/errno.ts';

/** A clock that goes on where it stood when it was last turned. `file` holds how far ahead it is, in milliseconds. */
export function openSavedClock(file: string): AdjustableClock {
  const clock = adjustableClock(systemClock);
  let ahead = readAhead(file);
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

function readAhead(file: string): number {
  const text = readIfThere(file);
  if (text === undefined) return 0;
  const ahead = /^\{"ahead":(\d{1,15})\}$/.exec(text)?.[1];
  if (ahead === undefined)
    throw new PlaygroundError(
      'playground.badClock',
      `${file} does not say how far ahead the clock is. Start anew with --fresh.`,
    );
  return Number(ahead);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
