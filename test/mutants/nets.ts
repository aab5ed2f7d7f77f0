/** What may catch a planted bug: the tests beside the code, and the simulator of the whole desk. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { steadyClock } from '../../src/clock.ts';

/** What a net says of one copy of the project: how it was caught, or that it passed. */
export interface Verdict {
  readonly isCaught: boolean;
  readonly how: string;
  readonly seconds: number;
  /** The simulator's seed that caught it. */
  readonly seed?: number;
  /** The net never ran what the bug lies in. */
  readonly isOutOfReach?: true;
}

interface Ended {
  readonly code: number | 'no end';
  readonly said: string;
  readonly seconds: number;
}

/** A bug may make a test go on for ever, or fill the memory. */
export const LONGEST_TESTS_MS = 300_000;
const LONGEST_SIMULATION_MS = 1_800_000;
const MEMORY = '--max-old-space-size=512';
const MOST_SAID = 200_000;
const VIOLATION = /^seed (\d+): /;
const NO_VIOLATION = /^\d+ seeds, 0 violations$/m;

export const SIMULATOR = 'test/simulation/main.ts';

/** Whether a copy of the project has a simulator at all. */
export function hasSimulator(folder: string): boolean {
  return existsSync(join(folder, SIMULATOR));
}

/** Runs test files up to the first that fails; its title is how the bug was caught. */
export async function byTests(folder: string, files: readonly string[], mostMs = LONGEST_TESTS_MS): Promise<Verdict> {
  const tally = join(folder, 'mutant-tally.json');
  const { code, said, seconds } = await run(folder, ['node_modules/mocha/bin/mocha.js', '--bail', '--exit', '--reporter', 'json', '--reporter-option', `output=${tally}`, ...files], mostMs);
  if (code === 'no end') return { isCaught: true, how: `no end after ${mostMs / 1_000} s`, seconds };
  return { isCaught: code !== 0, how: code === 0 ? 'passed' : firstFailure(tally) ?? lastError(said), seconds };
}

function firstFailure(tally: string): string | undefined {
  if (!existsSync(tally)) return undefined;
  const { failures } = JSON.parse(readFileSync(tally, 'utf8')) as { readonly failures: readonly { readonly fullTitle: string }[] };
  return failures[0]?.fullTitle;
}

function lastError(said: string): string {
  return said.split('\n').find((text) => /fatal error|error:/i.test(text))?.trim() ?? 'the end of the process';
}

/**
 * Runs the simulator from a seed on, up to the first violation, whose line names its seed. One that does not end in time has caught
 * nothing, and neither has one that saw no violation: of many seeds it also asks that they see enough, which no bug has to answer for.
 */
export async function bySimulator(folder: string, seeds: number, from = 1): Promise<Verdict> {
  const { code, said, seconds } = await run(folder, [SIMULATOR, '--seeds', String(seeds), '--from', String(from), '--until-violation', '--jobs', '1', '--lines', '0'], LONGEST_SIMULATION_MS);
  if (code === 'no end') return { isCaught: false, how: `no end after ${LONGEST_SIMULATION_MS / 1_000} s`, seconds };
  // Without the time in which the counterexample was made smaller.
  const searched = Number(/ simulated hours in ([\d.]+) s/.exec(said)?.[1] ?? seconds);
  if (code === 0 || NO_VIOLATION.test(said)) return { isCaught: false, how: `passed ${seeds} seeds`, seconds: searched };
  const violation = said.split('\n').find((text) => VIOLATION.test(text))?.trim();
  const seed = VIOLATION.exec(violation ?? '')?.[1];
  return { isCaught: true, how: violation ?? lastError(said), seconds: searched, ...(seed !== undefined && { seed: Number(seed) }) };
}

/** The simulator has rooms of its own in the place of some of the product's. */
export function notRun(file: string): Verdict {
  return { isCaught: false, how: `does not run ${file}`, seconds: 0, isOutOfReach: true };
}

/** Runs one program of the copy in a process group of its own, so that whatever it started ends with it. */
function run(folder: string, args: readonly string[], mostMs: number): Promise<Ended> {
  const from = steadyClock.now();
  const child = spawn(process.execPath, [MEMORY, ...args], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let isLate = false;
  const hear = (chunk: Buffer): void => { said = `${said}${chunk.toString('utf8')}`.slice(-MOST_SAID); };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const alarm = setTimeout(() => {
    isLate = true;
    endGroup(child.pid);
  }, mostMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(alarm);
      endGroup(child.pid);
      resolve({ code: isLate ? 'no end' : (code ?? 1), said, seconds: (steadyClock.now() - from) / 1_000 });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
