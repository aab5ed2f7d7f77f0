/** How much fits on a card: Teams rejects large messages, so less important parts are cut first. */
import type { Card } from './templates.ts';

/** How much of each part of a card is shown. */
export interface SizeBudget {
  /** Letters of a text that matters for what to do now: a request, a rejection, a justification. */
  readonly text: number;
  /** Letters of each of the last comments, and how many comments. */
  readonly comment: number;
  readonly comments: number;
  /** Letters of a name. */
  readonly name: number;
  /** Documents and subscription ids that are named. */
  readonly poe: number;
  readonly ids: number;
}

const BUDGETS: readonly [SizeBudget, ...SizeBudget[]] = [
  { text: 1500, comment: 600, comments: 3, name: 120, poe: 20, ids: 10 },
  { text: 1000, comment: 300, comments: 3, name: 80, poe: 20, ids: 5 },
  { text: 500, comment: 200, comments: 2, name: 50, poe: 20, ids: 3 },
  { text: 300, comment: 100, comments: 1, name: 24, poe: 5, ids: 1 },
];

/** Bytes of JSON in UTF-16, as Teams counts them; a card is cut until it has no more. */
export const MAX_CARD_BYTES = 40_000;

/** Bytes of JSON in UTF-16. */
export function sizeOf(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(card), 'utf16le');
}

/** The card with the largest budget that fits; with the smallest where none does. */
export function fitToSize(make: (budget: SizeBudget) => Card): Card {
  const [first, ...smaller] = BUDGETS;
  let card = make(first);
  for (const budget of smaller) {
    if (sizeOf(card) <= MAX_CARD_BYTES) break;
    card = make(budget);
  }
  return card;
}
