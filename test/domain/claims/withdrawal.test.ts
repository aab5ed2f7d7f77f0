import { expect } from 'chai';
import { PARTNER_REQUEST_REASONS } from '../../../src/domain/claims/catalogue.ts';
import type { PartnerRequestReason } from '../../../src/domain/claims/catalogue.ts';
import { MAX_COMMENT } from '../../../src/domain/claims/text.ts';
import { anna, boris } from './personas.ts';
import {
  approved,
  asked,
  disputed,
  draft,
  passed,
  refuses,
  rejected,
  submitted,
  thenHappened,
  underReview,
} from './scenario.ts';
import type { Ask } from './scenario.ts';

const withdraw = (reason: PartnerRequestReason, text = ''): Ask => ({
  type: 'RequestRejection',
  by: boris,
  reason,
  comment: text,
});

describe('the request of a partner to reject its own claim (R22)', () => {
  const places = {
    Submitted: submitted,
    'Under review': underReview,
    'Partner action required': asked,
    'Approved, consent open': approved,
    'Approved, consent passed': passed,
  };
  for (const [place, story] of Object.entries(places)) {
    for (const reason of PARTNER_REQUEST_REASONS) {
      it(`is taken from ${place} for ${reason}`, () => {
        const after = story().when(withdraw(reason, 'A word.'));
        thenHappened(after, 'RejectionRequested');
        expect(after.claim)
          .to.have.property('rejection')
          .that.deep.includes({ reason: 'partnerRequest', partnerReason: reason, comment: 'A word.' });
        expect(Object.keys(after.claim.clocks)).to.deep.equal(['disputeWindow']);
      });
    }
  }

  for (const [place, story] of Object.entries({ Editing: draft, Rejected: rejected, 'Rejected, disputed': disputed })) {
    it(`is refused from ${place}`, () => {
      refuses(story(), withdraw('incorrectMpn'), 'wrongStage');
    });
  }

  it('needs one of the four reasons, and a comment only for "other"', () => {
    expect(PARTNER_REQUEST_REASONS).to.have.length(4);
    refuses(submitted(), withdraw('nonsense' as PartnerRequestReason), 'reasonNeeded');
    refuses(submitted(), withdraw('other', '  '), 'commentNeeded');
    refuses(submitted(), withdraw('incorrectMpn', 'x'.repeat(MAX_COMMENT + 1)), 'textTooLong');
    for (const reason of ['incorrectMpn', 'incorrectActivity', 'noLongerWorking'] as const)
      thenHappened(submitted().when(withdraw(reason)), 'RejectionRequested');
  });

  it('ends an open consent, and leaves one that has passed with what was handed over', () => {
    expect(approved().given(withdraw('noLongerWorking')).claim.consent?.state).to.equal('ended');
    const after = passed().given(withdraw('noLongerWorking')).claim;
    expect(after.consent?.state).to.equal('passed');
    expect(after.assessment).to.deep.equal(passed().claim.assessment);
  });

  it('may be disputed like any rejection', () => {
    thenHappened(
      submitted().given(withdraw('incorrectMpn')).when({ type: 'OpenDispute', by: anna, justification: 'A mistake.' }),
      'DisputeOpened',
    );
  });
});
