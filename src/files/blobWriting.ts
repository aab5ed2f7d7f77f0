/** A blob that is being written: in blocks that nobody sees until the last step names them all. */

import { createHash } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import type { FileBytes } from '../desk/files.ts';
import type { Call } from './blobCalls.ts';

/** So much of a file is in memory at a time, for each upload. Storage takes 50,000 blocks. */
const BLOCK_BYTES = 1024 * 1024;
/** In the blob's metadata: which write made it. */
const WRITE = 'write';
const ONLY_NEW = { ifNoneMatch: '*' };

/**
 * Writes a new blob whole or not at all. A file of one block is one request; of a larger one the blocks are staged, and the commit of
 * their list makes the blob. What is staged and never committed is no blob, and Storage drops it within a week.
 * `writeId` is new for each write and always of the same length, as Storage asks of the names of blocks.
 */
export async function writeBlob(blob: BlockBlobClient, bytes: FileBytes, writeId: string, call: Call): Promise<{ readonly size: number; readonly sha256: string } | 'exists'> {
  const hash = createHash('sha256');
  const staged: string[] = [];
  const options = { conditions: ONLY_NEW, metadata: { [WRITE]: writeId } };
  let size = 0;
  let isOurs = false;
  for await (const { block, isLast } of blocksOf(bytes)) {
    hash.update(block);
    size += block.byteLength;
    if (isLast && staged.length === 0) {
      isOurs = await settle((abortSignal) => blob.upload(block, block.byteLength, { ...options, abortSignal }));
      continue;
    }
    const id = blockId(writeId, staged.length);
    await call(`staging a block of ${blob.name}`, (abortSignal) => blob.stageBlock(id, block, block.byteLength, { abortSignal }));
    staged.push(id);
    if (isLast) isOurs = await settle((abortSignal) => blob.commitBlockList(staged, { ...options, abortSignal }));
  }
  return isOurs ? { size, sha256: hash.digest('hex') } : 'exists';

  /**
   * Makes the blob visible; false where another write was first. A refusal may be the echo of our own try whose answer was lost, and
   * silence may follow success. The blob itself tells which.
   */
  async function settle(make: (abortSignal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    try {
      await call(`writing ${blob.name}`, make);
      return true;
    } catch (fault) {
      const there = await call(`looking for ${blob.name}`, (abortSignal) => blob.getProperties({ abortSignal })).catch(() => undefined);
      if (!there) throw fault;
      return there.metadata?.[WRITE] === writeId;
    }
  }
}

/** Blocks of two writes of one key never mix: the names of the one are not the other's. */
function blockId(writeId: string, index: number): string {
  return Buffer.from(`${writeId}-${String(index).padStart(6, '0')}`).toString('base64');
}

/** The stream in blocks of one size, a smaller one last, which may be empty. Each lies in the same memory and holds until the next is asked for. */
async function* blocksOf(bytes: FileBytes): AsyncGenerator<{ readonly block: Buffer; readonly isLast: boolean }> {
  const memory = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let taken = 0; taken < chunk.byteLength; ) {
      if (filled === BLOCK_BYTES) {
        yield { block: memory, isLast: false };
        filled = 0;
      }
      const piece = chunk.subarray(taken, taken + BLOCK_BYTES - filled);
      memory.set(piece, filled);
      filled += piece.byteLength;
      taken += piece.byteLength;
    }
  }
  yield { block: memory.subarray(0, filled), isLast: true };
}
