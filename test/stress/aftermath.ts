/** What has to be so after a storm, over whichever store: one storm, looked at by one test for each claim that is made. */
import { expect } from 'chai';
import { wholeFrom } from '../support/numbers.ts';
import type { Ground } from './ground.ts';
import type { Aftermath } from './storm.ts';
import { storm } from './storm.ts';

const LONGEST_MS = 600_000;

/** A longer or another storm: STORM_CLAIMS, STORM_SEED. */
export function stormTests(open: () => Promise<Ground>, usual: number): void {
  const claims = wholeFrom(process.env, 'STORM_CLAIMS', usual);
  const seed = wholeFrom(process.env, 'STORM_SEED', 20_210_503, { min: 0 });
  let ground: Ground;
  let aftermath: Aftermath;

  before(async function begin() {
    this.timeout(LONGEST_MS);
    ground = await open();
    try {
      aftermath = await storm(ground, { seed, claims });
    } catch (error) {
      throw new Error(`the storm of STORM_SEED=${seed} broke off`, { cause: error });
    }
    report();
  });
  after(() => ground.stop());

  function report(): void {
    const { counts, kills, troubles, repeats, lost, due, events, statuses } = aftermath;
    const say = (text: string): void => {
      console.log(`      ${text}`);
    };
    say(
      `STORM_SEED=${seed}, ${claims} claims, ${Math.round(aftermath.ms / 1_000)} s (filed after ${Math.round(aftermath.filedMs / 1_000)} s): ${JSON.stringify(statuses)}`,
    );
    say(
      `${counts.clicks} clicks, ${counts.replies} replies, ${counts.words} questions, ${counts.answers} answers; delivered again: ${counts.sameId} with the same id, ${counts.newId} with another, ${counts.unanswered} unanswered`,
    );
    say(`${kills} times kill -9; Teams: ${JSON.stringify(troubles)}`);
    say(
      `${Object.values(events).reduce((sum, count) => sum + count, 0)} entries; told ${due} times; repeats: ${aftermath.repeatedEdits} as edits, ${repeats.length} as messages; hand-overs ${aftermath.handedOver}; lost = ${lost.length}`,
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
    expect(aftermath.wrongs, `STORM_SEED=${seed}`).to.deep.equal([]);
  });

  it('nothing is lost: every transition was told to everybody who must hear of it, and every card shows how it stands (R47)', () => {
    expect(aftermath.lost, `STORM_SEED=${seed}`).to.deep.equal([]);
  });

  it('nothing was said twice, but where an acknowledgement was lost', () => {
    expect(
      aftermath.repeats.filter(({ explained }) => !explained),
      `STORM_SEED=${seed}`,
    ).to.deep.equal([]);
  });

  it('it was a storm: every process was killed, Teams failed in every way, and clocks ran out', () => {
    expect(aftermath.kills).to.be.at.least(20);
    expect(Object.keys(aftermath.troubles)).to.have.length(7);
    expect(aftermath.events).to.include.keys(
      'PartnerDidNotRespond',
      'ConsentPassed',
      'DisputeWindowClosed',
      'ClockEscalated',
      'DisputeOpened',
    );
  });
}
