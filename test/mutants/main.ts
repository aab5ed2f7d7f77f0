/**
 * The hunt for planted bugs, from the command line: `npm run mutants -- --help`. Exits with 1 where fewer than 95 of
 * 100 are caught, and with 2 where nothing can be learned: an unknown option, or a project that fails without any bug
 * in it.
 */
import { run } from '../../src/tools/commandLine.ts';
import { confirmBySimulator, confirmByTests, onceTrue } from './confirmation.ts';
import type { Copies } from './copies.ts';
import { openCopies } from './copies.ts';
import type { Mutant } from './mutant.ts';
import { bySimulator, byTests, hasSimulator, LONGEST_TESTS_MS, notRun, SIMULATOR } from './nets.ts';
import type { Verdict } from './nets.ts';
import type { Nets, Options } from './options.ts';
import { optionsOf, PROGRAM } from './options.ts';
import { reachOfSimulator } from './reach.ts';
import type { Finding } from './report.ts';
import { comparison, isCaught, isEnough, ofSimulator, rowOf, sumOf } from './report.ts';

/** Seeds that the project has to pass without a bug before the simulator is trusted. */
const SEEDS_UNHARMED = 50;

/** Why nothing can be learned: the project fails without a bug, twice; on a busy machine it may fail once. */
async function faultWithout(copies: Copies, options: Options): Promise<string | undefined> {
  return (await faultOnce(copies, options)) && faultOnce(copies, options);
}

async function faultOnce(copies: Copies, { mutants, nets, seeds }: Options): Promise<string | undefined> {
  return copies.within(undefined, async (folder) => {
    if (nets !== 'simulator') {
      const tests = await byTests(
        folder,
        [...new Set(mutants.flatMap((mutant) => mutant.tests))],
        10 * LONGEST_TESTS_MS,
      );
      if (tests.isCaught) return `tests: ${tests.how}`;
    }
    if (nets === 'tests') return undefined;
    const simulator = await bySimulator(folder, Math.min(seeds, SEEDS_UNHARMED));
    return hasPassed(simulator) ? undefined : `simulator: ${simulator.how}`;
  });
}

function hasPassed({ isCaught: isFailed, isEndless }: Verdict): boolean {
  return !isFailed && !isEndless;
}

/** What passes without any bug, each asked until it has passed once. */
interface Unharmed {
  readonly tests: (files: readonly string[]) => Promise<boolean>;
  readonly simulator: (from: number, seeds: number) => Promise<boolean>;
}

function unharmedIn(copies: Copies): Unharmed {
  return {
    tests: onceTrue(
      (files) => [...files].sort().join(),
      (files) => copies.within(undefined, async (folder) => hasPassed(await byTests(folder, files))),
    ),
    simulator: onceTrue(
      (from, seeds) => `${from} ${seeds}`,
      (from, seeds) => copies.within(undefined, async (folder) => hasPassed(await bySimulator(folder, seeds, from))),
    ),
  };
}

async function hunt(copies: Copies, unharmed: Unharmed, mutant: Mutant, { nets, seeds }: Options): Promise<Finding> {
  return copies.within(mutant, async (folder) => {
    const tests =
      nets === 'simulator'
        ? undefined
        : await confirmByTests({
            harmed: () => byTests(folder, mutant.tests),
            passUnharmed: () => unharmed.tests(mutant.tests),
          });
    const isLeft = nets !== 'tests' && (nets !== 'first' || !tests?.isCaught);
    const isRun = isLeft && reachOfSimulator(folder).has(mutant.file);
    const simulator = isRun
      ? await confirmBySimulator(
          { harmed: (from, count) => bySimulator(folder, count, from), passesUnharmed: unharmed.simulator },
          seeds,
        )
      : isLeft
        ? notRun(mutant.file)
        : undefined;
    return { mutant, ...(tests && { tests }), ...(simulator && { simulator }) };
  });
}

/** The nets that there are: a project without a simulator is left to its tests. */
async function netsOf(copies: Copies, asked: Nets): Promise<Nets> {
  if (asked === 'tests' || (await copies.within(undefined, async (folder) => hasSimulator(folder)))) return asked;
  console.log(`there is no simulator (${SIMULATOR}): the tests alone`);
  return 'tests';
}

/** What the simulator alone is asked of: it cannot notice what it does not run. */
async function withinReach(copies: Copies, options: Options): Promise<Options> {
  if (options.nets !== 'simulator') return options;
  const reach = await copies.within(undefined, async (folder) => reachOfSimulator(folder));
  const mutants = options.mutants.filter(({ file }) => reach.has(file));
  console.log(
    `${options.mutants.length - mutants.length} lie in files that the simulator does not run, and are left out`,
  );
  return { ...options, mutants };
}

async function search(asked: Options): Promise<number> {
  const copies = openCopies();
  try {
    const options = await withinReach(copies, { ...asked, nets: await netsOf(copies, asked.nets) });
    const fault = await faultWithout(copies, options);
    if (fault !== undefined) {
      console.log(`the project fails without any bug in it: ${fault}`);
      return 2;
    }
    const unharmed = unharmedIn(copies);
    const findings: Finding[] = [];
    const queue = [...options.mutants];
    await Promise.all(
      Array.from({ length: options.jobs }, async () => {
        for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
          const finding = await hunt(copies, unharmed, mutant, options);
          findings.push(finding);
          console.log(rowOf(finding));
        }
      }),
    );
    console.log('');
    if (options.nets === 'both') console.log(comparison(findings));
    if (options.nets === 'both' || options.nets === 'simulator') console.log(ofSimulator(findings));
    for (const { mutant } of findings.filter((finding) => !isCaught(finding)))
      console.log(`escaped: ${mutant.name} (${mutant.rule}, ${mutant.file})`);
    console.log(sumOf(findings));
    return isEnough(findings) ? 0 : 1;
  } finally {
    copies.close();
  }
}

await run(PROGRAM, (given) => search(optionsOf(given)));
