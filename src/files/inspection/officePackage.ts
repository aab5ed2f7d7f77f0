/** Recognises an Office document: a zip whose directory and list of content types say what it is. */
import { fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import type { StoredFile } from '../../desk/ports/files.ts';
import { PagedReader } from './pagedReader.ts';

const MAX_ENTRIES = 10_000;
/** Beyond this size a document may not be packed tighter than {@link TIGHTEST}. */
const ROOM = 100 * 1024 * 1024;
const TIGHTEST = 200;
const MAX_CONTENT_TYPES_BYTES = 1024 * 1024;

const CONTENT_TYPES = '[Content_Types].xml';
const MAIN_PARTS = [
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'],
] as const;

export type OfficeKind = (typeof MAIN_PARTS)[number][0];
export type OfficeProblem = 'kindNotAccepted' | 'macros' | 'encrypted' | 'archiveBomb' | 'broken';

/** The part of the directory that counts; the rest, which may be as long as the file, is not kept. */
interface Directory {
  readonly problem?: OfficeProblem;
  readonly contentTypes: readonly Entry[];
}

/**
 * What the zip is, or why it is not accepted. Only its directory and its content types are read, nothing else is
 * unpacked: a zip bomb costs as little as any other document. Throws where the file cannot be read.
 */
export async function inspectPackage(file: StoredFile): Promise<OfficeKind | OfficeProblem> {
  const reader = new PagedReader(file);
  try {
    const zip = await fromRandomAccessReaderPromise(reader, file.size, { autoClose: false });
    if (zip.entryCount > MAX_ENTRIES) return 'archiveBomb';
    const { problem, contentTypes } = await readDirectory(zip, file.size);
    return problem ?? (await kindByContentTypes(zip, contentTypes));
  } catch (error) {
    if (reader.fault) throw reader.fault;
    // The one message of the zip reader that tells encryption from damage.
    return error instanceof Error && error.message.includes('strong encryption') ? 'encrypted' : 'broken';
  }
}

async function readDirectory(zip: ZipFile, size: number): Promise<Directory> {
  const contentTypes: Entry[] = [];
  let unpacked = 0;
  let isEncrypted = false;
  let hasMacros = false;
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    isEncrypted ||= entry.isEncrypted();
    hasMacros ||= /vbaProject\.bin$/i.test(entry.fileName);
    // Two say as much as more of them.
    if (contentTypes.length < 2 && entry.fileName.toLowerCase() === CONTENT_TYPES.toLowerCase())
      contentTypes.push(entry);
  }
  if (isEncrypted) return { problem: 'encrypted', contentTypes };
  // Compared with the size of the file, not of its parts: overlapping parts would count twice.
  if (unpacked > ROOM && unpacked > TIGHTEST * size) return { problem: 'archiveBomb', contentTypes };
  return hasMacros ? { problem: 'macros', contentTypes } : { contentTypes };
}

async function kindByContentTypes(zip: ZipFile, [list, second]: readonly Entry[]): Promise<OfficeKind | OfficeProblem> {
  if (!list) return 'kindNotAccepted';
  // With two lists, different readers would use different ones.
  if (second) return 'broken';
  if (list.uncompressedSize > MAX_CONTENT_TYPES_BYTES) return 'archiveBomb';
  const xml = await textOf(zip, list);
  // Neither belongs there, and both can hide a content type from a search for its text.
  if (/<!DOCTYPE|&#/i.test(xml)) return 'broken';
  if (/macroEnabled|vbaProject|macrosheet/i.test(xml)) return 'macros';
  const kinds = MAIN_PARTS.filter(
    ([, contentType]) => xml.includes(`"${contentType}"`) || xml.includes(`'${contentType}'`),
  );
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
