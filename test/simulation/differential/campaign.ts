/** Many seeds, shared among workers, and what they add up to. */
import { Worker } from 'node:worker_threads';
import type { Compared, CompareOptions } from './compare.ts';

export interface CampaignOptions extends Omit<CompareOptions, 'seed'> {
  readonly from: number;
  readonly seeds: number;
  readonly jobs: number;
  /** Called after each seed. */
  readonly tell?: (compared: Compared, done: number) => void;
}

export interface Tally {
  readonly seeds: number;
  readonly worlds: number;
  readonly deeds: number;
  readonly refused: number;
  readonly entries: number;
  readonly events: Readonly<Record<string, number>>;
  readonly failed: readonly Pick<Compared, 'seed' | 'found'>[];
}

export async function campaign({ from, seeds, jobs, tell, ...options }: CampaignOptions): Promise<Tally> {
  const all: Compared[] = [];
  let next = from;

  function work(): Promise<void> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
    const goOn = (): void => {
      if (next >= from + seeds) {
        worker.terminate().catch(() => undefined);
        return;
      }
      worker.postMessage(next);
      next += 1;
    };
    return new Promise((resolve, reject) => {
      worker.on('message', (compared: Compared) => {
        all.push(compared);
        tell?.(compared, all.length);
        goOn();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
      goOn();
    });
  }
  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));

  const sum = (of: (compared: Compared) => number): number => all.reduce((total, one) => total + of(one), 0);
  const events: Record<string, number> = {};
  for (const one of all) for (const [type, times] of Object.entries(one.events)) events[type] = (events[type] ?? 0) + times;
  return {
    seeds: all.length, worlds: sum(({ worlds }) => worlds), deeds: sum(({ deeds }) => deeds), refused: sum(({ refused }) => refused), entries: sum(({ entries }) => entries), events,
    failed: all.filter(({ found }) => found.length > 0).sort((one, other) => one.seed - other.seed).map(({ seed, found }) => ({ seed, found })),
  };
}
