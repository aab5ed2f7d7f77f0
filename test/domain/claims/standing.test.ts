import { expect } from 'chai';
import { applyDueClocks, hasActingClock, needsSides } from '../../../src/domain/claims/dueClocks.ts';
import { mayConsent } from '../../../src/domain/claims/permission.ts';
import type { Absence, AbsenceReason, ConsentBar } from '../../../src/domain/claims/standing.ts';
import type { ConsentParties } from '../../../src/domain/claims/parties.ts';
import { DESK } from '../../../src/domain/claims/permission.ts';
import { anna, arun, dana, lena, mira, nele, OVERLAPPING, PARTIES, uwe } from './personas.ts';
import {
  approved,
  asked,
  comment,
  DAY,
  disputed,
  draft,
  HOUR,
  MINUTE,
  refuses,
  rejected,
  RULES,
  submitted,
  thenHappened,
  thenRefused,
  underReview,
} from './scenario.ts';
import type { Story } from './scenario.ts';

const away = (from: number, until?: number, reason: AbsenceReason = 'removed'): readonly Absence[] => [
  { from, reason, ...(until !== undefined && { until }) },
];
const noCustomer = (absences: readonly Absence[]) => ({ standing: { partner: [], customer: absences } });
const noPartner = (absences: readonly Absence[]) => ({ standing: { partner: absences, customer: [] } });
const typesAfter = (before: Story, after: Story): readonly string[] =>
  after.events.slice(before.events.length).map(({ type }) => type);
const dueOf = ({ claim }: Story, clock: 'consent' | 'partnerResponse' | 'disputeWindow'): number => {
  const running = claim.clocks[clock];
  if (running?.state !== 'running') throw new Error(`${clock} does not run`);
  return running.dueAt;
};

