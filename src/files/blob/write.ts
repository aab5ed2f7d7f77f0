/** A blob that is being written: in blocks that nobody sees until the last step names them all. */
import { createHash } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import type { FileBytes } from '../../desk/ports/files.ts';
import type { Call } from './calls.ts';

/** So much of a file is in memory at a time, for each upload. Storage takes 50,000 blocks. */
const BLOCK_BYTES = 1024 * 1024;
/** In the blob's metadata: which write made it. */
const WRITE = 'write';

/**
 * Writes a new blob whole or not at all: blocks are staged, and the commit of their list makes the blob where there is none yet. What is
 * staged and never committed is no blob, and Storage drops it within a week.
 * `writeId` is new for each write and always of the same length, as Storage asks of the names of blocks.
 */
export async function writeBlob(
  blob: BlockBlobClient,
  bytes: FileBytes,
  writeId: string,
  call: Call,
): Promise<{ readonly size: number; readonly sha256: string } | 'exists'> {
  const hash = createHash('sha256');
  const staged: string[] = [];
  let size = 0;
  for await (const block of blocksOf(bytes)) {
    const id = blockId(writeId, staged.length);
    if (!(await isOurs((abortSignal) => blob.stageBlock(id, block, block.byteLength, { abortSignal }))))
      return 'exists';
    staged.push(id);
    hash.update(block);
    size += block.byteLength;
  }
  const made = { conditions: { ifNoneMatch: '*' }, metadata: { [WRITE]: writeId } };
  const ours = await isOurs((abortSignal) => blob.commitBlockList(staged, { ...made, abortSignal }));
  return ours ? { size, sha256: hash.digest('hex') } : 'exists';

  /**
   * Takes a step; false where the blob is another write's. A refusal may be the echo of our own commit whose answer was lost, silence may
   * follow success, the commit of another drops our blocks, and a blob under a retention policy takes none. The blob itself tells whose
   * it is.
   */
  async function isOurs(step: (abortSignal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    try {
      await call(`writing ${blob.name}`, step);
      return true;
    } catch (fault) {
      const there = await call(`looking for ${blob.name}`, (abortSignal) => blob.getProperties({ abortSignal })).catch(
        () => undefined,
      );
      if (!there) throw fault;
      return there.metadata?.[WRITE] === writeId;
    }
  }
}

/** Blocks of two writes of one key never mix: the names of the one are not the other's. */
function blockId(writeId: string, index: number): string {
  return Buffer.from(`${writeId}-${String(index).padStart(6, '0')}`).toString('base64');
}

/** The stream in blocks of one size, the last may be smaller. All lie in the same memory, so each holds only until the next is asked for. */
async function* blocksOf(bytes: FileBytes): AsyncGenerator<Buffer> {
  const memory = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let taken = 0; taken < chunk.byteLength; ) {
      const piece = chunk.subarray(taken, taken + BLOCK_BYTES - filled);
      memory.set(piece, filled);
      filled += piece.byteLength;
      taken += piece.byteLength;
      if (filled < BLOCK_BYTES) continue;
      yield memory;
      filled = 0;
    }
  }
  if (filled > 0) yield memory.subarray(0, filled);
}
