import { expect } from 'chai';
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
