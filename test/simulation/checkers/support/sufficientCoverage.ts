/** How much a campaign must have seen, by its number of seeds, before a clean result proves anything. */
import type { CoverageReport } from '../coverage.ts';

/** From this number of seeds on everything that can be seen must have been seen. */
const MANY_SEEDS = 10_000;
const ALL: Floor = { transitions: 100, refusals: 95 };

/** The least, in parts of a hundred of all that there can be. */
export interface Floor {
  readonly transitions: number;
  readonly refusals: number;
}
type Seen = Pick<CoverageReport, 'transitions' | 'missing' | 'refusals'>;

/** What the coverage lacks to reach a floor, in words; empty where it lacks nothing. */
export function below({ transitions, missing, refusals }: Seen, floor: Floor): readonly string[] {
  const kinds = Object.keys(transitions).length;
  return [
    ...tooFew('transitions', kinds, kinds + missing.length, floor.transitions),
    ...tooFew('refusals', refusals.seen, refusals.possible, floor.refusals),
  ];
}

function tooFew(what: string, seen: number, possible: number, least: number): readonly string[] {
  return seen * 100 >= possible * least
    ? []
    : [`too few ${what} seen: ${seen} of ${possible}, where ${least} % are the least`];
}

/** Whether a number of seeds must have seen all that can be seen. */
export function areMany(seeds: number): boolean {
  return seeds >= MANY_SEEDS;
}

/** What a number of seeds has left out; few seeds may leave out anything. */
export function leftOut(seeds: number, seen: Seen): readonly string[] {
  return areMany(seeds) ? below(seen, ALL) : [];
}

/** How many of the refusals that were not seen belong to each stage: `Editing 12, Upheld 3`. */
export function byStage(missing: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const key of missing) {
    const stage = key.split(' ')[0] ?? '';
    counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  return [...counts].map(([stage, count]) => `${stage} ${count}`).join(', ');
}
