import { expect } from 'chai';
import { createProgress } from './progress.ts';

const WORLD = { claims: 5, days: 60, instances: 3, without: new Set(['skew', 'poison']) };
const FAILED = { seed: 5, violations: [{ checker: 'rights', what: 'may not', at: 0 }] };

describe('The progress of a campaign', () => {
  it('names a seed when it fails, and what plays it again, once', () => {
    const progress = createProgress(1_000, WORLD, () => 0);
    expect(progress(1, [])).to.deep.equal([]);
    expect(progress(2, [FAILED])).to.deep.equal([
      'seed 5: rights: may not (1970-01-01T00:00:00.000Z)',
      '  npm run simulate -- --from 5 --seeds 1 --claims 5 --days 60 --instances 3 --without skew,poison',
    ]);
    expect(progress(3, [FAILED])).to.deep.equal([]);
  });

  it('says how far it is twenty times, and once a minute where that is sooner', () => {
    let now = 0;
    const progress = createProgress(1_000, WORLD, () => now);
    expect(progress(49, [])).to.deep.equal([]);
    expect(progress(50, [])).to.deep.equal(['50 of 1000 seeds, 0 with violations, 0 s']);
    now = 60_000;
    expect(progress(51, [])).to.deep.equal(['51 of 1000 seeds, 0 with violations, 60 s']);
    expect(progress(52, [])).to.deep.equal([]);
  });
});
