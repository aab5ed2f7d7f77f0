/** The history of a claim: append-only, each entry chained to the one before by its hash (R55). */
import type { Instant } from '../calendar/calendar.ts';
import type { ClaimEvent } from './events.ts';

/** One event as it is stored. */
export interface Entry {
  /** The version of the claim that the event made. */
  readonly version: number;
  /** When it was written down; `event.at` is when it counts from. */
  readonly recordedAt: Instant;
  /** The press that asked for it (R58). */
  readonly press?: string;
  readonly event: ClaimEvent;
  /** The hash of the entry before; of the first, empty. */
  readonly previous: string;
  readonly hash: string;
}

/** SHA-256 in hexadecimal; handed in, so that the core stays pure. */
export type Hash = (text: string) => string;

/** The history with more events at its end. */
export function append(
  entries: readonly Entry[],
  events: readonly ClaimEvent[],
  facts: { readonly recordedAt: Instant; readonly press?: string },
  hash: Hash,
): readonly Entry[] {
  const longer = [...entries];
  events.forEach((event, index) => {
    const last = index === events.length - 1;
    const unsigned = {
      version: longer.length + 1,
      recordedAt: facts.recordedAt,
      ...(last && facts.press !== undefined && { press: facts.press }),
      event,
      previous: longer.at(-1)?.hash ?? '',
    };
    longer.push({ ...unsigned, hash: hash(canonical(unsigned)) });
  });
  return longer;
}

/** The first version at which the chain is broken; undefined when it holds. */
export function firstBrokenEntry(entries: readonly Entry[], hash: Hash): number | undefined {
  let previous = '';
  for (const [index, { hash: signed, ...unsigned }] of entries.entries()) {
    if (unsigned.version !== index + 1 || unsigned.previous !== previous || hash(canonical(unsigned)) !== signed)
      return index + 1;
    previous = signed;
  }
  return undefined;
}

/** JSON with its keys in order, so that the same content always has the same hash. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
