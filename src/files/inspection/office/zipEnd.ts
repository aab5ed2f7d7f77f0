/** Finds the zip within a file that has bytes before or behind it, as downloads, mail and uploads leave them. */
import type { FileBytes, StoredFile } from '../../../desk/ports/files.ts';
import { bytesOf } from '../buffers.ts';
import { END_OF_ZIP, END_OF_ZIP_BYTES } from '../signatures.ts';

/** Bytes that may come before the zip, such as a blank line or the head of a multipart message. */
export const MAX_BYTES_BEFORE = 1024;

const END_64 = Buffer.from('PK\x06\x06', 'latin1');
const END_64_LENGTH = 56;
const LOCATOR_64 = Buffer.from('PK\x06\x07', 'latin1');
const LOCATOR_64_LENGTH = 20;
const ENTRY = Buffer.from('PK\x01\x02', 'latin1');

/** A comment of a zip has 64 KiB at most; as many bytes may come behind it, which is where programs stop to look. */
const LAST_PART = 2 * 0x1_0000 + END_OF_ZIP_BYTES + LOCATOR_64_LENGTH + END_64_LENGTH;

/** A zip by itself: a part of the file that has neither bytes before it nor a comment behind it. */
export interface FoundZip {
  readonly file: StoredFile;
  /** Where its directory begins, and so its entries end. */
  readonly directoryAt: number;
  /** How many bytes come before it in the file in which it was found. */
  readonly before: number;
}

/**
 * The zip in a file, of which the last directory counts; undefined where there is none, as in a file that is cut, or
 * where more than `mostBefore` bytes come before it.
 */
export async function findZip(file: StoredFile, mostBefore = MAX_BYTES_BEFORE): Promise<FoundZip | undefined> {
  const from = Math.max(0, file.size - LAST_PART);
  const last = await bytesOf(file.part(from, file.size));
  for (let at = last.lastIndexOf(END_OF_ZIP); at >= 0; at = at === 0 ? -1 : last.lastIndexOf(END_OF_ZIP, at - 1)) {
    if (at + END_OF_ZIP_BYTES > last.length) continue;
    const directory = directoryBefore(last, at);
    if (!directory) continue;
    const found = await placeOf(file, { ...directory, end: from + directory.end }, mostBefore);
    if (found === undefined) continue;
    return {
      file: uncommented(file, found.before, from + at + END_OF_ZIP_BYTES),
      directoryAt: found.at - found.before,
      before: found.before,
    };
  }
  return undefined;
}

interface Directory {
  /** Where the record behind it begins. */
  readonly end: number;
  readonly size: number;
  /** Counted from the beginning of the zip. */
  readonly offset: number;
}

function directoryBefore(bytes: Buffer, end: number): Directory | undefined {
  const locator = end - LOCATOR_64_LENGTH;
  const end64 = locator - END_64_LENGTH;
  if (locator < 0 || !bytes.subarray(locator, locator + 4).equals(LOCATOR_64))
    return { end, size: bytes.readUInt32LE(end + 12), offset: bytes.readUInt32LE(end + 16) };
  if (end64 < 0 || !bytes.subarray(end64, end64 + 4).equals(END_64)) return undefined;
  return {
    end: end64,
    size: Number(bytes.readBigUInt64LE(end64 + 40)),
    offset: Number(bytes.readBigUInt64LE(end64 + 48)),
  };
}

/**
 * Where the directory is in the file, and how many bytes come before the zip. By its size first: an offset counts from
 * the beginning of the zip, or from that of the file. A directory whose size is wrong is found by its offset.
 */
async function placeOf(
  file: StoredFile,
  { end, size, offset }: Directory,
  mostBefore: number,
): Promise<{ readonly at: number; readonly before: number } | undefined> {
  const bySize = end - size;
  if (size === 0) return offset === end ? { at: end, before: 0 } : undefined;
  const before = bySize - offset;
  if (before >= 0 && before <= mostBefore && (await beginsEntry(file, bySize))) return { at: bySize, before };
  return offset < end && (await beginsEntry(file, offset)) ? { at: offset, before: 0 } : undefined;
}

async function beginsEntry(file: StoredFile, at: number): Promise<boolean> {
  return at >= 0 && at + 4 <= file.size && (await bytesOf(file.part(at, at + 4))).equals(ENTRY);
}

/** The file from one place to another, its last two bytes zero: they are the length of a comment that is not there. */
function uncommented(file: StoredFile, from: number, to: number): StoredFile {
  const size = to - from;
  async function* part(start: number, end: number): FileBytes {
    let at = start;
    for await (const piece of file.part(from + start, from + Math.min(end, size))) {
      const own = at + piece.length > size - 2 ? Uint8Array.from(piece) : piece;
      if (own !== piece) own.fill(0, Math.max(0, size - 2 - at));
      yield own;
      at += piece.length;
    }
  }
  return { size, bytes: part(0, size), part };
}
