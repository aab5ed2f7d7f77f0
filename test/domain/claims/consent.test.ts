import { expect } from 'chai';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import { MAX_COMMENT } from '../../../src/domain/claims/text.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import {
  anna,
  arun,
  asif,
  carla,
  CUSTOMER_TENANT,
  dana,
  emil,
  fatma,
  lena,
  MPN,
  person,
  rolf,
  uwe,
} from './personas.ts';
import {
  approved,
  DAY,
  FORM,
  HOUR,
  iso,
  MONDAY,
  pacific,
  passed,
  POLICY_2020,
  programmeOf,
  refuses,
  submitted,
  thenHappened,
  thenNothing,
  underReview,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const deny = (by = dana, reason = ''): Ask => ({ type: 'DenyConsent', by, reason });
const END = pacific('2021-05-11');

describe('denied consent (R24)', () => {
  it('rejects the claim; a reason is optional', () => {
    const after = approved().delivered('consent').when(deny(dana, ' We do not know them. '));
    expect(thenHappened(after, 'ConsentDenied')).to.deep.include({
      reason: 'We do not know them.',
      by: { side: 'customer', id: dana.id, name: 'Dana' },
    });
    expect(after.claim)
      .to.have.property('rejection')
      .that.deep.includes({ reason: 'customerDecline', comment: 'We do not know them.' });
    expect(after.claim.consent?.state).to.equal('denied');
    thenHappened(approved().when(deny()), 'ConsentDenied');
    refuses(approved(), deny(dana, 'x'.repeat(MAX_COMMENT + 1)), 'textTooLong');
  });

  it('comes from the named contact, whose e-mail is compared without regard to case, or from an enrolled one (R3)', () => {
    expect(dana.email).not.to.equal(FORM.customerContactEmail);
    thenHappened(approved().when(deny(dana)), 'ConsentDenied');
    thenHappened(approved().when(deny(emil)), 'ConsentDenied');
  });

  it('does not come from others of the tenant, nor from the same address in another tenant', () => {
    refuses(approved(), deny(uwe), 'notFound');
    refuses(approved(), deny(fatma), 'notFound');
    for (const email of ['', `${dana.email}.example`, `x${dana.email}`])
      refuses(approved(), deny(person('Nobody', { tenantId: CUSTOMER_TENANT, email })), 'notFound');
  });

  it("is the customer's, also when the contact is a reviewer as well (R5)", () => {
    const contact = { ...carla, contactOf: [CUSTOMER_TENANT] };
    expect(thenHappened(approved().when(deny(contact)), 'ConsentDenied').by.side).to.equal('customer');
    refuses(underReview(), { type: 'ApproveClaim', by: contact }, 'ownOrganisation');
  });

  it('may come at any time while the notice is awaited', () => {
    thenHappened(
      approved()
        .after(90 * DAY)
        .when(deny()),
      'ConsentDenied',
    );
  });
});

describe('the end of the consent period (R25, R42)', () => {
  const delivered = (): Story => approved().delivered('consent');

  it('one millisecond before it is in time', () => {
    thenHappened(
      delivered()
        .at(END - 1)
        .when(deny()),
      'ClockReminded',
      'ConsentDenied',
    );
  });

  it('at it is late: the consent has passed, with the time it was due', () => {
    const after = delivered().at(END).when(deny());
    thenHappened(after, 'ClockReminded', 'ConsentPassed', 'LateDenialRecorded');
    expect(after.claim).to.have.nested.property('consent.passedAt', END);
  });

  it('is late also for who presses on the card of the consent notice (R44, R51)', () => {
    const story = delivered();
    thenHappened(
      story.at(END).when({ ...deny(), seen: approved().claim.version }),
      'ClockReminded',
      'ConsentPassed',
      'LateDenialRecorded',
    );
  });

  it('is counted from a delivery that came late (R45)', () => {
    const late = approved()
      .after(3 * DAY)
      .delivered('consent');
    expect(iso(dueOf(late.claim.clocks.consent))).to.equal(iso(pacific('2021-05-14')));
    expect(late.at(END).settled().claim.consent?.state).to.equal('open');
  });
});

describe('the hand-over for assessment (R53)', () => {
  it('writes down who, what and when', () => {
    expect(passed().claim.assessment).to.deep.equal({
      record: {
        claimId: 'CPOR-7F3K9Q',
        period: 1,
        mpnId: MPN,
        customerTenantId: CUSTOMER_TENANT,
        subscriptionIds: FORM.subscriptionIds,
        products: ['d365-sales'],
        activity: 'usage',
        approvedAt: MONDAY,
        consentPassedAt: END,
      },
    });
  });

  it('happens once, however often it is looked at', () => {
    const story = passed()
      .after(30 * DAY)
      .settled()
      .after(365 * DAY)
      .settled();
    expect(story.events.filter((event) => event.type === 'ConsentPassed')).to.have.length(1);
  });

  it('happens once more in the fresh period after an overturned dispute', () => {
    const again = passed()
      .given({ type: 'RequestRejection', by: anna, reason: 'other', comment: 'Oops.' })
      .given({ type: 'OpenDispute', by: anna, justification: 'Oops.' })
      .given({ type: 'OverturnRejection', by: lena, comment: 'Fine.' });
    expect(again.claim).not.to.have.property('assessment');
    const story = again
      .delivered('consent')
      .after(30 * DAY)
      .settled();
    const periods = story.events.flatMap((event) => (event.type === 'ConsentPassed' ? [event.record.period] : []));
    expect(periods).to.deep.equal([1, 2]);
    expect(story.claim.assessment?.record.approvedAt).to.equal(again.now);
  });

  it('has an outcome that the assessor reports once', () => {
    const report = (eligible: boolean, programme: string): Ask => ({
      type: 'ReportAssessment',
      by: asif,
      eligible,
      programme,
    });
    const reported = passed().given(report(true, ' OSU '));
    expect(reported.claim.assessment?.outcome).to.deep.include({ eligible: true, programme: 'OSU' });
    expect(reported.claim.status).to.equal('Approved');
    thenNothing(reported.when(report(true, 'OSU')));
    refuses(reported, report(false, 'OSU'), 'alreadyReported');
    refuses(passed(), report(true, ' '), 'programmeNeeded');
    refuses(passed(), report(true, 'x'.repeat(121)), 'textTooLong');
    refuses(approved(), report(true, 'OSU'), 'notFound');
    refuses(approved(), { type: 'ReportAssessment', by: lena, eligible: true, programme: 'OSU' }, 'wrongStage');
  });
});

describe('a late denial (R51)', () => {
  it('is recorded once for each person and changes no status', () => {
    const story = passed().given(deny(dana, 'Too late?'));
    expect(story.claim.status).to.equal('Approved');
    expect(story.claim.consent).to.deep.include({
      state: 'passed',
      lateDenials: [{ at: story.now, by: { side: 'customer', id: dana.id, name: 'Dana' }, reason: 'Too late?' }],
    });
    refuses(story, deny(dana), 'alreadyDenied');
    expect(story.given(deny(emil)).claim)
      .to.have.nested.property('consent.lateDenials')
      .with.length(2);
  });

  it('is refused where the policy says so', () => {
    const strict = { programme: programmeOf({ ...POLICY_2020, lateDenial: 'refuse' }), catalogue: CATALOGUE };
    expect(refuses(passed().under(strict), deny(), 'wrongStage').stage).to.equal('ConsentPassed');
    thenHappened(approved().under(strict).when(deny()), 'ConsentDenied');
  });

  it('has nothing to deny before the approval, when the customer sees no claim', () => {
    refuses(submitted(), deny(), 'notFound');
    refuses(
      underReview().given({ type: 'RejectClaim', by: rolf, reason: 'poeUnavailable', comment: 'No.' }),
      deny(),
      'notFound',
    );
    refuses(approved().after(HOUR).given(deny()), deny(emil), 'wrongStage');
    refuses(approved(), deny(arun), 'customerContactOnly');
  });
});
