import { expect } from 'chai';
import { claimIn, submitted } from './filing.ts';
import { CUSTOMER_TENANT, MPN, PARTNER_TENANT, SECOND_MPN } from './cast.ts';
import { textOf, verbsOf } from './shownCard.ts';
import type { Filled, Visitor } from './visitor.ts';
import { DAY, REVIEWS, startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe('a walk: an operator enrols everybody, and then it works (R4)', () => {
  let walk: Walk;

  before(async () => {
    walk = await startWalk({ directory: false, settled: false });
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  async function enrol(what: string, verb: string, filled: Filled): Promise<string> {
    const form = await walk.otto.ask(`enrol ${what}`);
    return textOf((await walk.otto.press(form, verb, filled)).card);
  }

  it('somebody new is welcomed once, and reads the ids that the operator needs', async () => {
    for (const who of [walk.otto, walk.anna, walk.boris, walk.dana]) {
      await who.install();
      await walk.post(walk.activities.joined(who.persona, 'bot'));
      await walk.idle();
      expect(walk.said(who.chat), who.name).to.have.lengthOf(1);
    }
    expect(walk.said(walk.anna.chat)[0]).to.contain(walk.anna.objectId).and.to.contain(PARTNER_TENANT);
  });

  it('nobody but the operator may enrol, neither by word nor with a form that they got hold of', async () => {
    const form = await walk.otto.ask('enrol partner');
    const filled = { name: 'Mine', tenantId: PARTNER_TENANT, mpnIds: '7777777' };
    for (const who of [walk.anna, walk.stefan]) {
      expect(verbsOf((await who.ask('enrol partner')).card)).to.deep.equal([]);
      const refused = await who.press(form, 'enrolPartner', filled);
      expect(textOf(refused.card)).to.match(/operator/);
    }
    expect(await walk.directory.organisations('partner')).to.deep.equal([]);
  });

  it('the menu brings each form', async () => {
    const menu = await walk.otto.ask('enrol');
    const form = await walk.otto.press(menu, 'enrolStaff');
    expect(textOf(form.card)).to.match(/Reviewer/i);
    expect(await walk.directory.withRole('reviewer')).to.deep.equal([]);
  });

  it('an update of the app welcomes nobody again', async () => {
    walk.clock.turn(60_000);
    const before = walk.connector.messages(walk.anna.chat).length;
    await walk.post({ ...walk.activities.installed(walk.anna.persona), action: 'add-upgrade' });
    await walk.idle();
    expect(walk.connector.messages(walk.anna.chat)).to.have.lengthOf(before);
  });

  it('a form with mistakes is shown again with all that is wrong, and what was typed', async () => {
    const form = await walk.otto.ask('enrol partner');
    const again = await walk.otto.press(form, 'enrolPartner', { name: '', tenantId: 'no id', mpnIds: '12, abc' });
    expect(textOf(again.card)).to.contain('no id').and.to.contain('12, abc').and.to.contain('MPN');
    expect(await walk.directory.organisations('partner')).to.deep.equal([]);
    const done = await walk.otto.press(again, 'enrolPartner', {
      name: 'Fabrikam',
      tenantId: PARTNER_TENANT.toUpperCase(),
      mpnIds: `${MPN}, ${SECOND_MPN}`,
    });
    expect(textOf(done.card)).to.contain('Fabrikam');
  });

  it('an MPN id belongs to one partner', async () => {
    expect(
      await enrol('partner', 'enrolPartner', {
        name: 'Other',
        tenantId: '44444444-4444-4444-8444-444444444444',
        mpnIds: MPN,
      }),
    ).to.contain('MPN');
    expect(await walk.directory.organisations('partner')).to.have.lengthOf(1);
  });

  it('members, reviewers, leads, the customer and its contact: chosen from those who wrote, or by their ids', async () => {
    expect(
      await enrol('member', 'enrolMember', {
        person: walk.anna.id,
        email: walk.anna.email,
        organisation: `partner:${PARTNER_TENANT}`,
        roles: 'incentivesAdmin',
      }),
    ).to.contain('Anna Ahlberg');
    await enrol('customer', 'enrolCustomer', { name: 'Contoso', tenantId: CUSTOMER_TENANT });
    const contact = await enrol('contact', 'enrolContact', {
      tenantId: CUSTOMER_TENANT,
      objectId: walk.dana.objectId,
      name: 'Dana Diaz',
      email: walk.dana.email,
    });
    expect(contact).to.contain('Dana Diaz');
    const staff: readonly (readonly [Visitor, string])[] = [
      [walk.arun, 'reviewer'],
      [walk.lena, 'reviewer,lead'],
      [walk.asif, 'assessor'],
    ];
    for (const [{ tenantId, objectId, name, email }, roles] of staff)
      expect(await enrol('staff', 'enrolStaff', { tenantId, objectId, name, email, roles })).to.contain(name);
    const [said] = await walk.otto.mention(REVIEWS, 'use this channel for reviews');
    expect(said?.text).to.match(/review|claim/);
  });

  it('then a claim lives its life', async () => {
    const id = await submitted(walk);
    await walk.arun.press(await walk.home(id, 'review'), 'start');
    await walk.arun.press(await walk.home(id, 'review'), 'approve');
    expect(verbsOf((await walk.home(id, 'customer')).card)).to.include('deny');
    await walk.turn(9 * DAY);
    expect((await walk.events(id)).at(-1)).to.equal('ConsentPassed');
  });

  it('a role that is taken away counts from the next press on (R1)', async () => {
    const id = await submitted(walk);
    const card = await walk.home(id, 'partner');
    await enrol('member', 'enrolMember', {
      person: walk.anna.id,
      organisation: `partner:${PARTNER_TENANT}`,
      roles: '',
    });
    const refused = await walk.anna.press(card, 'withdraw', { reason: 'incorrectMpn', comment: '' });
    expect((await walk.claim(id)).status).to.equal('Submitted');
    expect(textOf(refused.card)).to.contain(id).and.to.match(/role/i);
    expect(verbsOf(refused.card)).to.not.include('withdraw');
    expect(claimIn((await walk.anna.ask(`status ${id}`)).card), 'reading stays').to.equal(id);
  });

  it('a reviewer who belongs to the partner does not decide its claims (R5)', async () => {
    await enrol('staff', 'enrolStaff', { person: walk.boris.id, name: 'Boris Blau', roles: 'reviewer,lead' });
    await enrol('member', 'enrolMember', {
      person: walk.anna.id,
      organisation: `partner:${PARTNER_TENANT}`,
      roles: 'incentivesAdmin',
    });
    const id = await submitted(walk);
    const refused = await walk.boris.press(await walk.home(id, 'review'), 'start');
    expect((await walk.claim(id)).status).to.equal('Submitted');
    expect(verbsOf(refused.card)).not.to.include('start');
  });
});
