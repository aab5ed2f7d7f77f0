import type { Find, Key, Scan } from '../desk/ports/documents.ts';

/** A key as every store keeps it: its sort is always present. */
export interface SortedKey {
  readonly name: string;
  readonly value: string;
  readonly sort: number;
}

/**
 * The keys that a document is stored under: one for each pair of name and value, at its lowest `sort`, so that it is
 * found once. Half a letter in a value becomes U+FFFD, as it does in every database that keeps UTF-8. Throws a
 * RangeError for a `sort` that is not a whole number.
 */
export function keysToStore(keys: readonly Key[]): SortedKey[] {
  const byNameAndValue = new Map<string, SortedKey>();
  for (const { name, value: text, sort = 0 } of keys) {
    if (!Number.isSafeInteger(sort))
      throw new RangeError(`The key ${name} has the sort ${sort}; it takes a whole number.`);
    const value = text.toWellFormed();
    const pair = JSON.stringify([name, value]);
    const known = byNameAndValue.get(pair);
    if (!known || sort < known.sort) byNameAndValue.set(pair, { name, value, sort });
  }
  return [...byNameAndValue.values()];
}

/** Throws a RangeError unless `limit` is a whole number from 1 up. */
export function checkLimit(asked: Find | Scan): void {
  if (Number.isSafeInteger(asked.limit) && asked.limit >= 1) return;
  const what = 'name' in asked ? `A find by ${asked.name}` : `A scan of ${asked.kind}`;
  throw new RangeError(`${what} has the limit ${asked.limit}; it takes a whole number from 1 up.`);
}
