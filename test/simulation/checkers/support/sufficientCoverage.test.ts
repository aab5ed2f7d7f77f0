import { expect } from 'chai';
import { below, byStage, leftOut } from './sufficientCoverage.ts';

/** This many of a hundred kinds each. */
function seen(transitions: number, refusals: number) {
  return {
    transitions: Object.fromEntries(Array.from({ length: transitions }, (_, kind) => [`kind ${kind}`, 1])),
    missing: Array.from({ length: 100 - transitions }, (_, kind) => `missing ${kind}`),
    refusals: { seen: refusals, possible: 100, missing: [] },
  };
}

describe('What the coverage of a campaign must be', () => {
  it('asks ten thousand seeds for every transition and 95 of 100 refusals', () => {
    expect(leftOut(10_000, seen(100, 95))).to.deep.equal([]);
    expect(leftOut(10_000, seen(99, 94))).to.deep.equal([
      'too few transitions seen: 99 of 100, where 100 % are the least',
      'too few refusals seen: 94 of 100, where 95 % are the least',
    ]);
  });

  it('asks fewer seeds for nothing', () => {
    expect(leftOut(9_999, seen(0, 0))).to.deep.equal([]);
  });

  it('takes another floor for few seeds', () => {
    expect(below(seen(85, 50), { transitions: 85, refusals: 50 })).to.deep.equal([]);
    expect(below(seen(84, 49), { transitions: 85, refusals: 50 })).to.have.length(2);
  });

  it('counts what is missing by stage', () => {
    expect(byStage(['Editing · uphold · lead', 'Editing · deny · owner', 'Upheld · edit · stranger'])).to.equal(
      'Editing 2, Upheld 1',
    );
    expect(byStage([])).to.equal('');
  });
});
