/** A look into an Office document: a zip whose directory and list of content types say what it is. */

import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

const MOST_ENTRIES = 10_000;
/** Beyond this size a document may not be packed tighter than {@link TIGHTEST}. */
const ROOM = 100 * 1024 * 1024;
const TIGHTEST = 200;
const LONGEST_CONTENT_TYPES = 1024 * 1024;

const CONTENT_TYPES = '[Content_Types].xml';
const MAIN_PARTS = [
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'],
] as const;

export type OfficeKind = (typeof MAIN_PARTS)[number][0];
export type OfficeProblem = 'kindNotAccepted' | 'macros' | 'encrypted' | 'archiveBomb' | 'broken';

/**
 * What the zip is, or why it is not taken. Only its directory and its content types are read, nothing else is unpacked: a document
 * that claims to grow beyond all measure costs as little as any other.
 */
export async function inspectPackage(bytes: Buffer): Promise<OfficeKind | OfficeProblem> {
  try {
    const zip = await fromBufferPromise(bytes, { autoClose: false });
    if (zip.entryCount > MOST_ENTRIES) return 'archiveBomb';
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return problemOfDirectory(entries, bytes.length) ?? (await kindByContentTypes(zip, entries));
  } catch (error) {
    // The one message of the zip reader that tells encryption from damage.
    return error instanceof Error && error.message.includes('strong encryption') ? 'encrypted' : 'broken';
  }
}

function problemOfDirectory(entries: readonly Entry[], size: number): OfficeProblem | undefined {
  if (entries.some((entry) => entry.isEncrypted())) return 'encrypted';
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  // Against the size of the file, not of its parts: parts that lie upon each other would count twice.
  if (unpacked > ROOM && unpacked > TIGHTEST * size) return 'archiveBomb';
  if (entries.some((entry) => /vbaProject\.bin$/i.test(entry.fileName))) return 'macros';
  return undefined;
}

async function kindByContentTypes(zip: ZipFile, entries: readonly Entry[]): Promise<OfficeKind | OfficeProblem> {
  const [list, second] = entries.filter((entry) => entry.fileName.toLowerCase() === CONTENT_TYPES.toLowerCase());
  if (!list) return 'kindNotAccepted';
  // Of two lists each reader would believe another one.
  if (second) return 'broken';
  if (list.uncompressedSize > LONGEST_CONTENT_TYPES) return 'archiveBomb';
  const xml = await textOf(zip, list);
  // Neither belongs there, and both can hide a content type from whoever only looks at the letters.
  if (/<!DOCTYPE|&#/i.test(xml)) return 'broken';
  if (/macroEnabled|vbaProject|macrosheet/i.test(xml)) return 'macros';
  const kinds = MAIN_PARTS.filter(([, contentType]) => xml.includes(`"${contentType}"`) || xml.includes(`'${contentType}'`));
  return kinds.length === 1 && kinds[0] ? kinds[0][0] : 'kindNotAccepted';
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}

/** XML is UTF-8 unless it begins with the mark of UTF-16. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
