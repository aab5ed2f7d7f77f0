import { expect } from 'chai';
import fc from 'fast-check';
import type { PersonId } from '../../../src/domain/claims/values.ts';
import { DirectoryError, importDirectory } from '../../../src/desk/directory/importDirectory.ts';
import { openWorld, place, TENANTS } from '../world.ts';

const TENANT = '88888888-8888-4888-8888-888888888888';
const OTHER = '99999999-9999-4999-8999-999999999999';
const EVA = 'aaaaaaaa-0000-4000-8000-00000000000e';
const NORTHWIND = { name: 'Northwind', tenantId: TENANT, mpnIds: ['8880001'] };
const EVA_AT_WORK = { name: 'Eva Berg', tenantId: TENANT, objectId: EVA, email: 'eva@northwind.example' };
const MEMBER = { ...EVA_AT_WORK, organisationTenantId: TENANT, roles: ['billingAdmin'] };
const LOUD = { ...MEMBER, tenantId: ` ${TENANT.toUpperCase()} `, objectId: EVA.toUpperCase() };
const STAFF = { name: 'Eva Berg', tenantId: TENANTS.vendor, objectId: EVA, roles: ['reviewer'] };
const CHANNEL = { purpose: 'mpn:8880001', ...place('19:north@thread.tacv2') };

/** As the field's own example has it. */
const TWO_ROWS = { partners: [NORTHWIND, { ...NORTHWIND, mpnIds: ['8880002'] }] };

async function imported(directory: unknown) {
  const world = await openWorld();
  await importDirectory(world.world, world.people, directory);
  return world;
}

async function faultOf(directory: unknown): Promise<string> {
  const world = await openWorld();
  const writes = world.documents.writes;
  const error = await importDirectory(world.world, world.people, directory).catch((caught: unknown) => caught);
  expect(world.documents.writes).to.equal(writes);
  return error instanceof DirectoryError ? error.message : expect.fail(String(error));
}

