/** The plain text of a message whose text is HTML. */
import { fold } from './tokens.ts';

/** In UTF-16 units. Comments have at most 4000, so what is beyond this is not even parsed. */
const MAX_TEXT = 32_768;

const NAMED: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** A mention; the name in it is the first group. */
export const MENTION = /<at(?:\s[^<>]{0,200})?>([^<>]{0,200})<\/at\s{0,20}>/gi;
const BREAK = /<(?:br|\/p|\/div|\/li)(?:\s[^<>]{0,200})?\/?>/gi;
const EMOJI = /<img\s[^<>]{0,2000}>/gi;
const TAG = /<\/?[a-z][a-z0-9:-]{0,30}(?:\s[^<>]{0,2000})?\/?>/gi;

/**
 * The text of a message without the mention of the bot, other tags, and character references; other mentions leave
 * their names. `botMention` is the bot's name, or the text of its mention with the tags. A longer text is cut to 32768
 * letters, so that the work has a bound.
 */
export function plainText(text: string, botMention = ''): string {
  const bot = nameIn(botMention);
  return truncate(text)
    .replace(/\r\n?/g, '\n')
    .replace(MENTION, (_, name: string) => (bot !== '' && nameIn(name) === bot ? ' ' : name))
    .replace(BREAK, '\n')
    .replace(EMOJI, emojiIn)
    .replace(TAG, '')
    .replace(
      /&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/gi,
      (whole, reference: string) => decodeReference(reference) ?? whole,
    )
    .replaceAll('\u00a0', ' ')
    .trim();
}

/** The character of an emoji, which Teams sends as a picture. */
function emojiIn(picture: string): string {
  return picture.includes('schema.skype.com/Emoji') ? (/\salt=(["'])([^"']{0,100})\1/i.exec(picture)?.[2] ?? '') : '';
}

/** Cuts a text to what the desk reads, without splitting a surrogate pair. */
export function truncate(text: string): string {
  return text.length <= MAX_TEXT ? text : text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '');
}

/** The name in a mention, without tags and as names are compared. */
export function nameIn(mention: string): string {
  const name = mention
    .slice(0, 500)
    .replace(TAG, '')
    .replace(/&amp;/gi, '&')
    .replace(/&nbsp;/gi, ' ');
  return fold(name).replace(/\s+/g, ' ').trim();
}

/** Decodes a character reference; undefined where it is not a known one. */
function decodeReference(reference: string): string | undefined {
  const name = reference.toLowerCase();
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const isLetter = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isLetter || code === 0x09 || code === 0x0a ? String.fromCodePoint(code) : undefined;
}
