import { expect } from 'chai';
import { believed } from './believed.ts';
import type { Verdict } from './nets.ts';

/** A simulator that finds violations with these seeds, and the unharmed project failing with those. */
function asked(violations: readonly number[], failing: readonly number[] = []) {
  const searched: number[] = [];
  return {
    searched,
    harmed: async (from: number, seeds: number): Promise<Verdict> => {
      searched.push(from);
      const seed = violations.find((one) => one >= from && one < from + seeds);
      return seed === undefined ? { isCaught: false, how: `passed ${seeds} seeds`, seconds: 1 } : { isCaught: true, how: `seed ${seed}`, seconds: 1, seed };
    },
    passesUnharmed: async (seed: number): Promise<boolean> => !failing.includes(seed),
  };
}

describe('The word of the simulator on a planted bug', () => {
  it('is believed where its seed passes without the bug', async () => {
    expect(await believed(asked([7]), 40)).to.deep.equal({ isCaught: true, how: 'seed 7', seconds: 1, seed: 7 });
  });

  it('is not believed where its seed fails without the bug as well, and is asked further', async () => {
    const simulators = asked([7, 9], [7]);
    expect(await believed(simulators, 40)).to.deep.equal({ isCaught: true, how: 'seed 9', seconds: 2, seed: 9 });
    expect(simulators.searched).to.deep.equal([1, 8]);
  });

  it('is that the bug passed where nothing but such seeds fail', async () => {
    expect(await believed(asked([7], [7]), 40)).to.deep.equal({ isCaught: false, how: 'passed 33 seeds, but for seed 7, which fails without the bug as well', seconds: 2 });
    expect(await believed(asked([40], [40]), 40)).to.deep.include({ isCaught: false, how: 'passed, but for seed 40, which fails without the bug as well' });
  });

  it('is believed where the simulator broke off: it names no seed, and does so only with the bug', async () => {
    const harmed = async (): Promise<Verdict> => ({ isCaught: true, how: 'SyntaxError', seconds: 1 });
    expect((await believed({ ...asked([]), harmed }, 40)).isCaught).to.equal(true);
  });
});
