const MAX_LENGTH = 120;
/** Any other ending is no extension but part of the name. */
const EXTENSION = /.\.([a-z0-9]{1,16})$/i;

/** Control, bidi and zero-width characters, unpaired surrogates, everything that is not visible. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** White space but the byte order mark, which is not visible. */
const BLANK = /[^\S\ufeff]/g;
const WINDOWS_RESERVED = /[<>:"|?*]/g;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i;

/**
 * A name under which a person's file can be shown, and saved on any system: the last part of the path they sent, in
 * NFC, of at most 120 UTF-16 units with its extension kept. It has no invisible character, none that Windows reserves,
 * and no dot at either end; where nothing remains, it is `document`. A safe name stays as it is.
 */
export function safeFileName(name: string): string {
  const seen = name.replace(BLANK, ' ').replace(INVISIBLE, '').normalize('NFC');
  const lastPart = trimmed(seen.split(/[/\\]/).findLast((part) => trimmed(part) !== '') ?? '');
  const allowed = lastPart.replace(WINDOWS_RESERVED, '_').replace(/ +/g, ' ');
  return shortened(WINDOWS_DEVICE.test(allowed) ? `_${allowed}` : allowed) || 'document';
}

/** The extension of a safe name, in small letters and without its dot; '' where it has none. */
export function extensionOf(safeName: string): string {
  return EXTENSION.exec(safeName)?.[1]?.toLowerCase() ?? '';
}

const DROPPED = '. ';

/**
 * Windows drops dots and spaces at the end, and so would open another file than the one that is named. Done letter by
 * letter: a regular expression for the end starts again at every dot, and took seconds for a hundred thousand of them.
 */
function trimmed(name: string): string {
  let start = 0;
  let end = name.length;
  while (start < end && DROPPED.includes(name.charAt(start))) start += 1;
  while (end > start && DROPPED.includes(name.charAt(end - 1))) end -= 1;
  return name.slice(start, end);
}

function shortened(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const kept = extensionOf(name).length;
  const ending = kept > 0 ? name.slice(-kept - 1) : '';
  let stem = '';
  for (const letter of name.slice(0, name.length - ending.length)) {
    if (stem.length + letter.length + ending.length > MAX_LENGTH) break;
    stem += letter;
  }
  return trimmed(stem) + ending;
}
