import type { NewDocument } from '../desk/ports/documents.ts';

/**
 * For how many milliseconds a store has to keep a document; undefined for ever. Throws a RangeError for anything but a
 * whole number from 1 up.
 */
export function keepMsOf({ kind, id, keepMs }: NewDocument<unknown>): number | undefined {
  if (keepMs !== undefined && (!Number.isSafeInteger(keepMs) || keepMs < 1)) {
    throw new RangeError(
      `The document ${kind} ${id} is to be kept for ${keepMs} ms; it takes a whole number from 1 up.`,
    );
  }
  return keepMs;
}
