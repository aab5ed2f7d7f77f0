/** The worker thread of a campaign: runs the seeds that it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { createCards } from '../../../src/teams/cards/cards.ts';
import { run } from './run.ts';
import type { RunOptions } from './run.ts';

const cards = createCards(new URL('../../../cards/', import.meta.url));
const { options, twice } = workerData as { readonly options: Omit<RunOptions, 'seed'>; readonly twice: boolean };

parentPort?.on('message', (seed: number) => {
  work(seed).then(
    (done) => parentPort?.postMessage(done),
    (error: unknown) => {
      throw error;
    },
  );
});

async function work(seed: number) {
  const from = performance.now();
  const { trace: _, ...result } = await run({ ...options, seed }, cards);
  const ms = performance.now() - from;
  const again = twice ? (await run({ ...options, seed }, cards)).hash : undefined;
  return { ...result, ms, isSame: again === undefined || again === result.hash };
}

export type Done = Awaited<ReturnType<typeof work>>;
