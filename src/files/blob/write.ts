/** Writes a blob in blocks, which stay invisible until the last step commits their list. */
import { createHash } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import type { FileBytes } from '../../desk/ports/files.ts';
import type { Call } from './calls.ts';

/** How much of a file is in memory at a time, for each upload. Storage takes 50,000 blocks. */
const BLOCK_BYTES = 1024 * 1024;
/** The name in the blob's metadata under which the id of its write is stored. */
const WRITE = 'write';

/**
 * Writes a new blob whole or not at all: blocks are staged, and the commit of their list creates the blob unless it
 * exists. Staged blocks that are never committed are no blob, and Storage drops them within a week. `writeId` is new
 * for each write and always of the same length, as Storage requires of block names.
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
   * Takes a step; false where the blob is another write's. A conflict may come from our own commit whose response was
   * lost, a timeout may follow success, the commit of another write drops our blocks, and a blob under a retention
   * policy takes none. The metadata of the blob tells which write it is of.
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

/** Blocks of two writes of one key never mix, because their ids differ. */
function blockId(writeId: string, index: number): string {
  return Buffer.from(`${writeId}-${String(index).padStart(6, '0')}`).toString('base64');
}

/**
 * The stream in blocks of one size; the last may be smaller. All share one buffer, so a block is valid only until the
 * next is read.
 */
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
