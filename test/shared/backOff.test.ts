import { expect } from 'chai';
import { backOffMs } from '../../src/shared/backOff.ts';

describe('The wait before a retry', () => {
  const backOff = { firstMs: 100, factor: 2, spread: [0.5, 1.5] } as const;

  it('grows by its factor from one failed attempt to the next', () => {
    expect([1, 2, 3, 4].map((attempt) => backOffMs(backOff, attempt, 0.5))).to.deep.equal([100, 200, 400, 800]);
  });

  it('is spread by chance', () => {
    expect([0, 0.5, 1].map((chance) => backOffMs(backOff, 1, chance))).to.deep.equal([50, 100, 150]);
  });
});