describe('A clock that decides against a side of which no one could act (R45)', () => {
  it('goes back to waiting as of the change, however late it is looked at, and fires for no one', () => {
    const told = approved().delivered('consent');
    const removed = told.now + HOUR;
    const after = told
      .after(60 * DAY)
      .where(noCustomer(away(removed)))
      .settled();
    expect(typesAfter(told, after)).to.deep.equal(['ClockSuspended']);
    expect(after.events.at(-1)).to.deep.include({ at: removed, clock: 'consent', reason: 'removed' });
    expect(after.claim.clocks.consent).to.deep.equal({
      state: 'awaitingDelivery',
      policy: '2020',
      startedAt: removed,
      reminders: [],
      level: 0,
    });
    expect(after.claim.hold).to.deep.equal({ reason: 'contactUnknown', since: removed });
  });

  it('starts anew, with its whole length, when the new notice is delivered', () => {
    const told = approved().delivered('consent');
    const again = told
      .after(5 * DAY)
      .where(noCustomer(away(told.now + HOUR, told.now + 2 * HOUR)))
      .settled()
      .delivered('consent');
    expect(dueOf(again, 'consent')).to.equal(dueOf(told, 'consent') + 5 * DAY);
    expect(again.claim.hold).to.equal(undefined);
    expect(typesAfter(again, again.at(dueOf(again, 'consent')).settled())).to.deep.equal([
      'ClockReminded',
      'ConsentPassed',
    ]);
  });

  it('is stopped by an absence of a moment too, up to its due instant; then it has fired', () => {
    const told = asked().delivered('partnerResponse');
    const due = dueOf(told, 'partnerResponse');
    const settled = (from: number): readonly string[] =>
      typesAfter(
        told,
        told
          .at(due + DAY)
          .where(noPartner(away(from, from + 1)))
          .settled(),
      ).slice(2);
    expect(settled(due - 1)).to.deep.equal(['ClockSuspended']);
    expect(settled(due)).to.deep.equal(['PartnerDidNotRespond']);
  });

  it('heeds no absence that was over when it began to run', () => {
    const waiting = approved();
    const told = waiting.after(DAY).delivered('consent');
    const sides = noCustomer(away(waiting.now, told.now));
    expect(typesAfter(told, told.at(dueOf(told, 'consent')).where(sides).settled())).to.include('ConsentPassed');
  });

  it('is stopped as soon as it runs where the absence lasts', () => {
    const waiting = approved();
    const told = waiting.after(DAY).delivered('consent');
    const after = told
      .after(HOUR)
      .where(noCustomer(away(waiting.now)))
      .settled();
    expect(after.events.at(-1)).to.deep.include({ type: 'ClockSuspended', at: told.now });
  });

  it('sends the reminders of before the change, and none of after it', () => {
    const told = rejected().delivered('disputeWindow');
    const [first = 0, second = 0] = told.claim.clocks.disputeWindow?.reminders ?? [];
    const at = told.at(second + HOUR);
    expect(typesAfter(told, at.where(noPartner(away(first + HOUR))).settled())).to.deep.equal([
      'ClockReminded',
      'ClockSuspended',
    ]);
    expect(typesAfter(told, at.where(noPartner(away(first - HOUR))).settled())).to.deep.equal(['ClockSuspended']);
  });

  it('is of the other side: an absence there stops nothing', () => {
    for (const [told, sides] of [
      [approved().delivered('consent'), noPartner],
      [asked().delivered('partnerResponse'), noCustomer],
      [rejected().delivered('disputeWindow'), noCustomer],
    ] as const)
      expect(
        typesAfter(
          told,
          told
            .after(40 * DAY)
            .where(sides(away(told.now)))
            .settled(),
        ),
      ).not.to.include('ClockSuspended');
  });

  it('is not one of the reviewers: theirs decide nothing', () => {
    const story = underReview()
      .after(40 * DAY)
      .where(noPartner(away(underReview().now)));
    expect(typesAfter(underReview(), story.settled())).not.to.include('ClockSuspended');
  });

  it('is stopped before the command of a person is judged (R44)', () => {
    const told = asked().delivered('partnerResponse').given(comment(anna, 'It is 2020.'));
    const late = told.after(40 * DAY).where(noPartner(away(told.now + HOUR, told.now + DAY)));
    thenHappened(late.when({ type: 'ResubmitClaim', by: anna }), 'ClockSuspended', 'ClaimResubmitted');
  });

  it('lets the customer deny meanwhile', () => {
    const told = approved().delivered('consent');
    const waiting = told
      .after(DAY)
      .where(noCustomer(away(told.now, told.now + HOUR)))
      .settled();
    thenHappened(waiting.when({ type: 'DenyConsent', by: dana, reason: '' }), 'ConsentDenied');
  });

  it('says which sides have to be read, and fires nothing without them', () => {
    const told = approved().delivered('consent');
    expect(hasActingClock(told.claim)).to.equal(true);
    expect(needsSides(told.claim, told.now)).to.equal(false);
    expect(needsSides(told.claim, dueOf(told, 'consent'))).to.equal(true);
    expect(hasActingClock(approved().claim)).to.equal(false);
    expect(hasActingClock(underReview().claim)).to.equal(false);
    expect(needsSides(underReview().claim, underReview().now + 60 * DAY)).to.equal(false);
    expect(() => applyDueClocks(told.claim, dueOf(told, 'consent'), RULES.programme)).to.throw('nothing is known');
  });

  it('names the obstacle of the new notice at once, so that this is no news to the reviewers', () => {
    for (const [reason, hold] of [
      ['removed', 'contactUnknown'],
      ['blocked', 'blocked'],
      ['uninstalled', 'notInstalled'],
      ['organisationGone', 'customerNotEnrolled'],
    ] as const) {
      const told = approved().delivered('consent');
      const waiting = told
        .after(DAY)
        .where(noCustomer(away(told.now + MINUTE, undefined, reason)))
        .settled();
      expect(waiting.claim.hold?.reason).to.equal(hold);
      const again = {
        type: 'RecordDelivery',
        by: DESK,
        clock: 'consent',
        outcome: { kind: 'undeliverable', reason: hold },
      };
      expect(waiting.when(again as never).outcome?.answer.kind).to.equal('nothing');
    }
  });
});

