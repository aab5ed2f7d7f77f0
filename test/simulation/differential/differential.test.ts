import { expect } from 'chai';
import { availableParallelism } from 'node:os';
import { wholeFrom } from '../../support/numbers.ts';
import { campaign } from './campaign.ts';
import type { Tally } from './campaign.ts';
import { describeDifference } from './report.ts';

/** More, or others: DIFFERENTIAL_SEEDS, DIFFERENTIAL_FROM. */
const SEEDS = wholeFrom(process.env, 'DIFFERENTIAL_SEEDS', 25);
const FROM = wholeFrom(process.env, 'DIFFERENTIAL_FROM', 1, { min: 0 });
const WORLDS = { claims: 3, days: 60, worlds: 1 };
const LONGEST_MS = 900_000;
/**
 * What a clock brings about, and what people do in time or too late: the histories that are compared have all of it.
 */
const HAPPENS = [
  'ClockReminded',
  'ClockEscalated',
  'PartnerDidNotRespond',
  'ConsentPassed',
  'DisputeWindowClosed',
  'NoticeDelivered',
  'NoticeUndeliverable',
  'ClaimResubmitted',
  'ConsentDenied',
  'LateDenialRecorded',
  'DisputeOpened',
  'DisputeOverturned',
  'ClaimApproved',
  'ClaimRejected',
  'InformationRequested',
];

describe('The same histories in worlds that differ in nothing that should matter', function differential() {
  this.timeout(LONGEST_MS);
  let tally: Tally;

  before(async () => {
    tally = await campaign({ seeds: SEEDS, from: FROM, ...WORLDS, jobs: Math.max(2, availableParallelism()) });
    console.log(
      `      ${tally.seeds} seeds in ${tally.worlds} worlds, ${tally.actions} actions, ${tally.refused} of ` +
        `them refused, ${tally.entries} entries`,
    );
  });

  it('come to the same for any number of sweeps and instances, whichever is asked, in any week, whoever plays a part (R44)', () => {
    expect(tally.failed.flatMap(({ seed, found }) => describeDifference(seed, found, WORLDS))).to.deep.equal([]);
  });

  it('have deadlines that are met, missed and waited for', () => {
    expect(HAPPENS.filter((type) => (tally.events[type] ?? 0) === 0)).to.deep.equal([]);
  });
});
