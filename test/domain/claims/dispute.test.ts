import { expect } from 'chai';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import { MAX_COMMENT } from '../../../src/domain/claims/text.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import { anna, arun, boris, lena, rita, rolf } from './personas.ts';
import {
  approved,
  DAY,
  disputed,
  iso,
  pacific,
  poe,
  refuses,
  rejected,
  thenHappened,
  underReview,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const dispute = (justification = '', by = anna): Ask => ({ type: 'OpenDispute', by, justification });
const uphold = (by = rita, text = 'It stands.'): Ask => ({ type: 'UpholdRejection', by, comment: text });
const overturn = (by = rita, text = 'It falls.'): Ask => ({ type: 'OverturnRejection', by, comment: text });
const delivered = (): Story => rejected().delivered('disputeWindow');
const END = pacific('2021-06-03');

describe('dispute (R26)', () => {
  it('needs a justification or a new PoE', () => {
    refuses(rejected(), dispute(' '), 'justificationNeeded');
    refuses(rejected(), dispute('x'.repeat(MAX_COMMENT + 1)), 'textTooLong');
    expect(thenHappened(rejected().when(dispute(' We did it. ')), 'DisputeOpened')).to.have.property(
      'justification',
      'We did it.',
    );
    thenHappened(rejected().after(DAY).given(poe('new')).when(dispute()), 'DisputeOpened');
  });

  it('does not take a PoE of before the rejection for a new one, also of the same millisecond', () => {
    const reject: Ask = { type: 'RejectClaim', by: rolf, reason: 'poeUnavailable', comment: 'No.' };
    refuses(underReview().given(reject), dispute(), 'justificationNeeded');
    refuses(underReview().after(DAY).given(reject), dispute(), 'justificationNeeded');
    thenHappened(underReview().given(reject).given(poe('new')).when(dispute()), 'DisputeOpened');
  });

  it('is in time one millisecond before the window closes, and late at that instant', () => {
    thenHappened(
      delivered()
        .at(END - 1)
        .when(dispute('In time.')),
      'ClockReminded',
      'ClockReminded',
      'DisputeOpened',
    );
    const late = delivered().at(END);
    refuses(late, dispute('Late.'), 'wrongStage');
    expect(late.settled().claim).to.have.nested.property('dispute.at', END);
  });

  it('comes once for a rejection', () => {
    refuses(disputed(), dispute('Again.', boris), 'wrongStage');
    refuses(disputed().given(uphold()), dispute('Again.'), 'wrongStage');
  });

  it('replaces the window by the clock of the decision', () => {
    expect(Object.keys(disputed().claim.clocks)).to.deep.equal(['disputeDecision']);
    expect(disputed().claim.status).to.equal('Rejected');
  });
});

describe('the decision of a dispute (R27, R28, R5)', () => {
  it('is not for the reviewer who rejected, lead or not', () => {
    refuses(disputed(), uphold(rolf), 'ownRejection');
    refuses(disputed(), overturn(rolf), 'ownRejection');
    const byAssignee = underReview()
      .given({ type: 'RejectClaim', by: arun, reason: 'missingProducts', comment: 'No.' })
      .given(dispute('Yes.'));
    refuses(byAssignee, overturn(arun), 'ownRejection');
    thenHappened(byAssignee.when(overturn(rolf)), 'DisputeOverturned');
  });

  it('needs a comment', () => {
    refuses(disputed(), uphold(rita, ' '), 'commentNeeded');
    refuses(disputed(), overturn(rita, ' '), 'commentNeeded');
  });

  it('upheld is final', () => {
    const story = disputed().given(uphold());
    expect(story.claim).to.have.nested.property('dispute.state', 'upheld');
    expect(story.claim.status).to.equal('Rejected');
    expect(stageOf(story.claim)).to.equal('Upheld');
    expect(story.claim.clocks).to.deep.equal({});
  });

  it('overturned opens a fresh consent period, of which the customer is told', () => {
    const { claim } = disputed().given(overturn());
    expect(claim).to.have.nested.property('approval.afterDispute', true);
    expect(claim.status).to.equal('Approved');
    expect(claim.consent).to.deep.include({ period: 1, state: 'open' });
    expect(claim.clocks.consent?.state).to.equal('awaitingDelivery');
    expect(Object.keys(claim.clocks)).to.deep.equal(['consent']);
  });

  it('overturned after a denied consent opens the second period', () => {
    const denied = approved()
      .given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' })
      .given(dispute('Sorry.'));
    expect(denied.given(overturn(lena)).claim.consent)
      .to.include({ period: 2, state: 'open' })
      .and.not.have.property('lateDenials');
  });
});

describe('the closing of the window (R29, R40)', () => {
  it('is final, thirty calendar days after the delivery', () => {
    expect(iso(dueOf(delivered().claim.clocks.disputeWindow))).to.equal(iso(END));
    const story = delivered().at(END).settled();
    expect(story.events.slice(-3).map((event) => event.type)).to.deep.equal([
      'ClockReminded',
      'ClockReminded',
      'DisputeWindowClosed',
    ]);
    expect(stageOf(story.claim)).to.equal('WindowClosed');
    expect(
      stageOf(
        delivered()
          .at(END - 1)
          .settled().claim,
      ),
    ).to.equal('Disputable');
  });

  it('waits while no one could be told of the rejection (R45)', () => {
    const story = rejected()
      .undeliverable('disputeWindow')
      .after(365 * DAY);
    thenHappened(story.when(dispute('Only now I hear of it.')), 'DisputeOpened');
  });
});
