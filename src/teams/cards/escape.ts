/** What people typed, so that a card shows it as it is: no template, no card function and no turned-round text comes out of it. */
import { cleanText } from '../../domain/claims/text.ts';

const WORD_JOINER = '\u2060';

/** Text of people as a card may carry it: `${` and `{{` are broken by a word joiner, which nobody sees and the desk takes out again. */
export function literal(text: string): string {
  return cleanText(text).replace(/([${])(?=\{)/g, `$1${WORD_JOINER}`);
}

/** The beginning of a text: at most so many UTF-16 units, with … where something is left out. No character is cut in two. */
export function truncateWithEllipsis(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}
