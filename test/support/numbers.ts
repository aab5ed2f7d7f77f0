/** Whole numbers given to the test programs. */
import { integerIn, rangeOf } from '../../src/tools/commandLine.ts';
import type { Range } from '../../src/tools/commandLine.ts';

/** What is wrong with numbers from one on where the last of them could not be given as the first, as a replay does. */
export function beyond(last: number, from: number, count: number): string | undefined {
  return from + count - 1 > last ? `${count} from ${from} on go beyond ${last}, the last that there is` : undefined;
}

/**
 * A whole number that a test takes from the environment. Throws for what is none: a test must not pass because it ran
 * nothing.
 */
export function wholeFrom(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: number,
  { min = 1, max = Number.MAX_SAFE_INTEGER }: Partial<Range> = {},
): number {
  const text = env[name];
  if (text === undefined) return fallback;
  const number = integerIn(text, { min, max });
  if (number === undefined)
    throw new RangeError(`${name} ${JSON.stringify(text)} is not a whole number ${rangeOf({ min, max })}`);
  return number;
}
