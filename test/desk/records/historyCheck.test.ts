import { expect } from 'chai';
import { append } from '../../../src/domain/claims/history.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM, claimDocument, foldEntries, readClaim } from '../../../src/desk/records/claimRecord.ts';
import { chainingOf } from '../../../src/desk/records/appendEvents.ts';
import { brokenHistory } from '../../../src/desk/records/historyCheck.ts';
import { createHistoryKeys, keyIdOf } from '../../../src/runtime/historyKeys.ts';
import { codeOf } from '../../support/codeOf.ts';
import { DAY, MONDAY, rechained } from '../../domain/claims/scenario.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, HISTORY_KEY, MPN, openWorld, REVIEWS, TENANTS, WHO } from '../world.ts';
import { inBrowser } from '../../support/inBrowser.ts';

type Change = (body: ClaimBody, world: DeskWorld) => ClaimBody;

interface Tampering {
  readonly change: Change;
  readonly problem: string;
  /** The version that is named; otherwise the last that is there. */
  readonly at?: number;
  /** The partner cannot be told, because nothing shows any more whose claim it was. */
  readonly unreadable?: true;
}

/** What someone may do to a document who can write to the store, and has no key. */
const TAMPERING: Readonly<Record<string, Tampering>> = {
  'a changed value': {
    change: (body) => ({
      ...body,
      entries: body.entries.map((entry) =>
        entry.version === 3 ? { ...entry, recordedAt: entry.recordedAt + 1 } : entry,
      ),
    }),
    problem: 'entry',
    at: 3,
  },
  'a changed word': {
    change: (body) => ({
      ...body,
      entries: body.entries.map((entry) =>
        entry.version === 2
          ? { ...entry, event: { ...entry.event, by: { ...entry.event.by, name: 'Nobody' } } }
          : entry,
      ),
    }),
    problem: 'entry',
    at: 2,
  },
  'its end cut off': { change: (body) => ({ ...body, entries: body.entries.slice(0, -1) }), problem: 'head' },
  'its middle cut out': {
    change: (body) => ({ ...body, entries: body.entries.filter(({ version }) => version !== 3) }),
    problem: 'entry',
    at: 3,
  },
  'two entries swapped': {
    change: (body) => {
      const [one, two, three, ...rest] = body.entries;
      return { ...body, entries: [one, three, two, ...rest] as ClaimBody['entries'] };
    },
    problem: 'entry',
    at: 2,
  },
  'an entry inserted': {
    change: (body, { world }) => {
      const denied = { type: 'ClaimSubmitted', at: MONDAY, by: { side: 'desk', id: 'desk', name: '' } } as const;
      return { ...body, entries: append(body.entries, [denied], { recordedAt: MONDAY }, chainingOf(world)) };
    },
    problem: 'head',
  },
  'its chain made anew without the key': {
    change: (body) => ({
      ...body,
      entries: rechained(body.entries, (event) => ({ ...event, at: event.at - DAY })),
    }),
    problem: 'head',
  },
  'a version before there were heads feigned': {
    change: ({ head: _, ...body }) => ({
      ...body,
      schema: 1,
      entries: body.entries.map(({ salts: _salts, ...entry }) => entry),
    }),
    problem: 'entry',
    at: 1,
  },
  'its head taken away': { change: ({ head: _, ...body }) => body, problem: 'head' },
  'its head and its schema taken away': {
    change: ({ head: _, ...body }) => ({ ...body, schema: 1 }),
    problem: 'head',
  },
  'a head of its own making': {
    change: (body) => ({
      ...body,
      head: { version: body.entries.length, keyId: body.head?.keyId ?? '', mac: 'AAAA' },
    }),
    problem: 'head',
  },
  'a notice taken from its outbox': { change: (body) => ({ ...body, outbox: [], told: [] }), problem: 'head' },
  'its card moved elsewhere': {
    change: (body) => ({
      ...body,
      homes: { ...body.homes, customer: { conversationId: 'chat-x', messageId: '1', place: 'chat-x' } },
    }),
    problem: 'head',
  },
  'no entries': { change: (body) => ({ ...body, entries: [] }), problem: 'entry', at: 1, unreadable: true },
  'entries that are none': {
    change: (body) => ({ ...body, entries: [null] as never }),
    problem: 'entry',
    at: 1,
    unreadable: true,
  },
};

