import { expect } from 'chai';
import type { DocumentWritten } from './observations.ts';
import { createSidesChecker } from './sides.ts';
import type { Told } from './support/checkerRun.ts';
import { asClaim } from './support/storedClaim.ts';
import type { Tamper } from './support/tampering.ts';
import { recording, verdictOn } from './support/tampering.ts';

const SILENCE = 'a claim whose partner does not answer';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The first such write is the one that adds it. */
const hasType = ({ kind, after }: DocumentWritten, type: string): boolean =>
  kind === 'claim' && asClaim(after).entries.some(({ event }) => event.type === type);

/**
 * The partner's only member is removed a day after the request arrived, and has the role again a day later;
 * `restoredAfter` says of that last write how long after the removal the state was written that it puts back;
 * a negative one is of before it.
 */
function removed(restoredAfter: number | undefined): Tamper {
  return (told) => {
    const writes = told.flatMap((one) => (one.what === 'wrote' ? [one.wrote] : []));
    const first = writes[0] ?? expect.fail('something was written');
    const created = asClaim(first.after).entries[0]?.event ?? expect.fail('first the claim');
    const from = (writes.find((wrote) => hasType(wrote, 'NoticeDelivered'))?.at ?? 0) + DAY;
    const end = told.findIndex((one) => one.what === 'wrote' && hasType(one.wrote, 'PartnerDidNotRespond'));
    const member = (at: number, roles: readonly string[], changes: Partial<DocumentWritten> = {}): Told => ({
      what: 'wrote',
      wrote: {
        ...first,
        kind: 'person',
        id: 'fabrikam/anna',
        at,
        after: { memberships: [{ organisation: created.partner?.id ?? '', roles }] },
        ...changes,
      },
    });
    return [
      member(first.at, ['globalAdmin']),
      ...told.slice(0, end),
      member(from, []),
      member(from + DAY, ['globalAdmin'], restoredAfter === undefined ? {} : { restoredFrom: from + restoredAfter }),
      ...told.slice(end),
    ];
  };
}

describe('The checker of both sides', () => {
  it('says nothing of a history in which a member could act all the time', async () => {
    expect(verdictOn(await recording(SILENCE), createSidesChecker, (told) => told)).to.deep.equal([]);
  });

  it('finds a clock that decided against a partner whose members had all been removed meanwhile', async () => {
    const [problem, ...more] = verdictOn(await recording(SILENCE), createSidesChecker, removed(undefined));
    expect(problem).to.match(/PartnerDidNotRespond, but no one could act for/);
    expect(more).to.deep.equal([]);
  });

  it('counts no removal that a restore has undone: in the state that was put back there was none', async () => {
    expect(verdictOn(await recording(SILENCE), createSidesChecker, removed(-1))).to.deep.equal([]);
  });

  it('counts a removal that the state which was put back knows', async () => {
    const problems = verdictOn(await recording(SILENCE), createSidesChecker, removed(HOUR));
    expect(problems.join()).to.match(/PartnerDidNotRespond, but no one could act for/);
  });
});
