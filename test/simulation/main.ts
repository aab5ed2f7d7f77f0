/**
 * Searches for the counterexample: many worlds, each from a seed, with people, Teams, a store, clocks and everything that goes wrong.
 *
 *     npm run simulate -- --seeds 1000 --from 1 [--claims 5] [--days 60] [--instances 3] [--jobs 2] [--without a,b]
 *                         [--twice] [--until-violation] [--lines 60]
 *
 * A seed that fails is told with what was wrong, made smaller, and its story printed. Any violation ends with code 1, and so do ten
 * thousand seeds or more that leave out a transition, or more than five of a hundred refusals.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CATALOGUE } from '../../src/claims/catalogue.ts';
import { openCards } from '../../src/teams/cards.ts';
import { campaign, digestOf, type Failed, type Tally } from './campaign.ts';
import { FAULT_NAMES } from './faults.ts';
import { byStage, leftOut } from './judges/enough.ts';
import { shrink, storyOf } from './shrink.ts';

const MOST_SHRUNK = 2;
const MOST_TOLD = 20;

class Misuse extends Error {}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' }, from: { type: 'string', default: '1' }, claims: { type: 'string', default: '5' }, days: { type: 'string', default: '60' },
    instances: { type: 'string', default: '3' }, jobs: { type: 'string', default: String(Math.max(1, availableParallelism())) }, without: { type: 'string', default: '' },
    twice: { type: 'boolean', default: false }, 'until-violation': { type: 'boolean', default: false }, lines: { type: 'string', default: '60' },
  },
});

function whole(name: keyof typeof values, least: number, most: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Misuse(`--${name} ${JSON.stringify(values[name])} is not a whole number from ${least} to ${most}`);
}

function faultsOff(): ReadonlySet<string> {
  const names = values.without.split(',').filter((name) => name !== '');
  const known = new Set<string>(FAULT_NAMES);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Misuse(`--without ${JSON.stringify(unknown)} is no fault; there are ${FAULT_NAMES.join(', ')}`);
  return new Set(names);
}

async function simulate(): Promise<number> {
  const options = { claims: whole('claims', 1, 50), days: whole('days', 1, 400), instances: whole('instances', 1, 9), without: faultsOff() };
  const from = whole('from', 0, 2 ** 31);
  const seeds = whole('seeds', 1, 10_000_000);
  const lines = whole('lines', 0, 10_000);
  const begun = performance.now();
  const step = Math.max(1, Math.round(seeds / 20));
  let shown = 0;
  const tally = await campaign({
    ...options, from, seeds, jobs: whole('jobs', 1, 64), twice: values.twice, untilViolation: values['until-violation'],
    tell(done, failed) {
      for (const one of failed.slice(shown)) process.stderr.write(`${toldOf(one)}\n`);
      shown = failed.length;
      if (done % step === 0) process.stderr.write(`${done} of ${seeds} seeds, ${shown} with violations, ${Math.round((performance.now() - begun) / 1_000)} s\n`);
    },
  });
  report(tally, (performance.now() - begun) / 1_000);
  const cards = openCards(new URL('../../cards/', import.meta.url), CATALOGUE);
  for (const { seed } of tally.failed.slice(0, MOST_SHRUNK)) {
    const shrunk = await shrink({ ...options, seed }, cards);
    const { claims, days, instances, without = new Set() } = shrunk.options;
    console.log(`\nseed ${seed} made smaller: --from ${seed} --seeds 1 --claims ${claims} --days ${days} --instances ${instances}${without.size > 0 ? ` --without ${[...without].join(',')}` : ''}`);
    for (const { judge, what } of shrunk.result.violations) console.log(`  ${judge}: ${what}`);
    for (const line of storyOf(shrunk, lines)) console.log(`    ${line.slice(0, 240)}`);
  }
  for (const seed of tally.different) console.log(`seed ${seed} happened otherwise the second time`);
  const lacking = leftOut(tally.seeds, tally.coverage);
  console.log(`digest of ${tally.hashes.size} traces: ${digestOf(tally.hashes)}`);
  for (const what of lacking) console.log(what);
  console.log(`${tally.seeds} seeds, ${tally.failed.length} violations`);
  return tally.failed.length > 0 || tally.different.length > 0 || lacking.length > 0 ? 1 : 0;
}

function report({ seeds, failed, faults, coverage, simulatedHours, entries, steps, slowest }: Tally, seconds: number): void {
  const { refusals, transitions, missing } = coverage;
  const kinds = Object.keys(transitions).length;
  console.log(`faults: ${table(faults)}`);
  console.log(`transitions: ${table(transitions)}`);
  console.log(`transitions seen: ${kinds} of ${kinds + missing.length} (${share(kinds, kinds + missing.length)})${missing.length > 0 ? `; not seen: ${missing.join(', ')}` : ''}`);
  console.log(`refusals seen (state × command × role): ${refusals.seen} of ${refusals.possible} (${share(refusals.seen, refusals.possible)})${refusals.missing.length > 0 ? `; not seen: ${refusals.missing.slice(0, MOST_TOLD).join(', ')}${refusals.missing.length > MOST_TOLD ? ' …' : ''}` : ''}`);
  if (refusals.missing.length > 0) console.log(`refusals not seen, by stage: ${byStage(refusals.missing)}`);
  console.log(`${entries} entries of histories, ${steps} things happened, ${Math.round(simulatedHours)} simulated hours in ${seconds.toFixed(1)} s: ${(seeds / seconds).toFixed(2)} seeds/s, ${Math.round(simulatedHours / seconds)} simulated hours/s; slowest: seed ${slowest.seed}, ${Math.round(slowest.ms)} ms`);
  for (const one of failed.slice(0, MOST_TOLD)) console.log(toldOf(one));
}

function toldOf({ seed, violations }: Failed): string {
  return `seed ${seed}: ${violations.map(({ judge, what, at }) => `${judge}: ${what} (${new Date(at).toISOString()})`).slice(0, 2).join('; ').slice(0, 500)}`;
}

function table(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([name, times]) => `${name} ${times}`).join(', ');
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

process.exitCode = await simulate().catch((error: unknown) => {
  console.error(error instanceof Misuse ? error.message : error);
  return 2;
});
