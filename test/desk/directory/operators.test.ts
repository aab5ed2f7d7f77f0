import { expect } from 'chai';
import type { EnrolmentKind } from '../../../src/desk/directory/operators.ts';
import { openWorld, TENANTS, WHO } from '../world.ts';

const NEWCOMER = { tenantId: TENANTS.fabrikam, objectId: '00000000-0000-4000-8000-000000000077', name: 'Newcomer' };
/** A form for each kind that an operator could send as it is. */
const FORMS = {
  partner: { name: 'Northwind', tenantId: '66666666-6666-4666-8666-666666666666', mpnIds: '7770001' },
  customer: { name: 'Adatum', tenantId: '77777777-7777-4777-8777-777777777777' },
  member: { ...NEWCOMER, organisation: `partner:${TENANTS.fabrikam}`, roles: ['incentivesAdmin'] },
  staff: { ...NEWCOMER, tenantId: TENANTS.vendor, roles: ['operator'] },
  contact: { ...NEWCOMER, tenantId: TENANTS.contoso, email: 'newcomer@contoso.com' },
} as const satisfies Record<EnrolmentKind, object>;
const KINDS = Object.keys(FORMS) as EnrolmentKind[];

describe('Enrolment by form', () => {
  for (const name of ['anna', 'rita', 'rolf', 'olga', 'dana', 'stefan'] as const) {
    it(`is not for ${name}, who is no operator, and writes nothing (R4)`, async () => {
      const world = await openWorld();
      const before = world.documents.writes;
      for (const kind of KINDS)
        expect(await world.desk.enrol(WHO[name], kind, FORMS[kind]), kind).to.equal('notAllowed');
      expect(await world.desk.enrolmentChoices(WHO[name])).to.equal(undefined);
      expect(world.documents.writes).to.equal(before);
    });
  }

  for (const name of ['otto', 'ops'] as const) {
    it(`takes the same forms from ${name}, an operator, and offers the choices for them (R4)`, async () => {
      const world = await openWorld();
      for (const kind of KINDS)
        expect(await world.desk.enrol(WHO[name], kind, FORMS[kind]), kind).to.include({ ok: true });
      const choices = await world.desk.enrolmentChoices(WHO[name]);
      expect(choices?.organisations.map((organisation) => organisation.name)).to.include.members([
        'Fabrikam',
        'Northwind',
        'Contoso',
        'Adatum',
      ]);
      expect(choices?.people.map((person) => person.id)).to.include.members([WHO.anna, WHO.dana]);
    });
  }

  it('is closed to an operator from the moment that they are one no longer (R4)', async () => {
    const world = await openWorld();
    const [tenantId, objectId] = WHO.otto.split('/');
    expect(await world.desk.enrol(WHO.otto, 'staff', { tenantId, objectId, name: 'Otto', roles: [] })).to.include({
      ok: true,
    });
    const before = world.documents.writes;
    expect(await world.desk.enrol(WHO.otto, 'staff', FORMS.staff)).to.equal('notAllowed');
    expect(world.documents.writes).to.equal(before);
  });
});
