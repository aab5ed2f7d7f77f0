import { expect } from 'chai';
import { PERSONAS, TENANTS, organisationId } from '../../world/personas.ts';
import type { Rights } from '../../world/personas.ts';
import { createBarsChecker } from './bars.ts';
import { createDamageChecker } from './damage.ts';
import type { CreateChecker, DocumentWritten, GroundTruth, Json, MessageTaken, Standstill } from '../observations.ts';
import { NOTHING } from '../observations.ts';
import { createPairingChecker } from './pairing.ts';
import { createRestoredChecker } from './restored.ts';
import { answerOf, cardOf, CLAIM } from '../support/checkerScenario.ts';

const HOUR = 3_600_000;
const BY = 'desk1#1';

/** One checker, told one thing after the other, in a world that is as `truth` says. */
function told(create: CreateChecker, truth: Partial<GroundTruth>) {
  const checker = create({ ...NOTHING, ...truth });
  const bodies = new Map<string, Json>();
  return {
    checker,
    wrote(at: number, kind: string, id: string, after: Json, more: Partial<DocumentWritten> = {}): readonly string[] {
      const before = bodies.get(`${kind} ${id}`);
      bodies.set(`${kind} ${id}`, after);
      return (
        checker.wrote?.({ at, by: BY, off: 0, kind, id, before, after, keys: [], readAt: at - 1_000, ...more }) ?? []
      );
    },
    taken(at: number, conversation: string, text: string, readers: readonly string[] = []): readonly string[] {
      const message: MessageTaken = {
        at,
        by: BY,
        how: 'post',
        conversation,
        messageId: 'm1',
        readers,
        text,
        acknowledged: true,
      };
      return checker.taken?.(message) ?? [];
    },
  };
}

const entry = (version: number, type: string, facts: Json = {}): Json => ({
  version,
  event: { type, at: version, by: { side: 'review', id: PERSONAS.arun.id, name: 'Arun' }, ...facts },
});
const created = entry(1, 'ClaimCreated', {
  partner: { id: organisationId('fabrikam') },
  fields: { customerTenantId: TENANTS.contoso },
});
const claimOf = (entries: readonly Json[], more: Json = {}): Json => ({
  entries,
  outbox: [],
  told: [],
  homes: {},
  ...more,
});

describe('The checker of damaged claims', () => {
  const since = 10 * HOUR;
  const broken = (standstills: readonly Standstill[] = []): ReturnType<typeof told> =>
    told(createDamageChecker, {
      standstills: () => standstills,
      damagedSince: (id) => (id === CLAIM ? since : undefined),
      rightsOf: () => ({ staff: ['reviewer'] }),
      everBetween: (_person, _from, _to, had) => had({ staff: ['reviewer'] }),
    });
  const announcement = `The history of claim ${CLAIM} cannot be confirmed from entry 2 on: it was changed.`;

  it('finds a claim written, or told of in a channel, while its history is broken (R55)', () => {
    const { wrote, taken } = broken();
    expect(wrote(since + 1, 'claim', CLAIM, claimOf([created])).join()).to.match(/whose history is broken/);
    expect(taken(since + HOUR, '19:reviews@thread.tacv2;messageid=1', `${CLAIM} is due`).join()).to.match(/is broken/);
    expect(
      taken(since + HOUR, 'chat', `The history of ${CLAIM} was changed outside the claims desk, or`),
    ).to.deep.equal([]);
    expect(taken(since + 1_000, 'chat', `${CLAIM} is due`), 'on its way').to.deep.equal([]);
  });

  it('finds a reader who is shown the claim instead of being told (R55)', () => {
    const { checker, wrote } = broken();
    wrote(1, 'claim', CLAIM, claimOf([created, entry(2, 'ClaimSubmitted')]), { by: 'planted' });
    const asked = {
      number: 1,
      at: since + HOUR,
      by: BY,
      person: PERSONAS.arun.id,
      activity: {},
      press: { verb: 'show', claim: CLAIM, version: 2 },
    };
    const answer = (text: string): readonly string[] | undefined =>
      checker.answered?.({ asked, at: since + HOUR + 1, disturbed: false, body: answerOf(cardOf(2, [], text)) });
    expect(answer('Under review')?.join()).to.match(/does not say that the history/);
    expect(answer(`The history of ${CLAIM} was changed outside the claims desk, or`)).to.deep.equal([]);
  });

  it('finds operators who are not told, and others who are (R55)', () => {
    const standstills: Standstill[] = [];
    const { checker, taken } = broken(standstills);
    const sentence = 'Claim history is broken; nothing is decided for the claim';
    checker.logged?.({ at: since + 1, by: BY, level: 'error', sentence, fields: { claim: CLAIM } });
    const swept = {
      by: BY,
      off: 0,
      processed: 0,
      failed: 0,
      disturbed: false,
      hit: new Set<string>(),
      isStopped: false,
    };
    checker.swept?.({ ...swept, from: since + 2, at: since + 3 });
    expect(checker.ended?.().join()).to.match(/no operator was told/);
    standstills.push({ from: since + 4, to: Infinity, lost: [] });
    expect(checker.ended?.(), 'an older state').to.deep.equal([]);
    standstills.pop();
    expect(taken(since + 4, 'chat', announcement, [PERSONAS.arun.id]).join()).to.match(/was announced to/);
    expect(checker.ended?.()).to.deep.equal([]);
  });

  it('finds a sound history that is taken for broken', () => {
    const { checker } = told(createDamageChecker, {});
    const sentence = 'Claim history is broken; nothing is decided for the claim';
    expect(checker.logged?.({ at: 1, by: BY, level: 'error', sentence, fields: { claim: CLAIM } })?.join()).to.match(
      /and it is not/,
    );
  });
});

