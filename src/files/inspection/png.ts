import type { FileBytes } from '../../desk/ports/files.ts';
import { bufferOf } from './byteSearch.ts';

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A chunk's length and type, which go before its content; its checksum comes after. */
const HEAD = 8;
const CHECKSUM = 4;

/** Goes from chunk to chunk up to the last one, which must be there with its checksum; what follows it does no harm. */
export async function isWholePng(bytes: FileBytes): Promise<boolean> {
  let left = Buffer.alloc(0);
  /** How many bytes come before the next chunk. */
  let skip = PNG_SIGNATURE.length;
  for await (const piece of bytes) {
    const rest = Buffer.concat([left, bufferOf(piece)]);
    for (; skip + HEAD + CHECKSUM <= rest.length; skip += HEAD + rest.readUInt32BE(skip) + CHECKSUM) {
      if (rest.toString('latin1', skip + 4, skip + HEAD) === 'IEND') return true;
    }
    left = Buffer.from(rest.subarray(Math.min(skip, rest.length)));
    skip = Math.max(0, skip - rest.length);
  }
  return false;
}
