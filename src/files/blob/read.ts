/** Reads a blob piece by piece, each in a short request of its own, all from the same version of the blob. */
import type { BlockBlobClient } from '@azure/storage-blob';
import type { FileBytes, StoredFile } from '../../desk/ports/files.ts';
import type { Call } from './calls.ts';
import { FilesError } from '../filesError.ts';

/** How much of a file is in memory at a time, for each reader. */
const PIECE_BYTES = 1024 * 1024;

/**
 * The blob as it is now, or undefined where there is none. No connection stays open while a reader is slow. Where the
 * blob is removed or replaced in the meantime the read fails: a reader never gets the beginning of one file and the end
 * of another.
 */
export async function readBlob(blob: BlockBlobClient, call: Call): Promise<StoredFile | undefined> {
  const found = await call(`looking for ${blob.name}`, (abortSignal) => blob.getProperties({ abortSignal })).catch(
    ifThere,
  );
  if (!found) return undefined;
  const size = found.contentLength ?? 0;
  const part = (start: number, end: number): FileBytes => piecesOf(blob, found.etag ?? '*', start, end, call);
  return { size, bytes: part(0, size), part };
}

async function* piecesOf(blob: BlockBlobClient, etag: string, start: number, end: number, call: Call): FileBytes {
  for (let at = start; at < end; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, end - at);
    yield await call(`reading ${blob.name}`, (abortSignal) => readPiece(blob, etag, at, length, abortSignal));
  }
}

async function readPiece(
  blob: BlockBlobClient,
  ifMatch: string,
  at: number,
  length: number,
  abortSignal: AbortSignal,
): Promise<Uint8Array> {
  const { readableStreamBody } = await blob.download(at, length, {
    conditions: { ifMatch },
    maxRetryRequests: 0,
    abortSignal,
  });
  const piece = Buffer.allocUnsafe(length);
  let filled = 0;
  for await (const chunk of readableStreamBody ?? []) filled += (chunk as Buffer).copy(piece, filled);
  if (filled < length)
    throw new FilesError('files.unreachable', `${filled} of ${length} bytes of ${blob.name} arrived`);
  return piece;
}

function ifThere(fault: unknown): undefined {
  if (!(fault instanceof FilesError) || fault.code !== 'files.missing') throw fault;
  return undefined;
}
