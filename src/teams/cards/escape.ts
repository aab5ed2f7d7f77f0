/** Makes typed text safe for cards: no template expression, no card function and no reversed text comes out of it. */
import { compactText } from '../../domain/claims/text.ts';

const WORD_JOINER = '\u2060';

/**
 * Typed text as a card may carry it: `${` and `{{` are broken up by a word joiner. It is invisible, and the desk
 * removes it from what comes back.
 */
export function literal(text: string): string {
  return compactText(text).replace(/([${])(?=\{)/g, `$1${WORD_JOINER}`);
}

/** Cuts a text to `most` UTF-16 units, with … at the end where it was longer. No surrogate pair is split. */
export function truncateWithEllipsis(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}
