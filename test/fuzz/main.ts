/** The fuzz from the command line: `npm run fuzz -- --help`. */
import { run } from '../../src/tools/commandLine.ts';
import { beyond } from '../support/numbers.ts';
import { play } from './run.ts';
import type { Count, Fault } from './run.ts';
import { brief } from './target.ts';
import { planOf, TARGETS } from './targets.ts';
import { startWatchdog } from './watchdog.ts';

const WHOLE = 8_000;
/** How many characters of the original input are shown. */
const SHORT = 2_000;
const MOST = 999_999_999;

/** What replays a fault, why it is one, the smallest input that shows it, and the one that did first. */
function tell({ target, seed, why, input, original }: Fault): void {
  const [smallest, began] = [brief(input, WHOLE), brief(original, SHORT)];
  console.log(`\nFAULT npm run fuzz -- --only ${target} --from ${seed} --inputs 1\n  ${why}\n  ${smallest}`);
  console.log(brief(original, WHOLE) === smallest ? '' : `  made smaller from ${began}\n`);
}

function lineOf(name: string, { inputs, accepted, slowest, faults }: Count, seconds: number): string {
  const share = ((100 * accepted) / Math.max(1, inputs)).toFixed(1);
  return (
    `${name.padEnd(12)} ${String(inputs).padStart(8)} inputs, ${String(inputs - accepted).padStart(7)} refused, ` +
    `${String(accepted).padStart(7)} accepted (${share} %), ` +
    `slowest ${slowest.ms.toFixed(0)} ms (number ${slowest.seed}), ${faults.length} faults, ${seconds.toFixed(0)} s`
  );
}

await run(
  {
    name: 'fuzz',
    about: `Seeded inputs for everything that reads what comes from outside: each is taken or refused as promised. An input has a target and
a number, and comes from these alone. A fault is told with the command that plays it again, the smallest input that fails in the same
way, and the input as it was made, of a long one the beginning.`,
    fails: 'a promise was broken',
    options: {
      inputs: {
        kind: 'integer',
        min: 1,
        max: MOST,
        default: 100_000,
        help: 'the number of inputs, shared out among the targets',
      },
      from: { kind: 'integer', min: 1, max: MOST, default: 1, help: 'the number of the first input of each target' },
      only: { kind: 'list', known: TARGETS.map(({ name }) => name), help: 'these targets alone' },
    },
    check: ({ from, inputs }) => beyond(MOST, from, inputs),
  },
  async ({ inputs: all, from, only }) => {
    const watchdog = startWatchdog(TARGETS.map(({ name }) => name));
    let inputs = 0;
    let faults = 0;
    for (const { target, inputs: its } of planOf(all, only.length > 0 ? only : undefined)) {
      const began = performance.now();
      const count = await play(target, from, its, { onInput: (seed) => watchdog.at(target.name, seed), onFault: tell });
      console.log(lineOf(target.name, count, (performance.now() - began) / 1_000));
      inputs += count.inputs;
      faults += count.faults.length;
    }
    await watchdog.end();
    console.log(`${inputs} inputs, ${faults} faults`);
    return faults > 0 ? 1 : 0;
  },
);
