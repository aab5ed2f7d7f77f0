import { expect } from 'chai';
import { claimIn, submitted } from './support/filing.ts';
import { CUSTOMER_TENANT, MPN, PARTNER_TENANT, SECOND_MPN } from './support/personas.ts';
import { textOf, verbsOf } from './support/shownCard.ts';
import type { Filled, User } from './support/user.ts';
import { DAY, REVIEWS, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: an operator enrols everyone, and then it works (R4)', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario({ directory: false, settled: false });
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  async function enrol(what: string, verb: string, filled: Filled): Promise<string> {
    const form = await scenario.otto.ask(`enrol ${what}`);
    return textOf((await scenario.otto.press(form, verb, filled)).card);
  }

  it('someone new is welcomed once, and reads the ids that the operator needs', async () => {
    for (const who of [scenario.otto, scenario.anna, scenario.boris, scenario.dana]) {
      await who.install();
      await scenario.post(scenario.activities.joined(who.persona, 'bot'));
      await scenario.idle();
      expect(scenario.said(who.chat), who.name).to.have.lengthOf(1);
    }
    expect(scenario.said(scenario.anna.chat)[0]).to.contain(scenario.anna.objectId).and.to.contain(PARTNER_TENANT);
  });

  it('no one but the operator may enrol, neither by word nor with a form that they got hold of', async () => {
    const form = await scenario.otto.ask('enrol partner');
    const filled = { name: 'Mine', tenantId: PARTNER_TENANT, mpnIds: '7777777' };
    for (const who of [scenario.anna, scenario.stefan]) {
      expect(verbsOf((await who.ask('enrol partner')).card)).to.deep.equal([]);
      const refused = await who.press(form, 'enrolPartner', filled);
      expect(textOf(refused.card)).to.match(/operator/);
    }
    expect(await scenario.directory.organisations('partner')).to.deep.equal([]);
  });

  it('the menu brings each form', async () => {
    const menu = await scenario.otto.ask('enrol');
    const form = await scenario.otto.press(menu, 'enrolStaff');
    expect(textOf(form.card)).to.match(/Reviewer/i);
    expect(await scenario.directory.withRole('reviewer')).to.deep.equal([]);
  });

  it('an update of the app welcomes no one again', async () => {
    scenario.clock.turn(60_000);
    const before = scenario.connector.messages(scenario.anna.chat).length;
    await scenario.post({ ...scenario.activities.installed(scenario.anna.persona), action: 'add-upgrade' });
    await scenario.idle();
    expect(scenario.connector.messages(scenario.anna.chat)).to.have.lengthOf(before);
  });

  it('a form with mistakes is shown again with all that is wrong, and what was typed', async () => {
    const form = await scenario.otto.ask('enrol partner');
    const again = await scenario.otto.press(form, 'enrolPartner', { name: '', tenantId: 'no id', mpnIds: '12, abc' });
    expect(textOf(again.card)).to.contain('no id').and.to.contain('12, abc').and.to.contain('MPN');
    expect(await scenario.directory.organisations('partner')).to.deep.equal([]);
    const done = await scenario.otto.press(again, 'enrolPartner', {
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
    expect(await scenario.directory.organisations('partner')).to.have.lengthOf(1);
  });

  it('members, reviewers, leads, the customer and its contact: chosen from those who wrote, or by their ids', async () => {
    expect(
      await enrol('member', 'enrolMember', {
        person: scenario.anna.id,
        email: scenario.anna.email,
        organisation: `partner:${PARTNER_TENANT}`,
        roles: 'incentivesAdmin',
      }),
    ).to.contain('Anna Ahlberg');
    await enrol('customer', 'enrolCustomer', { name: 'Contoso', tenantId: CUSTOMER_TENANT });
    const contact = await enrol('contact', 'enrolContact', {
      tenantId: CUSTOMER_TENANT,
      objectId: scenario.dana.objectId,
      name: 'Dana Diaz',
      email: scenario.dana.email,
    });
    expect(contact).to.contain('Dana Diaz');
    const staff: readonly (readonly [User, string])[] = [
      [scenario.arun, 'reviewer'],
      [scenario.lena, 'reviewer,lead'],
      [scenario.asif, 'assessor'],
    ];
    for (const [{ tenantId, objectId, name, email }, roles] of staff)
      expect(await enrol('staff', 'enrolStaff', { tenantId, objectId, name, email, roles })).to.contain(name);
    const [said] = await scenario.otto.mention(REVIEWS, 'use this channel for reviews');
    expect(said?.text).to.match(/review|claim/);
  });

  it('then a claim lives its life', async () => {
    const id = await submitted(scenario);
    await scenario.arun.press(await scenario.home(id, 'review'), 'start');
    await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
    expect(verbsOf((await scenario.home(id, 'customer')).card)).to.include('deny');
    await scenario.turn(9 * DAY);
    expect((await scenario.events(id)).at(-1)).to.equal('ConsentPassed');
  });

  it('a role that is taken away counts from the next press on (R1)', async () => {
    const id = await submitted(scenario);
    const card = await scenario.home(id, 'partner');
    await enrol('member', 'enrolMember', {
      person: scenario.anna.id,
      organisation: `partner:${PARTNER_TENANT}`,
      roles: '',
    });
    const refused = await scenario.anna.press(card, 'withdraw', { reason: 'incorrectMpn', comment: '' });
    expect((await scenario.claim(id)).status).to.equal('Submitted');
    expect(textOf(refused.card)).to.contain(id).and.to.match(/role/i);
    expect(verbsOf(refused.card)).to.not.include('withdraw');
    expect(claimIn((await scenario.anna.ask(`status ${id}`)).card), 'reading stays').to.equal(id);
  });

  it('a reviewer who belongs to the partner does not decide its claims (R5)', async () => {
    await enrol('staff', 'enrolStaff', { person: scenario.boris.id, name: 'Boris Blau', roles: 'reviewer,lead' });
    await enrol('member', 'enrolMember', {
      person: scenario.anna.id,
      organisation: `partner:${PARTNER_TENANT}`,
      roles: 'incentivesAdmin',
    });
    const id = await submitted(scenario);
    const refused = await scenario.boris.press(await scenario.home(id, 'review'), 'start');
    expect((await scenario.claim(id)).status).to.equal('Submitted');
    expect(verbsOf(refused.card)).not.to.include('start');
  });

  it('taking away the last contact asks first, on a card that names the deadlines that it would stop (R45)', async () => {
    const id = await submitted(scenario);
    await scenario.arun.press(await scenario.home(id, 'review'), 'start');
    await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
    const form = await scenario.otto.ask('enrol contact');
    const inputs = {
      tenantId: CUSTOMER_TENANT,
      objectId: scenario.dana.objectId,
      name: 'Dana Diaz',
      email: scenario.dana.email,
      gone: 'yes',
    };
    const asked = await scenario.otto.press(form, 'enrolContact', inputs);
    expect(textOf(asked.card)).to.contain('This stops deadlines').and.to.contain(id).and.to.contain('Customer consent');
    expect((await scenario.claim(id)).clocks.consent?.state).to.equal('running');
    const done = await scenario.otto.press(asked, 'enrolContact');
    expect(textOf(done.card)).to.contain('Dana Diaz');
    await scenario.idle();
    expect((await scenario.claim(id)).clocks.consent?.state).to.equal('awaitingDelivery');
    expect(textOf((await scenario.home(id, 'review')).card)).to.contain('Waiting: notice not delivered');
  });
});
