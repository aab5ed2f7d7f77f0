/**
 * The whole check: types, format, lint, the tests in node (units, contracts, walks), the storms, the walks once more on Azure's emulators and with
 * signed messages, the simulation, then the tests in a browser. Every part runs, also after one that failed; some run beside each
 * other, and what they all say comes one part after the other. What failed is said again in the end; the last line adds them up, where types,
 * format and lint count as one each.
 * Where `CI` is set nothing may be skipped: what is skipped has failed.
 * A signal ends all that runs, and what that left in the folder for temporary files goes with it.
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

type Say = (text: string) => void;

interface How {
  readonly env?: NodeJS.ProcessEnv;
  /** Takes only the time that the others leave. */
  readonly isPatient?: boolean;
}

/** Runs a tool of this project under this node; true where it ends well. */
function ends(say: Say, tool: string, args: readonly string[], { env, isPatient = false }: How = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const running = startGroup([join('node_modules', tool), ...args], {
      cwd: PROJECT,
      env: { ...process.env, ...COMPILED, ...env },
    });
    if (isPatient && running.pid !== undefined) setPriority(running.pid, LEAST_PRIORITY);
    for (const output of [running.stdout, running.stderr]) output.setEncoding('utf8').on('data', say);
    running.on('error', () => resolve(false)).on('close', (status) => resolve(status === 0));
  });
}

/** Runs mocha. One that breaks off before it has counted, or ends badly without a failed test, is a failure too. */
async function mocha(say: Say, args: readonly string[], { env, isPatient = false }: How = {}): Promise<Tally> {
  const folder = makeFolder(tmpdir(), 'tally-');
  const path = join(folder, 'tally.json');
  try {
    const well = await ends(say, 'mocha/bin/mocha.js', ['--reporter', './test/support/reporter.ts', ...args], {
      env: { ...env, TALLY: path, TMPDIR: folder },
      isPatient,
    });
    const tally = JSON.parse(readFileSync(path, 'utf8')) as Tally;
    return well || tally.failed > 0 ? tally : { ...tally, failed: 1 };
  } catch {
    return FAILED;
  } finally {
    removeFolder(folder);
  }
}

const SIMULATION = 'test/simulation/{simulation,differential/*,outage/*}.test.ts';
const STORMS = 'test/stress/**/*.test.ts';

type Part = readonly [name: string, run: (say: Say) => Promise<Tally>];
const one = (ended: Promise<boolean>): Promise<Tally> => ended.then((well) => (well ? PASSED : FAILED));
const PARTS: readonly Part[] = [
  ['types', (say) => one(ends(say, 'typescript/bin/tsc', ['--noEmit']))],
  ['format', (say) => one(ends(say, '@biomejs/biome/bin/biome', ['format', '.']))],
  ['lint', (say) => one(ends(say, 'eslint/bin/eslint.js', ['.']))],
  [
    'tests',
    (say) =>
      mocha(say, ['--ignore', 'test/browser/**', '--ignore', SIMULATION, '--ignore', STORMS, 'test/**/*.test.ts']),
  ],
  ['stress', (say) => mocha(say, [STORMS])],
  ['acceptance on Azure', (say) => mocha(say, ['test/acceptance/**/*.test.ts'], { env: { ACCEPTANCE_ON: 'azure' } })],
  ['simulation', (say) => mocha(say, [SIMULATION], { isPatient: true })],
  ['browser', (say) => mocha(say, ['test/browser/**/*.test.ts'])],
];
/** These take one core each as a rule, and seldom all of it; what they leave is the simulation's, which looks at no clock but its own. */
const LANES = [
  ['tests'],
  ['types', 'format', 'lint', 'stress', 'acceptance on Azure', 'browser'],
  ['simulation'],
] as const;
const LEAST_PRIORITY = 19;

/** What the parts say, one part after the other, whichever speaks first. */
function turns(): { say(part: number, text: string): void; over(part: number): void } {
  const kept = PARTS.map((): string[] => []);
  const ended = new Set<number>();
  let speaking = 0;
  return {
    say(part, text) {
      if (part === speaking) process.stdout.write(text);
      else kept[part]?.push(text);
    },
    over(part) {
      ended.add(part);
      while (ended.has(speaking)) {
        speaking += 1;
        for (const text of kept[speaking] ?? []) process.stdout.write(text);
      }
    },
  };
}

const speakers = turns();
const tallies: Tally[] = [];
/** The last that each part said, where it names no test that failed. */
const endings = PARTS.map(() => '');
const LETTERS_OF_ENDING = 2_000;
async function runPart(part: number): Promise<void> {
  const [name, run] = PARTS[part] as Part;
  const say = (text: string): void => {
    endings[part] = `${endings[part] ?? ''}${text}`.slice(-LETTERS_OF_ENDING);
    speakers.say(part, text);
  };
  say(`\n== ${name}\n`);
  const tally = await run(say);
  say(`${name}: ${tally.failed === 0 ? 'passed' : 'FAILED'}\n`);
  tallies[part] = tally;
  speakers.over(part);
}

await Promise.all(
  LANES.map(async (lane) => {
    for (const name of lane) await runPart(PARTS.findIndex(([one]) => one === name));
  }),
);

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
const skipped = tallies.flatMap((tally) => tally.skipped);
const skippingFails = Boolean(process.env['CI']);

console.log('');
for (const [part, { failed: some, failures }] of tallies.entries()) {
  const name = PARTS[part]?.[0] ?? '';
  if (some > failures.length) console.log(`failed in ${name}, which ended so:\n${endings[part] ?? ''}`);
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
