import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { approved, asked, rejected, submitted, underReview } from './support/filing.ts';
import { buttonsOf, textOf, verbsOf } from './support/shownCard.ts';
import { DAY, HOUR, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe("acceptance: the customer's consent", () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  it('the customer denies with a confirmation, and the claim is rejected (R24)', async () => {
    const id = await approved(scenario);
    const card = await scenario.home(id, 'customer');
    const deny = buttonsOf(card.card).find((button) => button.verb === 'deny');
    expect(deny?.inputs, 'the button is behind another, with a reason').to.have.lengthOf(1);
    const pressed = await scenario.dana.press(card, 'deny', { reason: 'We work with another partner.' });
    expect(await scenario.claim(id)).to.deep.nested.include({
      status: 'Rejected',
      'rejection.reason': 'customerDecline',
      'consent.state': 'denied',
    });
    expect(verbsOf(pressed.card)).not.to.include('deny');
    expect((await scenario.lines(id, 'partner')).at(-1)).to.contain('We work with another partner.');
    expect((await scenario.lines(id, 'review')).at(-1)).to.contain('Dana Diaz');
  });

  it("no one else denies: not the partner, not a reviewer, with the customer's own card (R3)", async () => {
    const id = await approved(scenario);
    const card = await scenario.home(id, 'customer');
    for (const stranger of [scenario.anna, scenario.arun, scenario.tomas]) {
      await scenario.post(stranger.pressOn(card, 'deny', { reason: 'No.' }));
      await scenario.idle();
    }
    expect((await scenario.claim(id)).status).to.equal('Approved');
  });

  it('a denial on the very last moment counts, a moment later it is late: told to the reviewers, no status changes (R51)', async () => {
    const inTime = await approved(scenario);
    const late = await approved(scenario);
    const due = dueOf((await scenario.claim(late)).clocks.consent) ?? 0;
    const cards = [await scenario.home(inTime, 'customer'), await scenario.home(late, 'customer')] as const;
    await scenario.turnTo(due - 1);
    await scenario.dana.press(cards[0], 'deny', { reason: '' });
    expect((await scenario.claim(inTime)).status).to.equal('Rejected');
    scenario.clock.turn(1);
    const answer = await scenario.dana.press(cards[1], 'deny', { reason: 'Too late?' });
    expect((await scenario.events(late)).slice(-2)).to.deep.equal(['ConsentPassed', 'LateDenialRecorded']);
    expect((await scenario.claim(late)).status).to.equal('Approved');
    expect((await scenario.lines(late, 'review')).at(-1)).to.contain('Too late?');
    expect((await scenario.lines(late, 'partner')).join()).not.to.contain('Too late?');
    expect(textOf(answer.card)).to.contain('Stands');
  });

  describe('when the notice cannot be delivered (R45)', () => {
    let id: ClaimId;

    it('the deadline is held, the reviewers are told why, and the card says so', async () => {
      await scenario.dana.remove();
      id = await approved(scenario);
      expect((await scenario.claim(id)).hold?.reason).to.equal('notInstalled');
      expect((await scenario.lines(id, 'review')).at(-1)).to.match(/not.*(installed|delivered)/i);
      expect(textOf((await scenario.home(id, 'review')).card)).to.match(/not delivered/i);
      await scenario.turn(30 * DAY);
      expect((await scenario.claim(id)).clocks.consent?.state).to.equal('awaitingDelivery');
      expect(await scenario.count(id, 'ConsentPassed')).to.equal(0);
      expect(await scenario.count(id, 'NoticeUndeliverable')).to.equal(1);
    });

    it('installed again, the notice is delivered and the clock runs from then', async () => {
      await scenario.dana.install();
      await scenario.idle();
      const { consent } = (await scenario.claim(id)).clocks;
      expect(consent?.state).to.equal('running');
      expect((dueOf(consent) ?? 0) - scenario.clock.now()).to.be.within(6 * DAY + 23 * HOUR, 8 * DAY);
      expect((await scenario.claim(id)).hold).to.equal(undefined);
      expect(verbsOf((await scenario.home(id, 'customer')).card)).to.include('deny');
      await scenario.turnTo(dueOf(consent) ?? 0);
      expect(await scenario.count(id, 'ConsentPassed')).to.equal(1);
    });

    it('a contact whom no one knows by that address holds it too; enrolled by the operator, they are told', async () => {
      const form = await scenario.anna.ask('new claim');
      expect(verbsOf(form.card)).to.include('create');
      const claim = await approvedFor('erik@contoso.com');
      expect((await scenario.claim(claim)).hold?.reason).to.equal('contactUnknown');
      const enrol = await scenario.otto.ask('enrol contact');
      await scenario.otto.press(enrol, 'enrolContact', {
        tenantId: scenario.dana.tenantId,
        objectId: 'bbbbbbbb-0000-4000-8000-000000000001',
        name: 'Erik Ek',
        email: 'Erik@Contoso.com',
      });
      expect((await scenario.claim(claim)).hold?.reason).to.equal('neverWrote');
      expect((await scenario.claim(claim)).clocks.consent?.state).to.equal('awaitingDelivery');
    });

    async function approvedFor(email: string): Promise<ClaimId> {
      const claim = await submitted(scenario, { details: { customerContactEmail: email } });
      await scenario.arun.press(await scenario.home(claim, 'review'), 'start');
      await scenario.arun.press(await scenario.home(claim, 'review'), 'approve');
      return claim;
    }

    it('blocked by the partner, neither the request for information nor the dispute window runs out (R23, R29)', async () => {
      const waiting = await asked(scenario);
      const open = await rejected(scenario);
      expect((await scenario.claim(waiting)).clocks.partnerResponse?.state).to.equal('running');
      const [blocked, unheard] = [await underReview(scenario), await underReview(scenario)];
      const members = [scenario.anna, scenario.boris].map(({ chat }) => chat);
      const release = scenario.connector.rule({
        match: (call) => members.some((chat) => chat === call.conversationId),
        status: 403,
        code: 'ConversationBlockedByUser',
      });
      await scenario.arun.press(await scenario.home(blocked, 'review'), 'request', {
        reasons: 'missingProducts',
        comment: 'Which products?',
      });
      await scenario.arun.press(await scenario.home(unheard, 'review'), 'reject', {
        reason: 'poeUnavailable',
        comment: 'It does not open.',
      });
      expect((await scenario.claim(blocked)).hold?.reason).to.equal('blocked');
      await scenario.turn(40 * DAY);
      expect((await scenario.claim(blocked)).status).to.equal('PartnerActionRequired');
      expect(await scenario.claim(unheard)).to.have.nested.property('dispute.state', 'possible');
      expect((await scenario.claim(waiting)).status, 'delivered before: that deadline ran').to.equal('Rejected');
      expect(await scenario.claim(open)).to.have.nested.property('dispute.state', 'windowClosed');
      release();
      await scenario.anna.say('hello again');
      await scenario.idle();
      expect((await scenario.claim(blocked)).clocks.partnerResponse?.state).to.equal('running');
      expect((await scenario.claim(unheard)).clocks.disputeWindow?.state).to.equal('running');
    });
  });
});

