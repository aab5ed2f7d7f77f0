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
  nele,
  paula,
  person,
  rolf,
  uwe,
} from './personas.ts';
import {
  approved,
  DAY,
  disputed,
  FORM,
  HOUR,
  iso,
  MONDAY,
  overturnedDenial,
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
import type { ClaimEvent } from '../../../src/domain/claims/events.ts';
import { fold } from '../../../src/domain/claims/evolve.ts';
import { stageOf } from '../../../src/domain/claims/claim.ts';

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

  it('comes from any contact whom the customer enrolled, named in the claim or not (R3)', () => {
    thenHappened(approved().when(deny(dana)), 'ConsentDenied');
    thenHappened(approved().when(deny(emil)), 'ConsentDenied');
  });

  it('does not come from others of the tenant, nor from the same address in another tenant', () => {
    refuses(approved(), deny(uwe), 'notFound');
    refuses(approved(), deny(fatma), 'notFound');
    refuses(approved(), deny(nele), 'notFound');
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
      outcomes: [],
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
});

describe('the assessment (R53)', () => {
  const report = (eligible: boolean, programme: string, more: Partial<Ask> = {}): Ask =>
    ({ type: 'ReportAssessment', by: asif, eligible, programme, ...more }) as Ask;
  const outcomesOf = ({ claim }: Story): readonly unknown[] =>
    (claim.assessment?.outcomes ?? []).map(({ programme, eligible, number, correction }) => [
      programme,
      eligible,
      number,
      correction,
    ]);

  it('has an outcome for each programme, with the number there where it has one', () => {
    const story = passed()
      .given(report(true, ' OSU ', { number: ' OSU-17 ' }))
      .given(report(false, 'OSA'));
    expect(outcomesOf(story)).to.deep.equal([
      ['OSU', true, 'OSU-17', undefined],
      ['OSA', false, undefined, undefined],
    ]);
    expect(story.claim.status).to.equal('Approved');
  });

  it('says the same again without a further entry', () => {
    const story = passed().given(report(true, 'OSU', { number: '17' }));
    thenNothing(story.when(report(true, 'osu')));
    thenNothing(story.when(report(true, 'OSU', { number: '17' })));
  });

  it('is corrected with a reason, and the history keeps what it was', () => {
    const story = passed().given(report(true, 'OSU', { number: '17' }));
    expect(refuses(story, report(false, 'OSU'), 'correctionNeedsReason')).to.deep.include({
      programme: 'OSU',
      eligible: true,
    });
    const corrected = story.given(report(false, 'osu', { reason: ' Not in the list. ' }));
    expect(corrected.events.at(-1)).to.deep.include({
      type: 'AssessmentCorrected',
      programme: 'OSU',
      eligible: false,
      number: '17',
      reason: 'Not in the list.',
      from: { eligible: true, number: '17' },
    });
    expect(outcomesOf(corrected)).to.deep.equal([['OSU', false, '17', 'Not in the list.']]);
    const renumbered = corrected.given(report(false, 'OSU', { number: '18', reason: 'A typing error.' }));
    expect(outcomesOf(renumbered)).to.deep.equal([['OSU', false, '18', 'A typing error.']]);
  });

  it('is reported by an assessor, and by no lead', () => {
    refuses(passed(), report(true, 'OSU', { by: lena }), 'assessorOnly');
    refuses(approved(), report(true, 'OSU'), 'notFound');
  });

  it('names its programme, in at most 120 letters, and has results for 20 of them', () => {
    refuses(passed(), report(true, ' '), 'programmeNeeded');
    refuses(passed(), report(true, 'x'.repeat(121)), 'textTooLong');
    refuses(passed(), report(true, 'OSU', { number: 'x'.repeat(121) }), 'textTooLong');
    let story = passed();
    for (let n = 0; n < 20; n += 1) story = story.given(report(true, `P${n}`));
    expect(refuses(story, report(true, 'P20'), 'outcomesTooMany').most).to.equal(20);
  });

  it('is read from a history of before, which knew one outcome', () => {
    const at = MONDAY;
    const by = { side: 'review', id: asif.id, name: 'Asif' } as const;
    const claim = fold([...passed().events, { type: 'AssessmentReported', at, by, eligible: true, programme: 'OSU' }]);
    expect(claim.assessment?.outcomes).to.deep.equal([{ at, by, eligible: true, programme: 'OSU' }]);
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

const agree = (by = dana): Ask => ({ type: 'AgreeConsent', by });
const object = (by = dana, text = 'We do not agree.'): Ask => ({ type: 'RecordObjection', by, text });
const takeBack = (by = dana): Ask => ({ type: 'WithdrawObjection', by });
const open = (): Story => approved().delivered('consent');
const endOf = ({ claim }: Story): number | undefined => dueOf(claim.clocks.consent);

describe('an agreement (R59)', () => {
  it("is recorded as the customer's, and the status and the end of the period stay", () => {
    const after = open().after(HOUR).when(agree());
    expect(thenHappened(after, 'ConsentAgreed').by).to.deep.equal({ side: 'customer', id: dana.id, name: 'Dana' });
    expect(after.claim.status).to.equal('Approved');
    expect(after.claim.consent).to.deep.include({ state: 'open' });
    expect(after.claim.consent?.agreed).to.deep.include({ at: after.now });
    expect(endOf(after)).to.equal(endOf(open()));
    expect(after.at(END - 1).settled().claim.consent?.state).to.equal('open');
    expect(after.at(END).settled().claim.consent?.state).to.equal('passed');
  });

  it('ends the reminders, also where it comes before the notice', () => {
    const reminded = (story: Story): boolean => story.events.some(({ type }) => type === 'ClockReminded');
    expect(reminded(open().at(END).settled())).to.equal(true);
    expect(reminded(open().given(agree()).at(END).settled())).to.equal(false);
    expect(
      reminded(
        approved()
          .given(agree())
          .delivered('consent')
          .after(30 * DAY)
          .settled(),
      ),
    ).to.equal(false);
  });

  it('is there once, whoever agrees again', () => {
    thenNothing(open().given(agree()).when(agree()));
    thenNothing(open().given(agree()).when(agree(emil)));
  });

  it('is revoked by a denial within the period', () => {
    const story = open().given(agree()).after(DAY).when(deny());
    thenHappened(story, 'ConsentDenied');
    expect(story.claim.consent).to.deep.include({ state: 'denied' });
    expect(story.claim.consent?.agreed?.by.id).to.equal(dana.id);
  });

  it('counts for what was seen (R57), and a card from before it still denies', () => {
    const story = approved();
    const seen = story.claim.version - 1;
    refuses(story, { ...agree(), seen }, 'stale');
    thenHappened(story.given(agree()).when({ ...deny(emil), seen: story.claim.version }), 'ConsentDenied');
  });

  it('is for contacts of the customer only, and not for one who is a member of the partner (R5)', () => {
    refuses(open(), agree(anna), 'customerContactOnly');
    refuses(open(), agree(uwe), 'notFound');
    refuses(open(), agree(paula), 'partnerCannotAgree');
    thenHappened(open().when(deny(paula)), 'ConsentDenied');
    refuses(passed(), agree(), 'wrongStage');
  });
});

describe('the period after an overturned denial (R60)', () => {
  it('passes where the customer agreed', () => {
    const story = overturnedDenial()
      .delivered('consent')
      .given(agree(emil))
      .after(30 * DAY)
      .settled();
    expect(story.claim.consent?.state).to.equal('passed');
    expect(story.claim.assessment?.record.period).to.equal(2);
  });

  it('rejects the claim again, and finally, where it did not: at the end, and not before', () => {
    const begun = overturnedDenial().delivered('consent');
    const end = endOf(begun) ?? 0;
    expect(begun.at(end - 1).settled().claim.status).to.equal('Approved');
    const story = begun.at(end).settled();
    expect(story.events.at(-1)).to.deep.include({ type: 'ConsentNotGiven', at: end });
    expect(story.claim).to.deep.include({ status: 'Rejected', dispute: { state: 'excluded' }, clocks: {} });
    expect(story.claim).to.have.nested.property('rejection.reason', 'customerDecline');
    expect(stageOf(story.claim)).to.equal('FinallyDeclined');
  });

  it('ends in a denial that is final too', () => {
    const story = overturnedDenial().delivered('consent').when(deny());
    thenHappened(story, 'ConsentDenied');
    expect(stageOf(story.claim)).to.equal('FinallyDeclined');
    expect(story.claim.clocks).to.deep.equal({});
    refuses(story, { type: 'OpenDispute', by: anna, justification: 'Again?' }, 'wrongStage');
    expect(story.after(90 * DAY).settled().claim).to.deep.equal(story.claim);
  });

  it('counts a denial also where another rejection came after it', () => {
    const story = overturnedDenial()
      .given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' })
      .given({ type: 'OpenDispute', by: anna, justification: 'A mistake.' })
      .given({ type: 'OverturnRejection', by: lena, comment: 'So it is.' });
    expect(story.claim.consent?.needsAgreement).to.equal(true);
  });

  it('needs no agreement after another rejection than a denial', () => {
    const story = disputed().given({ type: 'OverturnRejection', by: lena, comment: 'Fine.' });
    expect(story.claim.consent?.needsAgreement).to.equal(false);
  });

  it('is told from the history also where an earlier version overturned the denial', () => {
    const events = overturnedDenial().events.map((event) => JSON.parse(JSON.stringify(event)) as typeof event);
    expect(fold(events).consent?.needsAgreement).to.equal(true);
  });

  it('leaves a second denial of an earlier version disputable, as its partner was told', () => {
    const [first] = approved().delivered('consent').given(deny()).events.slice(-1);
    const again = { ...overturnedDenial().given(deny()).events.at(-1), clocks: first?.clocks } as ClaimEvent;
    expect(stageOf(fold([...overturnedDenial().events, again]))).to.equal('Disputable');
  });
});

describe('an objection in words (R60)', () => {
  it('holds the clock: nothing passes and nothing is rejected by silence', () => {
    for (const begun of [open(), overturnedDenial().delivered('consent')]) {
      const story = begun.given(object());
      expect(story.claim.clocks.consent).to.deep.include({ state: 'paused', reminders: [] });
      const later = story.after(90 * DAY).settled();
      expect(later.claim).to.deep.equal(story.claim);
    }
  });

  it('keeps the words, once for each contact', () => {
    const story = open().given(object(dana, ' Not us. ')).given(object(emil));
    expect(story.claim.consent?.objections.map(({ by, text }) => [by.side, by.name, text])).to.deep.equal([
      ['customer', 'Dana', 'Not us.'],
      ['customer', 'Emil', 'We do not agree.'],
    ]);
    thenNothing(story.when(object()));
    refuses(open(), object(dana, ' '), 'commentNeeded');
  });

  it('goes on with the calendar days that it had left when all of it is taken back', () => {
    const held = open()
      .after(2 * DAY)
      .given(object())
      .given(object(emil));
    const half = held.after(20 * DAY).given(takeBack());
    expect(half.claim.clocks.consent?.state).to.equal('paused');
    const story = half.given(takeBack(emil));
    // Held on 5 May with five days left, let go on 25 May.
    expect(iso(endOf(story) ?? 0)).to.equal(iso(pacific('2021-05-31')));
    expect(story.claim.clocks.consent).to.have.property('reminders').with.length(1);
  });

  it('leaves at least the rest of the day on which it goes on', () => {
    const story = open()
      .at(END - HOUR)
      .given(object())
      .after(10 * DAY)
      .given(takeBack());
    expect(iso(endOf(story) ?? 0)).to.equal(iso(END + 10 * DAY));
  });

  it('is over with a denial and with an agreement of any contact', () => {
    thenHappened(open().given(object()).when(deny()), 'ConsentDenied');
    const agreed = open()
      .after(2 * DAY)
      .given(object())
      .after(20 * DAY)
      .given(agree(emil));
    expect(agreed.claim.consent?.objections).to.deep.equal([]);
    expect(agreed.claim.clocks.consent).to.deep.include({ state: 'running', reminders: [] });
    expect(iso(endOf(agreed) ?? 0)).to.equal(iso(pacific('2021-05-31')));
  });

  it('holds the clock also where it comes before the notice, and after an agreement', () => {
    const early = approved().given(object()).delivered('consent');
    expect(early.claim.clocks.consent).to.deep.include({ state: 'paused', remaining: 7 });
    const story = open().given(agree()).given(object());
    expect(story.after(90 * DAY).settled().claim.consent?.state).to.equal('open');
    expect(story.given(takeBack()).claim.clocks.consent).to.deep.include({ state: 'running', reminders: [] });
    thenHappened(story.when(agree()), 'ConsentAgreed');
  });

  it('is taken back by who wrote it, and comes from contacts only', () => {
    refuses(open().given(object()), takeBack(emil), 'objectionNotYours');
    thenNothing(open().when(takeBack()));
    refuses(open(), object(anna), 'customerContactOnly');
    refuses(open(), object(arun), 'customerContactOnly');
    refuses(passed(), object(), 'wrongStage');
  });
});
