import type { PoeKind } from '../../domain/claims/values.ts';
import { POE_ENDINGS } from '../../domain/claims/values.ts';

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

/**
 * Endings that promise a kind of file. Anything else behind a dot is a part of the name, as in `Claim 1.5`,
 * `offer.final` or `letter to contoso.com`.
 */
const PROMISING = new Set(
  [
    'doc dot docm dotx dotm xls xlt xlsm xlsb xltx xltm xlam xla ppt pps pot pptm ppsx ppsm potx potm ppam ppa vsd vsdx vsdm',
    'odt ods odp odg odf rtf txt csv tsv md log wps et dps pages numbers key pub mpp one msg eml mht mhtml xps oxps epub',
    'heic heif gif tif tiff bmp webp avif svg ico psd ai eps raw dng cr2 nef jxl jp2 emf wmf',
    'htm html xhtml shtml xml xsl xslt json yaml yml php asp aspx jsp css js mjs ts vbs vbe jse wsf wsh hta url lnk scf',
    'exe dll sys scr pif bat cmd ps1 psm1 sh bash msi msp msix appx cpl jar class apk app dmg pkg deb rpm iso img vhd vhdx',
    'zip rar 7z tar gz tgz bz2 xz cab arj z lzh py pl rb reg inf bin iqy slk chm hlp application gadget',
    'mp3 wav m4a ogg flac mp4 m4v mov avi mkv wmv webm',
  ].flatMap((line) => line.split(' ')),
);

/** The ending by which a safe name promises a kind of file, in small letters; '' where it promises none. */
export function promisedEnding(safeName: string): string {
  const ending = extensionOf(safeName);
  return PROMISING.has(ending) || Object.values(POE_ENDINGS).some((own) => own.includes(ending)) ? ending : '';
}

/** A safe name with an ending of its kind, under which systems open it; as it is where it has one. */
export function namedAs(safeName: string, kind: PoeKind): string {
  const [first] = POE_ENDINGS[kind];
  return POE_ENDINGS[kind].includes(extensionOf(safeName)) ? safeName : safeFileName(`${safeName}.${first}`);
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
