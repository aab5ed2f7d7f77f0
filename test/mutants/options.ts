/** What the hunt is told: which bugs, with which nets, how long. */
import { parseArgs } from 'node:util';
import type { Mutant } from './mutant.ts';
import { MUTANTS, ROOMS } from './planted/all.ts';

/** `first`: the simulator only sees what the tests let pass. `both`: each sees everything. */
export type Nets = 'first' | 'both' | 'tests' | 'simulator';

export interface Options {
  readonly mutants: readonly Mutant[];
  readonly nets: Nets;
  readonly seeds: number;
  readonly jobs: number;
}

/** Reads the command line. Throws for an option or a name that it does not know, and for a number that is none. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' }, seeds: { type: 'string', default: '10000' }, jobs: { type: 'string', default: '2' },
      both: { type: 'boolean', default: false }, 'tests-only': { type: 'boolean', default: false }, 'simulator-only': { type: 'boolean', default: false },
    },
  });
  const asked = ([['both', values.both], ['tests', values['tests-only']], ['simulator', values['simulator-only']]] as const).filter(([, isAsked]) => isAsked);
  if (asked.length > 1) throw new Error('of --both, --tests-only and --simulator-only one at most');
  return { mutants: chosen(values.only), nets: asked[0]?.[0] ?? 'first', seeds: count('seeds', values.seeds), jobs: count('jobs', values.jobs) };
}

/** Bugs by their names, or by the names of their rooms. */
function chosen(only: string | undefined): readonly Mutant[] {
  if (only === undefined) return MUTANTS;
  const names = only.split(',').map((name) => name.trim());
  const found = names.flatMap((name) => {
    const these = ROOMS[name] ?? MUTANTS.filter((mutant) => mutant.name === name);
    if (these.length === 0) throw new Error(`there is no planted bug and no room ${JSON.stringify(name)}; the rooms are ${Object.keys(ROOMS).join(', ')}`);
    return these;
  });
  return [...new Set(found)];
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} ${JSON.stringify(text)} is not a whole number from 1 up`);
  return number;
}
