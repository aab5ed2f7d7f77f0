import { expect } from 'chai';
import type { Found } from './compare.ts';
import { describeDifference, wholeOf } from './report.ts';

const SAME = `ClockReminded ${'x'.repeat(300)}`;
const found: Found = {
  claim: 2,
  chapter: 'history',
  line: 5,
  one: `${SAME}day 3${'y'.repeat(300)}`,
  other: `${SAME}day 4${'y'.repeat(300)}`,
  plain: '1 instance',
  conditions: '3 instances',
};

describe('A difference between two worlds', () => {
  it('is told in two lines: what plays it again, and where the two part', () => {
    const [again, what, ...more] = describeDifference(7, [found], { claims: 5, days: 60, worlds: 3 });
    expect(again).to.equal('seed 7: npm run differential -- --from 7 --seeds 1 --claims 5 --days 60 --worlds 3');
    expect(what)
      .to.match(/^  claim 2, history, line 5; 1 instance: …x+day 3y+… \| 3 instances: …x+day 4y+…$/)
      .and.to.have.length.below(420);
    expect(more).to.deep.equal([]);
  });

  it('is told once, however many worlds differ, and whole where a user looks at it', () => {
    expect(describeDifference(7, [found, found], { claims: 5, days: 60, worlds: 3 })[1]).to.contain(
      'line 5, 2 of the other worlds differ; 1 instance',
    );
    expect(wholeOf([found, found])).to.deep.equal([`    ${found.one}`, `    ${found.other}`]);
    expect(describeDifference(7, [], { claims: 5, days: 60, worlds: 3 })).to.deep.equal([]);
  });
});
