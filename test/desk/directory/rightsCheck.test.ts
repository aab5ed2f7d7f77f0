import { expect } from 'chai';
import type { JournalEntry } from '../../../src/desk/directory/journal.ts';
import { journalPageId, journalWith } from '../../../src/desk/directory/journal.ts';
import { createPeople } from '../../../src/desk/directory/people.ts';
import type { Key } from '../../../src/desk/ports/documents.ts';
import { markAllSealed } from '../../../src/desk/records/sealMark.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import { sha256 } from '../../../src/runtime/random.ts';
import type { DeskWorld } from '../world.ts';
import { codeOf } from '../../support/codeOf.ts';
import { chatOf, HISTORY_KEY, openWorld, TENANTS, WHO } from '../world.ts';

interface Body {
  readonly journal: readonly JournalEntry[];
  readonly [name: string]: unknown;
}

const TAILSPIN: Key = { name: 'ofPartner', value: `partner:${TENANTS.tailspin}` };
const SEEN: Key = { name: 'seen', value: '' };

/** Writes past the desk. */
async function rewrite(
  world: DeskWorld,
  kind: string,
  id: string,
  alter: (body: Body) => object,
  keys: readonly Key[] = [TAILSPIN, SEEN],
): Promise<void> {
  const stored = await world.documents.inner.read<Body>(kind, id);
  if (!stored) throw new Error(`no ${kind} ${id}`);
  await world.documents.inner.replace({ kind, id, body: alter(stored.body), keys }, stored.etag);
}

/** What someone may do to Tomas, a partner's member, who can write to the database and has no key. */
const TAMPERING: Readonly<Record<string, (body: Body) => object>> = {
  'a role given': (body) => ({ ...body, staff: ['reviewer', 'lead'] }),
  'a membership given': (body) => ({
    ...body,
    memberships: [{ organisation: `partner:${TENANTS.fabrikam}`, roles: ['globalAdmin'] }],
  }),
  'made a contact': (body) => ({ ...body, contactOf: [TENANTS.contoso] }),
  'a right given with its entry in the journal': (body) => ({
    ...body,
    staff: ['lead'],
    journal: journalWith(body.journal, [{ what: 'staff', from: null, to: ['lead'] }], { at: 1, by: WHO.ops }, sha256),
  }),
  'the end of the journal cut off': (body) => ({ ...body, journal: body.journal.slice(0, 1) }),
  'the journal taken away': ({ journal: _, ...body }) => body,
  'the head taken away': ({ head: _, ...body }) => body,
  'a head of its own making': (body) => ({ ...body, head: { ...(body['head'] as object), mac: 'AAAA' } }),
  'the chat moved': (body) => ({ ...body, chat: { ...(body['chat'] as object), conversationId: 'chat-mallory' } }),
  'an older schema with a head': (body) => ({ ...body, schema: 2, staff: ['lead'] }),
};

describe('A document of rights that was written past the desk (R55)', () => {
  for (const [what, alter] of Object.entries(TAMPERING))
    it(`gives no right, and no write makes it sound: ${what}`, async () => {
      const world = await openWorld();
      const id = await world.submitted();
      await rewrite(world, 'person', WHO.tomas, alter);
      const before = await world.documents.inner.read('person', WHO.tomas);
      world.logged.length = 0;
      for (const work of [
        () => world.desk.member(WHO.tomas),
        () => world.press('tomas', id, { type: 'StartReview' }),
        () => world.greet('tomas'),
        () => world.desk.setLanguage(WHO.tomas, 'tr'),
        () => world.people.everOf('ofPartner', TAILSPIN.value),
        () => world.people.journalOf('person', WHO.tomas),
      ])
        expect(await codeOf(work)).to.equal('rights.broken');
      expect((await world.people.lastSeen(50)).map((one) => one.id)).to.not.include(WHO.tomas);
      expect(await world.documents.inner.read('person', WHO.tomas)).to.deep.equal(before);
      expect((await world.claim(id)).status).to.equal('Submitted');
      expect(world.logged.filter(({ sentence }) => sentence.startsWith('Document of rights'))).to.have.length(1);
      await world.must('arun', id, { type: 'StartReview' });
    });

  it('lets no one decide who may be of it, where it is an organisation (R5)', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await rewrite(
      world,
      'organisation',
      `partner:${TENANTS.fabrikam}`,
      (body) => ({ ...body, tenantId: TENANTS.vendor }),
      [{ name: 'tenant', value: TENANTS.vendor }],
    );
    expect(await codeOf(() => world.press('arun', id, { type: 'StartReview' }))).to.equal('rights.broken');
    expect((await world.people.organisations('partner')).map(({ name }) => name)).to.not.include('Fabrikam');
  });

  it('sends nothing to a channel that was moved', async () => {
    const world = await openWorld();
    await rewrite(world, 'channel', 'review', (body) => ({
      ...body,
      place: { ...(body['place'] as object), conversationId: '19:mallory@thread.tacv2' },
    }));
    const id = await world.submitted();
    expect(world.messenger.said('19:mallory@thread.tacv2')).to.deep.equal([]);
    expect((await world.outbox(id)).map(({ audience }) => audience)).to.include('review');
  });

  it('leads to no one by a key that was added', async () => {
    const world = await openWorld();
    await rewrite(world, 'person', WHO.tomas, (body) => body, [
      TAILSPIN,
      { name: 'staff', value: 'reviewer' },
      { name: 'staff', value: 'lead' },
      { name: 'email', value: `${TENANTS.contoso}/dana@contoso.com` },
    ]);
    expect((await world.people.withRole('reviewer')).map(({ id }) => id)).to.not.include(WHO.tomas);
    await world.approved();
    expect(world.messenger.said(chatOf('tomas'))).to.deep.equal([]);
  });

  it('is found where an older part of its journal was changed, which is in a page of its own', async () => {
    const world = await openWorld();
    const long = Array.from({ length: 400 }, (_, index) => String(index).padStart(800, '0'));
    for (const contactOf of [long, [], ['x']])
      await world.people.alter(WHO.tomas, (person) => ({ ...person, contactOf }));
    expect((await world.people.journalOf('person', WHO.tomas)).length).to.be.above(3);
    const page = journalPageId('person', WHO.tomas, 0);
    await rewrite(world, 'journalPage', page, (body) => ({
      ...body,
      entries: (body['entries'] as readonly object[]).slice(1),
    }));
    expect(await codeOf(() => world.people.journalOf('person', WHO.tomas))).to.equal('rights.broken');
  });

  it('is believed without a head as of a version before, until all of theirs were sealed', async () => {
    const world = await openWorld();
    await rewrite(world, 'person', WHO.tomas, ({ head: _, ...body }) => ({ ...body, schema: 2, staff: ['lead'] }));
    expect((await world.desk.member(WHO.tomas)).staff).to.deep.equal(['lead']);
    await markAllSealed(world.world, world.clock.now());
    expect(await codeOf(() => world.desk.member(WHO.tomas))).to.equal('rights.broken');
  });

  it('is checked with an older key of the desk, and written with the newest', async () => {
    const world = await openWorld();
    const historyKeys = createHistoryKeys(['a newer key of this desk, long enough', HISTORY_KEY]);
    const people = createPeople({ ...world.world, historyKeys });
    await people.alter(WHO.anna, (person) => ({ ...person, language: 'tr' }));
    expect((await people.find(WHO.anna))?.language).to.equal('tr');
    expect(await codeOf(() => world.people.find(WHO.anna))).to.equal('rights.broken');
  });
});
