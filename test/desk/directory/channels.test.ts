import { expect } from 'chai';
import type { SecurityEvent } from '../../../src/desk/ports/securityLog.ts';
import { MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const FABRIKAM = place('19:fabrikam@thread.tacv2', TENANTS.fabrikam);
const OWN = `mpn:${MPN.fabrikam}`;

describe('Giving a channel a purpose', () => {
  for (const [name, purpose, whose] of [
    ['nikita', OWN, 'the MPN id of their own organisation, without a role in it'],
    ['tomas', OWN, "another organisation's MPN id"],
    ['dana', OWN, "a partner's MPN id, as a customer's contact"],
    ['rita', OWN, "a partner's MPN id, as a reviewer"],
    ['stefan', OWN, 'any MPN id, as a stranger'],
    ['anna', 'mpn:9999999', 'an MPN id of no partner'],
    ['anna', 'review', 'reviews, as a partner'],
    ['lena', 'review', 'reviews, as a lead'],
  ] as const) {
    it(`is not for ${name} with ${whose}, and writes nothing (R4)`, async () => {
      const world = await openWorld();
      const before = world.documents.writes;
      expect(await world.desk.useChannel(WHO[name], purpose, FABRIKAM)).to.equal('notAllowed');
      expect(world.documents.writes).to.equal(before);
      expect(await world.desk.channelPurposes(FABRIKAM.conversationId)).to.deep.equal([]);
    });
  }

  for (const name of ['anna', 'boris', 'otto', 'ops'] as const) {
    it(`is for ${name} with the MPN id of Fabrikam (R4)`, async () => {
      const world = await openWorld();
      expect(await world.desk.useChannel(WHO[name], OWN, FABRIKAM, 'tr')).to.equal('set');
      expect(await world.desk.channelPurposes(FABRIKAM.conversationId)).to.deep.equal([OWN]);
      expect((await world.people.channel(OWN))?.language).to.equal('tr');
    });
  }

  it('tells an operator that no partner has the MPN id, and writes nothing', async () => {
    const world = await openWorld();
    const before = world.documents.writes;
    expect(await world.desk.useChannel(WHO.otto, 'mpn:9999999', FABRIKAM)).to.equal('mpnUnknown');
    expect(world.documents.writes).to.equal(before);
  });

  it("refuses a channel that is another organisation's, or the reviewers', and writes nothing (R6)", async () => {
    const world = await openWorld();
    expect(await world.desk.useChannel(WHO.anna, OWN, FABRIKAM)).to.equal('set');
    const before = world.documents.writes;
    const attempts = [
      await world.desk.useChannel(WHO.tomas, `mpn:${MPN.tailspin}`, FABRIKAM),
      await world.desk.useChannel(WHO.otto, `mpn:${MPN.tailspin}`, FABRIKAM),
      await world.desk.useChannel(WHO.otto, 'review', FABRIKAM),
      await world.desk.useChannel(WHO.anna, OWN, place(REVIEWS)),
    ];
    expect(attempts).to.deep.equal(['taken', 'taken', 'taken', 'taken']);
    expect(world.documents.writes).to.equal(before);
    expect(await world.desk.channelPurposes(FABRIKAM.conversationId)).to.deep.equal([OWN]);
    expect(await world.desk.channelPurposes(REVIEWS)).to.deep.equal(['review']);
  });

  it('takes a second MPN id of the same organisation in the same channel', async () => {
    const world = await openWorld();
    for (const mpnId of [MPN.fabrikam, MPN.fabrikamSecond])
      expect(await world.desk.useChannel(WHO.anna, `mpn:${mpnId}`, FABRIKAM)).to.equal('set');
    expect(await world.desk.channelPurposes(FABRIKAM.conversationId)).to.have.members([
      OWN,
      `mpn:${MPN.fabrikamSecond}`,
    ]);
  });
});

describe('What is said of a channel', () => {
  const TEAM = '19:team@thread.tacv2';
  const IN_TEAM = { ...FABRIKAM, teamId: TEAM };
  const { conversationId } = FABRIKAM;
  const FOREIGN = TENANTS.tailspin;

  async function open() {
    const recorded: SecurityEvent[] = [];
    const world = await openWorld();
    const desk = world.another({ securityLog: { record: (event) => void recorded.push(event) } });
    await world.desk.useChannel(WHO.anna, OWN, IN_TEAM);
    const stored = () => world.documents.inner.read('channel', OWN);
    return { world, desk, recorded, stored };
  }

  for (const how of ['removed', 'channelDeleted', 'teamDeleted', 'teamArchived'] as const)
    for (const [where, named] of [
      ['by its id', { conversationId }],
      ['by its team', { teamId: TEAM }],
      ['by both', { conversationId, teamId: TEAM }],
    ] as const)
      for (const tenantId of [FOREIGN, ''])
        it(`from ${tenantId === '' ? 'no' : 'another'} tenant is not believed: ${how}, ${where}`, async () => {
          const { world, desk, recorded, stored } = await open();
          const before = await stored();
          await desk.channelLost({ ...named, tenantId }, how);
          expect(await stored()).to.deep.equal(before);
          await world.sweep();
          expect(world.messenger.sendings.filter(({ content }) => content.kind === 'announcement')).to.deep.equal([]);
          expect(recorded).to.deep.equal([{ what: 'foreignTenant', purpose: OWN, said: how, tenant: tenantId }]);
        });

  it('from another tenant brings no channel back that was lost', async () => {
    const { desk, recorded, stored } = await open();
    await desk.channelLost(IN_TEAM, 'channelDeleted');
    const before = await stored();
    await desk.channelRestored({ conversationId, tenantId: FOREIGN });
    await desk.teamJoined({ teamId: TEAM, tenantId: FOREIGN });
    expect(await stored()).to.deep.equal(before);
    expect(recorded.map((event) => event.what === 'foreignTenant' && event.said)).to.deep.equal([
      'channelRestored',
      'teamJoined',
    ]);
  });

  it('from its own tenant is believed, however that is spelled', async () => {
    const { world, desk, recorded } = await open();
    const tenantId = FABRIKAM.tenantId.toUpperCase();
    await desk.channelLost({ conversationId, tenantId }, 'channelDeleted');
    expect((await world.people.channel(OWN))?.unreachable).to.equal('conversationLost');
    await desk.channelRestored({ conversationId, tenantId });
    expect((await world.people.channel(OWN))?.unreachable).to.equal(undefined);
    expect(recorded).to.deep.equal([]);
  });
});
