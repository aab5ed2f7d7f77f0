import { expect } from 'chai';
import type { Absence } from '../../../src/domain/claims/standing.ts';
import { sidesBetween } from '../../../src/desk/directory/standing.ts';
import type { OrganisationId } from '../../../src/domain/claims/values.ts';
import { openWorld, TENANTS, WHO } from '../world.ts';
import type { DeskWorld, Name } from '../world.ts';

const HOUR = 3_600_000;
const FABRIKAM = `partner:${TENANTS.fabrikam}` as OrganisationId;

async function setting() {
  const world = await openWorld();
  const start = world.clock.now();
  world.clock.turn(HOUR);
  return {
    world,
    /** Hours since the start. */
    h: (hours: number): number => start + hours * HOUR,
    standing: async (from = start, to = world.clock.now()) =>
      (await sidesBetween(world.people, FABRIKAM, TENANTS.contoso, from, to)).standing,
    barred: async (from = start, to = world.clock.now()) =>
      (await sidesBetween(world.people, FABRIKAM, TENANTS.contoso, from, to)).barred,
    async after(hours: number, act: () => Promise<unknown>) {
      world.clock.turn(hours * HOUR);
      await act();
    },
  };
}

const person = (name: Name) => {
  const [tenantId, objectId] = WHO[name].split('/');
  return { tenantId, objectId, name, email: `${name}@contoso.com` };
};
const removed = (world: DeskWorld, name: Name) => world.enrol('contact', { ...person(name), gone: 'yes' });
const dismissed = (world: DeskWorld, name: Name) =>
  world.enrol('member', { ...person(name), organisation: FABRIKAM, gone: 'yes' });

describe('The standing of both sides', () => {
  it('has no absence while someone of each could act', async () => {
    const { standing } = await setting();
    expect(await standing()).to.deep.equal({ partner: [], customer: [] });
  });

  it('counts from the very change that took the last contact away, until the change that gave one back', async () => {
    const { world, standing, h, after } = await setting();
    await removed(world, 'dana');
    expect((await standing()).customer, 'Emil is left').to.deep.equal([]);
    await after(1, () => removed(world, 'emil'));
    expect((await standing()).customer).to.deep.equal([{ from: h(2), reason: 'removed' }]);
    await after(3, () => world.enrol('contact', person('dana')));
    const gap: Absence = { from: h(2), until: h(5), reason: 'removed' };
    expect((await standing()).customer).to.deep.equal([gap]);
    await after(1, () => Promise.resolve());
    expect((await standing()).customer, 'as of each change, not of a look').to.deep.equal([gap]);
  });

  it('counts uninstalling and blocking of the customer, each by its name', async () => {
    const { world, standing, h, after } = await setting();
    await world.desk.leave(WHO.emil);
    await after(1, () => world.desk.leave(WHO.dana));
    await after(1, () => world.greet('dana'));
    await after(1, () => world.people.alter(WHO.dana, (known) => ({ ...known, unreachable: 'blocked' })));
    expect((await standing()).customer).to.deep.equal([
      { from: h(2), until: h(3), reason: 'uninstalled' },
      { from: h(4), reason: 'blocked' },
    ]);
  });

  it("does not count a partner's own uninstalling, and counts that no one with a role is left", async () => {
    const { world, standing, h, after } = await setting();
    for (const name of ['anna', 'boris', 'nikita'] as const) await world.desk.leave(WHO[name]);
    expect((await standing()).partner).to.deep.equal([]);
    await dismissed(world, 'anna');
    await after(1, () => world.enrol('member', { ...person('boris'), organisation: FABRIKAM, roles: [] }));
    expect((await standing()).partner, 'Boris and Nikita only read').to.deep.equal([{ from: h(2), reason: 'removed' }]);
  });

  it('is cut to the two instants, and an absence that ended before is none', async () => {
    const { world, standing, h, after } = await setting();
    await removed(world, 'emil');
    await removed(world, 'dana');
    await after(4, () => world.enrol('contact', person('dana')));
    expect((await standing(h(2), h(3))).customer).to.deep.equal(
      [{ from: h(2), until: h(5), reason: 'removed' }].map(({ until: _, ...rest }) => rest),
    );
    expect((await standing(h(2), h(6))).customer).to.deep.equal([{ from: h(2), until: h(5), reason: 'removed' }]);
    expect((await standing(h(5), h(6))).customer).to.deep.equal([]);
    expect((await standing(h(0.5), h(0.9))).customer).to.deep.equal([]);
  });

  it('of a contact who never wrote, and of a tenant without contacts, is one absence', async () => {
    const world = await openWorld({ silent: ['dana', 'emil'] });
    const from = world.clock.now();
    world.clock.turn(HOUR);
    const of = async (tenant: string) =>
      (await sidesBetween(world.people, FABRIKAM, tenant, from, world.clock.now())).standing;
    expect((await of(TENANTS.contoso)).customer).to.deep.equal([{ from, reason: 'uninstalled' }]);
    expect((await of(TENANTS.tailspin)).customer).to.deep.equal([{ from, reason: 'removed' }]);
  });

  it('counts that the organisation itself is gone, from the last change until it is there with someone again', async () => {
    const { world, standing, h, after } = await setting();
    await world.people.endOrganisation(FABRIKAM, WHO.ops);
    expect((await standing()).partner).to.deep.equal([{ from: h(1), reason: 'organisationGone' }]);
    const fabrikam = { name: 'Fabrikam', tenantId: TENANTS.fabrikam, mpnIds: ['1234567'] };
    await after(2, () => world.enrol('partner', fabrikam));
    expect((await standing()).partner).to.deep.equal([{ from: h(1), until: h(3), reason: 'organisationGone' }]);
  });

  it('bars consents while a person of the tenant is a member of the partner, with a role or without', async () => {
    const { world, barred, h, after } = await setting();
    expect(await barred()).to.deep.equal([]);
    await world.enrol('member', { ...person('emil'), organisation: FABRIKAM, roles: [] });
    await after(1, () => world.enrol('member', { ...person('dana'), organisation: FABRIKAM, roles: ['globalAdmin'] }));
    await after(1, () => dismissed(world, 'emil'));
    expect(await barred()).to.deep.equal([{ from: h(1), reason: 'sidesOverlap' }]);
    await after(1, () => dismissed(world, 'dana'));
    const past = { from: h(1), until: h(4), reason: 'sidesOverlap' };
    expect(await barred()).to.deep.equal([past]);
    await after(5, () => world.enrol('member', { ...person('dana'), organisation: FABRIKAM, roles: [] }));
    expect(await barred(), 'each time by itself').to.deep.equal([past, { from: h(9), reason: 'sidesOverlap' }]);
    expect(await barred(h(5), h(8))).to.deep.equal([]);
  });

  it('bars consents of a tenant that is not enrolled, and of the tenant of the partner itself', async () => {
    const world = await openWorld();
    const of = async (tenant: string) => (await sidesBetween(world.people, FABRIKAM, tenant, 0, 1)).barred;
    expect((await of(TENANTS.tailspin)).map(({ reason }) => reason)).to.deep.equal(['customerNotEnrolled']);
    expect((await of(TENANTS.fabrikam)).map(({ reason }) => reason)).to.include('sidesOverlap');
  });

  it('of an organisation that is not there says so', async () => {
    const { world, h } = await setting();
    const unknown = 'partner:99999999-9999-4999-8999-999999999999' as OrganisationId;
    const { standing } = await sidesBetween(world.people, unknown, TENANTS.contoso, h(0), h(1));
    expect(standing.partner).to.deep.equal([{ from: h(0), reason: 'organisationGone' }]);
  });
});
