import { expect } from 'chai';
import { lineOf, tryTrouble } from './trial.ts';
import { TROUBLES } from './troubles.ts';

/** A few of them, each a process of its own; all of them run by `npm run chaos`. */
const SAMPLE = ['log pipe closed', 'data folder removed', 'data folder moved away and back'];

describe('The process of a desk in trouble', () => {
  for (const trouble of TROUBLES.filter(({ name }) => SAMPLE.includes(name))) {
    it(`(${trouble.name}) lives, tells the truth, keeps what it acknowledged and ends as it is told to`, async () => {
      const trial = await tryTrouble(trouble, 5);
      expect(trial.wrong, lineOf(trial)).to.deep.equal([]);
    }).timeout(120_000);
  }
});
