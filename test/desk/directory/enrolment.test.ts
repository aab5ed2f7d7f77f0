import { silentSecurityLog } from '../../../src/desk/ports/securityLog.ts';
import { createChannels } from '../../../src/desk/directory/channels.ts';
import { expect } from 'chai';
import fc from 'fast-check';
import type { EnrolmentResult } from '../../../src/desk/directory/enrolment.ts';
import { DAY } from '../../domain/claims/scenario.ts';
import { chatOf, MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const OBJECT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const GOOD = {
  partner: { name: 'Northwind', tenantId: '66666666-6666-4666-8666-666666666666', mpnIds: ['6660001', '6660002'] },
  customer: { name: 'Adatum', tenantId: '77777777-7777-4777-8777-777777777777' },
  member: {
    tenantId: TENANTS.fabrikam,
    objectId: OBJECT,
    name: 'Mia',
    email: 'mia@fabrikam.com',
    organisation: `partner:${TENANTS.fabrikam}`,
    roles: ['billingAdmin'],
  },
  staff: { tenantId: TENANTS.vendor, objectId: OBJECT, name: 'Sam', roles: ['reviewer'] },
  contact: { tenantId: TENANTS.contoso, objectId: OBJECT, name: 'Zoe', email: 'zoe@contoso.com' },
} as const;
type What = keyof typeof GOOD;

const problemsOf = (enrolled: EnrolmentResult): readonly string[] =>
  enrolled.ok ? [] : enrolled.problems.map(({ field, problem }) => `${field} ${problem}`);

/** Names that hold an address, or what no one can see. */
const BAD_NAMES: Readonly<Record<string, 'holdsAddress' | 'notReadable'>> = {
  'see www.contoso.com': 'holdsAddress',
  '[Zoe](https://x.y)': 'holdsAddress',
  'zoe@contoso.com': 'holdsAddress',
  '<at>Zoe</at>': 'holdsAddress',
  'Zoe\nYour consent is recorded': 'notReadable',
  'Zoe\u202eeoZ': 'notReadable',
  '\u200b': 'notReadable',
};

/** Values that no form of ours sends, but that a client can. */
const HOSTILE: readonly unknown[] = [
  null,
  7,
  true,
  {},
  [],
  [[]],
  [null],
  [{}],
  { toString: 1 },
  JSON.parse('{"__proto__":{"roles":["operator"]}}'),
  'x'.repeat(100_000),
  Array.from({ length: 10_000 }, (_, index) => String(1_000_000 + index)),
  '\u0000\u202e',
  'constructor',
  '__proto__',
];

describe('Enrolling (R4)', () => {
  for (const what of Object.keys(GOOD) as What[])
    it(`refuses a name of a ${what} that holds an address or cannot be read, and changes nothing`, async () => {
      const world = await openWorld();
      for (const [name, problem] of Object.entries(BAD_NAMES)) {
        const enrolled = await world.enrol(what, { ...GOOD[what], name });
        expect(problemsOf(enrolled), JSON.stringify(name)).to.include(`name ${problem}`);
      }
      expect(
        problemsOf(await world.enrol(what, { ...GOOD[what], name: "Zoë O'Brien, Contoso.com Ltd" })),
      ).to.deep.equal([]);
    });

  it('takes no MPN id that looks like that of another, by the form and by the directory file', async () => {
    const world = await openWorld();
    const looksAlike = [
      `0${MPN.fabrikam}`,
      '１２３４５６７',
      '123-4567',
      '123\u20134567',
      '123 4567',
      '1234567\u200b',
      '١٢٣٤٥٦٧',
    ];
    for (const mpnId of [...looksAlike, ` ${MPN.fabrikam} `]) {
      const problem = mpnId.trim() === MPN.fabrikam ? 'mpnIds mpnIdTaken' : 'mpnIds notAnMpnId';
      const form = { ...GOOD.partner, mpnIds: [mpnId] };
      expect(problemsOf(await world.enrol('partner', form)), mpnId).to.deep.equal([problem]);
      const imported = await world.desk.importDirectory({ partners: [form] }).then(
        () => 'imported',
        (error: Error) => error.message,
      );
      expect(imported, mpnId).to.equal(`partners[0]: ${problem}`);
    }
    expect(await world.people.organisation(`partner:${GOOD.partner.tenantId}`)).to.equal(undefined);
  });

  it('leaves an organisation the MPN id that it was enrolled with by an earlier version', async () => {
    const world = await openWorld();
    const before = await world.people.organisation(`partner:${TENANTS.tailspin}`);
    await world.people.saveOrganisation({ ...(before ?? expect.fail('it is enrolled')), mpnIds: ['0555'] }, WHO.ops);
    const form = { name: 'Tailspin', tenantId: TENANTS.tailspin, mpnIds: ['0555', MPN.tailspin] };
    expect(problemsOf(await world.enrol('partner', form))).to.deep.equal([]);
  });

  for (const what of Object.keys(GOOD) as What[]) {
    it(`takes a good form for a ${what}, and the same form again`, async () => {
      const world = await openWorld();
      expect(problemsOf(await world.enrol(what, GOOD[what]))).to.deep.equal([]);
      const writes = world.documents.writes;
      expect(problemsOf(await world.enrol(what, GOOD[what]))).to.deep.equal([]);
      expect(world.documents.writes, 'the second time nothing is written').to.equal(writes);
    });

    it(`refuses an empty form for a ${what} with all that is wrong with it, and changes nothing`, async () => {
      const world = await openWorld();
      const writes = world.documents.writes;
      expect(problemsOf(await world.enrol(what, {})).length).to.be.greaterThan(1);
      expect(world.documents.writes).to.equal(writes);
    });

    it(`never throws over a hostile form for a ${what}, and takes nothing that was not asked for`, async () => {
      const world = await openWorld();
      const fields = [...Object.keys(GOOD[what]), '__proto__', 'person', 'extra'];
      const send = async (field: string, value: unknown): Promise<void> => {
        const enrolled = await world.enrol(what, { ...GOOD[what], [field]: value });
        if (!enrolled.ok || !('person' in enrolled)) return;
        expect(enrolled.person.staff).to.not.include('operator');
        expect(Object.keys(enrolled.person)).to.not.include('extra');
      };
      for (const field of fields) for (const value of HOSTILE) await send(field, value);
      await fc.assert(fc.asyncProperty(fc.constantFrom(...fields), fc.anything(), send), { numRuns: 100 });
    });
  }

  const cases: readonly [What, object, string][] = [
    ['partner', { name: ' ' }, 'name missing'],
    ['partner', { name: 'x'.repeat(121) }, 'name tooLong'],
    ['partner', { tenantId: 'fabrikam.com' }, 'tenantId notAnId'],
    ['partner', { tenantId: '' }, 'tenantId missing'],
    ['partner', { mpnIds: '' }, 'mpnIds missing'],
    ['partner', { mpnIds: '12' }, 'mpnIds notAnMpnId'],
    ['partner', { mpnIds: [6660001, '6660002'] }, 'mpnIds notAnMpnId'],
    ['partner', { mpnIds: Array.from({ length: 51 }, (_, index) => String(7_000_000 + index)) }, 'mpnIds tooLong'],
    ['partner', { mpnIds: MPN.tailspin }, 'mpnIds mpnIdTaken'],
    ['member', { organisation: `partner:${TENANTS.contoso}` }, 'organisation unknownOrganisation'],
    ['member', { organisation: `customer:${TENANTS.contoso}` }, 'organisation unknownOrganisation'],
    ['member', { organisation: undefined }, 'organisation unknownOrganisation'],
    ['member', { roles: ['reviewer'] }, 'roles unknownRole'],
    ['member', { roles: ['billingAdmin', 7] }, 'roles unknownRole'],
    ['member', { email: 'mia' }, 'email notAnEmail'],
    ['member', { email: 7 }, 'email notAnEmail'],
    ['member', { objectId: 'mia' }, 'objectId notAnId'],
    ['staff', { roles: 'king' }, 'roles unknownRole'],
    ['staff', { name: '' }, 'name missing'],
    ['contact', { email: '' }, 'email missing'],
    ['contact', { tenantId: TENANTS.vendor }, 'tenantId unknownOrganisation'],
  ];
  for (const [what, wrong, problem] of cases) {
    it(`says of a ${what} with ${JSON.stringify(wrong).slice(0, 60)}: ${problem}`, async () => {
      const world = await openWorld();
      const writes = world.documents.writes;
      expect(problemsOf(await world.enrol(what, { ...GOOD[what], ...wrong }))).to.deep.equal([problem]);
      expect(world.documents.writes).to.equal(writes);
    });
  }

  describe('two partners with one MPN id, by two operators at once', () => {
    const other = { ...GOOD.partner, name: 'Southridge', tenantId: '88888888-8888-4888-8888-888888888888' };
    for (const [first, second] of [
      [GOOD.partner, other],
      [other, GOOD.partner],
    ] as const) {
      it(`leaves it to one at most, and says so to the one who does not get it (${first.name} looks first)`, async () => {
        const world = await openWorld();
        let overtaking: EnrolmentResult | undefined;
        world.documents.beforeWrite = async () => {
          world.documents.beforeWrite = () => undefined;
          overtaking = await world.enrol('partner', second, world.another());
        };
        expect(problemsOf(await world.enrol('partner', first))).to.deep.equal(['mpnIds mpnIdTaken']);
        expect(overtaking && problemsOf(overtaking)).to.deep.equal([]);
        expect((await world.people.holdersOfMpn('6660001')).map(({ name }) => name)).to.deep.equal([second.name]);
      });
    }

    it('leaves it to no one where both see the other, and the one who enrols again gets it', async () => {
      const world = await openWorld();
      const enrolled = await Promise.all([
        world.enrol('partner', GOOD.partner),
        world.enrol('partner', other, world.another()),
      ]);
      const holders = await world.people.holdersOfMpn('6660001');
      expect(holders).to.have.length(enrolled.filter(({ ok }) => ok).length);
      expect(holders.length).to.be.at.most(1);
      if (holders.length === 0) expect(problemsOf(await world.enrol('partner', GOOD.partner))).to.deep.equal([]);
    });

    it('leaves a partner with the MPN ids that it had', async () => {
      const world = await openWorld();
      await world.enrol('partner', { ...GOOD.partner, mpnIds: ['6660009'] });
      world.documents.beforeWrite = async () => {
        world.documents.beforeWrite = () => undefined;
        await world.enrol('partner', other, world.another());
      };
      expect(problemsOf(await world.enrol('partner', GOOD.partner))).to.deep.equal(['mpnIds mpnIdTaken']);
      expect((await world.people.organisationOfMpn('6660009'))?.name).to.equal('Northwind');
    });
  });

  it('takes lists as one text with commas or spaces between, ids in any case, and each once', async () => {
    const world = await openWorld();
    const enrolled = await world.enrol('partner', {
      name: 'Northwind',
      tenantId: '66666666-6666-4666-8666-66666666666A',
      mpnIds: '6660001, 6660002;6660001\n',
    });
    expect(enrolled.ok && 'organisation' in enrolled && enrolled.organisation).to.deep.include({
      tenantId: '66666666-6666-4666-8666-66666666666a',
      mpnIds: ['6660001', '6660002'],
    });
  });

  it('takes someone chosen from those who wrote, and keeps their name', async () => {
    const world = await openWorld();
    await world.greet('stefan');
    await world.desk.greet({ id: WHO.stefan, name: 'Stefan Sand' });
    const enrolled = await world.enrol('staff', { person: WHO.stefan, roles: ['reviewer'] });
    expect(enrolled.ok && 'person' in enrolled && enrolled.person).to.include({ name: 'Stefan Sand' });
  });

  it('gives staff the roles of the form and no others, and none takes all away', async () => {
    const world = await openWorld();
    const [tenantId, objectId] = WHO.lena.split('/');
    await world.enrol('staff', { tenantId, objectId, name: 'Lena', roles: ['owner'] });
    expect((await world.desk.member(WHO.lena)).staff).to.deep.equal(['owner']);
    await world.enrol('staff', { tenantId, objectId, name: 'Lena', roles: [] });
    expect((await world.desk.member(WHO.lena)).staff).to.deep.equal([]);
    expect(await world.people.withRole('lead')).to.have.length(1);
  });

  it('takes a membership away from who left, and lets them read nothing from then on (R6)', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const [tenantId, objectId] = WHO.anna.split('/');
    const form = {
      tenantId,
      objectId,
      name: 'Anna',
      organisation: `partner:${TENANTS.fabrikam}`,
      roles: ['incentivesAdmin'],
    };
    expect(await world.desk.look(WHO.anna, id)).to.not.equal(undefined);
    await world.enrol('member', { ...form, gone: 'yes' });
    expect(await world.desk.look(WHO.anna, id)).to.equal(undefined);
    await world.enrol('member', { ...form, gone: 'no' });
    expect(await world.desk.look(WHO.anna, id)).to.not.equal(undefined);
  });

  it('knows a contact by every spelling of a domain of another script (R3)', async () => {
    const world = await openWorld();
    const contact = { tenantId: TENANTS.contoso, objectId: OBJECT, name: 'Zoe', email: 'Zoë@bücher.example' };
    const id = await world.approved({ customerContactEmail: 'zoë@XN--BCHER-KVA.example' });
    const waiting = async () =>
      (await world.record(id)).body.outbox.flatMap((entry) => ('waitsFor' in entry ? [entry.waitsFor] : []));
    const key = `contact:${TENANTS.contoso}/zoë@xn--bcher-kva.example`;
    expect(await waiting()).to.include(key);
    await world.enrol('contact', contact);
    expect((await world.people.byEmail(TENANTS.contoso, 'ZOË@BÜCHER.example'))?.email).to.equal('Zoë@bücher.example');
    expect(await waiting()).to.not.include(key);
  });

  it('takes a contact away: neither enrolled nor to be named by a claim any more (R3)', async () => {
    const world = await openWorld();
    const contact = await world.people.byEmail(TENANTS.contoso, 'dana@contoso.com');
    if (!contact) throw new Error('the contact of the world is there');
    const [tenantId, objectId] = contact.id.split('/');
    await world.enrol('contact', {
      tenantId,
      objectId,
      name: contact.name,
      email: contact.email,
      gone: true,
    });
    expect(await world.people.byEmail(TENANTS.contoso, contact.email)).to.equal(undefined);
    expect((await world.desk.member(contact.id)).contactOf).to.deep.equal([]);
  });

  it('makes an operator of each person whom the configuration names, without a word in the directory', async () => {
    const world = await openWorld();
    expect((await world.desk.member(WHO.ops)).staff).to.deep.equal(['operator']);
    expect((await world.desk.member(WHO.stefan)).staff).to.deep.equal([]);
  });

  it("finds the contact of a claim by e-mail address in any case, and only in the customer's tenant (R3)", async () => {
    const world = await openWorld();
    expect((await world.people.byEmail(TENANTS.contoso, ' DANA@Contoso.com '))?.id).to.equal(WHO.dana);
    expect(await world.people.byEmail(TENANTS.fabrikam, 'dana@contoso.com')).to.equal(undefined);
    expect(await world.people.byEmail(TENANTS.contoso, '')).to.equal(undefined);
    const id = await world.approved({ customerContactEmail: 'DANA@contoso.com' });
    expect((await world.press('dana', id, { type: 'DenyConsent', reason: '' })).kind).to.equal('done');
  });
});

