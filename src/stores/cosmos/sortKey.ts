/**
 * How a key is stored in an item, so that one range index filters, orders and pages: a property for each name and
 * value, with an order text.
 */
import { createHash } from 'node:crypto';
import type { Find, PageStart } from '../../desk/ports/documents.ts';
import type { SortedKey } from '../indexKeys.ts';

/** Every sort is a safe integer, so this much more is positive and takes 14 hex digits at most. */
const OFFSET = 2 ** 53;
const DIGITS = 14;
/** Sorts after every order text, which is of hex digits alone. */
const END = 'g';

/**
 * The property of `keys` that documents with this key have: `wake_…`. Its letters and digits need no quoting in a
 * query.
 */
export function propertyOf(name: string, value: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([name.toWellFormed(), value.toWellFormed()]))
    .digest('hex');
  return `${name.replace(/[^A-Za-z0-9]/g, '').slice(0, 24)}_${digest.slice(0, 32)}`;
}

/** The keys of a document as properties: each property's text orders as (sort, UTF-8 bytes of the id) does. */
export function propertiesOf(keys: readonly SortedKey[], id: string): Record<string, string> {
  return Object.fromEntries(keys.map(({ name, value, sort }) => [propertyOf(name, value), orderOf({ sort, id })]));
}

/** A place in the order of a find. Two of these compare, unit by unit, as their places do. */
export function orderOf({ sort, id }: PageStart): string {
  return `${sortText(sort)}${Buffer.from(id, 'utf8').toString('hex')}`;
}

/** The place that an order text stands for. */
export function placeOf(order: string): PageStart {
  return {
    sort: Number(BigInt(`0x${order.slice(0, DIGITS)}`) - BigInt(OFFSET)),
    id: Buffer.from(order.slice(DIGITS), 'hex').toString('utf8'),
  };
}

/** A range of the order, both ends excluded. */
export interface SortRange {
  readonly from: string;
  readonly below: string;
}

/** The range that a find covers. */
export function sortRangeOf({ upTo, after, newestFirst }: Find): SortRange {
  const end = upTo === undefined ? END : sortText(Math.floor(upTo) + 1);
  if (!after) return { from: '', below: end };
  const place = orderOf(after);
  return newestFirst ? { from: '', below: place < end ? place : end } : { from: place, below: end };
}

function sortText(sort: number): string {
  const bounded = Math.max(-OFFSET, Math.min(OFFSET, sort));
  return (BigInt(bounded) + BigInt(OFFSET)).toString(16).padStart(DIGITS, '0');
}
