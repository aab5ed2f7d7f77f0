import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { firstBrokenJournalEntry } from '../../../src/desk/directory/journal.ts';
import type { Documents, Key } from '../../../src/desk/ports/documents.ts';
import { markAllSealed } from '../../../src/desk/records/sealMark.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import { codeOf } from '../../support/codeOf.ts';
import type { DeskWorld } from '../world.ts';
import { HISTORY_KEY, openWorld, TENANTS, WHO } from '../world.ts';

const DAY = 86_400_000;
const FIXTURE = new URL('../../fixtures/0.1.0/documents.jsonl', import.meta.url);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes a document back as 0.1.0 wrote it: without a head, a journal and its keys. */
async function asBefore(world: DeskWorld, kind: string, id: string, keys: readonly Key[] = []): Promise<void> {
  const stored = await world.documents.inner.read<Record<string, unknown>>(kind, id);
  const added = ['head', 'journal', 'journalPages', 'partnersEver', 'customersEver'];
  const old = Object.fromEntries(Object.entries(stored?.body ?? {}).filter(([name]) => !added.includes(name)));
  await world.documents.inner.replace({ kind, id, body: { ...old, schema: 1 }, keys }, stored?.etag ?? '');
}

describe('Documents of the version before', () => {
  it('get a journal that begins with what is found, and people are found by whom they belong to', async () => {
    const world = await openWorld();
    await asBefore(world, 'person', WHO.anna);
    await asBefore(world, 'person', WHO.dana);
    expect(await world.people.journalOf('person', WHO.anna)).to.deep.equal([]);
    await world.desk.prepare();
    const journal = await world.people.journalOf('person', WHO.anna);
    expect(
      journal.map(({ by, what, from, to }) => [by, what, JSON.stringify(from) === JSON.stringify(to)]),
    ).to.deep.equal([
      ['desk', 'email', true],
      ['desk', 'memberships', true],
      ['desk', 'reach', true],
    ]);
    expect(firstBrokenJournalEntry(journal, sha256)).to.equal(undefined);
    const ids = async (key: 'ofPartner' | 'ofCustomer', value: string) =>
      (await world.people.everOf(key, value)).map(({ id }) => id);
    expect(await ids('ofPartner', `partner:${TENANTS.fabrikam}`)).to.include(WHO.anna);
    expect(await ids('ofCustomer', TENANTS.contoso)).to.include(WHO.dana);
  });

  it('are rewritten once, and once more at a start a day later, when no old process writes any more', async () => {
    const world = await openWorld();
    await world.desk.prepare();
    const schemaNow = async () =>
      (await world.documents.inner.read<{ schema: number }>('person', WHO.anna))?.body.schema;
    await asBefore(world, 'person', WHO.anna);
    await world.desk.prepare();
    expect(await schemaNow(), 'too early').to.equal(1);
    world.clock.turn(DAY);
    await world.desk.prepare();
    expect(await schemaNow()).to.equal(3);
    await asBefore(world, 'person', WHO.anna);
    world.clock.turn(2 * DAY);
    await world.desk.prepare();
    expect(await schemaNow(), 'all is read no more').to.equal(1);
  });

  /** Makes Tomas, a partner's member, an operator of a version before, past the desk; then another process starts. */
  async function forged(sealed: 'inBoth' | 'amongFiles') {
    const world = await openWorld();
    await world.desk.prepare();
    await markAllSealed(world.world, world.clock.now());
    await asBefore(world, 'person', WHO.tomas, [{ name: 'staff', value: 'operator' }]);
    const stored = world.documents.inner;
    const person = await stored.read<object>('person', WHO.tomas);
    const body = { ...person?.body, staff: ['operator'] };
    await stored.replace(
      { kind: 'person', id: WHO.tomas, body, keys: [{ name: 'staff', value: 'operator' }] },
      person?.etag ?? '',
    );
    // Who writes to the database makes the desk forget what it did once, too.
    const forgotten = ['migration', ...(sealed === 'inBoth' ? [] : ['sealed'])];
    const documents: Documents = {
      ...stored,
      read: async (kind, id) => (forgotten.includes(kind) ? undefined : stored.read(kind, id)),
    };
    world.logged.length = 0;
    const historyKeys = createHistoryKeys([HISTORY_KEY]);
    const desk = world.another({ documents, historyKeys });
    await desk.prepare();
    const now = await stored.read<{ readonly schema: number }>('person', WHO.tomas);
    return { world, desk, schema: now?.body.schema };
  }

  for (const sealed of ['inBoth', 'amongFiles'] as const)
    it(`get no head by a start once all were sealed (${sealed}): they are a finding, and give no right`, async () => {
      const { world, desk, schema } = await forged(sealed);
      expect(schema).to.equal(1);
      expect(world.logged.map(({ sentence, fields }) => [sentence, 'of' in fields && fields.of])).to.deep.include([
        'Document of rights is broken; no right follows from it',
        WHO.tomas,
      ]);
      expect(await codeOf(() => desk.member(WHO.tomas))).to.equal('rights.broken');
      expect(await codeOf(() => desk.enrolmentChoices(WHO.tomas))).to.equal('rights.broken');
    });

  it('let the desk start, and the others get their journals, where one of them was changed past the desk', async () => {
    const world = await openWorld();
    for (const id of [WHO.tomas, WHO.anna, WHO.ops]) await asBefore(world, 'person', id);
    for (const id of [WHO.tomas, WHO.ops]) {
      const stored = await world.documents.inner.read<object>('person', id);
      const head = { keyId: 'x', mac: 'x' };
      const document = {
        kind: 'person',
        id,
        body: { ...stored?.body, head },
        keys: [{ name: 'staff', value: 'lead' }],
      };
      await world.documents.inner.replace(document, stored?.etag ?? '');
    }
    await world.another({ settings: { ...world.world.settings, programmeTenants: [TENANTS.vendor] } }).prepare();
    expect(await codeOf(() => world.people.find(WHO.tomas))).to.equal('rights.broken');
    expect((await world.documents.inner.read<{ schema: number }>('person', WHO.anna))?.body.schema).to.equal(3);
  });

  it('are left alone where a newer version wrote them', async () => {
    const world = await openWorld();
    const stored = await world.documents.inner.read<object>('person', WHO.anna);
    await world.documents.inner.replace(
      { kind: 'person', id: WHO.anna, body: { ...stored?.body, schema: 3 }, keys: [] },
      stored?.etag ?? '',
    );
    const etag = (await world.documents.inner.read('person', WHO.anna))?.etag;
    await world.desk.prepare();
    expect((await world.documents.inner.read('person', WHO.anna))?.etag).to.equal(etag);
  });

  it('of 0.1.0 are all read and rewritten, and what people may do stays the same', async () => {
    const world = await openWorld();
    const lines = (await readFile(FIXTURE, 'utf8')).trim().split('\n');
    const old = lines
      .map((line) => JSON.parse(line) as { kind: string; id: string; body: object; keys: Key[] })
      .filter(({ kind }) => ['person', 'organisation', 'channel'].includes(kind));
    expect(old.length).to.be.above(5);
    for (const { kind, id, body, keys } of old) {
      const there = await world.documents.inner.read(kind, id);
      const document = { kind, id, body, keys };
      await (there ? world.documents.inner.replace(document, there.etag) : world.documents.inner.create(document));
    }
    const members = async () =>
      Promise.all(
        old.filter(({ kind }) => kind === 'person').map(({ id }) => world.desk.member(id as typeof WHO.anna)),
      );
    const before = await members();
    await world.desk.prepare();
    expect(await members()).to.deep.equal(before);
    for (const { kind, id } of old)
      expect((await world.documents.inner.read<object>(kind, id))?.body, `${kind} ${id}`).to.include({ schema: 3 });
  });
});
