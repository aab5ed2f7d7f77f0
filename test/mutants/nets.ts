/** The two nets that may catch a planted bug: the tests beside the code, and the simulation of the whole desk. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { steadyClock } from '../../src/runtime/clock.ts';
import { endGroup, startGroup } from '../support/tempFolders.ts';

/** A net's verdict on one copy of the project: how the bug was caught, or that it passed. */
export interface Verdict {
  readonly isCaught: boolean;
  readonly how: string;
  readonly seconds: number;
  /** The simulator's seed that caught it. */
  readonly seed?: number;
  /**
   * The simulator broke off, and named no seed: it did so in as many seeds, or fewer, from the first that it was asked
   * of.
   */
  readonly brokeOffWithin?: number;
  /** The net did not end in its time. */
  readonly isEndless?: true;
  /** The net never ran the code with the bug. */
  readonly isOutOfReach?: true;
}

/** How a program of a copy ended, and its last output. */
export interface Ended {
  readonly code: number | 'no end';
  readonly said: string;
  readonly seconds: number;
}

/** A bug may make a test go on for ever, or fill the memory. */
export const LONGEST_TESTS_MS = 300_000;
const LEAST_SIMULATION_MS = 1_800_000;
/** Several times what a seed takes on one core, for a machine that is busy with other bugs. */
const LONGEST_SEED_MS = 2_000;
/** The longest time between two progress lines of the simulator. */
const TIMES_TOLD = 20;
const MEMORY = '--max-old-space-size=512';
const MOST_SAID = 200_000;
const VIOLATION = /^seed (\d+): /;
const NO_VIOLATION = /^\d+ seeds, 0 violations$/m;
const PROGRESS = /^(\d+) of \d+ seeds, /gm;

export const SIMULATOR = 'test/simulation/main.ts';

/** Whether a copy of the project has a simulator at all. */
export function hasSimulator(folder: string): boolean {
  return existsSync(join(folder, SIMULATOR));
}

/** Runs test files up to the first that fails; its title is how the bug was caught. */
export async function byTests(folder: string, files: readonly string[], mostMs = LONGEST_TESTS_MS): Promise<Verdict> {
  const tally = join(folder, 'mutant-tally.json');
  const { code, said, seconds } = await run(
    folder,
    [
      'node_modules/mocha/bin/mocha.js',
      '--bail',
      '--exit',
      '--reporter',
      'json',
      '--reporter-option',
      `output=${tally}`,
      ...files,
    ],
    mostMs,
  );
  if (code === 'no end') return { isCaught: true, how: `no end after ${mostMs / 1_000} s`, seconds, isEndless: true };
  return { isCaught: code !== 0, how: code === 0 ? 'passed' : (firstFailure(tally) ?? lastError(said)), seconds };
}

function firstFailure(tally: string): string | undefined {
  if (!existsSync(tally)) return undefined;
  const { failures } = JSON.parse(readFileSync(tally, 'utf8')) as {
    readonly failures: readonly { readonly fullTitle: string }[];
  };
  return failures[0]?.fullTitle;
}

function lastError(said: string): string {
  return (
    said
      .split('\n')
      .find((text) => /fatal error|error:/i.test(text))
      ?.trim() ?? 'the end of the process'
  );
}

/** How long the simulator may take for a number of seeds, in milliseconds. */
export function longestSimulation(seeds: number): number {
  return Math.max(LEAST_SIMULATION_MS, seeds * LONGEST_SEED_MS);
}

/** Runs the simulator from a seed on, up to the first violation. */
export async function bySimulator(folder: string, seeds: number, from = 1): Promise<Verdict> {
  const mostMs = longestSimulation(seeds);
  return saidBySimulator(
    await run(
      folder,
      [SIMULATOR, '--seeds', String(seeds), '--from', String(from), '--until-violation', '--no-shrink', '--jobs', '1'],
      mostMs,
    ),
    seeds,
    mostMs,
  );
}

/**
 * The verdict in the simulator's last output: the line of a violation names its seed. A run that did not end in time
 * has caught nothing, and neither has one without a violation: over many seeds the simulator also asks that they cover
 * enough, which no bug is to blame for.
 */
export function saidBySimulator({ code, said, seconds }: Ended, seeds: number, mostMs: number): Verdict {
  const passed = Number([...said.matchAll(PROGRESS)].at(-1)?.[1] ?? 0);
  if (code === 'no end')
    return {
      isCaught: false,
      how: `no end after ${mostMs / 1_000} s, when ${passed} of ${seeds} seeds or some more had passed`,
      seconds,
      isEndless: true,
    };
  if (code === 0 || NO_VIOLATION.test(said)) return { isCaught: false, how: `passed ${seeds} seeds`, seconds };
  const violation = said
    .split('\n')
    .find((text) => VIOLATION.test(text))
    ?.trim();
  const seed = VIOLATION.exec(violation ?? '')?.[1];
  if (violation !== undefined && seed !== undefined)
    return { isCaught: true, how: violation, seconds, seed: Number(seed) };
  return {
    isCaught: true,
    how: lastError(said),
    seconds,
    brokeOffWithin: Math.min(seeds, passed + Math.max(1, Math.round(seeds / TIMES_TOLD))),
  };
}

/** The simulator replaces some of the product's parts with its own. */
export function notRun(file: string): Verdict {
  return { isCaught: false, how: `does not run ${file}`, seconds: 0, isOutOfReach: true };
}

/** Runs one program of the copy. Its temporary files are kept in a folder beside the copy. */
function run(folder: string, args: readonly string[], mostMs: number): Promise<Ended> {
  const from = steadyClock.now();
  const child = startGroup([MEMORY, ...args], { cwd: folder, env: { ...process.env, TMPDIR: dirname(folder) } });
  let said = '';
  let isLate = false;
  const hear = (chunk: Buffer): void => {
    said = `${said}${chunk.toString('utf8')}`.slice(-MOST_SAID);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const alarm = setTimeout(() => {
    isLate = true;
    endGroup(child);
  }, mostMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(alarm);
      resolve({ code: isLate ? 'no end' : (code ?? 1), said, seconds: (steadyClock.now() - from) / 1_000 });
    });
  });
}
