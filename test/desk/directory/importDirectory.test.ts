import { expect } from 'chai';
import { DirectoryError, importDirectory } from '../../../src/desk/directory/importDirectory.ts';
import { personId } from '../../../src/desk/directory/people.ts';
import { DIRECTORY, MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

/** A list that is good and new. */
const NEW = {
  partners: [{ name: 'Northwind', tenantId: '66666666-6666-4666-8666-666666666666', mpnIds: ['6660001'] }],
};
const CHANNEL = { purpose: 'review', ...place('19:other@thread.tacv2') };

describe('A directory file (R4)', () => {
  it('is imported again without a write', async () => {
    const world = await openWorld();
    const writes = world.documents.writes;
    await importDirectory(world.world, world.people, DIRECTORY);
    expect(world.documents.writes).to.equal(writes);
  });

  /** As a version without these checks stored them. */
  const OLD = {
    partner: { name: 'Fabrikam www.fabrikam.com', tenantId: TENANTS.fabrikam, mpnIds: [MPN.fabrikam, '7654321'] },
    staff: {
      tenantId: TENANTS.vendor,
      objectId: '00000000-0000-4000-8000-0000000000a1',
      name: 'Sam <b>',
      email: 'sam@old_host.local_',
      roles: ['reviewer'],
    },
  };
  async function ranBefore() {
    const world = await openWorld();
    const partner = await world.people.organisation(`partner:${TENANTS.fabrikam}`);
    await world.people.saveOrganisation({ ...(partner ?? expect.fail('enrolled')), name: OLD.partner.name }, 'desk');
    const id = personId(OLD.staff.tenantId, OLD.staff.objectId);
    const { name, email } = OLD.staff;
    await world.people.alter(id, (known) => ({ ...known, name, email, staff: ['reviewer'] }));
    const file = { partners: [OLD.partner], staff: [OLD.staff] };
    const refused = (directory: unknown) =>
      importDirectory(world.world, world.people, directory).then(
        () => 'imported',
        (error: Error) => error.message,
      );
    return { world, id, file, refused };
  }

  it('starts a desk with the names and addresses that an earlier version stored by it', async () => {
    const { world, file, refused } = await ranBefore();
    expect(await refused(file)).to.equal('imported');
    expect((await world.people.organisation(`partner:${TENANTS.fabrikam}`))?.name).to.equal(OLD.partner.name);
    const writes = world.documents.writes;
    expect(await refused(file), 'again').to.equal('imported');
    expect(world.documents.writes).to.equal(writes);
  });

  it('is refused with row and reason where such a name is another than the stored one, or new', async () => {
    const { file, refused } = await ranBefore();
    const partners = [{ ...OLD.partner, name: 'Fabrikam www.fabrikam.net' }];
    expect(await refused({ ...file, partners })).to.match(/^partners\[0\]: name holdsAddress: /);
    const staff = [OLD.staff, { ...OLD.staff, objectId: '00000000-0000-4000-8000-0000000000a2' }];
    expect(await refused({ ...file, staff })).to.match(/^staff\[1\]: name holdsAddress: .*, email notAnEmail$/);
    const otherEmail = [{ ...OLD.staff, email: 'sam@other_host.local_' }];
    expect(await refused({ ...file, staff: otherEmail })).to.equal('staff[0]: email notAnEmail');
  });

  it('starts a desk whose person has been called since as Teams calls them, keeps that name, and says so', async () => {
    const { world, id, file, refused } = await ranBefore();
    await world.people.alter(id, (known) => ({ ...known, name: 'Sam Sorensen', seenAt: 1 }));
    expect(await refused(file)).to.equal('imported');
    expect((await world.people.personOf(id)).name).to.equal('Sam Sorensen');
    expect(world.logged.map(({ fields }) => fields)).to.deep.include({ row: 'staff[0]', problem: 'holdsAddress' });
    // By the form of an operator it is refused.
    const enrolled = await world.enrol('staff', OLD.staff);
    expect(enrolled.ok).to.equal(false);
  });

  it('takes away whom it names, however it calls them', async () => {
    const { world, id, file, refused } = await ranBefore();
    const member = { ...OLD.staff, name: 'Sam <i>', organisationTenantId: TENANTS.fabrikam, roles: [], gone: true };
    expect(await refused({ ...file, members: [member] })).to.equal('imported');
    expect((await world.people.personOf(id)).name).to.equal(OLD.staff.name);
  });

  it('may be empty', async () => {
    const world = await openWorld();
    expect(await importDirectory(world.world, world.people, {})).to.deep.equal({ resumedKeys: [], sides: [] });
  });

  const wrong: readonly [behaviour: string, directory: unknown, sentence: string][] = [
    ['that is no object', [], 'the directory is not a JSON object'],
    ['that is nothing', null, 'the directory is not a JSON object'],
    [
      'with a list that no one knows',
      { partner: [] },
      'the directory has no list "partner"; its lists are partners, customers, members, staff, contacts, channels',
    ],
    [
      'with a prototype in it',
      JSON.parse('{"__proto__":[]}'),
      'the directory has no list "__proto__"; its lists are partners, customers, members, staff, contacts, channels',
    ],
    ['with a list that is none', { ...NEW, staff: { name: 'Sam' } }, 'staff is not a list'],
    ['with a line that is no form', { ...NEW, contacts: [null] }, 'contacts[0] is not a JSON object'],
    [
      'with a bad line',
      { ...NEW, staff: [...DIRECTORY.staff, { tenantId: TENANTS.vendor, objectId: 'x', name: '' }] },
      'staff[7]: objectId notAnId, name missing',
    ],
    [
      'whose last list names an organisation that is nowhere',
      {
        ...NEW,
        customers: [],
        contacts: [
          {
            tenantId: TENANTS.vendor,
            objectId: '00000000-0000-4000-8000-000000000077',
            name: 'Zoe',
            email: 'zoe@vendor.com',
          },
        ],
      },
      'contacts[0]: tenantId unknownOrganisation',
    ],
    [
      'with two partners of one MPN id',
      {
        partners: [
          { name: 'A', tenantId: '88888888-8888-4888-8888-888888888888', mpnIds: ['8880001'] },
          { name: 'B', tenantId: '99999999-9999-4999-8999-999999999999', mpnIds: ['8880001'] },
        ],
      },
      'partners[0] and partners[1] have the same MPN id and are two organisations',
    ],
    [
      'with a channel without a purpose',
      { ...NEW, channels: [CHANNEL, { ...CHANNEL, purpose: 'lunch' }] },
      'channels[1]: purpose "lunch" is not "review" or "mpn:<MPN id>"',
    ],
    [
      'with a channel without a place',
      { ...NEW, channels: [{ purpose: 'review' }] },
      'channels[0]: conversationId undefined is not the id of a channel',
    ],
    [
      'with a channel at no address',
      { ...NEW, channels: [{ ...CHANNEL, serviceUrl: 'smba' }] },
      'channels[0]: serviceUrl "smba" is not an http address',
    ],
    [
      'with one channel for reviewers and a partner',
      { channels: [CHANNEL, { ...CHANNEL, purpose: `mpn:${MPN.tailspin}` }] },
      `channels[0]: review would share its channel with mpn:${MPN.tailspin}, which others read`,
    ],
    [
      'with a partner in the channel where the reviewers are',
      { channels: [{ ...CHANNEL, purpose: `mpn:${MPN.tailspin}`, conversationId: REVIEWS }] },
      `channels[0]: mpn:${MPN.tailspin} would share its channel with review, which others read`,
    ],
  ];
  for (const [behaviour, directory, sentence] of wrong) {
    it(`${behaviour} is refused in one sentence, and nothing of it is imported`, async () => {
      const world = await openWorld();
      const writes = world.documents.writes;
      const error = await importDirectory(world.world, world.people, directory).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(DirectoryError).and.to.include({ code: 'directory.invalid', message: sentence });
      expect(world.documents.writes).to.equal(writes);
    });
  }

  it('may move an MPN id from one partner to another', async () => {
    const world = await openWorld();
    await importDirectory(world.world, world.people, {
      partners: [
        { name: 'Fabrikam', tenantId: TENANTS.fabrikam, mpnIds: [MPN.fabrikam] },
        { name: 'Tailspin', tenantId: TENANTS.tailspin, mpnIds: [MPN.tailspin, MPN.fabrikamSecond] },
      ],
    });
    expect((await world.people.organisationOfMpn(MPN.fabrikamSecond))?.name).to.equal('Tailspin');
  });

  it('may give the channel of the reviewers to a partner, where it moves the reviewers elsewhere', async () => {
    const world = await openWorld();
    await importDirectory(world.world, world.people, {
      channels: [CHANNEL, { ...CHANNEL, purpose: `mpn:${MPN.tailspin}`, conversationId: REVIEWS }],
    });
    expect((await world.people.channelsAt(REVIEWS)).map(({ purpose }) => purpose)).to.deep.equal([
      `mpn:${MPN.tailspin}`,
    ]);
  });

  it('sets channels, and leaves one that is lost where it is lost', async () => {
    const world = await openWorld({ noReviewChannel: true });
    await importDirectory(world.world, world.people, { channels: [CHANNEL] });
    await world.desk.channelLost(CHANNEL);
    await importDirectory(world.world, world.people, { channels: [CHANNEL] });
    expect(await world.people.channel('review')).to.deep.include({ unreachable: 'notInstalled' });
    await importDirectory(world.world, world.people, { channels: [{ ...CHANNEL, conversationId: REVIEWS }] });
    expect((await world.people.channel('review'))?.unreachable).to.equal(undefined);
  });

  it('goes on with the claims that waited for someone it names (R45)', async () => {
    const world = await openWorld();
    const zoe = {
      tenantId: TENANTS.contoso,
      objectId: '00000000-0000-4000-8000-0000000000aa',
      name: 'Zoe',
      email: 'zoe@contoso.com',
    };
    await world.desk.greet({
      id: `${zoe.tenantId}/${zoe.objectId}` as typeof WHO.dana,
      name: 'Zoe',
      chat: place('chat-zoe', TENANTS.contoso),
    });
    const id = await world.approved({ customerContactEmail: 'zoe@contoso.com' });
    expect((await world.claim(id)).hold?.reason).to.equal('contactUnknown');
    await world.desk.importDirectory({ contacts: [zoe] });
    await world.desk.idle();
    expect((await world.claim(id)).clocks.consent?.state).to.equal('running');
  });
});
