import { expect } from 'chai';
import type { JournalEntry } from '../../../src/desk/directory/journal.ts';
import type { ClaimId, OrganisationId } from '../../../src/domain/claims/values.ts';
import type { DeskWorld } from '../world.ts';
import { MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';
import { inBrowser } from '../../support/inBrowser.ts';

const DAY = 86_400_000;

/** What `history <name>` finds: the subjects' ids. */
async function found(world: DeskWorld, name: string): Promise<readonly string[]> {
  const journal = await world.desk.journal(WHO.otto, { name });
  if (!journal || journal.kind === 'none') return [];
  return journal.kind === 'one' ? [journal.subject.id] : journal.subjects.map(({ id }) => id);
}

describe('The history of rights', () => {
  for (const name of ['otto', 'ops', 'olga'] as const)
    it(`is read by ${name}`, async () => {
      const world = await openWorld();
      const journal = await world.desk.journal(WHO[name], { name: 'Dana' });
      expect(journal).to.include({ kind: 'one' });
      expect(journal?.kind === 'one' && journal.entries.length).to.equal(3);
    });

  for (const name of ['anna', 'rita', 'lena', 'asif', 'dana', 'stefan'] as const)
    it(`is not for ${name}, neither by name nor by id`, async () => {
      const world = await openWorld();
      expect(await world.desk.journal(WHO[name], { name: 'Anna' })).to.equal(undefined);
      expect(await world.desk.journal(WHO[name], { kind: 'person', id: WHO[name] })).to.equal(undefined);
    });

  it('is found by name, part of a name, e-mail address, ids and MPN id', async () => {
    const world = await openWorld();
    const fabrikam = `partner:${TENANTS.fabrikam}`;
    expect(await found(world, 'dana')).to.deep.equal([WHO.dana]);
    expect(await found(world, 'DANA@contoso.com')).to.deep.equal([WHO.dana]);
    expect(await found(world, WHO.dana.toUpperCase())).to.deep.equal([WHO.dana]);
    expect(await found(world, WHO.dana.split('/')[1] ?? '')).to.deep.equal([WHO.dana]);
    expect(await found(world, 'fabri')).to.deep.equal([fabrikam]);
    expect(await found(world, fabrikam)).to.deep.equal([fabrikam]);
    expect(await found(world, TENANTS.fabrikam)).to.deep.equal([fabrikam]);
    expect(await found(world, MPN.fabrikam)).to.deep.equal([fabrikam]);
    expect(await found(world, 'review')).to.deep.equal(['review']);
    for (const nothing of ['', ' ', 'no such name', '9999999', 'mpn:1', 'partner:x', 'a/b', 'x'.repeat(5000)])
      expect(await found(world, nothing), nothing).to.deep.equal([]);
  });

  it('offers a choice where a name or an id means several, the former holder of an MPN id among them', async () => {
    const world = await openWorld();
    expect(await found(world, 'r')).to.have.length.above(3);
    await world.desk.useChannel(WHO.anna, `mpn:${MPN.fabrikam}`, place('19:f@thread.tacv2', TENANTS.fabrikam));
    await world.desk.importDirectory({
      partners: [
        { name: 'Fabrikam', tenantId: TENANTS.fabrikam, mpnIds: [MPN.fabrikamSecond] },
        { name: 'Tailspin', tenantId: TENANTS.tailspin, mpnIds: [MPN.tailspin, MPN.fabrikam] },
      ],
    });
    expect(await found(world, MPN.fabrikam)).to.have.members([
      `partner:${TENANTS.fabrikam}`,
      `partner:${TENANTS.tailspin}`,
      `mpn:${MPN.fabrikam}`,
    ]);
    const channel = await world.desk.journal(WHO.olga, { kind: 'channel', id: `mpn:${MPN.fabrikam}` });
    const last = channel?.kind === 'one' ? channel.entries.slice(-2) : [];
    expect(last.map(({ by, what, to }) => [by, what, to])).to.deep.equal([
      ['directory', 'holder', null],
      ['directory', 'place', null],
    ]);
  });

  it('has the names of those who are in it', async () => {
    const world = await openWorld();
    await world.desk.useChannel(WHO.otto, 'review', place(REVIEWS));
    const journal = await world.desk.journal(WHO.otto, { name: 'anna' });
    expect(journal?.kind === 'one' && journal.names.get(`partner:${TENANTS.fabrikam}`)).to.equal('Fabrikam');
  });
});

describe('The reading log of a claim (R55)', () => {
  async function opened(world: DeskWorld) {
    const id = await world.submitted();
    const [poe] = (await world.claim(id)).poe;
    if (!poe) throw new Error('no proof');
    const open = async (name: 'rita' | 'anna'): Promise<void> => {
      const link = await world.desk.poe.downloadLink(id, WHO[name], poe.id);
      const file = await inBrowser(world.desk.poe).downloads.open(link.slice(link.lastIndexOf('/') + 1));
      expect(file.ok).to.equal(true);
    };
    return { id, open };
  }

  it('has the first time that a person opened a document on a day of the programme, and makes no version', async () => {
    const world = await openWorld();
    const { id, open } = await opened(world);
    const { version } = await world.claim(id);
    await open('rita');
    await open('rita');
    await open('anna');
    world.clock.turn(DAY);
    await open('rita');
    const log = await world.desk.readings(WHO.lena, id);
    expect(log?.readings.map(({ person, document }) => [person.id, document])).to.deep.equal([
      [WHO.rita, 'proof.pdf'],
      [WHO.anna, 'proof.pdf'],
      [WHO.rita, 'proof.pdf'],
    ]);
    expect((await world.claim(id)).version).to.equal(version);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('is for staff who see the claim, and for no partner and no customer', async () => {
    const world = await openWorld();
    const { id, open } = await opened(world);
    await open('rita');
    for (const name of ['rita', 'lena', 'olga'] as const)
      expect((await world.desk.readings(WHO[name], id))?.readings, name).to.have.length(1);
    for (const name of ['anna', 'nikita', 'dana', 'tomas', 'stefan'] as const)
      expect(await world.desk.readings(WHO[name], id), name).to.equal(undefined);
  });

  it('is for operators too, by the ids of documents where they do not see the claim, but for none of the partner', async () => {
    const world = await openWorld();
    const { id, open } = await opened(world);
    await open('rita');
    const [poe] = (await world.claim(id)).poe;
    for (const operator of [WHO.ops, WHO.otto]) {
      const log = await world.desk.readings(operator, id);
      expect(log?.readings.map(({ person, document }) => [person.id, document])).to.deep.equal([[WHO.rita, poe?.id]]);
      expect(log).not.to.have.property('view');
    }
    await world.people.alter(WHO.otto, (person) => ({
      ...person,
      memberships: [{ organisation: `partner:${TENANTS.fabrikam}` as OrganisationId, roles: [] }],
    }));
    expect(await world.desk.readings(WHO.otto, id)).to.equal(undefined);
    expect(await world.desk.readings(WHO.ops, 'CPOR-000000' as ClaimId)).to.equal(undefined);
  });

  it('has the entries that were moved to pages too', async () => {
    const world = await openWorld();
    const { id, open } = await opened(world);
    await open('rita');
    const stored = await world.documents.inner.read<{ readonly journal: readonly JournalEntry[] }>('reading', id);
    if (!stored) throw new Error('no reading log');
    const entries = stored.body.journal;
    await world.documents.create({
      kind: 'journalPage',
      id: `reading/${id}/0`,
      body: { schema: 1, entries },
      keys: [],
    });
    const body = { ...stored.body, journalPages: 1 };
    await world.documents.replace({ kind: 'reading', id, body, keys: [] }, stored.etag);
    expect((await world.desk.readings(WHO.lena, id))?.readings).to.have.length(2);
  });

  it('loses no entry where two open at the same instant', async () => {
    const world = await openWorld();
    const { id, open } = await opened(world);
    await Promise.all([open('rita'), open('anna')]);
    expect((await world.desk.readings(WHO.lena, id))?.readings).to.have.length(2);
  });
});
