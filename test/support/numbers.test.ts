import { expect } from 'chai';
import { beyond, wholeFrom } from './numbers.ts';

describe('Numbers from one on', () => {
  it('are refused where the last could not be given as the first', () => {
    expect(beyond(100, 1, 100)).to.equal(undefined);
    expect(beyond(100, 100, 1)).to.equal(undefined);
    expect(beyond(100, 2, 100)).to.equal('100 from 2 on go beyond 100, the last that there is');
  });
});

describe('A number from the environment', () => {
  it('is what is declared where the variable is not set, else what it says', () => {
    expect(wholeFrom({}, 'RUNS', 300)).to.equal(300);
    expect(wholeFrom({ RUNS: '5' }, 'RUNS', 300)).to.equal(5);
    expect(wholeFrom({ FROM: '0' }, 'FROM', 1, { min: 0 })).to.equal(0);
  });

  for (const text of ['abc', '', '0', '-1', '1.5', '99999999999999999']) {
    it(`is refused where it is no whole number above 0: ${JSON.stringify(text)}`, () => {
      expect(() => wholeFrom({ RUNS: text }, 'RUNS', 300)).to.throw(
        RangeError,
        `RUNS ${JSON.stringify(text)} is not a whole number from 1 up`,
      );
    });
  }
});
