/** The tests of a stress run, over any store: one run, and one test for each claim about it. */
import { expect } from 'chai';
import { wholeFrom } from '../support/numbers.ts';
import type { Backend } from './backend.ts';
import type { StressResult } from './stressRun.ts';
import { runStress } from './stressRun.ts';

const LONGEST_MS = 600_000;

/** `STRESS_CLAIMS` makes the run longer, `STRESS_SEED` repeats one. */
export function stressTests(open: () => Promise<Backend>, usual: number): void {
  const claims = wholeFrom(process.env, 'STRESS_CLAIMS', usual);
  const seed = wholeFrom(process.env, 'STRESS_SEED', 20_210_503, { min: 0 });
  let backend: Backend;
  let result: StressResult;

  before(async function begin() {
    this.timeout(LONGEST_MS);
    backend = await open();
    try {
      result = await runStress(backend, { seed, claims });
    } catch (error) {
      throw new Error(`the stress run of STRESS_SEED=${seed} broke off`, { cause: error });
    }
    report();
  });
  after(() => backend.stop());

  function report(): void {
    const { counts, kills, faultCounts, repeats, lost, due, events, statuses } = result;
    const say = (text: string): void => {
      console.log(`      ${text}`);
    };
    say(
      `STRESS_SEED=${seed}, ${claims} claims, ${Math.round(result.ms / 1_000)} s ` +
        `(filed after ${Math.round(result.filedMs / 1_000)} s): ${JSON.stringify(statuses)}`,
    );
    say(
      `${counts.clicks} clicks, ${counts.replies} replies, ${counts.words} questions, ${counts.answers} answers; ` +
        `delivered again: ${counts.sameId} with the same id, ${counts.newId} with another, ${counts.unanswered} unanswered`,
    );
    say(`${kills} times kill -9; Teams: ${JSON.stringify(faultCounts)}`);
    say(
      `${Object.values(events).reduce((sum, count) => sum + count, 0)} entries; told ${due} times; ` +
        `repeats: ${result.repeatedEdits} as edits, ${repeats.length} as messages; hand-overs ${result.handedOver}; lost = ${lost.length}`,
    );
    if (repeats.length > 0)
      say(
        `repeated: ${repeats
          .slice(0, 3)
          .map(({ what, explained }) => `${explained ? '' : 'UNEXPLAINED '}${what.slice(0, 160)}`)
          .join(' | ')}`,
      );
    say(JSON.stringify(events));
  }

  it('every history is legal, its hashes hold, and nothing in it happened twice (R10–R33, R55, R58)', () => {
    expect(result.violations, `STRESS_SEED=${seed}`).to.deep.equal([]);
  });

  it('nothing is lost: every transition was told to everyone who must hear of it, and every card shows the current state (R47)', () => {
    expect(result.lost, `STRESS_SEED=${seed}`).to.deep.equal([]);
  });

  it('nothing was said twice, but where an acknowledgement was lost', () => {
    expect(
      result.repeats.filter(({ explained }) => !explained),
      `STRESS_SEED=${seed}`,
    ).to.deep.equal([]);
  });

  it('the run was hard enough: every process was killed, Teams failed in every way, and clocks ran out', () => {
    expect(result.kills).to.be.at.least(20);
    expect(Object.keys(result.faultCounts)).to.have.length(7);
    expect(result.events).to.include.keys(
      'PartnerDidNotRespond',
      'ConsentPassed',
      'DisputeWindowClosed',
      'ClockEscalated',
      'DisputeOpened',
    );
  });
}
