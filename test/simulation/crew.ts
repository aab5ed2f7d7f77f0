/** Seeds, shared among workers: each works on one after the other. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface Shift<Done> {
  /** A module that is sent seeds, and sends what was done with each. */
  readonly script: URL;
  readonly workerData: unknown;
  readonly from: number;
  readonly seeds: number;
  readonly jobs: number;
  /** Once aborted, no other seed is begun. */
  readonly signal?: AbortSignal;
  /** Whoever works on one seed for longer is ended, and the others go on. */
  readonly mostMs: number;
  readonly done: (done: Done) => void;
  /** A seed took too long; nothing else is known of it. */
  readonly tooLong: (seed: number) => void;
}

/** Rejects where a worker breaks. */
export async function share<Done>({ script, workerData, from, seeds, jobs, signal, mostMs, done, tooLong }: Shift<Done>): Promise<void> {
  let next = from;

  async function work(): Promise<void> {
    let worker = new Worker(script, { workerData });
    try {
      while (next < from + seeds && !signal?.aborted) {
        const seed = next;
        next += 1;
        worker.postMessage(seed);
        const answer = await answered(worker);
        if (answer === undefined) {
          await worker.terminate();
          worker = new Worker(script, { workerData });
          tooLong(seed);
        } else {
          done(answer.done);
        }
      }
    } finally {
      await worker.terminate();
    }
  }

  async function answered(worker: Worker): Promise<{ readonly done: Done } | undefined> {
    const late = AbortSignal.timeout(mostMs);
    try {
      const [answer] = (await once(worker, 'message', { signal: late })) as [Done];
      return { done: answer };
    } catch (error) {
      if (late.aborted) return undefined;
      throw error;
    }
  }

  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));
}
