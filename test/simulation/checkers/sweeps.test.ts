import { expect } from 'chai';
import { createSweepsChecker } from './sweeps.ts';
import { recording, verdictOn, without } from './support/tampering.ts';

const PASSED = 'a claim that is approved, passes, is assessed and denied too late';
const YEAR = 365 * 86_400_000;

describe('At the end the checker of sweeps', () => {
  const left = without('ConsentPassed');

  it('finds a clock that is overdue still', async () => {
    const history = await recording(PASSED);
    const last = Math.max(...history.told.map((one) => (one.what === 'wrote' ? one.wrote.at : 0)));
    const problems = verdictOn(history, createSweepsChecker, left, { now: () => last + YEAR });
    expect(problems.join()).to.match(/consent was due at .*, and is so still at the end/);
  });

  it('finds nothing where all that was due is done', async () => {
    const history = await recording(PASSED);
    const last = Math.max(...history.told.map((one) => (one.what === 'wrote' ? one.wrote.at : 0)));
    expect(verdictOn(history, createSweepsChecker, (told) => told, { now: () => last })).to.deep.equal([]);
  });

  it('leaves out a claim that no one can go by', async () => {
    const problems = verdictOn(await recording(PASSED), createSweepsChecker, left, {
      now: () => Number.MAX_SAFE_INTEGER,
      isUncheckable: () => true,
    });
    expect(problems).to.deep.equal([]);
  });
});
