/** Searches a stream for bytes; never more than one piece of it is in memory. */
import type { FileBytes } from '../../desk/ports/files.ts';

/**
 * Whether these bytes are anywhere in the stream, even across two pieces of it. Reads no further than the first match.
 */
export async function includes(bytes: FileBytes, wanted: Buffer): Promise<boolean> {
  let end = Buffer.alloc(0);
  for await (const piece of bytes) {
    const joint = Buffer.concat([end, piece.subarray(0, wanted.length - 1)]);
    if (joint.includes(wanted) || bufferOf(piece).includes(wanted)) return true;
    end = Buffer.concat([end, piece.subarray(Math.max(0, piece.byteLength - wanted.length + 1))]);
    end = end.subarray(Math.max(0, end.length - wanted.length + 1));
  }
  return false;
}

/** The same memory as a Buffer. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** All bytes of a stream that is known to be short. */
export async function bytesOf(bytes: FileBytes): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
