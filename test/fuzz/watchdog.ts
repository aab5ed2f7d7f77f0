/** Ends the process when an input never ends: an endless loop blocks this thread, so a second one watches it. */
import { writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const LOOK_EVERY_MS = 10_000;
/** The input has hung when this many looks see the same one. */
const MOST_LOOKS = 12;

interface Watched {
  readonly names: readonly string[];
  /** Which target and which input it is at. */
  readonly at: Int32Array;
}

export interface Watchdog {
  at(target: string, seed: number): void;
  end(): Promise<number>;
}

export function startWatchdog(names: readonly string[]): Watchdog {
  const at = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL(import.meta.url), { workerData: { names, at } satisfies Watched });
  worker.unref();
  return {
    at(target, seed) {
      at[0] = names.indexOf(target);
      at[1] = seed;
    },
    end: () => worker.terminate(),
  };
}

function watch({ names, at }: Watched): void {
  let last = '';
  let looks = 0;
  setInterval(() => {
    const seen = `--only ${names[at[0] ?? 0] ?? ''} --from ${at[1] ?? 0} --inputs 1`;
    looks = seen === last ? looks + 1 : 0;
    last = seen;
    if (looks < MOST_LOOKS) return;
    writeSync(2, `An input does not end: ${seen}\n`);
    process.kill(process.pid, 'SIGKILL');
  }, LOOK_EVERY_MS);
}

if (!isMainThread) watch(workerData as Watched);
