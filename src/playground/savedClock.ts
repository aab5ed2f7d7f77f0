/**
 * The clock of the playground: the machine's, plus what it was turned by. The offset is saved, so the clock never goes
 * back.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { adjustableClock, systemClock } from '../runtime/clock.ts';
import type { AdjustableClock } from '../runtime/clock.ts';
import { PlaygroundError } from './playgroundError.ts';
import { errnoOf } from '../shared/errno.ts';

/** Opens the clock with the saved offset. `file` holds the offset in milliseconds; each turn saves it. */
export function createSavedClock(file: string): AdjustableClock {
  const clock = adjustableClock(systemClock);
  let ahead = readAhead(file);
  clock.turn(ahead);
  return {
    now: () => clock.now(),
    turn(ms) {
      clock.turn(ms);
      ahead += ms;
      // Written atomically: half a number would turn the clock back at the next start.
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
