/** Runs a number of seeds on several workers and adds up what they found. */
import { createHash } from 'node:crypto';
import { runSeeds } from './workerPool.ts';
import { createCoverage } from '../checkers/coverage.ts';
import { FAULT_NAMES, COUNTED_ONLY } from '../world/faults.ts';
import type { RunOptions, Violation } from './run.ts';
import { NOTHING } from '../checkers/observations.ts';
import type { Done } from './worker.ts';

export interface CampaignOptions extends Omit<RunOptions, 'seed' | 'checkers'> {
  readonly from: number;
  readonly seeds: number;
  readonly jobs: number;
  /** Runs each seed twice and compares. */
  readonly twice?: boolean;
  /** A seed that takes longer is broken off, and a violation. */
  readonly mostMs?: number;
  /** Once aborted, no other seed is begun. */
  readonly signal?: AbortSignal;
  /** Called after each seed, with all that failed so far: the newest last. */
  readonly tell?: (done: number, failed: readonly Failed[]) => void;
}

export interface Failed {
  readonly seed: number;
  readonly violations: readonly Violation[];
}

export interface Tally {
  readonly seeds: number;
  readonly failed: readonly Failed[];
  /** Seeds whose second run was different. */
  readonly different: readonly number[];
  /** How long it took. */
  readonly seconds: number;
  readonly simulatedHours: number;
  readonly entries: number;
  readonly steps: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly coverage: ReturnType<ReturnType<typeof createCoverage>['report']>;
  /** Of each seed, the hash of all that happened in it. */
  readonly hashes: ReadonlyMap<number, string>;
  readonly slowest: { readonly seed: number; readonly ms: number };
}

/** The checker name of a world that broke, or did not end. */
export const LOST = 'lost';
/** Hundreds of times what the slowest seeds take. */
const MAX_MS = 300_000;

export async function campaign({
  from,
  seeds,
  jobs,
  twice = false,
  mostMs = MAX_MS,
  signal,
  tell,
  ...options
}: CampaignOptions): Promise<Tally> {
  // Only adds up the coverage of the runs.
  const coverage = createCoverage(NOTHING);
  const faults: Record<string, number> = Object.fromEntries([...FAULT_NAMES, ...COUNTED_ONLY].map((name) => [name, 0]));
  const failed: Failed[] = [];
  const different: number[] = [];
  const hashes = new Map<number, string>();
  const begun = performance.now();
  let done = 0;
  let [simulatedHours, entries, steps] = [0, 0, 0];
  let slowest = { seed: from, ms: 0 };

  function take(result: Done): void {
    done += 1;
    hashes.set(result.seed, result.hash);
    coverage.merge(result.coverage);
    for (const [name, times] of Object.entries(result.faults)) faults[name] = (faults[name] ?? 0) + times;
    simulatedHours += result.simulatedHours;
    entries += result.entries;
    steps += result.steps;
    if (result.ms > slowest.ms) slowest = { seed: result.seed, ms: result.ms };
    if (result.violations.length > 0) failed.push({ seed: result.seed, violations: result.violations });
    if (!result.isSame) different.push(result.seed);
    tell?.(done, failed);
  }

  await runSeeds<Done>({
    script: new URL('./worker.ts', import.meta.url),
    workerData: { options, twice },
    from,
    seeds,
    jobs,
    mostMs,
    ...(signal && { signal }),
    done: take,
    lost(seed, why) {
      done += 1;
      failed.push({ seed, violations: [{ checker: LOST, what: `the world ${why}`, at: 0 }] });
      tell?.(done, failed);
    },
  });
  failed.sort((one, other) => one.seed - other.seed);
  return {
    seeds: done,
    failed,
    different,
    seconds: (performance.now() - begun) / 1_000,
    simulatedHours,
    entries,
    steps,
    faults,
    coverage: coverage.report(),
    hashes,
    slowest,
  };
}

/** One hash for the hashes of all seeds, in the order of the seeds, so that it does not depend on the workers. */
export function digestOf(hashes: Tally['hashes']): string {
  const digest = createHash('sha256');
  for (const [seed, hash] of [...hashes].sort(([one], [other]) => one - other)) digest.update(`${seed} ${hash}\n`);
  return digest.digest('hex');
}
