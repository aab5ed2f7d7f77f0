/** Tells whether an error was injected by the simulation or comes from the desk itself. */
import { member } from './looseJson.ts';

/**
 * What the world made on purpose has a code: a newer version wrote it, too many write at once, a clock is wrong. (That
 * a clock was right and taken for wrong is seen where the store is asked.)
 */
const MADE: ReadonlySet<unknown> = new Set([
  'document.unknownSchema',
  'claim.unknownEvent',
  'claim.unknownPolicy',
  'claim.contention',
  'clock.skewed',
]);
const DEEPEST = 10;

/** Whether a fault, or what it comes from, was put there by the simulation. */
export function isSimulated(fault: unknown): boolean {
  for (
    let one: unknown = fault, depth = 0;
    one !== undefined && one !== null && depth < DEEPEST;
    one = (one as { cause?: unknown }).cause, depth += 1
  ) {
    if ((one instanceof Error && /simulated/i.test(one.message)) || MADE.has(member(one, 'code'))) return true;
  }
  return false;
}
