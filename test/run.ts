/**
 * The whole check: types, format, lint, import walls, the tests in node, the stress tests, the acceptance tests, these
 * once more on Azure's emulators and with signed messages, the simulation, then the tests in a browser.
 *
 * Every part runs, also after one that failed. Three run at the same time, but their output is printed one part after
 * the other. Failures are repeated at the end; the last line adds everything up, where types,
 * format, lint and walls count as one each. With `CI` set, whatever is skipped counts as failed. A signal ends all
 * that runs and removes its temporary files.
 */
import { readFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILED } from './support/compileCache.ts';
import { makeFolder, removeFolder, startGroup } from './support/tempFolders.ts';
import type { Tally } from './support/reporter.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const PASSED: Tally = { passed: 1, failed: 0, failures: [], skipped: [], skipReasons: [] };
const FAILED: Tally = { ...PASSED, passed: 0, failed: 1 };

type Write = (text: string) => void;

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Uses only the processor time that other processes leave. */
  readonly isLowPriority?: boolean;
}

/** Runs a tool of this project under this node; true where it exits with 0. */
function succeeds(write: Write, tool: string, args: readonly string[], options: RunOptions = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const running = startGroup([join('node_modules', tool), ...args], {
      cwd: PROJECT,
      env: { ...process.env, ...COMPILED, ...options.env },
    });
    if (options.isLowPriority && running.pid !== undefined) setPriority(running.pid, LOWEST_PRIORITY);
    for (const stream of [running.stdout, running.stderr]) stream.setEncoding('utf8').on('data', write);
    running.on('error', () => resolve(false)).on('close', (status) => resolve(status === 0));
  });
}

/** Runs a tool that counts as one test. */
async function check(write: Write, tool: string, args: readonly string[]): Promise<Tally> {
  return (await succeeds(write, tool, args)) ? PASSED : FAILED;
}

/** Runs mocha. Ending before it has counted, or with an error but no failed test, is a failure too. */
async function mocha(write: Write, args: readonly string[], options: RunOptions = {}): Promise<Tally> {
  const folder = makeFolder(tmpdir(), 'tally-');
  const path = join(folder, 'tally.json');
  try {
    const succeeded = await succeeds(
      write,
      'mocha/bin/mocha.js',
      ['--reporter', './test/support/reporter.ts', ...args],
      { ...options, env: { ...options.env, TALLY: path, TMPDIR: folder } },
    );
    const tally = JSON.parse(readFileSync(path, 'utf8')) as Tally;
    return succeeded || tally.failed > 0 ? tally : { ...tally, failed: 1 };
  } catch {
    return FAILED;
  } finally {
    removeFolder(folder);
  }
}

const SIMULATION = 'test/simulation/{simulation,differential/*,outage/*}.test.ts';
const STRESS = 'test/stress/**/*.test.ts';
const ACCEPTANCE = 'test/acceptance/**/*.test.ts';
const BROWSER = 'test/browser/**/*.test.ts';
const LOWEST_PRIORITY = 19;

/** Two parts that take a core each, and one more for while they wait. */
const PARTS_AT_ONCE = 3;

interface Part {
  readonly name: string;
  /** About how much it takes of a core, compared with the others: the dearest parts begin first. */
  readonly cost: number;
  readonly run: (write: Write) => Promise<Tally>;
}

/** In the order of their output. */
const PARTS: readonly Part[] = [
  { name: 'types', cost: 30, run: (write) => check(write, 'typescript/bin/tsc', ['--noEmit']) },
  { name: 'format', cost: 2, run: (write) => check(write, '@biomejs/biome/bin/biome', ['format', '.']) },
  { name: 'lint', cost: 100, run: (write) => check(write, 'eslint/bin/eslint.js', ['.']) },
  {
    name: 'walls',
    cost: 5,
    run: (write) =>
      check(write, 'dependency-cruiser/bin/dependency-cruiser.mjs', ['src', '--config', 'test/lint/walls.ts']),
  },
  {
    name: 'tests',
    cost: 500,
    run: (write) =>
      mocha(write, [
        ...[BROWSER, SIMULATION, STRESS, ACCEPTANCE].flatMap((others) => ['--ignore', others]),
        'test/**/*.test.ts',
      ]),
  },
  { name: 'stress', cost: 90, run: (write) => mocha(write, [STRESS]) },
  { name: 'acceptance', cost: 200, run: (write) => mocha(write, [ACCEPTANCE]) },
  {
    name: 'acceptance on Azure',
    cost: 300,
    run: (write) => mocha(write, [ACCEPTANCE], { env: { ACCEPTANCE_ON: 'azure' } }),
  },
  // It reads no clock but its own, so it takes only what the others leave of the cores.
  { name: 'simulation', cost: 400, run: (write) => mocha(write, [SIMULATION], { isLowPriority: true }) },
  { name: 'browser', cost: 80, run: (write) => mocha(write, [BROWSER]) },
];

/** Prints the output of one part after the other, whichever writes first. */
function createOrderedOutput(): { write(part: number, text: string): void; end(part: number): void } {
  const waiting = PARTS.map((): string[] => []);
  const ended = new Set<number>();
  let printing = 0;
  return {
    write(part, text) {
      if (part === printing) process.stdout.write(text);
      else waiting[part]?.push(text);
    },
    end(part) {
      ended.add(part);
      while (ended.has(printing)) {
        printing += 1;
        for (const text of waiting[printing] ?? []) process.stdout.write(text);
      }
    },
  };
}

const output = createOrderedOutput();
const tallies: Tally[] = [];
/** The end of each part's output, printed where a part failed and names no failed test. */
const lastOutputs = PARTS.map(() => '');
const MAX_LAST_OUTPUT = 2_000;

async function runPart({ name, run }: Part, index: number): Promise<void> {
  const write = (text: string): void => {
    lastOutputs[index] = `${lastOutputs[index] ?? ''}${text}`.slice(-MAX_LAST_OUTPUT);
    output.write(index, text);
  };
  write(`\n== ${name}\n`);
  const start = performance.now();
  const tally = await run(write);
  const seconds = Math.round((performance.now() - start) / 1000);
  write(`${name}: ${tally.failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
  tallies[index] = tally;
  output.end(index);
}

const waiting = [...PARTS.entries()].sort(([, one], [, other]) => other.cost - one.cost);
await Promise.all(
  Array.from({ length: PARTS_AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await runPart(next[1], next[0]);
  }),
);

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
const skipped = tallies.flatMap((tally) => tally.skipped);
const skippingFails = Boolean(process.env['CI']);

console.log('');
for (const [index, { failed: failedHere, failures }] of tallies.entries()) {
  const name = PARTS[index]?.name ?? '';
  if (failedHere > failures.length)
    console.log(`failed in ${name}; the end of its output:\n${lastOutputs[index] ?? ''}`);
  for (const failure of failures) console.log(`failed in ${name}: ${failure}`);
}
for (const title of skipped) console.log(`skipped: ${title}`);
for (const reason of tallies.flatMap((tally) => tally.skipReasons)) console.log(`because: ${reason}`);
if (skippingFails) {
  console.log(`${passed} passed, ${failed + skipped.length} failed`);
} else {
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
}
process.exitCode = failed > 0 || (skippingFails && skipped.length > 0) ? 1 : 0;
