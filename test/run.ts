/**
 * The whole check, one part after the other: types, lint, then the tests in node (units, contracts, walks, storms), the walks once
 * more on Azure's emulators and with signed messages, then the tests in a browser. Every part runs, also after one that failed. The last line adds them up; types and lint count as one each.
 * Where `CI` is set nothing may be skipped: what is skipped has failed.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from './tally.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const PASSED: Tally = { passed: 1, failed: 0, skipped: [], skipReasons: [] };
const FAILED: Tally = { passed: 0, failed: 1, skipped: [], skipReasons: [] };

/** Runs a tool of this project under this node, with our output for its own; true where it ends well. */
function ends(tool: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(process.execPath, [join('node_modules', tool), ...args], {
    cwd: PROJECT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** Runs mocha. One that breaks off before it has counted, or ends badly without a failed test, is a failure too. */
function mocha(args: readonly string[], env: NodeJS.ProcessEnv = {}): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'tally-'));
  const path = join(folder, 'tally.json');
  try {
    const well = ends('mocha/bin/mocha.js', ['--reporter', './test/tally.ts', ...args], { ...env, TALLY: path });
    const tally = JSON.parse(readFileSync(path, 'utf8')) as Tally;
    return well || tally.failed > 0 ? tally : { ...tally, failed: 1 };
  } catch {
    return FAILED;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PARTS: readonly (readonly [name: string, run: () => Tally])[] = [
  ['types', () => (ends('typescript/bin/tsc', ['--noEmit']) ? PASSED : FAILED)],
  ['lint', () => (ends('eslint/bin/eslint.js', ['.']) ? PASSED : FAILED)],
  ['tests', () => mocha(['--ignore', 'test/browser/**', 'test/**/*.test.ts'])],
  ['walks on Azure', () => mocha(['test/walks/**/*.test.ts'], { WALKS_ON: 'azure' })],
  ['browser', () => mocha(['test/browser/**/*.test.ts'])],
];

const tallies = PARTS.map(([name, run]) => {
  console.log(`\n== ${name}`);
  const tally = run();
  console.log(`${name}: ${tally.failed === 0 ? 'passed' : 'FAILED'}`);
  return tally;
});

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
const skipped = tallies.flatMap((tally) => tally.skipped);
const skippingFails = Boolean(process.env['CI']);

console.log('');
for (const title of skipped) console.log(`skipped: ${title}`);
for (const reason of tallies.flatMap((tally) => tally.skipReasons)) console.log(`because: ${reason}`);
if (skippingFails) {
  console.log(`${passed} passed, ${failed + skipped.length} failed`);
} else {
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
}
process.exitCode = failed > 0 || (skippingFails && skipped.length > 0) ? 1 : 0;
