const LONGEST = 120;
/** Any other ending is no extension but part of the name. */
const EXTENSION = /.\.([a-z0-9]{1,16})$/i;

/** Controls, bidi and zero-width characters, halves of letters, everything that shows as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** The byte order mark counts as white space, but nobody sees it. */
const BLANK = /[^\S\ufeff]/g;
const RESERVED_IN_WINDOWS = /[<>:"|?*]/g;
const DEVICE_OF_WINDOWS = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i;

/**
 * A name under which a person's file can be shown, and saved on any system: the last part of what they sent, in NFC, of at most 120
 * UTF-16 units with its extension kept. Nothing unseen is left in it, nothing that Windows reserves, no dot at either end; where
 * nothing is left of it, it is `document`. A safe name stays as it is.
 */
export function safeFileName(name: string): string {
  const seen = name.replace(BLANK, ' ').replace(UNSEEN, '').normalize('NFC');
  const lastPart = trimmed(seen.split(/[/\\]/).findLast((part) => trimmed(part) !== '') ?? '');
  const allowed = lastPart.replace(RESERVED_IN_WINDOWS, '_').replace(/ +/g, ' ');
  return shortened(DEVICE_OF_WINDOWS.test(allowed) ? `_${allowed}` : allowed) || 'document';
}

/** The extension of a safe name, in small letters and without its dot; '' where it has none. */
export function extensionOf(safeName: string): string {
  return EXTENSION.exec(safeName)?.[1]?.toLowerCase() ?? '';
}

const DROPPED = '. ';

/**
 * Windows drops dots and spaces at the end by itself, and so would open another file than the one that is named. Letter by letter:
 * an expression that looks for an end looks from every dot again, and a name of a hundred thousand of them took seconds.
 */
function trimmed(name: string): string {
  let start = 0;
  let end = name.length;
  while (start < end && DROPPED.includes(name.charAt(start))) start += 1;
  while (end > start && DROPPED.includes(name.charAt(end - 1))) end -= 1;
  return name.slice(start, end);
}

function shortened(name: string): string {
  if (name.length <= LONGEST) return name;
  const kept = extensionOf(name).length;
  const ending = kept > 0 ? name.slice(-kept - 1) : '';
  let stem = '';
  for (const letter of name.slice(0, name.length - ending.length)) {
    if (stem.length + letter.length + ending.length > LONGEST) break;
    stem += letter;
  }
  return trimmed(stem) + ending;
}
