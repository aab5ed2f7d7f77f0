/**
 * People's text, made safe to keep: no control characters, no invisible ones that turn text round, no broken
 * surrogates.
 */

/** The longest comment, in characters. */
export const MAX_COMMENT = 4000;
/** A claim is one document: its comments must leave it a size that can be written on every change. */
export const MAX_COMMENTS = 500;

// eslint-disable-next-line no-control-regex -- control characters are what is taken out
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A text of several lines: normalised, trimmed, at most two line breaks in a row. Everything else stays as it was
 * typed.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A text of one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ');
}
