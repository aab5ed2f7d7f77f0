import { expect } from 'chai';
import { longestSimulation, saidBySimulator } from './nets.ts';
import type { Ended, Verdict } from './nets.ts';

const MINUTE = 60_000;
const said = (code: Ended['code'], ...lines: readonly string[]): Verdict =>
  saidBySimulator({ code, said: lines.join('\n'), seconds: 3 }, 10_000, 20_000_000);

describe('The simulator, asked of a planted bug', () => {
  it('has half an hour at least, and two seconds for each of many seeds', () => {
    expect(longestSimulation(1)).to.equal(30 * MINUTE);
    expect(longestSimulation(10_000)).to.equal(20_000_000);
  });

  it('names the seed of the first violation', () => {
    expect(
      said(
        1,
        '500 of 10000 seeds, 0 with violations, 60 s',
        'seed 731: clocks: late (2026-01-05T00:00:00.000Z)',
        '731 seeds, 1 violations',
      ),
    ).to.deep.equal({
      isCaught: true,
      how: 'seed 731: clocks: late (2026-01-05T00:00:00.000Z)',
      seconds: 3,
      seed: 731,
    });
  });

  it('has caught nothing where it saw too little, but no violation', () => {
    expect(said(1, 'transitions left out: none', '10000 seeds, 0 violations')).to.deep.equal({
      isCaught: false,
      how: 'passed 10000 seeds',
      seconds: 3,
    });
  });

  it('tells how far it was when its time was over, and has caught nothing then', () => {
    expect(
      said('no end', '500 of 10000 seeds, 0 with violations, 300 s', '900 of 10000 seeds, 0 with violations, 360 s'),
    ).to.deep.equal({
      isCaught: false,
      how: 'no end after 20000 s, when 900 of 10000 seeds or some more had passed',
      seconds: 3,
      isEndless: true,
    });
  });

  it('tells within how many seeds it broke off, as far as it said', () => {
    expect(said(1, "SyntaxError: Unexpected token ';'")).to.deep.equal({
      isCaught: true,
      how: "SyntaxError: Unexpected token ';'",
      seconds: 3,
      brokeOffWithin: 500,
    });
    expect(said(1, '9900 of 10000 seeds, 0 with violations, 300 s', 'fatal error: out of memory')).to.deep.include({
      isCaught: true,
      brokeOffWithin: 10_000,
    });
  });
});
