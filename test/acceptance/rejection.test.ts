import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { approved, asked, disputed, newPdf, rejected, submitted, underReview, uploadThrough } from './filing.ts';
import { textOf, verbsOf } from './shownCard.ts';
import { DAY, startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe('a walk: a claim is rejected', () => {
  let walk: Walk;

  before(async () => {
    walk = await startWalk();
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  for (const reason of ['insufficientPoe', 'missingCustomerConsent', 'missingProducts', 'poeUnavailable']) {
    it(`by the reviewer for ${reason}: the partner reads reason, comment and until when to dispute (R21, R31, R49)`, async () => {
      const id = await rejected(walk, reason);
      const claim = await walk.claim(id);
      expect(claim).to.have.nested.property('rejection.reason', reason);
      const line = (await walk.lines(id, 'partner')).at(-1);
      expect(line)
        .to.contain('It shows too little.')
        .and.to.match(/June\s2021/);
      const card = await walk.home(id, 'partner');
      expect(textOf(card.card)).to.contain('It shows too little.').and.to.contain('Rejected');
      expect(verbsOf(card.card)).to.include('dispute');
      expect(claim.clocks).to.have.all.keys('disputeWindow');
    });
  }

  for (const reason of ['noPartnerResponse', 'customerDecline', 'partnerRequest', '', 'toString']) {
    it(`a reviewer cannot reject for ${JSON.stringify(reason)} (R31)`, async () => {
      const id = await underReview(walk);
      const press = walk.arun.pressOn(await walk.home(id, 'review'), 'reject', { reason, comment: 'No.' });
      await walk.post(press);
      await walk.idle();
      expect((await walk.claim(id)).status).to.equal('UnderReview');
    });
  }

  describe("at the partner's own request (R22)", () => {
    const from = {
      Submitted: () => submitted(walk),
      UnderReview: () => underReview(walk),
      PartnerActionRequired: () => asked(walk),
      Approved: () => approved(walk),
    };
    for (const [status, reach] of Object.entries(from)) {
      for (const reason of ['incorrectMpn', 'incorrectActivity', 'noLongerWorking', 'other']) {
        it(`${reason}, from ${status}`, async () => {
          const id = await reach();
          const pressed = await walk.anna.press(await walk.home(id, 'partner'), 'withdraw', {
            reason,
            comment: reason === 'other' ? 'We merged.' : '',
          });
          expect(await walk.claim(id)).to.deep.nested.include({
            status: 'Rejected',
            'rejection.reason': 'partnerRequest',
            'rejection.partnerReason': reason,
          });
          expect(textOf(pressed.card)).to.contain('Rejected');
          expect((await walk.lines(id, 'review')).at(-1)).to.contain('Anna Ahlberg');
          if (status === 'Approved') expect((await walk.lines(id, 'customer')).length).to.be.greaterThan(0);
        });
      }
    }

    it('from an approved claim whose consent has passed as well', async () => {
      const id = await approved(walk);
      await walk.turn(9 * DAY);
      await walk.anna.press(await walk.home(id, 'partner'), 'withdraw', { reason: 'incorrectMpn', comment: '' });
      expect((await walk.claim(id)).status).to.equal('Rejected');
    });

    it('with "other" it takes a comment, and what was chosen stays chosen', async () => {
      const id = await submitted(walk);
      const refused = await walk.anna.press(await walk.home(id, 'partner'), 'withdraw', {
        reason: 'other',
        comment: ' ',
      });
      expect((await walk.claim(id)).status).to.equal('Submitted');
      await walk.anna.press(refused, 'withdraw', { comment: 'We merged.' });
      expect(await walk.claim(id)).to.deep.nested.include({ status: 'Rejected', 'rejection.partnerReason': 'other' });
    });

    it('not of a draft, which is discarded, and not of a claim that is rejected already', async () => {
      const id = await rejected(walk);
      expect(verbsOf((await walk.home(id, 'partner')).card)).not.to.include('withdraw');
      const told = await walk.anna.ask(`withdraw ${id}`);
      expect(textOf(told.card)).to.contain('Rejected');
    });

    it('the word brings the form, which is also the confirmation', async () => {
      const id = await submitted(walk);
      const form = await walk.anna.ask(`withdraw ${id}`);
      expect(await walk.count(id, 'RejectionRequested')).to.equal(0);
      await walk.anna.press(form, 'withdraw', { reason: 'noLongerWorking', comment: '' });
      expect(await walk.count(id, 'RejectionRequested')).to.equal(1);
    });
  });

  describe('and disputed (R26)', () => {
    it('upheld by another reviewer it is final; the rejecter may not decide it (R5, R27)', async () => {
      const id = await disputed(walk);
      const refused = await walk.arun.press(await walk.home(id, 'review'), 'uphold', { comment: 'I stand by it.' });
      expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'open');
      expect(verbsOf(refused.card)).to.not.include.members(['uphold']);
      await walk.rita.press(await walk.home(id, 'review'), 'uphold', { comment: 'Page two is of another customer.' });
      expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'upheld');
      expect((await walk.lines(id, 'partner')).at(-1))
        .to.contain('Page two is of another customer.')
        .and.to.match(/new/);
      expect(verbsOf((await walk.home(id, 'partner')).card)).to.deep.equal(['documents', 'history']);
      const late = await walk.anna.ask(`comment ${id} But why?`);
      expect(textOf(late.card)).to.contain('Rejected');
      expect((await walk.events(id)).at(-1)).to.equal('DisputeUpheld');
    });

    it('overturned by another reviewer it is approved, the customer is told again, and a fresh consent runs (R28)', async () => {
      const id = await disputed(walk);
      await walk.arun.press(await walk.home(id, 'review'), 'overturn', { comment: 'Me again.' });
      expect((await walk.claim(id)).status).to.equal('Rejected');
      await walk.rita.press(await walk.home(id, 'review'), 'overturn', { comment: 'It is all there.' });
      const claim = await walk.claim(id);
      expect(claim).to.deep.nested.include({ status: 'Approved', 'consent.period': 1, 'consent.state': 'open' });
      expect(textOf((await walk.home(id, 'customer')).card)).to.contain('Fabrikam');
      await walk.turn(9 * DAY);
      expect(await walk.events(id)).to.include('ConsentPassed');
    });

    it('overturned after the customer had declined, the second consent is a period of its own (R28, R53)', async () => {
      const id = await approved(walk);
      await walk.dana.press(await walk.home(id, 'customer'), 'deny', { reason: 'Who are they?' });
      await walk.anna.press(await walk.home(id, 'partner'), 'dispute', { justification: 'They know us.' });
      await walk.rita.press(await walk.home(id, 'review'), 'overturn', { comment: 'The customer confirmed by mail.' });
      expect(await walk.claim(id)).to.have.nested.property('consent.period', 2);
      await walk.turn(9 * DAY);
      expect((await walk.claim(id)).assessment?.record.period).to.equal(2);
      expect(await walk.count(id, 'ConsentPassed')).to.equal(1);
    });

    it('with neither a justification nor a new file it is refused; a new file is enough (R26)', async () => {
      const id = await rejected(walk);
      const refused = await walk.anna.press(await walk.home(id, 'partner'), 'dispute', { justification: '' });
      expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'possible');
      await uploadThrough(walk, await walk.anna.press(await walk.anna.press(refused, 'show'), 'addPoe'), {
        'acceptance.pdf': newPdf(),
      });
      await walk.anna.press(await walk.home(id, 'partner'), 'dispute', { justification: '' });
      expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'open');
    });

    it('once only', async () => {
      const id = await disputed(walk);
      expect(verbsOf((await walk.home(id, 'partner')).card)).not.to.include('dispute');
      await walk.anna.ask(`dispute ${id}`);
      expect(await walk.count(id, 'DisputeOpened')).to.equal(1);
    });
  });

  it('undisputed for thirty days it is final, after two reminders, and never a moment earlier (R29, R40)', async () => {
    const id: ClaimId = await rejected(walk);
    const due = dueOf((await walk.claim(id)).clocks.disputeWindow) ?? 0;
    await walk.turnTo(due - 1);
    expect(await walk.count(id, 'ClockReminded')).to.equal(2);
    expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'possible');
    const card = await walk.home(id, 'partner');
    walk.clock.turn(1);
    const late = await walk.anna.press(card, 'dispute', { justification: 'Now we have it.' });
    expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'windowClosed');
    expect(verbsOf(late.card)).not.to.include('dispute');
    expect((await walk.lines(id, 'partner')).at(-1)).to.match(/new/);
  });
});
