/**
 * People's text, made safe to keep: no control characters, no invisible ones that turn text round, no broken
 * surrogates.
 */

/** The longest comment, in characters. */
export const MAX_COMMENT = 4000;
/** A claim is one document: its comments must leave it a size that can be written on every change. */
export const MAX_COMMENTS = 500;

// eslint-disable-next-line no-control-regex -- control characters are what is taken out
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
/** Line ends of Word, of old machines and of Unicode, which would be taken out as control characters. */
// eslint-disable-next-line no-control-regex -- as above
const LINE_ENDS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
/** Joiners belong to emoji made of several, and to words of Persian and Indic scripts; elsewhere they are stray. */
const STRAY_JOINERS = new RegExp(
  [
    '(?<![\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])[\\u200c\\u200d]+',
    '[\\u200c\\u200d]+(?![\\p{L}\\p{M}\\p{Extended_Pictographic}\\u2640\\u2642])',
  ].join('|'),
  'gu',
);

/** Lines without a letter in front of the first one that has some. */
const EMPTY_START = /^(?:[^\S\n]*\n)+/;

/**
 * A text, kept to the letter: its indents and empty lines too. Only what surrounds it is trimmed: empty lines in front
 * of it and white space behind it; of a single line also the white space in front, which indents nothing.
 */
export function cleanText(text: string): string {
  const clean = text
    .replace(LINE_ENDS, '\n')
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINERS, '')
    .normalize('NFC')
    .replace(EMPTY_START, '')
    .trimEnd();
  return clean.includes('\n') ? clean : clean.trimStart();
}

/** A text of several lines as it is shown where room is short: trimmed, at most two line breaks in a row. */
export function compactText(text: string): string {
  return cleanText(text)
    .replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
    .trim();
}

/** A text of one line, without joiners: two names that look the same are the same. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\u200c\u200d]/g, '')
    .replace(/\s+/g, ' ')
    .trimStart();
}
