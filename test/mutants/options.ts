/** The options of the hunt for planted bugs: which bugs, with which nets, how long. */
import type { Options as Declared, Program, Values } from '../../src/tools/commandLine.ts';
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

const OPTIONS = {
  only: {
    kind: 'list',
    known: [...Object.keys(ROOMS), ...MUTANTS.map(({ name }) => name)],
    knownAs: `the rooms ${Object.keys(ROOMS).join(', ')}, and each bug in test/mutants/planted by its name`,
    help: 'these bugs alone, or all of a room',
  },
  seeds: {
    kind: 'integer',
    min: 1,
    max: 10_000_000,
    default: 10_000,
    help: 'worlds in which the simulator looks for a bug',
  },
  jobs: { kind: 'integer', min: 1, max: 64, default: 2, help: 'bugs that are hunted at once' },
  both: {
    kind: 'flag',
    help: 'both nets see every bug, and who saw what is compared; else the simulator sees what the tests let pass',
  },
  'tests-only': { kind: 'flag', help: 'the tests alone' },
  'simulator-only': { kind: 'flag', help: 'the simulator alone, with the bugs in files that it runs' },
} as const satisfies Declared;

type Given = Values<typeof OPTIONS>;

export const PROGRAM: Program<typeof OPTIONS> = {
  name: 'mutants',
  about: `The hunt for planted bugs: each in a copy of the project of its own, with the tests that should notice it, then with the simulator.
Prints a row for each bug, and which escaped.`,
  fails: 'fewer than 95 of 100 are caught',
  options: OPTIONS,
  check: (given) =>
    netsAsked(given).length > 1 ? 'of --both, --tests-only and --simulator-only one at most' : undefined,
};

export function optionsOf(given: Given): Options {
  const { only, seeds, jobs } = given;
  const mutants = only.flatMap((name) => ROOMS[name] ?? MUTANTS.filter((mutant) => mutant.name === name));
  return {
    mutants: only.length > 0 ? [...new Set(mutants)] : MUTANTS,
    nets: netsAsked(given)[0] ?? 'first',
    seeds,
    jobs,
  };
}

function netsAsked(given: Given): readonly Nets[] {
  const asked: readonly (readonly [Nets, boolean])[] = [
    ['both', given.both],
    ['tests', given['tests-only']],
    ['simulator', given['simulator-only']],
  ];
  return asked.flatMap(([nets, isAsked]) => (isAsked ? [nets] : []));
}
