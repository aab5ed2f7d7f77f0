/** The result of a campaign as lines of text. */
import type { Failed, Tally } from './campaign.ts';
import { areMany, byStage } from '../checkers/support/sufficientCoverage.ts';
import type { RunOptions } from './run.ts';
import { commandOf } from './shrink.ts';

const MAX_NAMED = 20;
const WIDTH = 140;
const MAX_PROBLEMS = 2;
const WIDEST = 500;

/** What all seeds of a campaign have in common. */
export type World = Omit<RunOptions, 'seed' | 'checkers'>;

export function report({
  seeds,
  seconds,
  faults,
  coverage,
  simulatedHours,
  entries,
  steps,
  slowest,
}: Tally): readonly string[] {
  const { refusals, transitions, missing } = coverage;
  const kinds = Object.keys(transitions).length;
  return [
    'faults:',
    ...table(faults),
    'transitions:',
    ...table(transitions),
    `transitions seen: ${kinds} of ${kinds + missing.length} ` +
      `(${share(kinds, kinds + missing.length)})${areMany(seeds) ? notSeen(missing) : ''}`,
    `refusals seen (state × command × role): ${refusals.seen} of ${refusals.possible} ` +
      `(${share(refusals.seen, refusals.possible)})${areMany(seeds) ? notSeen(refusals.missing) : '; a few seeds see few'}`,
    ...(areMany(seeds) && refusals.missing.length > 0
      ? [`refusals not seen, by stage: ${byStage(refusals.missing)}`]
      : []),
    `${entries} entries of histories, ${steps} things happened, ${Math.round(simulatedHours)} simulated ` +
      `hours in ${seconds.toFixed(1)} s: ${(seeds / seconds).toFixed(2)} seeds/s, ` +
      `${Math.round(simulatedHours / seconds)} simulated hours/s; slowest: seed ${slowest.seed}, ` +
      `${Math.round(slowest.ms)} ms`,
  ];
}

/** What is wrong with a seed, and what plays it again. */
export function describeFailure({ seed, violations }: Failed, world: World): readonly string[] {
  const problems = violations.map(({ checker, what, at }) => `${checker}: ${what} (${new Date(at).toISOString()})`);
  return [
    `seed ${seed}: ${problems.slice(0, MAX_PROBLEMS).join('; ')}`.slice(0, WIDEST),
    `  ${commandOf({ ...world, seed })}`,
  ];
}

function notSeen(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  const named = missing.slice(0, MAX_NAMED).join(', ');
  return `; not seen: ${named}${missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : ''}`;
}

/** Names with their counts, in lines of a readable width. */
function table(counts: Readonly<Record<string, number>>): readonly string[] {
  const lines: string[] = [];
  for (const [name, times] of Object.entries(counts)) {
    const last = lines.at(-1);
    const cell = `${name} ${times}`;
    if (last === undefined || last.length + cell.length > WIDTH) lines.push(`  ${cell}`);
    else lines[lines.length - 1] = `${last}, ${cell}`;
  }
  return lines;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
