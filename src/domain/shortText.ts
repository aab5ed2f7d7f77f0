/**
 * What a name, a title or another short text may hold: words that everyone reads alike, and no address. Such texts
 * are shown in the middle of the desk's own sentences, also to the other side of a claim. What was typed is judged, not
 * what cleaning leaves of it: a text that has to be cleaned was not typed by hand.
 */

/** What is wrong with a short text. */
export type ShortTextProblem = 'holdsAddress' | 'notReadable';

/** Scripts in which joiners change how words are written; elsewhere they are only invisible. */
const JOINED = [
  'Arabic Syriac Nko Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer',
  'Myanmar Tibetan',
]
  .flatMap((line) => line.split(' '))
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const JOINERS = new RegExp(
  `(?<=[${JOINED}\\p{M}])[\\u200c\\u200d](?=[${JOINED}])|(?<=[\\p{Emoji}\\p{M}\\ufe0f])\\u200d(?=\\p{Emoji})`,
  'gu',
);
/** Marks of direction stand beside letters that are written from right to left, and do no harm there. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Forms of a letter: of an ideograph, as names in Japan have them, or of an emoji. */
const VARIANTS = /(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}\ufe00-\ufe0f]|(?<=[\p{S}\p{P}\p{Emoji}])[\ufe0e\ufe0f]/gu;
/** The desk's own, in the texts that its forms start with. */
const OWN_JOINERS = /(?<=[${])\u2060(?=\{)/g;
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** More marks on one letter than any script needs reach over the lines above and below. */
const PILED_MARKS = /\p{M}{5}/u;

const LABEL = '[\\p{L}\\p{N}_-]';
const ADDRESSES = new RegExp(
  [
    // With its scheme, whichever it is; and schemes that need no slashes.
    ':\\s?//',
    '\\b(?:https?|ftps?|file|mailto|javascript|vbscript|data|tel|sms|callto|sip|skype|msteams|ms-[a-z]+|xmpp|magnet|blob):\\S',
    // A share of a Windows network.
    '\\\\\\\\\\S',
    `(?<!${LABEL})www\\d?\\.${LABEL}`,
    // A host with a path, a query or a port. A host alone may be a name: "Contoso.com Ltd", "J.Smith".
    `${LABEL}\\.\\p{L}[\\p{L}\\p{N}-]+(?:/|[?#]${LABEL}|:\\d)`,
    // E-mail.
    `[^\\s@]@${LABEL}[^\\s@]*\\.\\p{L}`,
    '(?<![\\d.])(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}(?![\\d.])',
    // What other programs read as a link, a mention or a character.
    '\\]\\s*[(\\[]',
    '<\\s*(?:[/?]?\\s*\\p{L}|!)',
    '&(?:#\\d|#x[\\da-f]|[a-z]{2,8};)',
  ].join('|'),
  'iu',
);
/** Full stops that the net takes for one. */
const FULL_STOPS = /[\u3002\uff0e\uff61\u2024\ufe52]/g;

/** What is wrong with a short text as it was typed; space around it counts for nothing. */
export function shortTextProblem(typed: string): ShortTextProblem | undefined {
  const text = typed.trim().replace(OWN_JOINERS, '');
  const seen = text
    .replace(RIGHT_TO_LEFT.test(text) ? DIRECTION_MARKS : '', '')
    .replace(JOINERS, '')
    .replace(VARIANTS, '');
  if (INVISIBLE.test(seen) || PILED_MARKS.test(seen.normalize('NFC'))) return 'notReadable';
  return ADDRESSES.test(seen.normalize('NFKC').replace(FULL_STOPS, '.')) ? 'holdsAddress' : undefined;
}