async function damage(world: DeskWorld, id: ClaimId, change: Change): Promise<string> {
  const { claim, body, etag } = await world.record(id);
  const { keys } = claimDocument(world.world, claim, body);
  await world.documents.inner.replace({ kind: CLAIM, id, body: change(body, world), keys }, etag);
  return world.bytes(id);
}

describe('A claim that was written past the desk (R55)', () => {
  for (const [what, { change, problem, at, unreadable }] of Object.entries(TAMPERING))
    it(`is found at every read, and nothing is done for it: ${what}`, async () => {
      const world = await openWorld();
      const id = await world.asked();
      const other = await world.asked();
      const version = at ?? change((await world.record(id)).body, world).entries.length;
      const before = await damage(world, id, change);
      world.logged.length = 0;
      world.messenger.forget();
      world.clock.turn(20 * DAY);

      const toPartner = unreadable ? undefined : 'claim.historyBroken';
      expect(await codeOf(() => world.press('anna', id, { type: 'ResubmitClaim' }))).to.equal(toPartner);
      expect(await codeOf(() => world.press('arun', id, { type: 'AddComment', text: 'Hello?' }))).to.equal(
        'claim.historyBroken',
      );
      expect(await codeOf(() => world.desk.history(WHO.arun, id))).to.equal('claim.historyBroken');
      expect(await codeOf(() => world.desk.look(WHO.anna, id))).to.equal(toPartner);
      const problemOfLink = unreadable ? 'foreign' : 'historyBroken';
      const link = await world.desk.poe.uploadLink(id, WHO.anna);
      expect(await inBrowser(world.desk.poe).uploads.open(link.split('/').at(-1) ?? '')).to.include({
        problem: problemOfLink,
      });
      expect(await world.desk.poe.takeFile(WHO.anna, id, 'more.pdf', bytesOf('more'))).to.include({
        problem: problemOfLink,
      });
      expect(await world.sweep()).to.include({ failed: 1 });
      await world.greet('anna');
      await world.desk.idle();

      expect((await world.bytes(id)) === before, 'it is left as it is').to.equal(true);
      expect(
        [...world.messenger.said(chatOf('dana')), ...world.messenger.said(REVIEWS)].filter((said) => said.includes(id)),
      ).to.deep.equal([]);
      expect((await world.claim(other)).status, 'the others go on').to.equal('Rejected');
      expect(
        world.logged.filter(({ level }) => level === 'error').map(({ fields }) => fields),
        'it is said once',
      ).to.deep.equal([{ claim: id, problem, version }]);
    });

  it('is not told of to those who may not see it', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await damage(world, id, TAMPERING['a changed value']?.change as Change);
    expect(await world.desk.look(WHO.tomas, id)).to.equal(undefined);
    expect(await world.desk.history(WHO.stefan, id)).to.equal(undefined);
    expect((await world.press('tomas', id, { type: 'AddComment', text: 'Hello?' })).kind).to.equal('notFound');
    expect(await codeOf(() => world.desk.look(WHO.otto, id))).to.equal('claim.historyBroken');
  });

  it('is not told of to those whom only an entry that was put there names', async () => {
    const world = await openWorld();
    const id = await world.approved();
    const foreign = (await world.record(await world.file({ mpnId: MPN.tailspin }, 'tomas'))).body.entries[0];
    if (!foreign) throw new Error('a claim without an entry');
    await damage(world, id, (body) => ({ ...body, entries: [...body.entries.slice(0, -1), foreign] }));
    expect(await world.desk.look(WHO.tomas, id)).to.equal(undefined);
    expect(await codeOf(() => world.desk.look(WHO.anna, id))).to.equal('claim.historyBroken');
  });

  it('stays in the lists, which say nothing binding', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await damage(world, id, TAMPERING['a changed value']?.change as Change);
    expect((await world.desk.list(WHO.anna, 'claims', 10))?.views.map(({ claim }) => claim.id)).to.deep.equal([id]);
  });

  it('is found though its etag is the one that was sound', async () => {
    const world = await openWorld();
    const id = await world.approved();
    const { body } = await world.record(id);
    for (const change of Object.values(TAMPERING))
      expect(brokenHistory(world.world, id, change.change(body, world)) === undefined).to.equal(false);
    expect(brokenHistory(world.world, id, body)).to.equal(undefined);
  });

  it('is folded anew where other entries are as sound and as many', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const { claim, body } = await world.record(id);
    for (const reviewer of [WHO.arun, WHO.rita]) {
      const by = { side: 'review', id: reviewer, name: 'Reviewer' } as const;
      const event = { type: 'CommentAdded', at: MONDAY, by, commentId: reviewer as never, text: 'Hello' } as const;
      const entries = append(body.entries, [event], { recordedAt: MONDAY }, chainingOf(world.world));
      const { etag } = (await world.documents.inner.read(CLAIM, id)) ?? { etag: '' };
      await world.documents.inner.replace(claimDocument(world.world, claim, { ...body, entries }), etag);
      const read = await readClaim(world.world, id);
      expect(read?.claim.comments.at(-1)?.by.id).to.equal(reviewer);
      expect(read?.claim).to.deep.equal(foldEntries(entries));
    }
  });

  it('is found where it is the document of another claim', async () => {
    const world = await openWorld();
    const [one, other] = [await world.asked(), await world.asked()];
    const { body } = await world.record(other);
    await damage(world, one, () => body);
    expect(await codeOf(() => world.desk.look(WHO.arun, one))).to.equal('claim.historyBroken');
    expect(world.logged.at(-1)?.fields).to.deep.equal({ claim: one, problem: 'otherClaim', version: 1 });
    // The other claim does not say whose this one was.
    expect(await world.desk.look(WHO.anna, one)).to.equal(undefined);
  });
});

