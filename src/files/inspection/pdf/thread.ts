/** Has PDFs examined in a thread of its own, which is ended where one takes more time or memory than it may. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { StoredFile } from '../../../desk/ports/files.ts';
import type { AcceptedFile, RejectedFile } from '../../../desk/ports/inspection.ts';

type Verdict = AcceptedFile | RejectedFile;

/** What one PDF may cost; its bytes are in memory once, besides. */
export interface PdfLimits {
  /** For any PDF, the start of the thread included, and more for each MiB. */
  readonly ms: number;
  readonly msForMiB: number;
  readonly heapMiB: number;
  /** Outside the heap: what its streams unpack to. */
  readonly unpackedBytes: number;
}

const LIMITS: PdfLimits = { ms: 10_000, msForMiB: 1_000, heapMiB: 512, unpackedBytes: 256 * 1024 * 1024 };
const MIB = 1024 * 1024;
const MEMORY_CHECK_MS = 50;
/** After a larger one the thread ends, and gives back what it took. */
const KEPT_UP_TO_BYTES = 4 * 1024 * 1024;

const TOO_COMPLEX: RejectedFile = { ok: false, problem: 'tooComplex' };
const BOMB: RejectedFile = { ok: false, problem: 'archiveBomb' };

/** Says what a stored PDF is, or why it is not accepted. Throws where it cannot be read. */
export type PdfInspection = (file: StoredFile) => Promise<Verdict>;

/**
 * Examines PDFs one at a time, which bounds what all of them cost together. The thread starts with the first, is kept
 * for the next, and keeps no process from ending.
 */
export function createPdfInspection(limits: PdfLimits = LIMITS): PdfInspection {
  const oneByOne = pLimit(1);
  let kept: Worker | undefined;

  async function inspect(file: StoredFile): Promise<Verdict> {
    const bytes = await readWhole(file);
    const isLarge = bytes.length > KEPT_UP_TO_BYTES;
    const worker = kept ?? startWorker(limits);
    kept = undefined;
    const verdict = await answerTo(worker, bytes, limits).catch(async (error: unknown) => {
      await worker.terminate();
      throw error;
    });
    if (verdict !== 'late' && verdict !== 'unpacksTooMuch' && !isLarge) kept = worker;
    else await worker.terminate();
    if (verdict === 'late') return TOO_COMPLEX;
    return verdict === 'unpacksTooMuch' ? BOMB : verdict;
  }

  return (file) => oneByOne(inspect, file);
}

function startWorker({ heapMiB }: PdfLimits): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  // What fails is reported to the one who waits for an answer.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}

/** What the thread says of these bytes, which are its own from now on. Throws where the thread itself is broken. */
async function answerTo(
  worker: Worker,
  bytes: Uint8Array<ArrayBuffer>,
  limits: PdfLimits,
): Promise<Verdict | 'late' | 'unpacksTooMuch'> {
  const settled = new AbortController();
  const { signal } = settled;
  const mostExternal = bytes.byteLength + limits.unpackedBytes;
  const ms = limits.ms + limits.msForMiB * (bytes.byteLength / MIB);
  const answer = once(worker, 'message', { signal }).then(([verdict]) => verdict as Verdict, outOfMemory);
  worker.postMessage(bytes, [bytes.buffer]);
  try {
    return await Promise.race([
      answer,
      pause(ms, 'late' as const, { signal }),
      untilMoreExternal(worker, mostExternal, signal),
    ]);
  } finally {
    settled.abort();
  }
}

/** A thread that took all the heap it may is over; any other end of it is a fault of the desk's. */
function outOfMemory(error: unknown): Verdict {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return TOO_COMPLEX;
  throw error;
}

/** Watches what a thread holds outside its heap, which no limit of a thread covers. */
async function untilMoreExternal(worker: Worker, most: number, signal: AbortSignal): Promise<'unpacksTooMuch'> {
  for (;;) {
    await pause(MEMORY_CHECK_MS, undefined, { signal });
    // A thread that has ended meanwhile holds nothing; why it ended is told elsewhere.
    const held = await worker.getHeapStatistics().then(
      ({ external_memory: bytes }) => bytes,
      () => 0,
    );
    if (held > most) return 'unpacksTooMuch';
  }
}

async function readWhole(file: StoredFile): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(file.size);
  let length = 0;
  for await (const piece of file.part(0, file.size)) {
    whole.set(piece, length);
    length += piece.byteLength;
  }
  return whole.subarray(0, length);
}