describe('Someone who is seen', () => {
  it('has no chat until they write in one, and keeps their language and place fresh', async () => {
    const world = await openWorld({ silent: ['anna'] });
    expect((await world.desk.greet({ id: WHO.anna, name: 'Anna A.' })).person.chat).to.equal(undefined);
    expect((await world.greet('anna')).person.chat?.conversationId).to.equal(chatOf('anna'));
    expect((await world.greet('anna')).person.chat?.conversationId).to.equal(chatOf('anna'));
    await world.desk.greet({ id: WHO.anna, name: '', locale: 'tr' });
    expect(await world.people.find(WHO.anna)).to.include({ name: 'Anna A.', locale: 'tr' });
  });

  it('loses nothing of what is written of them meanwhile, nor of what was seen', async () => {
    const world = await openWorld();
    world.documents.beforeWrite = async ({ kind }) => {
      if (kind !== 'person') return;
      world.documents.beforeWrite = () => undefined;
      await world.enrol('staff', {
        tenantId: TENANTS.vendor,
        objectId: WHO.arun.split('/')[1],
        name: 'Arun',
        roles: ['lead'],
      });
    };
    await world.desk.greet({ id: WHO.arun, name: 'Arun A.', locale: 'tr', chat: place(chatOf('arun')) });
    expect(await world.people.find(WHO.arun)).to.deep.include({ name: 'Arun A.', locale: 'tr', staff: ['lead'] });
  });

  it('costs a write a day at most', async () => {
    const world = await openWorld();
    await world.greet('anna');
    const writes = world.documents.writes;
    await world.greet('anna');
    expect(world.documents.writes).to.equal(writes);
    world.clock.turn(DAY);
    await world.greet('anna');
    expect(world.documents.writes).to.equal(writes + 1);
  });

  it('is not reachable after taking the bot out, until they come back to their own chat', async () => {
    const world = await openWorld();
    await world.desk.leave(WHO.anna);
    await world.desk.greet({ id: WHO.anna, name: 'Anna' });
    expect((await world.people.find(WHO.anna))?.unreachable, 'a word in a channel is no chat').to.equal('notInstalled');
    await world.greet('anna');
    expect((await world.people.find(WHO.anna))?.unreachable).to.equal(undefined);
  });
});

