import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createCards } from '../../../src/teams/cards/cards.ts';
import { KIND_NAMES, STARTED } from './dueClaims.ts';
import { overtaking } from './fairness.ts';
import { findings } from './findings.ts';
import { outage } from './outage.ts';
import type { Outage } from './outage.ts';
import { reportOf } from './report.ts';

const CLAIMS = 600;
const INSTANCES = 3;
/** Where no one waits for a disk: what is shown here does not depend on it. */
const IN_MEMORY = '/dev/shm';
const LONGEST_MS = 900_000;

describe('An outage of 72 hours in which 600 claims fell due (R44)', function outages() {
  this.timeout(LONGEST_MS);
  let came: Outage;

  before(async () => {
    const cards = createCards(new URL('../../../cards/', import.meta.url));
    came = await outage(
      { claims: CLAIMS, instances: INSTANCES, within: existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir() },
      cards,
    );
    for (const line of reportOf(came)) console.log(`      ${line}`);
  });

  it('is made up for: each claim is decided once, as of when it was due, never before its notice, all are told in order', () => {
    expect(findings(came, INSTANCES)).to.deep.equal([]);
  });

  it('leaves no one out', () => {
    const { decided } = came.ledger;
    expect(decided).to.have.length(CLAIMS);
    expect(new Set(decided.map(({ kind }) => kind))).to.have.all.keys(...KIND_NAMES);
  });

  it('is decided on within a minute, however long Teams takes for the messages', () => {
    const last = came.ledger.decided.at(-1)?.at ?? Number.NaN;
    expect(last - STARTED).to.be.below(60_000);
    expect(last).to.be.below(came.messages.lastAt);
  });

  it('is shared among the instances', () => {
    for (const by of ['desk1', 'desk2', 'desk3'])
      expect(came.ledger.decided.filter((one) => one.by === by).length, by).to.be.within(CLAIMS / 6, CLAIMS / 2);
  });
});

describe('Overtaking', () => {
  it('is none where first come is first served, also of those that fell due at once', () => {
    expect(overtaking([1, 2, 2, 3])).to.deep.equal({ places: 0, ms: 0 });
  });

  it('is as many places as one was served too late, and as much time as who was served before came later', () => {
    expect(overtaking([20, 30, 10, 40])).to.deep.equal({ places: 2, ms: 20 });
  });
});
