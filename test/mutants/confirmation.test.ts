import { expect } from 'chai';
import { confirmBySimulator, confirmByTests, onceTrue } from './confirmation.ts';
import type { Verdict } from './nets.ts';

/** A simulator that finds violations with these seeds, and the unharmed project failing with those. */
function asked(violations: readonly number[], failing: readonly number[] = []) {
  const searched: number[] = [];
  return {
    searched,
    harmed: async (from: number, seeds: number): Promise<Verdict> => {
      searched.push(from);
      const seed = violations.find((one) => one >= from && one < from + seeds);
      return seed === undefined
        ? { isCaught: false, how: `passed ${seeds} seeds`, seconds: 1 }
        : { isCaught: true, how: `seed ${seed}`, seconds: 1, seed };
    },
    passesUnharmed: async (from: number, seeds: number): Promise<boolean> =>
      !failing.some((seed) => seed >= from && seed < from + seeds),
  };
}

describe('The word of the simulator on a planted bug', () => {
  it('is believed where its seed passes without the bug', async () => {
    expect(await confirmBySimulator(asked([7]), 40)).to.deep.equal({
      isCaught: true,
      how: 'seed 7',
      seconds: 1,
      seed: 7,
    });
  });

  it('is not believed where its seed fails without the bug as well, and is asked further', async () => {
    const simulators = asked([7, 9], [7]);
    expect(await confirmBySimulator(simulators, 40)).to.deep.equal({
      isCaught: true,
      how: 'seed 9',
      seconds: 2,
      seed: 9,
    });
    expect(simulators.searched).to.deep.equal([1, 8]);
  });

  it('is that the bug passed where nothing but such seeds fail', async () => {
    expect(await confirmBySimulator(asked([7], [7]), 40)).to.deep.equal({
      isCaught: false,
      how: 'passed 33 seeds, but for seed 7, which fails without the bug as well',
      seconds: 2,
    });
    expect(await confirmBySimulator(asked([40], [40]), 40)).to.deep.include({
      isCaught: false,
      how: 'passed, but for seed 40, which fails without the bug as well',
    });
  });

  describe('where it broke off and names no seed', () => {
    const brokenOff: Verdict = { isCaught: true, how: 'SyntaxError', seconds: 1, brokeOffWithin: 2 };
    const harmed = async (): Promise<Verdict> => brokenOff;

    it('is believed where as many seeds pass without the bug', async () => {
      expect(await confirmBySimulator({ ...asked([], [3]), harmed }, 40)).to.deep.equal(brokenOff);
    });

    it('is not believed where they do not', async () => {
      expect(await confirmBySimulator({ ...asked([], [2]), harmed }, 40)).to.deep.include({
        isCaught: false,
        how: 'not believed: SyntaxError; the simulator does not pass without the bug either',
      });
    });
  });
});

describe('The word of the tests on a planted bug', () => {
  const caught: Verdict = { isCaught: true, how: 'a claim is approved', seconds: 1 };
  const told = (verdict: Verdict, passes: boolean): Promise<Verdict> =>
    confirmByTests({ harmed: async () => verdict, passUnharmed: async () => passes });

  it('is believed where the same tests pass without it', async () => {
    expect(await told(caught, true)).to.equal(caught);
  });

  it('is not believed where they fail without it as well, or do not end either', async () => {
    expect(await told(caught, false)).to.deep.equal({
      isCaught: false,
      how: 'not believed: a claim is approved; these tests fail without the bug as well',
      seconds: 1,
    });
    expect(await told({ ...caught, how: 'no end after 300 s', isEndless: true }, false)).to.deep.include({
      isCaught: false,
      how: 'not believed: no end after 300 s; these tests fail without the bug as well',
    });
  });

  it('is not looked into where they passed', async () => {
    const passed: Verdict = { isCaught: false, how: 'passed', seconds: 1 };
    expect(
      await confirmByTests({
        harmed: async () => passed,
        passUnharmed: async () => {
          throw new Error('asked');
        },
      }),
    ).to.equal(passed);
  });
});

describe('What passes without any bug', () => {
  it('is asked once, also by two at a time, and asked anew where it did not pass', async () => {
    const answers = [false, true];
    const heard: string[] = [];
    const passes = onceTrue(
      (file: string) => file,
      async (file) => {
        heard.push(file);
        return answers.shift() ?? true;
      },
    );
    expect(await Promise.all([passes('a'), passes('a')])).to.deep.equal([false, false]);
    expect(await passes('a')).to.equal(true);
    expect(await passes('a')).to.equal(true);
    expect(await passes('b')).to.equal(true);
    expect(heard).to.deep.equal(['a', 'a', 'b']);
  });
});