describe('The checker of pairs', () => {
  const parted = told(createPairingChecker, { parted: () => [{ from: HOUR, to: 9 * HOUR }] });
  const removed = (at: number, writtenAt: number): readonly string[] =>
    parted.checker.removed?.({ at, by: BY, key: `poe/${CLAIM}/proof`, writtenAt }) ?? [];

  it('finds a file removed or put into quarantine where database and files are strangers (R9)', () => {
    expect(removed(5 * HOUR, 0).join()).to.match(/do not belong together/);
    expect(removed(5 * HOUR, 5 * HOUR - 1_000), 'just refused').to.deep.equal([]);
    expect(removed(10 * HOUR, 0)).to.deep.equal([]);
    expect(parted.wrote(5 * HOUR, 'quarantine', 'x', {}).join()).to.match(/into quarantine/);
  });

  it('finds an instance that is ready where it must not be, and one that is not where it should be (R9)', () => {
    const asked = (at: number, isPaired: boolean): readonly string[] =>
      parted.checker.pairAsked?.({ at, by: BY, isPaired }) ?? [];
    expect(asked(5 * HOUR, true).join()).to.match(/is ready/);
    expect(asked(5 * HOUR, false)).to.deep.equal([]);
    expect(asked(12 * HOUR, false).join()).to.match(/for strangers/);
    expect(asked(12 * HOUR, true)).to.deep.equal([]);
  });
});

describe('The checker of restores', () => {
  const lost = { claim: CLAIM, version: 4, hash: 'x', event: 'ConsentDenied', at: 1, period: 1, isSigned: true };
  const approved = [created, entry(2, 'ClaimSubmitted'), entry(3, 'ClaimApproved')];

  it('finds what is written, told or removed while the desk stands still (R55)', () => {
    const { checker, wrote, taken } = told(createRestoredChecker, {
      standstills: () => [{ from: 0, to: 9 * HOUR, lost: [lost] }],
    });
    expect(wrote(HOUR, 'claim', CLAIM, claimOf(approved)).join()).to.match(/stands still/);
    expect(wrote(HOUR, 'claim', CLAIM, claimOf(approved), { by: 'operator#2' })).to.deep.equal([]);
    expect(wrote(HOUR, 'person', 'x', {})).to.deep.equal([]);
    expect(taken(HOUR, '19:reviews@thread.tacv2;messageid=1', `${CLAIM} is due`).join()).to.match(/stands still/);
    expect(checker.removed?.({ at: HOUR, by: BY, key: 'poe/x', writtenAt: 0 })?.join()).to.match(/stands still/);
    expect(wrote(10 * HOUR, 'claim', CLAIM, claimOf(approved))).to.deep.equal([]);
  });

  const sweptBy = (by: string, from: number) => ({
    by,
    from,
    at: from + 1_000,
    off: 0,
    processed: 0,
    failed: 0,
    disturbed: false,
    hit: new Set<string>(),
    isStopped: false,
  });

  it('finds who starts on a store that lacks a decision and does not stand still (R55)', () => {
    const { checker, wrote } = told(createRestoredChecker, {
      standstills: () => [{ from: HOUR, to: 9 * HOUR, lost: [lost], running: [BY] }],
    });
    expect(checker.swept?.(sweptBy('desk2#2', 2 * HOUR)).join()).to.match(/does not stand still/);
    expect(checker.swept?.(sweptBy(BY, 2 * HOUR)), 'that ran before').to.deep.equal([]);
    wrote(3 * HOUR, 'standstill', 'desk', {}, { by: 'desk2#3' });
    expect(checker.swept?.(sweptBy('desk2#3', 4 * HOUR))).to.deep.equal([]);
    wrote(5 * HOUR, 'standstill', 'desk', { ended: { at: 5 * HOUR } }, { by: 'operator#1' });
    expect(checker.swept?.(sweptBy('desk2#3', 6 * HOUR)), 'while the command of the operator ends').to.deep.equal([]);
  });

  it('finds what one writes who ran before, from its next sweep on, and not before it (R55)', () => {
    const { checker, wrote } = told(createRestoredChecker, {
      standstills: () => [{ from: HOUR, to: 9 * HOUR, lost: [lost], running: [BY] }],
      instances: () => [{ by: BY }],
    });
    wrote(2 * HOUR, 'standstill', 'desk', {}, { by: 'desk2#3' });
    expect(wrote(3 * HOUR, 'claim', CLAIM, claimOf(approved))).to.deep.equal([]);
    expect(wrote(3 * HOUR, 'claim', CLAIM, claimOf(approved), { by: 'desk2#3' }).join()).to.match(/stands still/);
    checker.swept?.(sweptBy(BY, 4 * HOUR));
    expect(wrote(5 * HOUR, 'claim', CLAIM, claimOf(approved)).join()).to.match(/stands still/);
    expect(checker.removed?.({ at: 5 * HOUR, by: 'operator#1', key: 'pair', writtenAt: 0 })).to.deep.equal([]);
    wrote(6 * HOUR, 'standstill', 'desk', { ended: { at: 6 * HOUR } }, { by: 'operator#1' });
    expect(wrote(7 * HOUR, 'claim', CLAIM, claimOf(approved))).to.deep.equal([]);
  });

  it('finds a consent that passes by silence after its denial was lost, and none that was agreed to (R60)', () => {
    const afterLosing = (denial: typeof lost, ...types: readonly string[]): readonly string[] => {
      const { wrote } = told(createRestoredChecker, { standstills: () => [{ from: 0, to: HOUR, lost: [denial] }] });
      wrote(2 * HOUR, 'claim', CLAIM, claimOf(approved));
      const more = types.map((type, index) => entry(4 + index, type));
      return wrote(3 * HOUR, 'claim', CLAIM, claimOf([...approved, ...more]));
    };
    const after = (...types: readonly string[]): readonly string[] => afterLosing(lost, ...types);
    expect(after('StateRestored', 'ConsentPassed').join()).to.match(/passed by silence/);
    expect(after('StateRestored', 'ConsentAgreed', 'ConsentPassed')).to.deep.equal([]);
    expect(after('StateRestored', 'ConsentNotGiven')).to.deep.equal([]);
    expect(after('ConsentAgreed', 'StateRestored', 'ConsentPassed'), 'agreed since the denial').to.deep.equal([]);
    const revoked = afterLosing({ ...lost, at: 2 * HOUR }, 'ConsentAgreed', 'StateRestored', 'ConsentPassed');
    expect(revoked.join()).to.match(/passed by silence/);
  });

  it('finds a claim that does not say what it lost (R55)', () => {
    const ended = (entries: readonly Json[]): string =>
      told(createRestoredChecker, {
        standstills: () => [{ from: 0, to: HOUR, lost: [lost] }],
        documents: () => [{ id: CLAIM, body: claimOf(entries), keys: [] }],
      })
        .checker.ended?.()
        .join() ?? '';
    expect(ended(approved)).to.match(/does not say so/);
    expect(ended([...approved, entry(4, 'StateRestored')])).to.equal('');
  });
});