describe('Rows of a directory file about the same (R4)', () => {
  it('give a partner the MPN ids of all its rows', async () => {
    const world = await imported(TWO_ROWS);
    const partner = await world.people.organisation(`partner:${TENANT}`);
    expect(partner?.mpnIds).to.deep.equal(['8880001', '8880002']);
  });

  const variants: readonly (readonly [what: string, other: object])[] = [
    ['capitals in the tenant', { tenantId: TENANT.toUpperCase() }],
    ['spaces around the tenant', { tenantId: `\t${TENANT} ` }],
    ['capitals and spaces in the name', { name: ' NORTHWIND ' }],
    ['an MPN id with spaces around it', { mpnIds: [' 8880001 ', '8880002'] }],
    ['MPN ids in one text', { mpnIds: '8880001; 8880002' }],
  ];
  for (const [what, other] of variants) {
    it(`are one partner with ${what}`, async () => {
      const world = await imported({
        partners: [
          { ...NORTHWIND, mpnIds: ['8880002'] },
          { ...NORTHWIND, ...other },
        ],
      });
      const partner = await world.people.organisation(`partner:${TENANT}`);
      expect([...(partner?.mpnIds ?? [])].sort()).to.deep.equal(['8880001', '8880002']);
      expect(partner?.name).to.equal('Northwind');
    });
  }

  it('give a member the roles of all their rows, whatever the spelling of ids and address', async () => {
    const world = await imported({
      partners: [NORTHWIND],
      members: [MEMBER, { ...LOUD, email: 'EVA@Northwind.Example', roles: ['globalAdmin'] }],
    });
    const person = await world.people.personOf(`${TENANT}/${EVA}` as PersonId);
    expect(person.memberships).to.deep.equal([
      { organisation: `partner:${TENANT}`, roles: ['billingAdmin', 'globalAdmin'] },
    ]);
    expect(person.email).to.equal('eva@northwind.example');
  });

  it('give staff the roles of all their rows, also where one names the person in one text', async () => {
    const { tenantId: _, objectId: __, ...rest } = STAFF;
    const person = `${TENANTS.vendor.toUpperCase()}/${EVA}`;
    const world = await imported({ staff: [STAFF, { ...rest, person, roles: ['lead'] }] });
    expect((await world.people.personOf(`${TENANTS.vendor}/${EVA}` as PersonId)).staff).to.deep.equal([
      'reviewer',
      'lead',
    ]);
  });

  it('are one contact, and one channel, where they say the same', async () => {
    const world = await imported({
      partners: [NORTHWIND],
      customers: [
        { name: 'Northwind', tenantId: TENANT },
        { name: 'northwind', tenantId: TENANT },
      ],
      contacts: [EVA_AT_WORK, { ...EVA_AT_WORK, email: ' Eva@northwind.example' }],
      channels: [CHANNEL, { ...CHANNEL, purpose: ' MPN:8880001', tenantId: CHANNEL.tenantId.toUpperCase() }],
    });
    expect((await world.people.byEmail(TENANT, 'eva@northwind.example'))?.name).to.equal('Eva Berg');
    expect((await world.people.channel('mpn:8880001'))?.place.conversationId).to.equal(CHANNEL.conversationId);
  });

  it('spell a person one way in all lists, so that the next import writes nothing', async () => {
    const directory = {
      partners: [NORTHWIND],
      customers: [{ name: 'Northwind', tenantId: TENANT }],
      members: [MEMBER],
      contacts: [{ ...EVA_AT_WORK, name: 'EVA BERG', email: 'EVA@northwind.example' }],
    };
    const world = await imported(directory);
    const writes = world.documents.writes;
    await importDirectory(world.world, world.people, directory);
    expect(world.documents.writes).to.equal(writes);
  });

  const contradictions: readonly (readonly [what: string, directory: object, sentence: string])[] = [
    [
      'two names of a partner',
      { partners: [NORTHWIND, { ...NORTHWIND, name: 'Südwind' }] },
      'partners[0] and partners[1] are about the same organisation and contradict each other: name',
    ],
    [
      'two names of a customer, with another between them',
      {
        customers: [
          { name: 'A', tenantId: TENANT },
          { name: 'B', tenantId: OTHER },
          { name: 'C', tenantId: TENANT.toUpperCase() },
        ],
      },
      'customers[0] and customers[2] are about the same organisation and contradict each other: name',
    ],
    [
      'an MPN id of two partners, spelled in two ways',
      { partners: [NORTHWIND, { name: 'B', tenantId: OTHER, mpnIds: '8880009, 8880001' }] },
      'partners[0] and partners[1] have the same MPN id and are two organisations',
    ],
    [
      'a member who is there and gone',
      { partners: [NORTHWIND], members: [MEMBER, { ...LOUD, gone: true }] },
      'members[0] and members[1] are about the same person and contradict each other: gone',
    ],
    [
      'a member with roles and with none',
      { partners: [NORTHWIND], members: [MEMBER, { ...MEMBER, roles: [] }] },
      'members[0] and members[1] are about the same person and contradict each other: roles',
    ],
    [
      'staff with roles and with none, in the third row',
      { staff: [STAFF, { ...STAFF, roles: ['lead'] }, { ...STAFF, roles: '' }] },
      'staff[0] and staff[2] are about the same person and contradict each other: roles',
    ],
    [
      'two addresses of a contact',
      {
        customers: [{ name: 'Northwind', tenantId: TENANT }],
        contacts: [EVA_AT_WORK, { ...EVA_AT_WORK, email: 'berg@northwind.example' }],
      },
      'contacts[0] and contacts[1] are about the same person and contradict each other: email',
    ],
    [
      'two names of a person in two lists',
      {
        partners: [NORTHWIND],
        members: [MEMBER],
        staff: [{ ...STAFF, tenantId: TENANT, name: 'Eva Stein' }],
      },
      'members[0] and staff[0] are about the same person and contradict each other: name',
    ],
    [
      'two places of a channel',
      { partners: [NORTHWIND], channels: [CHANNEL, { ...CHANNEL, conversationId: '19:south@thread.tacv2' }] },
      'channels[0] and channels[1] are about the same channel and contradict each other: conversationId',
    ],
  ];
  for (const [what, directory, sentence] of contradictions) {
    it(`are refused with ${what}, and both rows are named`, async () => {
      expect(await faultOf(directory)).to.equal(sentence);
    });
  }

  it('that are merged and wrong are refused under the names of all', async () => {
    const fault = await faultOf({ partners: [{ ...NORTHWIND, mpnIds: ['x'] }, NORTHWIND] });
    expect(fault).to.equal('partners[0] and partners[1]: mpnIds notAnMpnId');
  });

  it('come to the same in any order and any spelling', async () => {
    const ids = ['8880001', '8880002', '8880003'];
    const row = fc.record({
      name: fc.constantFrom('Northwind', ' northwind', 'NORTHWIND'),
      tenantId: fc.constantFrom(TENANT, TENANT.toUpperCase(), ` ${TENANT}`),
      mpnIds: fc.subarray(ids, { minLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (partners) => {
        const world = await imported({ partners });
        const stored = await world.people.organisation(`partner:${TENANT}`);
        expect([...(stored?.mpnIds ?? [])].sort()).to.deep.equal(
          [...new Set(partners.flatMap(({ mpnIds }) => mpnIds))].sort(),
        );
      }),
      { numRuns: 30 },
    );
  });
});