describe('A channel with a purpose', () => {
  it('is lost and seen again with all its purposes, and nothing happens to a channel without one', async () => {
    const world = await openWorld();
    const where = {
      conversationId: '19:both@thread.tacv2',
      serviceUrl: 'https://old.example/',
      tenantId: TENANTS.fabrikam,
      botId: '28:desk',
    };
    for (const mpn of [MPN.fabrikam, MPN.fabrikamSecond]) await world.desk.useChannel(WHO.ops, `mpn:${mpn}`, where);
    await world.desk.channelLost(where);
    const id = await world.submitted();
    expect((await world.outbox(id)).map(({ audience, reason }) => [audience, reason])).to.deep.equal([
      ['partner', 'notInstalled'],
    ]);
    await world.desk.channelSeen({ ...where, serviceUrl: 'https://new.example/' });
    for (const mpn of [MPN.fabrikam, MPN.fabrikamSecond]) {
      const channel = await world.people.channel(`mpn:${mpn}`);
      expect([channel?.unreachable, channel?.address.serviceUrl]).to.deep.equal([undefined, 'https://new.example/']);
    }
    const writes = world.documents.writes;
    await world.desk.channelSeen({ ...where, conversationId: '19:other@thread.tacv2' });
    await world.desk.channelLost({ ...where, conversationId: '19:other@thread.tacv2' });
    expect(world.documents.writes).to.equal(writes);
  });

  it('stays of its tenant when someone of another is heard in it, and of its team when nothing is said of one', async () => {
    const world = await openWorld();
    const where = {
      conversationId: '19:one@thread.tacv2',
      serviceUrl: 'https://smba.example/emea/',
      tenantId: TENANTS.fabrikam,
      botId: '28:desk',
      teamId: '19:team@thread.tacv2',
    };
    const place = async () => (await world.people.channelsAt(where.conversationId))[0]?.place;
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, where);
    await world.desk.channelLost(where);
    await world.desk.channelSeen({ ...where, tenantId: TENANTS.contoso });
    expect(await place()).to.deep.equal(where);
    const { teamId: _, ...teamless } = where;
    await world.desk.channelSeen({ ...teamless, serviceUrl: 'https://smba.example/amer/' });
    expect([await place(), (await world.people.channel(`mpn:${MPN.fabrikam}`))?.unreachable]).to.deep.equal([
      { ...where, serviceUrl: 'https://smba.example/amer/' },
      undefined,
    ]);
    await world.desk.channelLost({ ...where, conversationId: '19:elsewhere@thread.tacv2' });
    expect((await world.people.channel(`mpn:${MPN.fabrikam}`))?.unreachable, 'the team is known').to.equal(
      'notInstalled',
    );
  });

  it('that a delivery found unreachable before it was deleted is told to the operators all the same, once', async () => {
    const world = await openWorld();
    world.messenger.answers({ kind: 'unreachable', reason: 'conversationLost' }, (to) => to === REVIEWS);
    await world.submitted();
    await world.desk.idle();
    expect((await world.people.channel('review'))?.unreachable).to.equal('conversationLost');
    for (let times = 0; times < 2; times += 1)
      await world.desk.channelLost({ conversationId: REVIEWS, tenantId: TENANTS.vendor }, 'channelDeleted');
    const announced = await world.documents.scan({ kind: 'announcement', limit: 10 });
    expect(announced.documents.filter(({ id }) => id.startsWith('channelLost/review/'))).to.have.lengthOf(1);
  });

  it('of a partner that was lost holds its clocks, which run from when it is seen again (R45)', async () => {
    const world = await openWorld();
    const where = {
      conversationId: '19:fab@thread.tacv2',
      serviceUrl: 'https://smba.example/',
      tenantId: TENANTS.fabrikam,
      botId: '28:desk',
    };
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, where);
    await world.desk.channelLost(where);
    const id = await world.asked();
    expect((await world.claim(id)).hold?.reason).to.equal('notInstalled');
    await world.pass(100 * DAY);
    await world.desk.channelSeen(where);
    await world.desk.idle();
    expect((await world.claim(id)).clocks.partnerResponse).to.include({ state: 'running' });
    expect(world.messenger.said(where.conversationId)[0]).to.equal('post');
  });

  it('is refused to reviewers and partners together, and to two partners: each would read what is not theirs (R6)', async () => {
    const world = await openWorld({ noReviewChannel: true });
    const at = (conversationId: string) => ({
      conversationId,
      serviceUrl: 'https://smba.example/',
      tenantId: TENANTS.fabrikam,
      botId: '28:desk',
    });
    expect(await world.desk.useChannel(WHO.ops, 'review', at('19:one@thread.tacv2'))).to.equal('set');
    expect(await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, at('19:one@thread.tacv2'))).to.equal('taken');
    expect(await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, at('19:two@thread.tacv2'))).to.equal('set');
    expect(await world.desk.useChannel(WHO.ops, `mpn:${MPN.tailspin}`, at('19:two@thread.tacv2'))).to.equal('taken');
    expect(await world.desk.useChannel(WHO.ops, 'review', at('19:two@thread.tacv2'))).to.equal('taken');
    expect(await world.desk.useChannel(WHO.ops, 'review', at('19:one@thread.tacv2')), 'said again').to.equal('set');
    expect(await world.people.channelsAt('19:two@thread.tacv2')).to.have.length(1);
  });

  it('reads the claims that it is a home of, and not those of who had its MPN id before (R6)', async () => {
    const world = await openWorld();
    const where = {
      conversationId: '19:one@thread.tacv2',
      serviceUrl: 'https://smba.example/',
      tenantId: TENANTS.fabrikam,
      botId: '28:desk',
    };
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, where);
    const claim = await world.claim(await world.submitted());
    const draft = await world.claim(await world.file({}));
    const channels = createChannels(world.people, () => Promise.resolve(), {
      clock: world.clock,
      announce: () => Promise.resolve(),
      securityLog: silentSecurityLog,
    });
    expect(await channels.readerAt(where.conversationId, claim)).to.deep.equal({
      kind: 'audience',
      audience: 'partner',
    });
    expect(await channels.readerAt(REVIEWS, claim)).to.deep.equal({ kind: 'audience', audience: 'review' });
    expect(await channels.readerAt(REVIEWS, draft), 'reviewers see no draft').to.equal(undefined);
    expect(await channels.readerAt('19:other@thread.tacv2', claim)).to.equal(undefined);
    await world.enrol('partner', {
      name: 'Fabrikam',
      tenantId: TENANTS.fabrikam,
      mpnIds: [MPN.fabrikamSecond],
    });
    await world.enrol('partner', {
      name: 'Tailspin',
      tenantId: TENANTS.tailspin,
      mpnIds: [MPN.tailspin, MPN.fabrikam],
    });
    expect(await channels.readerAt(where.conversationId, claim)).to.equal(undefined);
  });
});