describe('acceptance: what a customer says of the consent', () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await startScenario();
  });
  afterEach(async () => {
    await scenario.check();
    await scenario.stop();
  });

  it('agrees with a confirmation: all are told, no reminder comes, and a denial within the period revokes it (R59)', async () => {
    const id = await approved(scenario);
    const card = await scenario.home(id, 'customer');
    const agreed = await scenario.dana.press(card, 'agree');
    expect(textOf(agreed.card)).to.contain('You agreed on');
    expect(verbsOf(agreed.card)).not.to.include('agree');
    for (const side of ['partner', 'review', 'customer'] as const)
      expect((await scenario.lines(id, side)).at(-1), side).to.contain('agreed');
    await scenario.turn(6 * DAY);
    expect(await scenario.count(id, 'ClockReminded')).to.equal(0);
    expect(textOf((await scenario.dana.press(card, 'agree')).card)).to.contain('You agreed on');
    const denied = await scenario.dana.press(await scenario.home(id, 'customer'), 'deny', { reason: '' });
    expect(textOf(denied.card)).to.contain('the denial revokes that');
    expect((await scenario.lines(id, 'partner')).at(-1)).to.contain('This revokes the agreement by Dana Diaz');
  });

  it('who agreed already, in words or by button, reads that and when (R58)', async () => {
    const id = await approved(scenario);
    await scenario.dana.press(await scenario.home(id, 'customer'), 'agree');
    const again = await scenario.dana.press(await scenario.home(id, 'customer'), 'history');
    expect(textOf(again.card)).to.contain('The customer agreed');
    expect(textOf((await scenario.dana.ask(`agree ${id}`)).card)).to.contain('agreed');
    expect(await scenario.count(id, 'ConsentAgreed')).to.equal(1);
  });

  for (const [words, language] of [
    ['We do not agree.', 'English'],
    ['no', 'English, in one word'],
    ['Мы против', 'Russian'],
    ['Kabul etmiyoruz', 'Turkish'],
  ] as const)
    it(`objects in words (${language}): it is kept, holds the period, and is to be confirmed (R60)`, async () => {
      const id = await approved(scenario);
      const answer = await scenario.dana.ask(words);
      expect(verbsOf(answer.card)).to.include('deny');
      expect((await scenario.lines(id, 'review')).at(-1)).to.contain(words);
      await scenario.turn(30 * DAY);
      expect((await scenario.claim(id)).consent?.state).to.equal('open');
      await scenario.dana.press(answer, 'deny', { reason: '' });
      expect((await scenario.claim(id)).consent?.state).to.equal('denied');
    });

  it('takes it back, and the period goes on with the days that it had left (R60)', async () => {
    const id = await approved(scenario);
    await scenario.dana.ask(`we object to ${id}`);
    await scenario.turn(30 * DAY);
    const card = await scenario.home(id, 'customer');
    expect(textOf(card.card)).to.contain('I understood this as a no');
    const back = await scenario.dana.press(card, 'notMeant');
    expect(textOf(back.card)).to.contain('not meant as a no');
    const due = dueOf((await scenario.claim(id)).clocks.consent) ?? 0;
    expect(due - scenario.clock.now()).to.be.within(6 * DAY, 8 * DAY);
    await scenario.turnTo(due);
    expect(await scenario.count(id, 'ConsentPassed')).to.equal(1);
  });

  it('a no in words after the consent has passed is recorded as a late denial (R51)', async () => {
    const id = await approved(scenario);
    await scenario.turnTo(dueOf((await scenario.claim(id)).clocks.consent) ?? 0);
    const answer = await scenario.dana.ask(`we do not agree with ${id}`);
    expect(textOf(answer.card)).to.contain('after the consent period had ended');
    expect((await scenario.events(id)).at(-1)).to.equal('LateDenialRecorded');
    expect((await scenario.claim(id)).status).to.equal('Approved');
    expect((await scenario.lines(id, 'review')).at(-1)).to.contain('we do not agree');
  });

  it('no one else objects for the customer, and a no of anyone else means nothing (R3)', async () => {
    const id = await approved(scenario);
    for (const stranger of [scenario.anna, scenario.arun])
      expect(textOf((await stranger.ask(`deny ${id}`)).card)).to.contain('Only the customer contact');
    await scenario.anna.say('no');
    await scenario.idle();
    expect(await scenario.count(id, 'ObjectionRecorded')).to.equal(0);
  });

  it('after an overturned denial, silence ends the claim for good (R60)', async () => {
    const id = await approved(scenario);
    await scenario.dana.press(await scenario.home(id, 'customer'), 'deny', { reason: '' });
    await scenario.anna.press(await scenario.home(id, 'partner'), 'dispute', { justification: 'They do.' });
    await scenario.lena.press(await scenario.home(id, 'review'), 'overturn', { comment: 'They do.' });
    expect((await scenario.lines(id, 'customer')).at(-1)).to.contain('it stands only if you agree');
    expect((await scenario.lines(id, 'partner')).at(-1)).to.contain('silence does not count');
    await scenario.turn(9 * DAY);
    expect((await scenario.events(id)).at(-1)).to.equal('ConsentNotGiven');
    const lines = await scenario.lines(id, 'partner');
    expect(lines.at(-1)).to.contain('cannot be disputed').and.to.contain('You can file a new claim');
    expect(verbsOf((await scenario.home(id, 'partner')).card)).not.to.include('dispute');
  });
});