describe('The customer on the side of the partner (R5)', () => {
  it('keeps a claim from being submitted and resubmitted, with the field', () => {
    const answered = asked().given(comment(anna, 'It is 2020.'));
    for (const [story, type] of [
      [draft(), 'SubmitClaim'],
      [answered, 'ResubmitClaim'],
    ] as const)
      expect(refuses(story, { type, by: anna, parties: OVERLAPPING }, 'fieldsInvalid').problems).to.deep.equal([
        { field: 'customerTenantId', problem: 'ownTenant' },
      ]);
  });

  it('keeps it from being approved, also after a dispute', () => {
    refuses(underReview(), { type: 'ApproveClaim', by: arun, parties: OVERLAPPING }, 'sidesOverlap');
    refuses(disputed(), { type: 'OverturnRejection', by: lena, comment: 'Yes.', parties: OVERLAPPING }, 'sidesOverlap');
  });

  const BARS: readonly (readonly [ConsentBar, ConsentParties])[] = [
    ['sidesOverlap', OVERLAPPING],
    ['customerNotEnrolled', { partnerTenants: PARTIES.partnerTenants, contact: 'may' }],
    ['contactUnknown', { ...PARTIES, contact: 'none' }],
    ['contactOfPartner', { ...PARTIES, contact: 'ofPartner' }],
  ];
  for (const [bar, parties] of BARS) {
    it(`${bar}: a notice that went out all the same starts no period, and the reviewers read why`, () => {
      const sent = approved().when({
        type: 'RecordDelivery',
        by: DESK,
        clock: 'consent',
        outcome: { kind: 'delivered' },
        parties,
      });
      expect(thenHappened(sent, 'NoticeUndeliverable')).to.deep.include({ reason: bar });
      expect(sent.claim.clocks.consent?.state).to.equal('awaitingDelivery');
      expect(sent.claim.hold?.reason).to.equal(bar);
    });

    it(`${bar}: a period that runs goes back to waiting as of the change, however late it is looked at`, () => {
      const told = approved().delivered('consent');
      const from = told.now + HOUR;
      const barred = [{ from, reason: bar }];
      const after = told.at(from).where({ barred }).settled();
      expect(after.events.at(-1)).to.deep.include({ type: 'ClockSuspended', reason: bar, at: told.now + HOUR });
      const due = dueOf(told, 'consent');
      expect(
        typesAfter(
          told,
          told
            .at(due + DAY)
            .where({ barred })
            .settled(),
        ),
      ).to.deep.equal(['ClockSuspended']);
    });

    it(`${bar}: counts also where it was set right before anyone looked, and not from the due instant on`, () => {
      const told = approved().delivered('consent');
      const due = dueOf(told, 'consent');
      const late = (from: number, until?: number): Story =>
        told
          .at(due + DAY)
          .where({ barred: [{ from, reason: bar, ...(until !== undefined && { until }) }] })
          .settled();
      const short = late(told.now + HOUR, told.now + HOUR + MINUTE);
      expect(typesAfter(told, short)).to.deep.equal(['ClockSuspended']);
      expect(short.events.at(-1)).to.deep.include({ at: told.now + HOUR, reason: bar });
      expect(typesAfter(told, late(due - 1, due)).at(-1)).to.equal('ClockSuspended');
      expect(typesAfter(told, late(due)).at(-1)).to.equal('ConsentPassed');
      expect(typesAfter(told, late(told.now - HOUR, told.now)).at(-1)).to.equal('ConsentPassed');
    });
  }

  it('is the reason where it was there before the clock ran, and an absence only began then; and the other way round', () => {
    const told = approved().delivered('consent');
    const absence = (from: number) => ({ partner: [], customer: [{ from, reason: 'removed' as const }] });
    const bar = (from: number) => [{ from, reason: 'sidesOverlap' as const }];
    const stoppedBy = (absentFrom: number, barredFrom: number): unknown =>
      told
        .where({ standing: absence(absentFrom), barred: bar(barredFrom) })
        .after(HOUR)
        .settled()
        .events.at(-1);
    const at = { type: 'ClockSuspended', at: told.now };
    expect(stoppedBy(told.now, told.now - HOUR)).to.deep.include({ ...at, reason: 'sidesOverlap' });
    expect(stoppedBy(told.now - HOUR, told.now)).to.deep.include({ ...at, reason: 'removed' });
    expect(stoppedBy(told.now - HOUR, told.now - DAY)).to.deep.include({ ...at, reason: 'removed' });
  });

  it('stops no clock against the partner', () => {
    const told = asked().delivered('partnerResponse');
    expect(
      told
        .where({ barred: [{ from: told.now, reason: 'sidesOverlap' }] })
        .after(HOUR)
        .settled().claim.clocks,
    ).to.have.nested.property('partnerResponse.state', 'running');
  });

  it('agrees to nothing, and may deny all the same', () => {
    const { claim } = approved();
    expect(mayConsent(dana, claim, PARTIES)).to.equal(undefined);
    expect(mayConsent(dana, claim, OVERLAPPING)).to.deep.equal({ code: 'consentOfPartner' });
    expect(mayConsent(mira, claim, PARTIES)).to.deep.equal({ code: 'partnerCannotAgree' });
    refuses(approved(), { type: 'AgreeConsent', by: dana, parties: OVERLAPPING }, 'consentOfPartner');
    for (const stranger of [nele, uwe, anna, lena])
      expect(mayConsent(stranger, claim, PARTIES)).to.deep.equal({ code: 'customerContactOnly' });
    expect(mayConsent(DESK, claim, PARTIES)).to.deep.equal({ code: 'customerContactOnly' });
    thenHappened(approved().when({ type: 'DenyConsent', by: mira, reason: '' }), 'ConsentDenied');
  });

  it('is no matter of the draft alone: what was right at the submission is asked again', () => {
    const story = submitted().given({ type: 'StartReview', by: arun });
    thenRefused(story, story.when({ type: 'ApproveClaim', by: arun, parties: OVERLAPPING }), 'sidesOverlap');
    thenHappened(story.when({ type: 'ApproveClaim', by: arun }), 'ClaimApproved');
  });
});
