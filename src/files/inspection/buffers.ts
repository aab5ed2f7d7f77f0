/** Bytes as Buffers. */
import type { FileBytes } from '../../desk/ports/files.ts';

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
