/** A pool of worker threads; each runs one seed after the other. */
import { Worker } from 'node:worker_threads';

export interface PoolOptions<Done> {
  /** A module that is sent seeds, and sends what was done with each. */
  readonly script: URL;
  readonly workerData: unknown;
  readonly from: number;
  readonly seeds: number;
  readonly jobs: number;
  /** Once aborted, no other seed is begun. */
  readonly signal?: AbortSignal;
  /** A worker that takes longer for one seed is ended. */
  readonly mostMs: number;
  readonly done: (done: Done) => void;
  /** The worker of a seed broke, ended or took too long. Another takes its place, and goes on with the next seed. */
  readonly lost: (seed: number, why: string) => void;
}

type Outcome<Done> = { readonly done: Done } | { readonly why: string };

/** Rejects where `done` or `lost` throws; then no worker goes on. */
export async function runSeeds<Done>({
  script,
  workerData,
  from,
  seeds,
  jobs,
  signal,
  mostMs,
  done,
  lost,
}: PoolOptions<Done>): Promise<void> {
  const workers = new Set<Worker>();
  let next = from;
  let isOver = false;

  async function work(): Promise<void> {
    let worker: Worker | undefined;
    while (!isOver && next < from + seeds && !signal?.aborted) {
      const seed = next;
      next += 1;
      worker ??= begun();
      worker.postMessage(seed);
      const outcome = await outcomeOf<Done>(worker, mostMs);
      if (isOver) return;
      if ('done' in outcome) {
        done(outcome.done);
      } else {
        await ended(worker);
        worker = undefined;
        lost(seed, outcome.why);
      }
    }
    if (worker) await ended(worker);
  }

  function begun(): Worker {
    const worker = new Worker(script, { workerData });
    // Between two seeds there is no listener; a worker that breaks then is noticed at the next seed.
    worker.on('error', () => undefined);
    workers.add(worker);
    return worker;
  }

  async function ended(worker: Worker): Promise<void> {
    workers.delete(worker);
    await worker.terminate();
  }

  try {
    await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));
  } finally {
    isOver = true;
    await Promise.all([...workers].map(ended));
  }
}

/** What becomes of the seed that a worker was sent. */
function outcomeOf<Done>(worker: Worker, mostMs: number): Promise<Outcome<Done>> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome<Done>): void => {
      clearTimeout(alarm);
      worker.off('message', answered).off('error', broke).off('exit', left);
      resolve(outcome);
    };
    const answered = (answer: Done): void => settle({ done: answer });
    const broke = (fault: unknown): void =>
      settle({
        why: `broke: ${fault instanceof Error ? (fault.stack ?? fault.message).split('\n').slice(0, 3).join('') : String(fault)}`,
      });
    const left = (code: number): void => settle({ why: `ended its process with ${code}` });
    const alarm = setTimeout(
      () => settle({ why: `had not ended after ${Math.round(mostMs / 1_000)} s, and was broken off` }),
      mostMs,
    );
    worker.on('message', answered).on('error', broke).on('exit', left);
  });
}
