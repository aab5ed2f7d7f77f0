/**
 * The fuzz: `node test/fuzz/main.ts --inputs 1000000 --from 1 [--only words,turns]`. Every input has a target and a number, and comes
 * from these alone; `--only <target> --from <number> --inputs 1` plays one again. Ends with 1 where a promise was broken.
 */
import { parseArgs } from 'node:util';
import { play, type Count, type Fault } from './run.ts';
import { brief } from './target.ts';
import { planOf, TARGETS } from './targets.ts';
import { startWatchdog } from './watchdog.ts';

const WHOLE = 8_000;

const { values } = parseArgs({ options: { inputs: { type: 'string', default: '100000' }, from: { type: 'string', default: '1' }, only: { type: 'string' } } });
const from = numberOf('from', values.from);
const plan = planOf(numberOf('inputs', values.inputs), values.only?.split(','));

function numberOf(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text} is no number from 1 to 999999999`);
}

function tell({ target, seed, why, input }: Fault): void {
  console.log(`\nFAULT --only ${target} --from ${seed} --inputs 1\n  ${why}\n  ${brief(input, WHOLE)}\n`);
}

function lineOf(name: string, { inputs, accepted, slowest, faults }: Count, seconds: number): string {
  const share = ((100 * accepted) / Math.max(1, inputs)).toFixed(1);
  return `${name.padEnd(12)} ${String(inputs).padStart(8)} inputs, ${String(inputs - accepted).padStart(7)} refused, ${String(accepted).padStart(7)} accepted (${share} %), slowest ${slowest.ms.toFixed(0)} ms (${slowest.seed}), ${faults.length} faults, ${seconds.toFixed(0)} s`;
}

const watchdog = startWatchdog(TARGETS.map(({ name }) => name));
let inputs = 0;
let faults = 0;
for (const { target, inputs: its } of plan) {
  const began = performance.now();
  const count = await play(target, from, its, { onInput: (seed) => watchdog.at(target.name, seed), onFault: tell });
  console.log(lineOf(target.name, count, (performance.now() - began) / 1_000));
  inputs += count.inputs;
  faults += count.faults.length;
}
await watchdog.end();
console.log(`${inputs} inputs, ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