describe('The checker of the bars of R5', () => {
  /** Problems with these events, where these people have had other rights than usual all the time. */
  function problems(
    event: Json,
    rights: Readonly<Record<string, Rights>>,
    fields: Json = {},
    reached?: string,
  ): string {
    const { wrote } = told(createBarsChecker, {
      everBetween: (person, _from, _to, had) => had(rights[person] ?? { staff: [] }),
    });
    const first = {
      ...created,
      event: { ...(created['event'] as Json), fields: { customerTenantId: TENANTS.contoso, ...fields } },
    };
    const homes = reached === undefined ? {} : { customer: { person: reached } };
    wrote(HOUR, 'claim', CLAIM, claimOf([first]));
    return wrote(
      2 * HOUR,
      'claim',
      CLAIM,
      claimOf([first, { ...entry(2, ''), event: { at: 2, by: {}, ...event } }], { homes }),
    ).join();
  }
  const guest: Rights = { staff: [], member: { of: 'fabrikam', roles: [] }, contact: true };

  for (const type of ['ClaimSubmitted', 'ClaimResubmitted', 'ClaimApproved', 'DisputeOverturned', 'ConsentAgreed'])
    it(`finds ${type} across a tenant that is on both sides`, () => {
      expect(problems({ type }, { [PERSONAS.carl.id]: guest })).to.match(/is one of the partner's side/);
      expect(problems({ type }, {}, { customerTenantId: TENANTS.fabrikam })).to.match(/is one of the partner's side/);
      expect(problems({ type }, { [PERSONAS.nora.id]: guest })).to.equal('');
    });

  it('finds a consent notice that reached who is no contact, or a member of the partner', () => {
    const delivered = { type: 'NoticeDelivered', clock: 'consent' };
    const contact: Rights = { staff: [], contact: true };
    expect(problems(delivered, {}, {}, PERSONAS.dana.id)).to.match(/is no enrolled contact/);
    expect(problems(delivered, { [PERSONAS.dana.id]: guest }, {}, PERSONAS.dana.id)).to.match(
      /a member of the partner/,
    );
    expect(problems(delivered, { [PERSONAS.dana.id]: contact }, {}, PERSONAS.dana.id)).to.equal('');
  });
});
