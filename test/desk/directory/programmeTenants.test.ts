import { expect } from 'chai';
import { createPeople } from '../../../src/desk/directory/people.ts';
import { DirectoryError } from '../../../src/desk/directory/importDirectory.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, openWorld, TENANTS, WHO } from '../world.ts';

const objectOf = (id: string): string => id.split('/')[1] ?? '';
const OUTSIDE = { tenantId: TENANTS.tailspin, objectId: objectOf(WHO.tomas), name: 'Tomas' };

/** A desk on the same documents for which the setting is made. */
function restricted(world: DeskWorld, more: object = {}): Desk {
  return world.another({
    settings: { ...world.world.settings, programmeTenants: [TENANTS.vendor], ...more },
  });
}

describe('Staff of the tenants of the programme (R5)', () => {
  it('may be of any tenant without the setting, which the log says at the start', async () => {
    const world = await openWorld();
    expect(await world.enrol('staff', { ...OUTSIDE, roles: ['reviewer'] })).to.include({ ok: true });
    await world.desk.prepare();
    expect(world.logged.map(({ sentence }) => sentence)).to.include(
      'Staff may be of any tenant, as PROGRAMME_TENANTS is not set',
    );
  });

  it('are enrolled by form from these alone, and roles can be taken from anyone', async () => {
    const world = await openWorld();
    const desk = restricted(world);
    const before = world.documents.writes;
    expect(await desk.enrol(WHO.ops, 'staff', { ...OUTSIDE, roles: ['reviewer'] })).to.deep.equal({
      ok: false,
      problems: [{ field: 'tenantId', problem: 'notOfProgramme' }],
    });
    expect(world.documents.writes).to.equal(before);
    expect(await desk.enrol(WHO.ops, 'staff', { ...OUTSIDE, roles: [] })).to.include({ ok: true });
    const inside = { tenantId: TENANTS.vendor, objectId: objectOf(WHO.anna), name: 'New', roles: ['reviewer'] };
    expect(await desk.enrol(WHO.ops, 'staff', inside)).to.include({ ok: true });
  });

  it('are imported from these alone: a file that names another is refused whole, and says which row and why', async () => {
    const world = await openWorld();
    const desk = restricted(world);
    const before = world.documents.writes;
    const file = { customers: [{ name: 'New', tenantId: TENANTS.tailspin }], staff: [{ ...OUTSIDE, roles: ['lead'] }] };
    const error = await desk.importDirectory(file).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DirectoryError);
    expect(String(error)).to.match(/staff\[0\]: tenantId notOfProgramme: .*PROGRAMME_TENANTS/);
    expect(world.documents.writes).to.equal(before);
  });

  it('who are outside keep their roles in the documents, and none of them counts once the setting is made', async () => {
    const world = await openWorld();
    await world.enrol('staff', { ...OUTSIDE, roles: ['lead', 'operator'] });
    const desk = restricted(world);
    expect((await world.desk.member(WHO.tomas)).staff).to.deep.equal(['lead', 'operator']);
    expect((await desk.member(WHO.tomas)).staff).to.deep.equal([]);
    expect(await desk.enrolmentChoices(WHO.tomas)).to.equal(undefined);
    expect(await desk.list(WHO.tomas, 'queue', 5)).to.equal(undefined);
    expect((await desk.member(WHO.rita)).staff).to.deep.equal(['reviewer']);
    const id = await world.submitted();
    const seen = await desk.look(WHO.lena, id);
    if (!seen) throw new Error('Lena reviews');
    expect((await desk.eligibleReviewers(seen.view)).map((one) => one.id)).to.not.include(WHO.tomas);
    const people = createPeople({
      ...world.world,
      settings: { ...world.world.settings, programmeTenants: [TENANTS.vendor] },
    });
    expect((await people.withRole('lead')).map((one) => one.id)).to.have.members([WHO.lena, WHO.rolf]);
  });

  it('who are outside are named to the operators, once for the same people', async () => {
    const world = await openWorld();
    await world.enrol('staff', { ...OUTSIDE, roles: ['lead', 'operator'] });
    const desk = restricted(world);
    world.messenger.forget();
    for (let start = 0; start < 3; start += 1) {
      await desk.prepare();
      await desk.sweep();
    }
    const told = world.messenger.sendings.filter(({ content }) => content.kind === 'announcement');
    expect(told.map(({ to }) => to.conversationId)).to.deep.equal([chatOf('otto')]);
    expect(told[0]?.content).to.deep.include({ what: { kind: 'staffOutside', people: [WHO.tomas], more: false } });
  });
});

describe('An operator by the settings', () => {
  it('is journaled when the desk starts, and when the settings name them no longer', async () => {
    const world = await openWorld();
    await world.desk.prepare();
    await world.desk.prepare();
    await restricted(world, { operators: [] }).prepare();
    const journal = await world.people.journalOf('person', WHO.ops);
    expect(journal.map(({ by, what, from, to }) => [by, what, from, to])).to.deep.equal([
      ['configuration', 'operatorByConfiguration', null, true],
      ['configuration', 'operatorByConfiguration', true, null],
    ]);
  });

  it('whose document a newer version wrote is left as they are, and the desk starts', async () => {
    const world = await openWorld();
    await world.people.alter(WHO.ops, (known) => known);
    const stored = (await world.documents.read<object>('person', WHO.ops)) ?? expect.fail('they are known');
    const keys = [
      { name: 'staff', value: 'operator' },
      { name: 'configured', value: 'operator' },
    ];
    const body = { ...stored.body, schema: 99 };
    await world.documents.inner.replace({ kind: 'person', id: WHO.ops, body, keys }, stored.etag);
    await restricted(world).prepare();
    expect((await world.documents.read('person', WHO.ops))?.body).to.deep.equal(body);
    expect(world.logged.map(({ sentence }) => sentence)).to.include(
      'Directory left as it is: written by a newer version',
    );
  });
});

describe('Separate duties (R5)', () => {
  it('are a fact of everyone who acts, where the setting asks for them', async () => {
    const world = await openWorld();
    const desk = world.another({ settings: { ...world.world.settings, separateDuties: true } });
    expect(await desk.member(WHO.rita)).to.include({ separateDuties: true });
    const id = await world.underReview();
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: objectOf(WHO.arun),
      name: 'Arun',
      roles: ['reviewer', 'operator'],
    });
    const refused = await desk.execute(WHO.arun, id, { type: 'ApproveClaim' }, { kind: 'none' });
    expect(refused).to.deep.include({ kind: 'refused', refusal: { code: 'operatorDecidesNot' } });
    expect((await world.press('arun', id, { type: 'ApproveClaim' })).kind, 'without it').to.equal('done');
  });
});
