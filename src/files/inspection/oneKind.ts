/** A file that another kind of reader takes for something else, so that it depends on the reader what is in it. */
import type { StoredFile } from '../../desk/ports/files.ts';
import type { AcceptedFile } from '../../desk/ports/inspection.ts';
import { bytesOf, bufferOf } from './buffers.ts';
import { findZip } from './office/zipEnd.ts';
import { END_OF_ZIP, END_OF_ZIP_BYTES } from './signatures.ts';

const MAX_COMMENT_BYTES = 65_535;
/** What no PDF is without: an object, or where its objects are. */
const PART_OF_PDF = /\d[^A-Za-z]{1,32}obj\b|\bendobj\b|\bstartxref\b/;
/** Longer than any match. */
const OVERLAP = 64;

/** Whether readers of zips take a file for one: they begin at its end, whatever comes before, or a little behind. */
export async function isZipToo(file: StoredFile, { kind, marks = [] }: AcceptedFile): Promise<boolean> {
  if (await endsAsZip(file)) return true;
  const zip = await findZip(file, Infinity);
  if (!zip) return false;
  // A document that is attached to a PDF is a zip, and the reviewers are told of it; it is no part of what follows.
  return kind !== 'pdf' || !marks.includes('attachments') || !(await endsPdfBehind(file, zip.before + zip.directoryAt));
}

/** Whether the last record of a zip is the end of the file. */
async function endsAsZip(file: StoredFile): Promise<boolean> {
  const start = Math.max(0, file.size - END_OF_ZIP_BYTES - MAX_COMMENT_BYTES);
  const end = await bytesOf(file.part(start, file.size));
  for (let at = end.indexOf(END_OF_ZIP); at >= 0; at = end.indexOf(END_OF_ZIP, at + 1))
    if (at + END_OF_ZIP_BYTES <= end.length && at + END_OF_ZIP_BYTES + end.readUInt16LE(at + 20) === end.length)
      return true;
  return false;
}

async function endsPdfBehind(file: StoredFile, at: number): Promise<boolean> {
  return (await bytesOf(file.part(at, file.size))).includes('endstream');
}

/** Whether a file that speaks of a PDF is one: in the words of a camera or an editor there are none of its parts. */
export async function isPdfToo(file: StoredFile): Promise<boolean> {
  let end = '';
  for await (const piece of file.part(0, file.size)) {
    const text = end + bufferOf(piece).toString('latin1');
    if (PART_OF_PDF.test(text)) return true;
    end = text.slice(-OVERLAP);
  }
  return false;
}
