/** The worker thread of the differential test: compares the seeds that it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { blankCards } from './blankCards.ts';
import { compare } from './compare.ts';
import type { CompareOptions } from './compare.ts';

const cards = blankCards();
const options = workerData as Omit<CompareOptions, 'seed'>;

parentPort?.on('message', (seed: number) => {
  compare({ ...options, seed }, cards).then(
    (compared) => parentPort?.postMessage(compared),
    (error: unknown) => {
      throw error;
    },
  );
});
