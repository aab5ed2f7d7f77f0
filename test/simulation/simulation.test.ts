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
      ? { transitions: 55, refusals: 25 }
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

  it('a world happens alone as it happens after others, however the seeds are shared', async () => {
    const [few, last] = [4, FROM + 3];
    const after = await campaign({ ...WORLD, jobs: 1, from: FROM, seeds: few });
    const alone = await campaign({ ...WORLD, jobs: 1, from: last, seeds: 1 });
    expect(alone.hashes.get(last)).to.equal(after.hashes.get(last));
    const shared = await campaign({ ...WORLD, jobs: 2, from: FROM, seeds: few });
    expect(digestOf(shared.hashes)).to.equal(digestOf(after.hashes)).and.not.equal(digestOf(alone.hashes));
  });

  it('a world happens the same way again', async () => {
    const { different } = await campaign({ ...WORLD, from: FROM, seeds: 6, twice: true });
    expect(different).to.deep.equal([]);
  });
});
