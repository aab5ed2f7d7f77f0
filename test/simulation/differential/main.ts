/** The differential test from the command line: `npm run differential -- --help`. */
import { availableParallelism } from 'node:os';
import { run } from '../../../src/tools/commandLine.ts';
import { beyond } from '../../support/numbers.ts';
import { campaign } from './campaign.ts';
import { describeDifference, wholeOf } from './report.ts';

const MAX_JOBS = 64;
const LAST_SEED = 2 ** 20;

await run(
  {
    name: 'differential',
    about: `Plays the same histories of claims in worlds that differ in nothing that should matter, and compares the results. In the first
world the script of a seed is written: one instance sweeps each minute. Each other world plays that script again under conditions of its
own: how many instances there are, how often which of them sweep, when they are stopped, in which weeks it is, who plays which part.
"ways 8" in the description of a world: the number 8 decides how long each call to the store and to Teams takes there.
Of each seed that differs the first difference is printed in two lines: the command that replays it, and where the two worlds part.
A run of one seed prints both lines whole as well.`,
    fails: 'two worlds differ',
    options: {
      seeds: { kind: 'integer', min: 1, max: LAST_SEED, default: 100, help: 'how many scripts' },
      from: { kind: 'integer', min: 0, max: LAST_SEED, default: 1, help: 'the first seed' },
      claims: { kind: 'integer', min: 1, max: 50, default: 5, help: 'claims of a script' },
      days: { kind: 'integer', min: 10, max: 400, default: 60, help: 'days of a script' },
      worlds: {
        kind: 'integer',
        min: 1,
        max: 50,
        default: 3,
        help: 'other worlds that play a script; one seed of two gets one more, in other weeks or with other people',
      },
      jobs: {
        kind: 'integer',
        min: 1,
        max: MAX_JOBS,
        default: Math.min(MAX_JOBS, availableParallelism()),
        help: 'seeds that are played at once',
      },
    },
    check: ({ from, seeds }) => beyond(LAST_SEED, from, seeds),
  },
  async ({ seeds, from, claims, days, worlds, jobs }) => {
    const begun = performance.now();
    const step = Math.max(1, Math.round(seeds / 20));
    const { events, failed, ...tally } = await campaign({
      seeds,
      from,
      claims,
      days,
      worlds,
      jobs,
      tell({ seed, found }, done) {
        for (const line of [
          ...describeDifference(seed, found, { claims, days, worlds }),
          ...(seeds === 1 ? wholeOf(found) : []),
        ])
          console.log(line);
        if (done % step === 0)
          process.stderr.write(`${done} of ${seeds} seeds, ${Math.round((performance.now() - begun) / 1_000)} s\n`);
      },
    });
    const seconds = (performance.now() - begun) / 1_000;
    console.log(
      `events: ${Object.entries(events)
        .map(([type, times]) => `${type} ${times}`)
        .join(', ')}`,
    );
    console.log(
      `${tally.actions} actions, ${tally.refused} of them refused, ${tally.entries} entries, in ` +
        `${tally.worlds} worlds, ${seconds.toFixed(1)} s: ${(tally.seeds / seconds).toFixed(2)} seeds/s`,
    );
    console.log(`${tally.seeds} seeds, ${failed.length} with differences`);
    return failed.length > 0 ? 1 : 0;
  },
);
