/** Compares a number of seeds on several workers and adds up what they found. */
import { runSeeds } from '../engine/workerPool.ts';
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
  readonly actions: number;
  readonly refused: number;
  readonly entries: number;
  readonly events: Readonly<Record<string, number>>;
  readonly failed: readonly Pick<Compared, 'seed' | 'found'>[];
}

const MAX_MS = 600_000;

export async function campaign({ from, seeds, jobs, tell, ...options }: CampaignOptions): Promise<Tally> {
  const all: Compared[] = [];
  const take = (compared: Compared): void => {
    all.push(compared);
    tell?.(compared, all.length);
  };
  await runSeeds<Compared>({
    script: new URL('./worker.ts', import.meta.url),
    workerData: options,
    from,
    seeds,
    jobs,
    mostMs: MAX_MS,
    done: take,
    lost: (seed, why) => {
      throw new Error(`seed ${seed} ${why}`);
    },
  });

  const sum = (of: (compared: Compared) => number): number => all.reduce((total, one) => total + of(one), 0);
  const events: Record<string, number> = {};
  for (const one of all)
    for (const [type, times] of Object.entries(one.events)) events[type] = (events[type] ?? 0) + times;
  return {
    seeds: all.length,
    worlds: sum(({ worlds }) => worlds),
    actions: sum(({ actions }) => actions),
    refused: sum(({ refused }) => refused),
    entries: sum(({ entries }) => entries),
    events,
    failed: all
      .filter(({ found }) => found.length > 0)
      .sort((one, other) => one.seed - other.seed)
      .map(({ seed, found }) => ({ seed, found })),
  };
}
