import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { JournalEntry, RightValue } from '../../../src/desk/directory/journal.ts';
import { changesOf, firstBrokenJournalEntry, journalWith, timelineOf } from '../../../src/desk/directory/journal.ts';
import type { OrganisationId } from '../../../src/domain/claims/values.ts';
import { MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';
import type { DeskWorld } from '../world.ts';

const HOUR = 3_600_000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const objectOf = (id: string): string => id.split('/')[1] ?? '';

/** A journal as a few words for each entry. */
const told = (journal: readonly JournalEntry[]): readonly string[] =>
  journal.map(({ by, what, from, to }) => `${by}: ${what} ${JSON.stringify(from)} → ${JSON.stringify(to)}`);

async function since(world: DeskWorld, kind: 'person' | 'organisation' | 'channel', id: string, from: number) {
  return told((await world.people.journalOf(kind, id)).slice(from));
}

describe('The journal of rights', () => {
  it('tells of a person who gave them which role, membership and contact, from what to what, and when', async () => {
    const world = await openWorld();
    const before = (await world.people.journalOf('person', WHO.anna)).length;
    world.clock.turn(HOUR);
    const anna = { tenantId: TENANTS.fabrikam, objectId: objectOf(WHO.anna), name: 'Anna' };
    await world.enrol('staff', { ...anna, roles: ['assessor'] });
    await world.enrol('member', { ...anna, organisation: `partner:${TENANTS.fabrikam}`, gone: 'yes' });
    expect(await since(world, 'person', WHO.anna, before)).to.deep.equal([
      `${WHO.ops}: staff null → ["assessor"]`,
      `${WHO.ops}: memberships {"partner:${TENANTS.fabrikam}":["incentivesAdmin"]} → null`,
    ]);
    const [entry] = (await world.people.journalOf('person', WHO.anna)).slice(before);
    expect(entry?.at).to.equal(world.clock.now());
  });

  it('tells of what the directory file gives, and that it was the file', async () => {
    const world = await openWorld();
    expect(await since(world, 'person', WHO.dana, 0)).to.deep.equal([
      `directory: contactOf null → ["${TENANTS.contoso}"]`,
      'directory: email null → "given"',
      'desk: reach null → "reachable"',
    ]);
    expect(await since(world, 'organisation', `partner:${TENANTS.tailspin}`, 0)).to.deep.equal([
      `directory: mpnIds null → ["${MPN.tailspin}"]`,
      'directory: name null → "Tailspin"',
      `directory: tenantId null → "${TENANTS.tailspin}"`,
    ]);
  });

  it('tells when a person removed the bot and when they were back', async () => {
    const world = await openWorld();
    await world.desk.leave(WHO.dana);
    await world.greet('dana');
    expect(await since(world, 'person', WHO.dana, 3)).to.deep.equal([
      'desk: reach "reachable" → "notInstalled"',
      'desk: reach "notInstalled" → "reachable"',
    ]);
  });

  it('tells of a channel who gave it which purpose and place', async () => {
    const world = await openWorld();
    await world.desk.useChannel(WHO.otto, 'review', place('19:other@thread.tacv2'));
    const journal = await since(world, 'channel', 'review', 0);
    expect(journal).to.include(`${WHO.ops}: place null → "${REVIEWS}"`);
    expect(journal.at(-1)).to.equal(`${WHO.otto}: place "${REVIEWS}" → "19:other@thread.tacv2"`);
  });

  it('says that an address changed and quotes neither', async () => {
    const world = await openWorld();
    const dana = {
      tenantId: TENANTS.contoso,
      objectId: objectOf(WHO.dana),
      name: 'Dana',
      email: 'd.other@contoso.com',
    };
    await world.enrol('contact', dana);
    const journal = await world.people.journalOf('person', WHO.dana);
    expect(told(journal).at(-1)).to.equal(`${WHO.ops}: email "given" → "given"`);
    expect(JSON.stringify(journal)).to.not.include('@contoso.com');
  });

  it('gets no entry where nothing changed', async () => {
    const world = await openWorld();
    const before = await world.people.journalOf('person', WHO.anna);
    await world.desk.setLanguage(WHO.anna, 'tr');
    await world.greet('anna');
    expect(await world.people.journalOf('person', WHO.anna)).to.deep.equal(before);
  });

  it('is written in the same write as the change: where that fails, neither is there', async () => {
    const world = await openWorld();
    const journal = await world.people.journalOf('person', WHO.anna);
    world.documents.beforeWrite = () => {
      throw new Error('the store is down');
    };
    const staff = { tenantId: TENANTS.fabrikam, objectId: objectOf(WHO.anna), name: 'Anna', roles: ['lead'] };
    const enrolled = await world.enrol('staff', staff).catch((error: unknown) => error);
    expect(enrolled).to.be.instanceOf(Error);
    world.documents.beforeWrite = () => undefined;
    expect(await world.people.journalOf('person', WHO.anna)).to.deep.equal(journal);
    expect((await world.people.find(WHO.anna))?.staff).to.deep.equal([]);
  });

  it('names every change to the security log, by ids alone', async () => {
    const recorded: object[] = [];
    const world = await openWorld();
    const desk = world.another({ securityLog: { record: (event) => void recorded.push(event) } });
    const newcomer = { tenantId: TENANTS.vendor, objectId: objectOf(WHO.anna), name: 'Maid Marian' };
    await desk.enrol(WHO.otto, 'staff', { ...newcomer, roles: ['lead'] });
    expect(recorded).to.deep.equal([
      {
        what: 'rightsChanged',
        by: WHO.otto,
        kind: 'person',
        of: `${TENANTS.vendor}/${objectOf(WHO.anna)}`,
        right: 'staff',
      },
    ]);
  });

  /** Gives and takes a hundred memberships, so that each entry is long. */
  async function lengthen(world: DeskWorld, rounds: number): Promise<void> {
    const many = Array.from({ length: 100 }, (_, index) => ({
      organisation: `partner:00000000-0000-4000-8000-${String(index).padStart(12, '0')}` as OrganisationId,
      roles: ['billingAdmin'] as const,
    }));
    for (let round = 0; round < rounds; round += 1)
      for (const memberships of [many, []])
        await world.people.alter(WHO.emil, (known) => ({ ...known, memberships }), WHO.ops);
  }

  it('goes to pages when it is long, none of it is lost, and its chain holds over all of them', async () => {
    const world = await openWorld();
    await lengthen(world, 100);
    const stored = await world.documents.inner.read<{ journalPages?: number }>('person', WHO.emil);
    expect(stored?.body.journalPages, 'there are pages').to.be.above(1);
    expect(JSON.stringify(stored?.body).length).to.be.below(500_000);
    const journal = await world.people.journalOf('person', WHO.emil);
    expect(journal).to.have.length(3 + 200);
    expect(firstBrokenJournalEntry(journal, sha256)).to.equal(undefined);
  });

  it('loses nothing where the desk dies between the page and the document', async () => {
    const world = await openWorld();
    await lengthen(world, 27);
    let pages = 0;
    for (let round = 0; round < 30; round += 1) {
      world.documents.afterWrite = ({ kind }) => {
        if (kind === 'journalPage') throw new Error('dead');
      };
      const died = await lengthen(world, 1).catch((error: unknown) => error);
      world.documents.afterWrite = () => undefined;
      if (died === undefined) continue;
      pages += 1;
      await lengthen(world, 1);
    }
    expect(pages, 'it died').to.be.above(0);
    const journal = await world.people.journalOf('person', WHO.emil);
    expect(firstBrokenJournalEntry(journal, sha256)).to.equal(undefined);
    expect(journal.at(-1)?.to).to.equal(null);
  });
});

describe('The chain of a journal', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.string({ maxLength: 5 }),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
  );
  const change = fc.record({ what: fc.constantFrom('staff', 'reach'), from: value, to: value });
  const journalOf = (changes: readonly { what: string; from: RightValue; to: RightValue }[]) =>
    changes.reduce<readonly JournalEntry[]>(
      (journal, one, index) => journalWith(journal, [one], { at: index, by: 'desk' }, sha256),
      [],
    );

  it('holds for whatever is appended, and breaks at the entry that is changed, taken out or swapped', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 2, maxLength: 12 }), fc.nat(), (changes, number) => {
        const journal = journalOf(changes);
        expect(firstBrokenJournalEntry(journal, sha256)).to.equal(undefined);
        const index = number % journal.length;
        const changed = journal.map((entry, at) => (at === index ? { ...entry, to: 'a right of their own' } : entry));
        expect(firstBrokenJournalEntry(changed, sha256)).to.equal(index);
        if (index === journal.length - 1) return;
        expect(firstBrokenJournalEntry(journal.toSpliced(index, 1), sha256)).to.equal(index);
        const swapped = journal
          .with(index, journal[index + 1] as JournalEntry)
          .with(index + 1, journal[index] as JournalEntry);
        expect(firstBrokenJournalEntry(swapped, sha256)).to.equal(index);
      }),
    );
  });

  it('counts an empty list as no right, and a change of order within a list as a change', () => {
    expect(changesOf({ staff: [] }, {})).to.deep.equal([]);
    expect(changesOf({ staff: ['lead'] }, { staff: [] })).to.deep.equal([{ what: 'staff', from: ['lead'], to: null }]);
    expect(changesOf({ a: ['x', 'y'] }, { a: ['y', 'x'] })).to.have.length(1);
  });

  it('tells what a right was at each time, the later entry counting where a clock was set back', () => {
    const at = (times: readonly number[]) =>
      times.reduce<readonly JournalEntry[]>(
        (journal, time, index) =>
          journalWith(
            journal,
            [{ what: 'reach', from: index, to: index + 1 } as never],
            { at: time, by: 'desk' },
            sha256,
          ),
        [],
      );
    expect(timelineOf(at([10, 20]), 'reach', null)).to.deep.equal([
      { from: -Infinity, value: 0 },
      { from: 10, value: 1 },
      { from: 20, value: 2 },
    ]);
    expect(timelineOf(at([10, 20, 5]), 'reach', null)).to.deep.equal([
      { from: -Infinity, value: 0 },
      { from: 5, value: 3 },
    ]);
    expect(timelineOf([], 'reach', 'reachable')).to.deep.equal([{ from: -Infinity, value: 'reachable' }]);
  });
});
