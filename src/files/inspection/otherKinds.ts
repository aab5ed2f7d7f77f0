/** Kinds that are not accepted, where their sender can be told how to send what is in them instead. */
import { fileTypeFromBuffer } from 'file-type';
import { encodingOf } from './office/xml.ts';
import { LOCAL_HEADER, startsWith } from './signatures.ts';

/** How much of a text shows what it is. */
const HEAD = 4096;
const WEB_PAGE =
  /^(?:\xef\xbb\xbf)?\s*(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|table|div)\b/i;
/** Pages that programs write for Excel, and call workbooks. */
const PAGE_OF_EXCEL = /schemas-microsoft-com:office:excel|<x:ExcelWorkbook/i;
const ONE_NOTE = Buffer.from('e4525c7b8cd8a74daeb15378', 'hex');
const SHELL_LINK = Buffer.from('4c0000000114020000000000', 'hex');
/** What tells each kind of text, the more telling first. XML of Office of 2003 and of today, each in one file. */
const TEXTS: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^\{\\rtf/, 'rtf'],
  [/<\?mso-application\s[^>]*"Excel\.|<(?:\w+:)?Workbook\s[^>]*schemas-microsoft-com:office:spreadsheet/, 'excelXml'],
  [/<\?mso-application\s[^>]*"PowerPoint\./, 'powerPointXml'],
  [/<\?mso-application\s[^>]*"Word\.|<(?:\w+:)?wordDocument\s[^>]*schemas\.microsoft\.com\/office\/word/, 'wordXml'],
  [/^<\?xml[^]*office:mimetype="application\/vnd\.oasis\.opendocument\.text/, 'fodt'],
  [/^<\?xml[^]*office:mimetype="application\/vnd\.oasis\.opendocument\.spreadsheet/, 'fods'],
  [/^<\?xml[^]*office:mimetype="application\/vnd\.oasis\.opendocument\.presentation/, 'fodp'],
  [/^(?:<\?xml[^>]*\?>|<!--(?:(?!-->)[^])*-->|<!DOCTYPE svg[^>]*>|\s)*<svg\b/, 'picture'],
  [/^%!PS-/, 'postscript'],
  [
    /^\s*\[InternetShortcut\]|^\s*<\?xml[^]*<plist[^]*<key>URL<\/key>|^\s*\{[^]*"url"\s*:\s*"https:\/\/docs\.google\./,
    'shortcut',
  ],
];
const HEADER_OF_MAIL = /^(?:return-path|received|delivered-to|message-id|mime-version|from|to|subject|date|x-[\w-]+):/i;
/** How many lines are compared to know a table from a text. */
const LINES = 10;

/** Archives by what file-type calls them; a compressed file too has to be unpacked first. */
const ARCHIVES = [
  'zip',
  'rar',
  '7z',
  'tar',
  'tar.gz',
  'gz',
  'bz2',
  'xz',
  'zst',
  'lz',
  'cab',
  'arj',
  'lzh',
  'ace',
  'cpio',
  'ar',
  'deb',
];

/** Whether a file begins as a page of the web does, whatever its name says. */
export function isWebPage(beginning: Buffer): boolean {
  return WEB_PAGE.test(beginning.toString('latin1', 0, HEAD));
}

/**
 * What a file is, as the sentences of a refusal know it, by its first bytes; of texts without any form, also by the
 * ending of its name. Undefined where there is nothing to advise.
 */
export async function otherKind(beginning: Buffer, ending: string): Promise<string | undefined> {
  if (startsWith(beginning, ONE_NOTE)) return 'one';
  if (startsWith(beginning, SHELL_LINK)) return 'shortcut';
  if (isWebPage(beginning))
    return ending === 'xls' || PAGE_OF_EXCEL.test(beginning.toString('latin1', 0, HEAD)) ? 'excelPage' : 'webPage';
  const text = textOf(beginning);
  if (text !== undefined) return kindOfText(text, ending);
  const { mime = '', ext = '' } = (await fileTypeFromBuffer(beginning)) ?? {};
  if (/^image\/hei[cf]/.test(mime)) return 'heic';
  if (mime.startsWith('image/')) return 'picture';
  return ARCHIVES.includes(ext) ? 'archive' : undefined;
}

/** Whether the bytes before a PDF begin an archive, in which it is merely the first file. */
export async function beginsArchive(beginning: Buffer, pdfAt: number): Promise<boolean> {
  if (pdfAt === 0) return false;
  if (beginning.subarray(0, pdfAt).includes(LOCAL_HEADER)) return true;
  return ARCHIVES.includes((await fileTypeFromBuffer(beginning))?.ext ?? '') || beginsOldTar(beginning);
}

/** Whether a header of tar of before it had a name for itself is there: rights and checksum, in octal digits. */
function beginsOldTar(beginning: Buffer): boolean {
  if (beginning.length < 512) return false;
  const checksum = Number.parseInt(
    beginning
      .toString('latin1', 148, 156)
      .replace(/[\0 ]+$/, '')
      .trim(),
    8,
  );
  const bytes = beginning.subarray(0, 512).reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
  return /^[0-7]{6,7}[ \0]/.test(beginning.toString('latin1', 100, 108)) && checksum === bytes;
}

/** The first characters of a text; undefined where the bytes are none, or hold a PDF. */
function textOf(beginning: Buffer): string | undefined {
  const head = beginning.subarray(0, HEAD);
  const encoding = encodingOf(head);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    // A text in the code page of its writer's machine: of its letters only the plain ones matter here.
    text = head.toString('latin1');
  }
  return /[^\P{Cc}\t\n\f\r\x80-\x9f]|%PDF-/u.test(text) ? undefined : text.replace(/^\ufeff/, '');
}

function kindOfText(text: string, ending: string): string {
  const known = TEXTS.find(([pattern]) => pattern.test(text))?.[1];
  if (known !== undefined) return known;
  if (isMail(text)) return /^(?:snapshot-content-location|content-location):/im.test(text) ? 'webPage' : 'email';
  return ending === 'csv' || ending === 'tsv' || isTable(text) ? 'csv' : 'text';
}

/** Whether a text begins with the head of a message: three lines of it at least. */
function isMail(text: string): boolean {
  const head = text.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = head.split(/\r?\n/).filter((line) => !/^[ \t]/.test(line));
  return HEADER_OF_MAIL.test(lines[0] ?? '') && lines.filter((line) => HEADER_OF_MAIL.test(line)).length >= 3;
}

/** Whether each line has as many separators as the others. */
function isTable(text: string): boolean {
  // The last line may be cut off.
  const lines = text
    .split(/\r?\n/)
    .slice(0, -1)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  const [first = '', ...others] = lines.map((line) => line.replaceAll(/"[^"]*"/g, ''));
  return (
    others.length > 0 &&
    [';', '\t', ','].some((mark) => {
      const count = first.split(mark).length;
      return count > 1 && others.every((line) => line.split(mark).length === count);
    })
  );
}
