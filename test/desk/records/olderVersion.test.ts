import { expect } from 'chai';
import type { Claim, Stage } from '../../../src/domain/claims/claim.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import { firstBrokenEntry, leadsToOldHead } from '../../../src/domain/claims/history.ts';
import { nextFiring } from '../../../src/domain/claims/clock.ts';
import type { Request } from '../../../src/desk/commands/request.ts';
import type { Key } from '../../../src/desk/ports/documents.ts';
import type { Reader } from '../../../src/desk/ports/reader.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { sealedRecord } from '../../../src/desk/records/appendEvents.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import { createInbox } from '../../../src/desk/inbox.ts';
import { DAY, HOUR, MINUTE, sha256 } from '../../domain/claims/scenario.ts';
import type { Name } from '../world.ts';
import { chatOf, MPN, place, REVIEWS, TENANTS, WHO } from '../world.ts';
import type { OldWorld, Store, Written } from './olderVersion.ts';
import { earlierVersions, openOldWorld } from './olderVersion.ts';
import { say } from '../../../src/locales/say.ts';
import { inBrowser } from '../../support/inBrowser.ts';

const REVIEW: Reader = { kind: 'audience', audience: 'review' };
const PARTNER: Reader = { kind: 'audience', audience: 'partner' };

/** All that was written down of a claim beside its documents, of today's reading. */
function readingOf(what: string, claim: Claim, body: ClaimBody, now: number): unknown {
  const { stage, next, byItself, clocks, hold, actions } = viewClaim(claim, REVIEW, now);
  const rejection = claim.status === 'Rejected' ? claim.rejection : undefined;
  const consent = claim.consent;
  const facts = {
    afterDispute: claim.approval?.afterDispute,
    period: consent?.period,
    consent: consent?.state,
    passedAt: consent?.state === 'passed' ? consent.passedAt : undefined,
    lateDenials: consent && (consent.state === 'passed' ? consent.lateDenials.length : 0),
    reason: rejection?.reason,
    partnerReason: rejection?.reason === 'partnerRequest' ? rejection.partnerReason : undefined,
    handedOver: claim.assessment?.record.period,
    programme: claim.assessment?.outcomes[0]?.programme,
    held: claim.hold?.reason,
    answered: claim.status === 'PartnerActionRequired' ? claim.request.answered : undefined,
    comments: claim.comments.length,
    poe: claim.poe.length,
    followers: claim.followers.length,
    muted: claim.muted.length,
  };
  const reading = {
    what,
    id: claim.id,
    status: claim.status,
    version: claim.version,
    stage,
    review: { next, byItself, clocks, hold, actions },
    partner: { actions: viewClaim(claim, PARTNER, now).actions },
    outbox: body.outbox.map(({ id, nextAt, waitsFor, reason, attempts, reached }) => ({
      id,
      nextAt,
      waitsFor,
      reason,
      attempts,
      reached,
    })),
    told: body.told.length,
    lease: body.lease !== undefined,
    facts,
  };
  return JSON.parse(JSON.stringify(reading)) as unknown;
}

/** The reviewers' card offered to report an assessment, which is the assessor's alone by now (R53). */
function withoutReport(reading: unknown): unknown {
  return JSON.parse(
    JSON.stringify(reading, (_key, value: unknown) =>
      Array.isArray(value) ? value.filter((item) => item !== 'ReportAssessment') : value,
    ),
  ) as unknown;
}

/** Where clocks that run lead, if no one does anything; elsewhere they only tell. */
const LATER_STAGE: Readonly<Partial<Record<Stage, Stage>>> = {
  PartnerActionRequired: 'Disputable',
  ConsentOpen: 'ConsentPassed',
  Disputable: 'WindowClosed',
};

/** What a person does next with a claim. */
interface Step {
  readonly by: Name;
  readonly request: Request;
}

/** The next step of a claim's life; undefined where there is none for anyone. */
function nextStep(claim: Claim): Step | undefined {
  const partner = claim.partner.id.endsWith(TENANTS.tailspin) ? 'tomas' : 'anna';
  switch (stageOf(claim)) {
    case 'Editing':
      return { by: partner, request: { type: 'EditFields', fields: { customerContactTitle: 'Head of sales' } } };
    case 'Submitted':
      return { by: 'rita', request: { type: 'StartReview' } };
    case 'UnderReview':
      return { by: 'lena', request: { type: 'ApproveClaim' } };
    case 'PartnerActionRequired':
      return { by: partner, request: { type: 'ResubmitClaim' } };
    case 'ConsentOpen':
      return { by: 'dana', request: { type: 'DenyConsent', reason: 'Not ours.' } };
    case 'ConsentPassed':
      return claim.assessment?.outcomes.length
        ? { by: partner, request: { type: 'RequestRejection', reason: 'incorrectMpn', comment: '' } }
        : { by: 'asif', request: { type: 'ReportAssessment', eligible: false, programme: 'OSA' } };
    case 'Disputable':
      return { by: partner, request: { type: 'OpenDispute', justification: 'It is ours.' } };
    case 'Disputed':
      return { by: 'lena', request: { type: 'OverturnRejection', comment: 'So it is.' } };
    case 'Upheld':
    case 'WindowClosed':
    case 'FinallyDeclined':
      return { by: partner, request: { type: 'MuteClaim' } };
    case 'Discarded':
      return undefined;
  }
}

