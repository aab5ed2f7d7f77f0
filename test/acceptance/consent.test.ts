import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { approved, asked, rejected, submitted, underReview } from './filing.ts';
import { buttonsOf, textOf, verbsOf } from './shownCard.ts';
import { DAY, HOUR, startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe("a walk: the customer's consent", () => {
  let walk: Walk;

  before(async () => {
    walk = await startWalk();
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  it('the customer denies with a confirmation, and the claim is rejected (R24)', async () => {
    const id = await approved(walk);
    const card = await walk.home(id, 'customer');
    const deny = buttonsOf(card.card).find((button) => button.verb === 'deny');
    expect(deny?.inputs, 'the button stands behind another, with a reason').to.have.lengthOf(1);
    const pressed = await walk.dana.press(card, 'deny', { reason: 'We work with another partner.' });
    expect(await walk.claim(id)).to.deep.nested.include({
      status: 'Rejected',
      'rejection.reason': 'customerDecline',
      'consent.state': 'denied',
    });
    expect(verbsOf(pressed.card)).not.to.include('deny');
    expect((await walk.lines(id, 'partner')).at(-1)).to.contain('We work with another partner.');
    expect((await walk.lines(id, 'review')).at(-1)).to.contain('Dana Diaz');
  });

  it("nobody else denies: not the partner, not a reviewer, with the customer's own card (R3)", async () => {
    const id = await approved(walk);
    const card = await walk.home(id, 'customer');
    for (const stranger of [walk.anna, walk.arun, walk.tomas]) {
      await walk.post(stranger.pressOn(card, 'deny', { reason: 'No.' }));
      await walk.idle();
    }
    expect((await walk.claim(id)).status).to.equal('Approved');
  });

  it('a denial on the very last moment counts, a moment later it is a late one: told to the reviewers, no status changes (R51)', async () => {
    const inTime = await approved(walk);
    const late = await approved(walk);
    const due = dueOf((await walk.claim(late)).clocks.consent) ?? 0;
    const cards = [await walk.home(inTime, 'customer'), await walk.home(late, 'customer')] as const;
    await walk.turnTo(due - 1);
    await walk.dana.press(cards[0], 'deny', { reason: '' });
    expect((await walk.claim(inTime)).status).to.equal('Rejected');
    walk.clock.turn(1);
    const answer = await walk.dana.press(cards[1], 'deny', { reason: 'Too late?' });
    expect((await walk.events(late)).slice(-2)).to.deep.equal(['ConsentPassed', 'LateDenialRecorded']);
    expect((await walk.claim(late)).status).to.equal('Approved');
    expect((await walk.lines(late, 'review')).at(-1)).to.contain('Too late?');
    expect((await walk.lines(late, 'partner')).join()).not.to.contain('Too late?');
    expect(textOf(answer.card)).to.contain('Approved');
  });

  describe('when the notice cannot be delivered (R45)', () => {
    let id: ClaimId;

    it('the deadline is held, the reviewers are told why, and the card says so', async () => {
      await walk.dana.remove();
      id = await approved(walk);
      expect((await walk.claim(id)).hold?.reason).to.equal('notInstalled');
      expect((await walk.lines(id, 'review')).at(-1)).to.match(/not.*(installed|delivered)/i);
      expect(textOf((await walk.home(id, 'review')).card)).to.match(/not delivered/i);
      await walk.turn(30 * DAY);
      expect((await walk.claim(id)).clocks.consent?.state).to.equal('awaitingDelivery');
      expect(await walk.count(id, 'ConsentPassed')).to.equal(0);
      expect(await walk.count(id, 'NoticeUndeliverable')).to.equal(1);
    });

    it('installed again, the notice is delivered and the clock runs from then', async () => {
      await walk.dana.install();
      await walk.idle();
      const { consent } = (await walk.claim(id)).clocks;
      expect(consent?.state).to.equal('running');
      expect((dueOf(consent) ?? 0) - walk.clock.now()).to.be.within(6 * DAY + 23 * HOUR, 8 * DAY);
      expect((await walk.claim(id)).hold).to.equal(undefined);
      expect(verbsOf((await walk.home(id, 'customer')).card)).to.include('deny');
      await walk.turnTo(dueOf(consent) ?? 0);
      expect(await walk.count(id, 'ConsentPassed')).to.equal(1);
    });

    it('a contact whom nobody knows by that address holds it too; enrolled by the operator, they are told', async () => {
      const form = await walk.anna.ask('new claim');
      expect(verbsOf(form.card)).to.include('create');
      const claim = await approvedFor('erik@contoso.com');
      expect((await walk.claim(claim)).hold?.reason).to.equal('contactUnknown');
      const enrol = await walk.otto.ask('enrol contact');
      await walk.otto.press(enrol, 'enrolContact', {
        tenantId: walk.dana.tenantId,
        objectId: 'bbbbbbbb-0000-4000-8000-000000000001',
        name: 'Erik Ek',
        email: 'Erik@Contoso.com',
      });
      expect((await walk.claim(claim)).hold?.reason).to.equal('neverWrote');
      expect((await walk.claim(claim)).clocks.consent?.state).to.equal('awaitingDelivery');
    });

    async function approvedFor(email: string): Promise<ClaimId> {
      const claim = await submitted(walk, { details: { customerContactEmail: email } });
      await walk.arun.press(await walk.home(claim, 'review'), 'start');
      await walk.arun.press(await walk.home(claim, 'review'), 'approve');
      return claim;
    }

    it('blocked by the partner, neither the request for information nor the dispute window runs out (R23, R29)', async () => {
      const waiting = await asked(walk);
      const open = await rejected(walk);
      expect((await walk.claim(waiting)).clocks.partnerResponse?.state).to.equal('running');
      const [blocked, unheard] = [await underReview(walk), await underReview(walk)];
      const release = walk.connector.rule({
        match: (call) => call.conversationId === walk.anna.chat,
        status: 403,
        code: 'ConversationBlockedByUser',
      });
      await walk.arun.press(await walk.home(blocked, 'review'), 'request', {
        reasons: 'missingProducts',
        comment: 'Which products?',
      });
      await walk.arun.press(await walk.home(unheard, 'review'), 'reject', {
        reason: 'poeUnavailable',
        comment: 'It does not open.',
      });
      expect((await walk.claim(blocked)).hold?.reason).to.equal('blocked');
      await walk.turn(40 * DAY);
      expect((await walk.claim(blocked)).status).to.equal('PartnerActionRequired');
      expect(await walk.claim(unheard)).to.have.nested.property('dispute.state', 'possible');
      expect((await walk.claim(waiting)).status, 'delivered before: that deadline ran').to.equal('Rejected');
      expect(await walk.claim(open)).to.have.nested.property('dispute.state', 'windowClosed');
      release();
      await walk.anna.say('hello again');
      await walk.idle();
      expect((await walk.claim(blocked)).clocks.partnerResponse?.state).to.equal('running');
      expect((await walk.claim(unheard)).clocks.disputeWindow?.state).to.equal('running');
    });
  });
});
