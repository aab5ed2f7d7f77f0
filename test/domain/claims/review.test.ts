import { expect } from 'chai';
import { REQUEST_REASONS, REVIEWER_REASONS } from '../../../src/domain/claims/catalogue.ts';
import type { RequestReason, ReviewerReason } from '../../../src/domain/claims/catalogue.ts';
import { MAX_COMMENT } from '../../../src/domain/claims/text.ts';
import { anna, arun, carla, haldor, hana, lena, petra, rita, rolf, stefan } from './personas.ts';
import { approved, asked, disputed, poe, refuses, rejected, submitted, thenHappened, underReview } from './scenario.ts';
import type { Ask } from './scenario.ts';

const tooLong = 'x'.repeat(MAX_COMMENT + 1);

describe('start review (R16)', () => {
  it('assigns the claim to the reviewer who starts', () => {
    const after = submitted().when({ type: 'StartReview', by: rita });
    thenHappened(after, 'ReviewStarted');
    expect(after.claim).to.deep.include({ status: 'UnderReview', assignee: { id: rita.id, name: 'Rita' } });
  });

  it('is open to any reviewer after a resubmission, who takes the claim over', () => {
    const after = asked()
      .given(poe('more'))
      .given({ type: 'ResubmitClaim', by: anna })
      .when({ type: 'StartReview', by: rita });
    expect(after.claim.assignee?.id).to.equal(rita.id);
  });
});

describe('reassign (R17)', () => {
  const to = (member: typeof hana, by = lena): Ask => ({ type: 'ReassignClaim', by, to: member });

  it('hands the claim on and keeps its status and clocks', () => {
    const before = underReview();
    const after = before.when(to(hana, arun));
    expect(thenHappened(after, 'ClaimReassigned')).to.deep.include({
      from: { id: arun.id, name: 'Arun' },
      to: { id: hana.id, name: 'Hana' },
    });
    expect(after.claim.status).to.equal('UnderReview');
    expect(after.claim.clocks).to.deep.equal(before.claim.clocks);
    refuses(after, { type: 'ApproveClaim', by: arun }, 'assigneeOrLeadOnly');
    thenHappened(after.when({ type: 'ApproveClaim', by: hana }), 'ClaimApproved');
  });

  it('assigns a claim that no one has, which only a lead may', () => {
    const event = thenHappened(submitted().when(to(hana)), 'ClaimReassigned');
    expect(event).not.to.have.property('from');
    expect(refuses(submitted(), to(hana, rita), 'assigneeOrLeadOnly')).not.to.have.property('assignee');
  });

  it('goes to another reviewer whom R5 lets decide', () => {
    refuses(underReview(), to(arun), 'alreadyAssigned');
    refuses(underReview(), to(stefan), 'notAReviewer');
    for (const member of [petra, haldor, carla]) refuses(underReview(), to(member), 'ownOrganisation');
  });

  it('of a dispute does not go to the reviewer who rejected', () => {
    refuses(disputed(), to(rolf), 'ownRejection');
    thenHappened(disputed().when(to(rita)), 'ClaimReassigned');
  });
});

describe('request information (R18, R30)', () => {
  const request = (reasons: readonly RequestReason[], text = 'Please.'): Ask => ({
    type: 'RequestInformation',
    by: arun,
    reasons,
    comment: text,
  });

  for (const reason of REQUEST_REASONS) {
    it(`takes the reason ${reason}`, () => {
      const after = underReview().when(request([reason]));
      expect(thenHappened(after, 'InformationRequested')).to.deep.include({ reasons: [reason], comment: 'Please.' });
      expect(after.claim).to.have.nested.property('request.answered', false);
    });
  }

  it('knows five reasons, takes several once each in their order, and ignores others', () => {
    expect(REQUEST_REASONS).to.have.length(5);
    const given = ['missingProducts', 'missingAllPoe', 'missingProducts', 'nonsense'] as readonly RequestReason[];
    expect(thenHappened(underReview().when(request(given)), 'InformationRequested'))
      .to.have.property('reasons')
      .that.deep.equals(['missingAllPoe', 'missingProducts']);
  });

  it('needs a reason and a comment', () => {
    refuses(underReview(), request([]), 'reasonNeeded');
    refuses(underReview(), request(['nonsense' as RequestReason]), 'reasonNeeded');
    refuses(underReview(), request('missingProducts' as unknown as RequestReason[]), 'reasonNeeded');
    refuses(underReview(), request(['missingProducts'], ' \u200b\n'), 'commentNeeded');
    refuses(underReview(), request(['missingProducts'], 5 as unknown as string), 'commentNeeded');
    refuses(underReview(), request(['missingProducts'], tooLong), 'textTooLong');
  });
});

describe('approve (R20)', () => {
  it('opens the consent and ends the clocks of the review', () => {
    const { claim } = approved();
    expect(claim).to.have.nested.property('consent.state', 'open');
    expect(claim).to.have.nested.property('consent.period', 1);
    expect(claim).to.have.nested.property('approval.afterDispute', false);
    expect(Object.keys(claim.clocks)).to.deep.equal(['consent']);
  });

  it('takes a comment or none', () => {
    expect(
      thenHappened(underReview().when({ type: 'ApproveClaim', by: lena, comment: ' Well done. ' }), 'ClaimApproved'),
    ).to.have.property('comment', 'Well done.');
    expect(
      thenHappened(underReview().when({ type: 'ApproveClaim', by: lena, comment: ' ' }), 'ClaimApproved'),
    ).not.to.have.property('comment');
    refuses(underReview(), { type: 'ApproveClaim', by: lena, comment: tooLong }, 'textTooLong');
  });
});

describe('reject (R21, R31)', () => {
  const reject = (reason: string, text = 'No.'): Ask => ({
    type: 'RejectClaim',
    by: arun,
    reason: reason as ReviewerReason,
    comment: text,
  });

  for (const reason of REVIEWER_REASONS) {
    it(`takes the reviewer's reason ${reason}`, () => {
      const after = underReview().when(reject(reason));
      thenHappened(after, 'ClaimRejected');
      expect(after.claim)
        .to.have.property('rejection')
        .that.deep.equals({ at: after.now, by: { side: 'review', id: arun.id, name: 'Arun' }, reason, comment: 'No.' });
    });
  }

  it('does not take the reasons that come from their own commands', () => {
    expect(REVIEWER_REASONS).to.have.length(4);
    for (const reason of ['partnerRequest', 'customerDecline', 'noPartnerResponse', '', 'toString'])
      refuses(underReview(), reject(reason), 'reasonNeeded');
  });

  it('needs a comment, and leaves the window for a dispute as the one clock', () => {
    refuses(underReview(), reject('poeUnavailable', ' '), 'commentNeeded');
    refuses(underReview(), reject('poeUnavailable', tooLong), 'textTooLong');
    expect(Object.keys(rejected().claim.clocks)).to.deep.equal(['disputeWindow']);
  });
});