describe('The keys of histories (R55)', () => {
  const [OLD, NEW] = ['the key of last year, long enough', 'the key of this year, long enough'];

  it('are rotated: the new one writes, and what the old one wrote is checked with it still', async () => {
    const world = await openWorld();
    const before = world.another({ historyKeys: createHistoryKeys([OLD, HISTORY_KEY]) });
    const after = world.another({ historyKeys: createHistoryKeys([NEW, OLD, HISTORY_KEY]) });
    const form = await before.createClaim(WHO.anna, 'form', { mpnId: '1234567', customerTenantId: TENANTS.contoso });
    const id = form.kind === 'refused' ? ('' as ClaimId) : form.view.claim.id;
    await before.idle();
    const headOf = async () => (await world.documents.inner.read<ClaimBody>(CLAIM, id))?.body.head?.keyId;
    expect(await headOf()).to.equal(keyIdOf(OLD));
    const edited = await after.execute(
      WHO.anna,
      id,
      { type: 'EditFields', fields: { customerName: 'Contoso' } },
      { kind: 'none' },
    );
    await after.idle();
    expect(edited.kind).to.equal('done');
    expect(await headOf()).to.equal(keyIdOf(NEW));
    expect(await codeOf(() => before.look(WHO.anna, id))).to.equal('claim.historyBroken');
    expect(world.logged.at(-1)?.fields).to.include({ problem: 'unknownKey', keyId: keyIdOf(NEW) });
    expect((await after.look(WHO.anna, id))?.view.claim.fields.customerName).to.equal('Contoso');
  });
});

describe('The check of a history of 500 entries (R55)', () => {
  it('is a digest of the entries and one of the rest where nothing was written since', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const { body } = await world.record(id);
    const by = { side: 'review', id: WHO.arun, name: 'Arun' } as const;
    const comments = Array.from({ length: 495 }, (_, index) => ({
      type: 'CommentAdded' as const,
      at: MONDAY,
      by,
      commentId: `c${index}` as never,
      text: 'Page two of the statement of work names the customer and the year. '.repeat(3),
    }));
    const entries = append(body.entries, comments, { recordedAt: MONDAY }, chainingOf(world.world));
    const long = claimDocument(world.world, foldEntries(entries), { ...body, entries }).body;
    let hashed = 0;
    const sha256 = (text: string): string => {
      hashed += 1;
      return world.world.digest.sha256(text);
    };
    const ports = { ...world.world, digest: { ...world.world.digest, sha256 } };
    const hashes = (): number => {
      hashed = 0;
      expect(brokenHistory(ports, id, long)).to.equal(undefined);
      return hashed;
    };
    expect(hashes()).to.be.at.least(entries.length);
    expect(hashes()).to.equal(2);
  });
});
