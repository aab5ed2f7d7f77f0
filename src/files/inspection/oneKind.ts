/** A file that another kind of reader takes for something else, so that it depends on the reader what is in it. */
import type { StoredFile } from '../../desk/ports/files.ts';
import { bytesOf } from './buffers.ts';
import { END_OF_ZIP, END_OF_ZIP_BYTES } from './signatures.ts';

const MAX_COMMENT_BYTES = 65_535;

/** Whether a file ends as a zip does: readers of zips begin at the end, whatever comes before. */
export async function endsAsZip(file: StoredFile): Promise<boolean> {
  const start = Math.max(0, file.size - END_OF_ZIP_BYTES - MAX_COMMENT_BYTES);
  const end = await bytesOf(file.part(start, file.size));
  for (let at = end.indexOf(END_OF_ZIP); at >= 0; at = end.indexOf(END_OF_ZIP, at + 1))
    if (at + END_OF_ZIP_BYTES <= end.length && at + END_OF_ZIP_BYTES + end.readUInt16LE(at + 20) === end.length)
      return true;
  return false;
}
