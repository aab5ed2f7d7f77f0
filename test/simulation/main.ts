/** The simulation from the command line: `npm run simulate -- --help`. */
import { availableParallelism } from 'node:os';
import { createCards } from '../../src/teams/cards/cards.ts';
import { run } from '../../src/tools/commandLine.ts';
import { beyond } from '../support/numbers.ts';
import { campaign, digestOf, LOST } from './engine/campaign.ts';
import type { Failed } from './engine/campaign.ts';
import { FAULT_NAMES } from './world/faults.ts';
import { leftOut } from './checkers/support/sufficientCoverage.ts';
import { createProgress } from './engine/progress.ts';
import { report, describeFailure } from './engine/report.ts';
import { replayOf, shrink, storyOf } from './engine/shrink.ts';

/** More than these are named only: to make one smaller takes minutes. */
const MAX_SHRUNK = 2;
const MAX_TOLD = 20;
const WIDEST = 260;
/** The exit code where it was told to stop and had found no violation by then. */
const CANNOT_TELL = 2;
const MAX_SEEDS = 10_000_000;
const LAST_SEED = 2 ** 31;

await run(
  {
    name: 'simulate',
    about: `Searches for the counterexample: many worlds, each from a seed, with people, Teams, a store, files and clocks that go wrong, checked by
code of its own. A seed that fails is named when it fails; the first ${MAX_SHRUNK} are made smaller in the end, and their story is told: who asked what, what
was written and posted, "!!" for a fault, ">>>" for what is wrong. The last line says how many seeds had violations.`,
    fails:
      'there was a violation, a seed was different the second time, or ten thousand seeds with all faults ' +
      'left out a transition or more than 5 % of the refusals',
    options: {
      seeds: { kind: 'integer', min: 1, max: MAX_SEEDS, default: 100, help: 'how many worlds' },
      from: { kind: 'integer', min: 0, max: LAST_SEED, default: 1, help: 'the seed of the first' },
      claims: { kind: 'integer', min: 1, max: 50, default: 5, help: 'claims that are filed in each' },
      days: { kind: 'integer', min: 1, max: 400, default: 60, help: 'how long each lasts' },
      instances: { kind: 'integer', min: 1, max: 9, default: 3, help: 'instances of the desk in each' },
      jobs: { kind: 'integer', min: 1, max: 64, default: availableParallelism(), help: 'worlds that run at once' },
      without: { kind: 'list', known: FAULT_NAMES, help: 'faults that do not strike' },
      twice: { kind: 'flag', help: 'runs each world twice: both runs have to be equal' },
      'until-violation': { kind: 'flag', help: 'ends with the first violation' },
      'no-shrink': { kind: 'flag', help: 'names the seeds that fail, and makes none smaller' },
      lines: { kind: 'integer', min: 0, max: 10_000, default: 60, help: 'lines of a story' },
    },
    check: ({ from, seeds }) => beyond(LAST_SEED, from, seeds),
  },
  async ({
    seeds,
    from,
    claims,
    days,
    instances,
    jobs,
    without,
    twice,
    'until-violation': untilViolation,
    'no-shrink': noShrink,
    lines,
  }) => {
    const world = { claims, days, instances, without: new Set<string>(without) };
    const stop = new AbortController();
    const progress = createProgress(seeds, world, () => performance.now());
    let isInterrupted = false;
    const interrupted = (): void => {
      isInterrupted = true;
      stop.abort();
      process.stderr.write('told to stop: the worlds under way are played to their end; told again, it ends at once\n');
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    const tally = await campaign({
      ...world,
      from,
      seeds,
      jobs,
      twice,
      signal: stop.signal,
      tell(done, failed) {
        for (const line of progress(done, failed)) process.stderr.write(`${line}\n`);
        if (untilViolation && failed.length > 0) stop.abort();
      },
    });
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);

    for (const line of report(tally)) console.log(line);
    for (const one of tally.failed.slice(0, MAX_TOLD))
      for (const line of describeFailure(one, world)) console.log(line);
    const cards = createCards(new URL('../../cards/', import.meta.url));
    for (const { seed } of noShrink ? [] : tally.failed.filter(isShrinkable).slice(0, MAX_SHRUNK)) {
      const shrunk = await shrink({ ...world, seed }, cards);
      console.log(
        `\nseed ${seed} made smaller, with the same checker still finding the same kind of problem:\n  ${replayOf(shrunk)}`,
      );
      for (const { checker, what, at } of shrunk.result.violations)
        console.log(`  ${new Date(at).toISOString()} ${checker}: ${what}`.slice(0, 2 * WIDEST));
      for (const line of storyOf(shrunk, lines)) console.log(`    ${line.slice(0, WIDEST)}`);
    }
    for (const seed of tally.different) console.log(`seed ${seed} was different the second time`);
    console.log(`digest of ${tally.hashes.size} traces: ${digestOf(tally.hashes)}`);
    const lacking = without.length > 0 ? [] : leftOut(tally.seeds, tally.coverage);
    for (const what of lacking) console.log(what);
    if (isInterrupted) console.log(`interrupted: ${tally.seeds} of ${seeds} seeds were played`);
    console.log(
      `${tally.seeds} seeds, ${tally.failed.length} violations${twice ? `, ${tally.different.length} not repeatable` : ''}`,
    );
    if (tally.failed.length > 0 || tally.different.length > 0 || lacking.length > 0) return 1;
    return isInterrupted ? CANNOT_TELL : 0;
  },
);

/** A world that broke or went on and on would do so again. */
function isShrinkable({ violations }: Failed): boolean {
  return violations.every(({ checker }) => checker !== LOST);
}
