import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import {
  approved,
  asked,
  disputed,
  newPdf,
  rejected,
  submitted,
  underReview,
  uploadThrough,
} from './support/filing.ts';
import { textOf, verbsOf } from './support/shownCard.ts';
import { DAY, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: a claim is rejected', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  for (const reason of ['insufficientPoe', 'missingCustomerConsent', 'missingProducts', 'poeUnavailable']) {
    it(`by the reviewer for ${reason}: the partner reads reason, comment and until when to dispute (R21, R31, R49)`, async () => {
      const id = await rejected(scenario, reason);
      const claim = await scenario.claim(id);
      expect(claim).to.have.nested.property('rejection.reason', reason);
      const line = (await scenario.lines(id, 'partner')).at(-1);
      expect(line)
        .to.contain('It shows too little.')
        .and.to.match(/June\s2021/);
      const card = await scenario.home(id, 'partner');
      expect(textOf(card.card)).to.contain('It shows too little.').and.to.contain('Rejected');
      expect(verbsOf(card.card)).to.include('dispute');
      expect(claim.clocks).to.have.all.keys('disputeWindow');
    });
  }

  for (const reason of ['noPartnerResponse', 'customerDecline', 'partnerRequest', '', 'toString']) {
    it(`a reviewer cannot reject for ${JSON.stringify(reason)} (R31)`, async () => {
      const id = await underReview(scenario);
      const press = scenario.arun.pressOn(await scenario.home(id, 'review'), 'reject', { reason, comment: 'No.' });
      await scenario.post(press);
      await scenario.idle();
      expect((await scenario.claim(id)).status).to.equal('UnderReview');
    });
  }

  describe("at the partner's own request (R22)", () => {
    const from = {
      Submitted: () => submitted(scenario),
      UnderReview: () => underReview(scenario),
      PartnerActionRequired: () => asked(scenario),
      Approved: () => approved(scenario),
    };
    for (const [status, reach] of Object.entries(from)) {
      for (const reason of ['incorrectMpn', 'incorrectActivity', 'noLongerWorking', 'other']) {
        it(`${reason}, from ${status}`, async () => {
          const id = await reach();
          const pressed = await scenario.anna.press(await scenario.home(id, 'partner'), 'withdraw', {
            reason,
            comment: reason === 'other' ? 'We merged.' : '',
          });
          expect(await scenario.claim(id)).to.deep.nested.include({
            status: 'Rejected',
            'rejection.reason': 'partnerRequest',
            'rejection.partnerReason': reason,
          });
          expect(textOf(pressed.card)).to.contain('Rejected');
          expect((await scenario.lines(id, 'review')).at(-1)).to.contain('Anna Ahlberg');
          if (status === 'Approved') expect((await scenario.lines(id, 'customer')).length).to.be.greaterThan(0);
        });
      }
    }

    it('from an approved claim whose consent has passed as well', async () => {
      const id = await approved(scenario);
      await scenario.turn(9 * DAY);
      await scenario.anna.press(await scenario.home(id, 'partner'), 'withdraw', {
        reason: 'incorrectMpn',
        comment: '',
      });
      expect((await scenario.claim(id)).status).to.equal('Rejected');
    });

    it('with "other" it takes a comment, and what was chosen stays chosen', async () => {
      const id = await submitted(scenario);
      const refused = await scenario.anna.press(await scenario.home(id, 'partner'), 'withdraw', {
        reason: 'other',
        comment: ' ',
      });
      expect((await scenario.claim(id)).status).to.equal('Submitted');
      await scenario.anna.press(refused, 'withdraw', { comment: 'We merged.' });
      expect(await scenario.claim(id)).to.deep.nested.include({
        status: 'Rejected',
        'rejection.partnerReason': 'other',
      });
    });

    it('not of a draft, which is discarded, and not of a claim that is rejected already', async () => {
      const id = await rejected(scenario);
      expect(verbsOf((await scenario.home(id, 'partner')).card)).not.to.include('withdraw');
      const told = await scenario.anna.ask(`withdraw ${id}`);
      expect(textOf(told.card)).to.contain('Rejected');
    });

    it('the word brings the form, which is also the confirmation', async () => {
      const id = await submitted(scenario);
      const form = await scenario.anna.ask(`withdraw ${id}`);
      expect(await scenario.count(id, 'RejectionRequested')).to.equal(0);
      await scenario.anna.press(form, 'withdraw', { reason: 'noLongerWorking', comment: '' });
      expect(await scenario.count(id, 'RejectionRequested')).to.equal(1);
    });
  });

  describe('and disputed (R26)', () => {
    it('upheld by another reviewer it is final; the rejecter may not decide it (R5, R27)', async () => {
      const id = await disputed(scenario);
      const refused = await scenario.arun.press(await scenario.home(id, 'review'), 'uphold', {
        comment: 'I stand by it.',
      });
      expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'open');
      expect(verbsOf(refused.card)).to.not.include.members(['uphold']);
      await scenario.rita.press(await scenario.home(id, 'review'), 'uphold', {
        comment: 'Page two is of another customer.',
      });
      expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'upheld');
      expect((await scenario.lines(id, 'partner')).at(-1))
        .to.contain('Page two is of another customer.')
        .and.to.match(/new/);
      expect(verbsOf((await scenario.home(id, 'partner')).card)).to.deep.equal(['documents', 'history']);
      const late = await scenario.anna.ask(`comment ${id} But why?`);
      expect(textOf(late.card)).to.contain('Rejected');
      expect((await scenario.events(id)).at(-1)).to.equal('DisputeUpheld');
    });

    it('overturned by another reviewer it is approved, the customer is told again, and a fresh consent runs (R28)', async () => {
      const id = await disputed(scenario);
      await scenario.arun.press(await scenario.home(id, 'review'), 'overturn', { comment: 'Me again.' });
      expect((await scenario.claim(id)).status).to.equal('Rejected');
      await scenario.rita.press(await scenario.home(id, 'review'), 'overturn', { comment: 'It is all there.' });
      const claim = await scenario.claim(id);
      expect(claim).to.deep.nested.include({ status: 'Approved', 'consent.period': 1, 'consent.state': 'open' });
      expect(textOf((await scenario.home(id, 'customer')).card)).to.contain('Fabrikam');
      await scenario.turn(9 * DAY);
      expect(await scenario.events(id)).to.include('ConsentPassed');
    });

    it('overturned after the customer had declined, the second consent is a period of its own (R28, R53)', async () => {
      const id = await approved(scenario);
      await scenario.dana.press(await scenario.home(id, 'customer'), 'deny', { reason: 'Who are they?' });
      await scenario.anna.press(await scenario.home(id, 'partner'), 'dispute', { justification: 'They know us.' });
      await scenario.rita.press(await scenario.home(id, 'review'), 'overturn', {
        comment: 'The customer confirmed by mail.',
      });
      expect(await scenario.claim(id)).to.have.nested.property('consent.period', 2);
      // After a denial silence is no consent (R60).
      await scenario.dana.press(await scenario.home(id, 'customer'), 'agree');
      await scenario.turn(9 * DAY);
      expect((await scenario.claim(id)).assessment?.record.period).to.equal(2);
      expect(await scenario.count(id, 'ConsentPassed')).to.equal(1);
    });

    it('with neither a justification nor a new file it is refused; a new file is enough (R26)', async () => {
      const id = await rejected(scenario);
      const refused = await scenario.anna.press(await scenario.home(id, 'partner'), 'dispute', { justification: '' });
      expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'possible');
      await uploadThrough(scenario, await scenario.anna.press(await scenario.anna.press(refused, 'show'), 'addPoe'), {
        'acceptance.pdf': newPdf(),
      });
      await scenario.anna.press(await scenario.home(id, 'partner'), 'dispute', { justification: '' });
      expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'open');
    });

    it('once only', async () => {
      const id = await disputed(scenario);
      expect(verbsOf((await scenario.home(id, 'partner')).card)).not.to.include('dispute');
      await scenario.anna.ask(`dispute ${id}`);
      expect(await scenario.count(id, 'DisputeOpened')).to.equal(1);
    });
  });

  it('undisputed for thirty days it is final, after two reminders, and never a moment earlier (R29, R40)', async () => {
    const id: ClaimId = await rejected(scenario);
    const due = dueOf((await scenario.claim(id)).clocks.disputeWindow) ?? 0;
    await scenario.turnTo(due - 1);
    expect(await scenario.count(id, 'ClockReminded')).to.equal(2);
    expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'possible');
    const card = await scenario.home(id, 'partner');
    scenario.clock.turn(1);
    const late = await scenario.anna.press(card, 'dispute', { justification: 'Now we have it.' });
    expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'windowClosed');
    expect(verbsOf(late.card)).not.to.include('dispute');
    expect((await scenario.lines(id, 'partner')).at(-1)).to.match(/new/);
  });
});
