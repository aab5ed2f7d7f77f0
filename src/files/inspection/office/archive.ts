/** The zip of an Office package: its parts by name, held against what a directory can lie about. */
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import { PagedReader } from '../pagedReader.ts';
import { LOCAL_HEADER } from '../signatures.ts';
import { partKey } from './contentTypes.ts';
import type { Rejection } from './finding.ts';
import { reject } from './finding.ts';
import type { FoundZip } from './zipEnd.ts';
import { MAX_BYTES_BEFORE } from './zipEnd.ts';

const MAX_ENTRIES = 10_000;
/** Beyond this size a document may not be packed tighter than {@link TIGHTEST}. */
const ROOM = 100 * 1024 * 1024;
const TIGHTEST = 200;
const MEBIBYTE = 1024 * 1024;
/** The longest data descriptor, which may come behind the bytes of a part. */
const DESCRIPTOR = 24;
const READABLE_METHODS = [0, 8];

/** What a package may still unpack to, shared with the documents that are embedded in it. In bytes. */
export interface Room {
  left: number;
}

/** A file within the package. */
export interface Part {
  /** As the zip has it, with slashes, and none at its beginning. */
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
  readonly entry: Entry;
}

export interface Archive {
  /** By their keys: part names differ in more than the case of their letters, and in more than what is escaped. */
  readonly parts: ReadonlyMap<string, Part>;
  /**
   * The bytes of a part, unpacked, in pieces. Throws where they are not as the directory says: in number or checksum.
   */
  read(part: Part): AsyncIterable<Buffer>;
}

/**
 * Opens the zip, or says why not: parts under a password, too many, more than there is room for, of the same name, on
 * top of each other, not listed in the directory or called otherwise there. Throws where it is no sound zip.
 */
export async function openArchive(
  { file, directoryAt }: FoundZip,
  reader: PagedReader,
  room: Room,
): Promise<Archive | Rejection> {
  const zip = await fromRandomAccessReaderPromise(reader, file.size, { autoClose: false, decodeStrings: false });
  if (zip.entryCount > MAX_ENTRIES) return reject('archiveBomb', String(zip.entryCount));
  const parts = new Map<string, Part>();
  const entries: Entry[] = [];
  let unpacked = 0;
  let isEncrypted = false;
  for await (const entry of zip.eachEntry()) {
    isEncrypted ||= entry.isEncrypted();
    unpacked += entry.uncompressedSize;
    entries.push(entry);
    const name = nameOf(entry);
    if (name.endsWith('/') && entry.uncompressedSize === 0) continue;
    const key = partKey(name);
    // With two of a name, different readers would use different ones.
    if (parts.has(key) || !isPartName(name) || !isPartName(key)) return reject('broken', name);
    parts.set(key, { name, size: entry.uncompressedSize, entry });
  }
  if (isEncrypted) return reject('encrypted');
  // Compared with the size of the file, not of its parts: overlapping parts would count twice.
  if (unpacked > room.left || (unpacked > ROOM && unpacked > TIGHTEST * file.size))
    return reject('archiveBomb', `${Math.ceil(unpacked / MEBIBYTE)} MiB`);
  room.left -= unpacked;
  const unsound = await layoutProblem(zip, entries, directoryAt, reader);
  return unsound ?? { parts, read: (part) => checked(zip, part) };
}

/** UTF-8 whether or not the zip says so: writers forget the flag. Backslashes are those of writers on Windows. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const name = isUtf8(raw) ? raw.toString('utf8') : raw.toString('latin1');
  return name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}

function isPartName(name: string): boolean {
  return name !== '' && !/\p{Cc}/u.test(name) && !name.split('/').includes('..');
}

/** In the order of the file: each part by itself, with a header that says the same as the directory. */
async function layoutProblem(
  zip: ZipFile,
  entries: readonly Entry[],
  directoryAt: number,
  reader: PagedReader,
): Promise<Rejection | undefined> {
  const inOrder = entries.toSorted((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of inOrder) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) return reject('archiveBomb', nameOf(entry));
    if (await hasHiddenPart(reader, end, start)) return reject('broken', nameOf(entry));
    const header = await zip.readLocalFileHeaderPromise(entry);
    const isSame =
      header.fileName.equals(entry.fileNameRaw) &&
      header.compressionMethod === entry.compressionMethod &&
      READABLE_METHODS.includes(entry.compressionMethod) &&
      saysSize(header.uncompressedSize, entry) &&
      (entry.compressionMethod !== 0 || entry.compressedSize === entry.uncompressedSize);
    if (!isSame) return reject('broken', nameOf(entry));
    end = header.fileDataStart + entry.compressedSize;
  }
  if (end > directoryAt) return reject('archiveBomb');
  return (await hasHiddenPart(reader, end, directoryAt)) ? reject('broken') : undefined;
}

/**
 * Between two parts there may be the descriptor of the first and a filling, but no part that the directory conceals.
 */
async function hasHiddenPart(reader: PagedReader, from: number, to: number): Promise<boolean> {
  if (to - from <= DESCRIPTOR) return false;
  const between = await reader.bytes(from, Math.min(to, from + MAX_BYTES_BEFORE));
  return between.includes(LOCAL_HEADER);
}

/** The header before the part may leave the size to what comes behind it, or to an extra field. */
function saysSize(size: number, entry: Entry): boolean {
  const isLeftOpen = (entry.generalPurposeBitFlag & 0x08) !== 0 || size === 0xffff_ffff;
  return isLeftOpen || size === entry.uncompressedSize;
}

async function* checked(zip: ZipFile, { name, size, entry }: Part): AsyncGenerator<Buffer> {
  let sum = 0;
  let count = 0;
  const stream = await zip.openReadStreamPromise(entry);
  for await (const piece of stream as AsyncIterable<Buffer>) {
    sum = crc32(piece, sum);
    count += piece.length;
    yield piece;
  }
  if (count !== size || sum !== entry.crc32) throw new RangeError(`${name} is not as the directory says`);
}