for (const written of earlierVersions()) {
  describe(`What version ${written.version} wrote`, () => {
    it('is there to be read: documents of every kind, claims in every stage', () => {
      expect([...new Set(written.documents.map(({ kind }) => kind))]).to.have.members([
        'organisation',
        'person',
        'channel',
        'claim',
        'heard',
        'usedLink',
      ]);
      expect([...new Set(written.claims.map(({ stage }) => stage))]).to.have.members([
        'Editing',
        'Discarded',
        'Submitted',
        'UnderReview',
        'PartnerActionRequired',
        'ConsentOpen',
        'ConsentPassed',
        'Disputable',
        'Disputed',
        'Upheld',
        'WindowClosed',
      ]);
    });
  });
  for (const store of ['memory', 'SQLite'] as const)
    describe(`What version ${written.version} wrote, in ${store}`, () => tellOf(written, store));
}

function tellOf(written: Written, store: Store): void {
  let world: OldWorld;
  /** Today's desk on all that was written, or on one claim of it. */
  /** As every start does, with what is done once for the documents of an earlier version. */
  const open = async (only?: ClaimId): Promise<void> => {
    world = await openOldWorld(written, store, only);
    await world.desk.prepare();
  };
  afterEach(() => world.close());

  const named = (what: string): ClaimId => {
    const found = written.claims.find((one) => one.what === what);
    if (!found) throw new Error(`no claim is ${what}`);
    return found.id;
  };
  const bodyOf = (id: string): ClaimBody => {
    const document = written.documents.find((one) => one.kind === CLAIM && one.id === id);
    if (!document) throw new Error(`no claim ${id}`);
    return document.body as ClaimBody;
  };

  /**
   * The history goes on where it ended: no entry says anything else than before, and the chain holds. What was added is
   * without the sealing of what was there.
   */
  async function added(id: ClaimId): Promise<readonly Entry[]> {
    const { entries } = (await world.record(id)).body;
    const before = bodyOf(id).entries;
    expect(entries.slice(0, before.length).map(contentOf)).to.deep.equal(before.map(contentOf));
    expect(firstBrokenEntry(entries, sha256)).to.equal(undefined);
    const sealed = entries[before.length]?.event;
    if (!sealed) return [];
    // What was written by a version without commitments is sealed before anything is added (R55).
    expect(sealed).to.include({ type: 'HistorySealed', oldHead: before.at(-1)?.hash });
    expect(leadsToOldHead(entries, sha256)).to.equal(true);
    return entries.slice(before.length + 1);
  }
  const addedTypes = async (id: ClaimId): Promise<readonly string[]> =>
    (await added(id)).map(({ event }) => event.type);

  it('is read as it was: each claim in its state, with its clocks, its outbox, and what its cards offer', async () => {
    await open();
    for (const expected of written.claims) {
      const { claim, body } = await world.record(expected.id);
      const reading = readingOf(expected.what, claim, body, written.writtenAt);
      expect(withoutReport(reading), expected.what).to.deep.equal(withoutReport(expected));
      expect(firstBrokenEntry(body.entries, sha256), expected.what).to.equal(undefined);
    }
  });

  it('is written anew, where nothing changed, to the letter and with the keys that it had', async () => {
    await open();
    for (const { id, what } of written.claims) {
      const stored = written.documents.find((one) => one.kind === CLAIM && one.id === id);
      const { claim, body } = await world.record(id);
      const sealed = sealedRecord(world.world, { claim, body, etag: '' });
      const anew = claimDocument(world.world, sealed.claim, sealed.body);
      const { head: _, entries, ...again } = anew.body;
      const { entries: before, ...was } = stored?.body as ClaimBody;
      expect(JSON.stringify({ ...again, schema: 1 }), what).to.equal(JSON.stringify(was));
      expect(JSON.stringify(entries.slice(0, -1).map(contentOf)), what).to.equal(JSON.stringify(before.map(contentOf)));
      // What ends the wait of a notice has become more since.
      const known = anew.keys.filter(({ name, value }) => name !== 'waitsFor' || !/^(contacts|members):/.test(value));
      expect(sorted(known), what).to.deep.equal(sorted(stored?.keys ?? []));
    }
  });

  // One store is enough for these: what they read and write is the same.
  for (const { id, what } of store === 'memory' ? written.claims : []) {
    it(`goes on with ${what}: the next command is taken, and told`, async () => {
      await open(id);
      const { claim } = await world.record(id);
      const step = nextStep(claim);
      if (!step) {
        expect((await world.press('anna', id, { type: 'AddComment', text: 'Hello?' })).kind).to.equal('refused');
        return;
      }
      if (claim.status === 'PartnerActionRequired')
        await world.press(step.by, id, { type: 'AddComment', text: 'Here it is.' });
      const entry = await world.must(step.by, id, step.request);
      await world.pass(HOUR);
      expect((await added(id)).map(({ version }) => version)).to.include(entry.version);
      const { told, outbox, lease } = (await world.record(id)).body;
      expect(lease).to.equal(undefined);
      expect(outbox.filter(({ nextAt }) => nextAt !== undefined)).to.deep.equal([]);
      if (step.request.type === 'MuteClaim') return;
      const delivered = told.filter(({ outcome }) => outcome === 'delivered').map((one) => one.id);
      expect(delivered).to.include(`${entry.version}:${claim.submittedAt === undefined ? 'partner' : 'review'}`);
    });

    it(`goes on with ${what}: its clocks fire at their time`, async () => {
      await open(id);
      const { claim } = await world.record(id);
      const firing = nextFiring(claim.clocks);
      if (!firing) {
        await world.pass(DAY);
        expect(await addedTypes(id)).to.deep.equal([]);
        return;
      }
      await world.pass(Math.max(0, firing.at - world.clock.now() - 1));
      expect(await addedTypes(id)).to.deep.equal([]);
      await world.pass(1);
      const [first] = await added(id);
      expect(first?.event).to.deep.include({ at: firing.at, by: { side: 'desk', id: 'desk', name: '' } });
      await world.pass(45 * DAY);
      expect(stageOf(await world.claim(id))).to.equal(LATER_STAGE[stageOf(claim)] ?? stageOf(claim));
      await added(id);
    });
  }

  it('goes on with a clock that was overdue when it was paused: it is as late as it was, and fires once more', async () => {
    const id = named('an overall clock that was overdue when it was paused');
    await open(id);
    const before = (await world.claim(id)).clocks.overallDecision;
    await world.must('anna', id, { type: 'AddComment', text: '2021.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    const after = (await world.claim(id)).clocks.overallDecision;
    expect(after).to.deep.include({ state: 'running', level: before?.level, policy: before?.policy });
    await world.pass(2 * DAY);
    expect((await world.claim(id)).clocks.overallDecision?.level).to.be.greaterThan(before?.level ?? 0);
  });

  it('goes on with a notice of which one lead was told: the other is, and the first not again', async () => {
    const id = named('a review that starts late, told to one lead of two');
    await open(id);
    await world.pass(HOUR);
    expect(world.messenger.said(chatOf('rolf'))).to.include('reply ClockEscalated');
    expect(world.messenger.said(chatOf('lena'))).to.deep.equal([]);
    expect((await world.record(id)).body.outbox).to.deep.equal([]);
  });

  it('goes on with a delivery that was begun and never ended, once its lease has run out', async () => {
    const id = named('a claim whose delivery was begun and never ended');
    await open(id);
    await world.sweep();
    expect((await world.record(id)).body.lease).to.deep.equal(bodyOf(id).lease);
    await world.pass(10 * MINUTE);
    const { body } = await world.record(id);
    expect([body.outbox, body.lease]).to.deep.equal([[], undefined]);
    expect(world.messenger.said(REVIEWS)).to.include('reply ReviewStarted');
  });

  it('goes on with comments that wait for their next try, in their order', async () => {
    const id = named('comments that wait for their next try');
    await open(id);
    const [first] = (await world.record(id)).body.outbox;
    await world.pass((first?.nextAt ?? 0) - world.clock.now() - 1);
    expect(await world.outbox(id)).to.have.lengthOf(2);
    await world.pass(1);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  describe('goes on with what waits for someone', () => {
    const running = async (id: ClaimId, clock: 'consent' | 'partnerResponse' | 'disputeWindow'): Promise<void> => {
      const claim = await world.claim(id);
      expect(claim.clocks[clock]?.state).to.equal('running');
      expect(claim.hold).to.equal(undefined);
      expect(await world.outbox(id)).to.deep.equal([]);
      expect(await addedTypes(id)).to.deep.equal(['NoticeDelivered']);
    };

    it('who filed the claim writes again', async () => {
      const id = named('a request for information that waits for who filed the claim');
      await open(id);
      await world.greet('boris');
      await world.desk.idle();
      await running(id, 'partnerResponse');
    });

    it('the contact is enrolled', async () => {
      const id = named('a consent whose contact is not known');
      await open(id);
      const contact = { tenantId: TENANTS.contoso, objectId: WHO.emil.split('/')[1], email: 'unknown@contoso.com' };
      expect((await world.enrol('contact', { ...contact, name: 'Emil' })).ok).to.equal(true);
      await world.desk.idle();
      await running(id, 'consent');
    });

    it('the contact whom the notice could not be delivered to is seen', async () => {
      const id = named('a consent whose notice can never be delivered as it is');
      await open(id);
      await world.greet('dana');
      await world.desk.idle();
      await running(id, 'consent');
    });

    it('the channel is found again', async () => {
      const id = named('a claim whose channel was lost');
      await open(id);
      await world.desk.teamJoined({ teamId: 'team-tailspin', tenantId: TENANTS.tailspin });
      await world.desk.idle();
      await running(id, 'disputeWindow');
      expect(world.messenger.said('19:tailspin@thread.tacv2')).to.not.deep.equal([]);
    });
  });

  it('finds a claim by the thread of its card and by a comment', async () => {
    await open();
    const id = named('a review with comments and readers who follow or mute it');
    const home = bodyOf(id).homes['review'];
    expect(await world.desk.claimByThread(home?.conversationId ?? '')).to.equal(id);
    expect(await world.desk.claimByMessage(`${REVIEWS}/1001`)).to.equal(id);
    await world.must('boris', id, { type: 'EditComment', message: `${chatOf('boris')}/1002`, text: 'It is indeed.' });
    expect(await addedTypes(id)).to.deep.equal(['CommentEdited']);
  });

  it('knows the people, organisations and channels, and takes them for the same', async () => {
    world = await openOldWorld(written, store);
    const { people } = world;
    for (const { kind, id, body } of written.documents) {
      if (kind === 'person') expect(await people.find(id), id).to.deep.equal(body);
      if (kind === 'organisation') expect(await people.organisation(id), id).to.deep.equal(body);
      if (kind === 'channel') expect(await people.channel(id), id).to.deep.include(body);
    }
    expect((await people.find(WHO.boris))?.unreachable).to.equal('notInstalled');
    expect((await people.byEmail(TENANTS.contoso, 'dana@contoso.com'))?.id).to.equal(WHO.dana);
    expect((await people.withRole('lead')).map(({ id }) => id)).to.have.members([WHO.lena, WHO.rolf]);
    expect((await people.organisationOfMpn(MPN.tailspin))?.name).to.equal('Tailspin');
    expect(await world.desk.useChannel(WHO.ops, 'review', place('19:tailspin@thread.tacv2'))).to.equal('taken');
  });

  it('does not handle a message again that was handled, and handles one whose handling never ended', async () => {
    await open();
    const [done, begun] = written.heard;
    const handled: string[] = [];
    const inbox = createInbox(world.world);
    for (const message of [done, begun])
      await inbox.once(message, async () => {
        handled.push(message);
      });
    expect(handled).to.deep.equal([begun]);
  });

  it('opens none of the links that were given out, which said what they are for: new ones are asked for', async () => {
    await open();
    const { uploads, downloads } = inBrowser(world.desk.poe);
    for (const link of [written.links.used, written.links.upload])
      expect(await uploads.open(link)).to.deep.equal({ ok: false, problem: 'altered' });
    expect(await downloads.open(written.links.download)).to.deep.equal({ ok: false, problem: 'altered' });
    expect(say('en', 'link.altered')).to.include('an earlier version').and.include('get a new one');
  });

  it('keeps every file: each proof is there, each hand-over is not written again', async () => {
    await open();
    const keys: string[] = [];
    for await (const { key } of world.world.files.list('')) keys.push(key);
    for (const { id, what } of written.claims) {
      const claim = await world.claim(id);
      for (const poe of claim.poe) expect(keys, what).to.include(`poe/${id}/${poe.id}`);
      const period = claim.assessment?.record.period;
      if (period !== undefined) expect(keys, what).to.include(`assessments/${id}-${period}.json`);
    }
    await world.desk.poe.clean();
    const after: string[] = [];
    for await (const { key } of world.world.files.list('')) after.push(key);
    expect(after, 'and the files carry the mark of their database').to.have.members([...keys, 'pair']);
    expect(await world.desk.poe.pair.isPaired()).to.equal(true);
  });
}

function contentOf({ version, recordedAt, press, event }: Entry): object {
  return { version, recordedAt, press, event };
}

function sorted(keys: readonly Key[]): readonly string[] {
  return keys.map((key) => JSON.stringify([key.name, key.value, key.sort ?? 0])).sort();
}
