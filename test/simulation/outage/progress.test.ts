import { expect } from 'chai';
import { createProgress } from './progress.ts';

describe('The progress of an outage', () => {
  it('is said once in so many milliseconds, with what it is then and how long it has taken', () => {
    let now = 5_000;
    const said: string[] = [];
    const progress = createProgress(
      (sentence) => said.push(sentence),
      20_000,
      () => now,
    );
    for (let step = 1; step <= 50; step += 1) {
      now += 1_000;
      progress(() => `step ${step}`);
    }
    expect(said).to.deep.equal(['step 20, 20 s', 'step 40, 40 s']);
  });
});
