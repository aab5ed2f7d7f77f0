/**
 * Plays the same lives in worlds that differ in nothing that should matter: how many instances there are, when they sweep, which one is asked, how
 * long the ways are, in which weeks it is, who plays which part.
 *
 *     node test/simulation/differential/main.ts --seeds 200 --from 1 [--claims 5] [--days 60] [--worlds 3] [--jobs 2]
 *
 * Each difference is told with its seed and both worlds. Any ends with code 1.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { campaign } from './campaign.ts';

class Misuse extends Error {}

async function differ(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' }, from: { type: 'string', default: '1' }, claims: { type: 'string', default: '5' }, days: { type: 'string', default: '60' },
      worlds: { type: 'string', default: '3' }, jobs: { type: 'string', default: String(availableParallelism()) },
    },
  });
  function whole(name: keyof typeof values, least: number, most: number): number {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Misuse(`--${name} ${JSON.stringify(values[name])} is not a whole number from ${least} to ${most}`);
  }
  const seeds = whole('seeds', 1, 10_000_000);
  const begun = performance.now();
  const step = Math.max(1, Math.round(seeds / 20));
  const { events, failed, ...tally } = await campaign({
    seeds, from: whole('from', 0, 2 ** 20), claims: whole('claims', 1, 50), days: whole('days', 10, 400), worlds: whole('worlds', 1, 50), jobs: whole('jobs', 1, 64),
    tell({ seed, violations }, done) {
      for (const violation of violations) console.log(`seed ${seed}: ${violation}`);
      if (done % step === 0) process.stderr.write(`${done} of ${seeds} seeds, ${Math.round((performance.now() - begun) / 1_000)} s\n`);
    },
  });
  const seconds = (performance.now() - begun) / 1_000;
  console.log(`events: ${Object.entries(events).map(([type, times]) => `${type} ${times}`).join(', ')}`);
  console.log(`${tally.deeds} deeds, ${tally.refused} of them refused, ${tally.entries} entries, in ${tally.worlds} worlds, ${seconds.toFixed(1)} s: ${(tally.seeds / seconds).toFixed(2)} seeds/s`);
  console.log(`${tally.seeds} seeds, ${failed.length} with differences`);
  return failed.length > 0 ? 1 : 0;
}

process.exitCode = await differ().catch((error: unknown) => {
  console.error(error instanceof Misuse || (error instanceof TypeError && 'code' in error) ? error.message : error);
  return 2;
});
