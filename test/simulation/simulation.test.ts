import { expect } from 'chai';
import { availableParallelism } from 'node:os';
import { wholeFrom } from '../support/numbers.ts';
import { campaign, digestOf } from './engine/campaign.ts';
import type { Tally } from './engine/campaign.ts';
import { below } from './checkers/support/sufficientCoverage.ts';

/** More, or others: SIMULATE_SEEDS, SIMULATE_FROM. */
const SEEDS = wholeFrom(process.env, 'SIMULATE_SEEDS', 80);
const FROM = wholeFrom(process.env, 'SIMULATE_FROM', 1, { min: 0 });
/** This many seeds see every kind of fault, and most of what can be seen; fewer need not. */
const ENOUGH = 80;
/** From here on they see more still. */
const MANY = 300;
const WORLD = { claims: 5, days: 60, instances: 3, jobs: Math.max(2, availableParallelism()) };
const LONGEST_MS = 900_000;
/** What enough seeds see more of, of all transitions and refusals, whichever seeds they are. */
const FLOOR =
  SEEDS < ENOUGH
    ? { transitions: 0, refusals: 0 }
    : SEEDS < MANY
      ? { transitions: 55, refusals: 20 }
      : { transitions: 85, refusals: 50 };

describe('The whole desk in many worlds that go wrong', function simulated() {
  this.timeout(LONGEST_MS);
  let tally: Tally;

  before(async () => {
    tally = await campaign({ ...WORLD, from: FROM, seeds: SEEDS });
    const { seconds } = tally;
    const strokes = Object.values(tally.faults).reduce((sum, times) => sum + times, 0);
    console.log(
      `      ${tally.seeds} seeds, ${strokes} faults, ${tally.entries} entries, ` +
        `${(tally.seeds / seconds).toFixed(1)} seeds/s, ${Math.round(tally.simulatedHours / seconds)} ` +
        'simulated hours/s',
    );
  });

  it('no checker finds anything wrong: nothing lost, early, twice, or by the wrong person', () => {
    expect(
      tally.failed.map(
        ({ seed, violations }) =>
          `npm run simulate -- --from ${seed} --seeds 1: ${violations.map(({ checker, what }) => `${checker}: ${what}`).join('; ')}`,
      ),
    ).to.deep.equal([]);
  });

  it('every kind of fault struck', () => {
    expect(Object.entries(tally.faults).filter(([, times]) => times === 0 && SEEDS >= ENOUGH)).to.deep.equal([]);
  });

  it('the seeds see most of all transitions and refusals', () => {
    expect(below(tally.coverage, FLOOR)).to.deep.equal([]);
  });

  it('a world happens alone as it happened after others, however the seeds were shared', async () => {
    const few = Math.min(SEEDS, 3);
    const from = FROM + SEEDS - few;
    const { hashes } = await campaign({ ...WORLD, jobs: 1, from, seeds: few });
    const before = new Map([...tally.hashes].filter(([seed]) => seed >= from));
    expect(digestOf(hashes))
      .to.equal(digestOf(before))
      .and.not.equal(digestOf(new Map([...before].slice(1))));
  });

  it('a world happens the same way again', async () => {
    const { different, hashes } = await campaign({ ...WORLD, claims: 3, days: 20, from: FROM, seeds: 4, twice: true });
    expect(different).to.deep.equal([]);
    expect(new Set(hashes.values())).to.have.property('size', 4);
  });
});
