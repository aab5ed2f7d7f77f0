import type { Member } from '../../../src/domain/claims/permission.ts';
import { expect } from 'chai';
import type { PoeId } from '../../../src/domain/claims/values.ts';
import type { EventType, HappeningType, LostDecision } from '../../../src/domain/claims/events.ts';
import { noticesOf, personOf } from '../../../src/domain/claims/notices.ts';
import type { Notice } from '../../../src/domain/claims/notices.ts';
import { fold } from '../../../src/domain/claims/evolve.ts';
import type { Absence } from '../../../src/domain/claims/standing.ts';
import { anna, arun, asif, dana, hana, lena, rita } from './personas.ts';
import {
  approved,
  asked,
  comment,
  created,
  DAY,
  disputed,
  draft,
  finallyDeclined,
  overturnedDenial,
  pacific,
  passed,
  poe,
  refuses,
  MONDAY,
  rejected,
  submitted,
  thenNothing,
  underReview,
  waitingPoe,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const edit: Ask = { type: 'EditFields', by: anna, fields: { partnerContactName: 'New' } };
const upheld: Ask = { type: 'UpholdRejection', by: rita, comment: 'No.' };
const withdraw: Ask = { type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' };
const scanned = (id: string, verdict: 'clean' | 'malicious' | 'tooLarge' = 'clean'): Ask => ({
  type: 'RecordScan',
  by: { kind: 'desk' },
  poe: id as PoeId,
  verdict,
});
const person = (member: typeof arun): string => `person:${member.id}`;

/** The notices of the last event, as `audience kind [starts clock]`. */
function told(story: Story): readonly string[] {
  const last = story.events.at(-1);
  return last ? noticesOf(last, story.claim).map(said) : [];
}
function said({ audience, line, starts }: Notice): string {
  return `${audience} ${line ? 'line' : 'edit'}${starts ? ` starts ${starts}` : ''}`;
}

/** No one of a side can act. */
const AWAY: readonly Absence[] = [{ from: MONDAY, reason: 'removed' }];

/** Rejected and disputed; Arun is the assignee. */
const disputedOf = (rejecter: typeof arun): Story =>
  underReview()
    .given({ type: 'RejectClaim', by: rejecter, reason: 'missingProducts', comment: 'No.' })
    .given({ type: 'OpenDispute', by: anna, justification: 'Yes.' });

/**
 * Which audience is told of the newest event of a story. The partner hears of everything except what concerns the
 * reviewers only.
 */
const EXPECTED: readonly (readonly [EventType, string, () => Story, readonly string[]])[] = [
  ['ClaimCreated', 'a draft', created, ['partner edit']],
  ['FieldsEdited', 'of a draft', () => draft().given(edit), ['partner edit']],
  ['FieldsEdited', 'of a submitted claim', () => submitted().given(edit), ['partner edit', 'review line']],
  ['PoeAdded', 'to a draft', draft, ['partner edit']],
  ['PoeAdded', 'after the request', () => asked().given(poe('more')), ['partner edit', 'review line']],
  [
    'PoeRemoved',
    'from a draft',
    () => draft().given({ type: 'RemovePoe', by: anna, id: 'proof' as PoeId }),
    ['partner edit'],
  ],
  [
    'PoeAdded',
    'to a submitted claim, and its scan is to come',
    () => asked().given(waitingPoe('more')),
    ['partner edit', 'review edit'],
  ],
  [
    'PoeScanned',
    'clean, of a draft',
    () => created().given(waitingPoe('more')).given(scanned('more')),
    ['partner line'],
  ],
  [
    'PoeScanned',
    'clean, of a submitted claim',
    () => asked().given(waitingPoe('more')).given(scanned('more')),
    ['partner line', 'review line'],
  ],
  [
    'PoeScanned',
    'and too large',
    () => asked().given(waitingPoe('large')).given(scanned('large', 'tooLarge')),
    ['partner line', 'review line'],
  ],
  ['PoeScanned', 'and bad', () => asked().given(scanned('proof', 'malicious')), ['partner line', 'review line']],
  ['DraftDiscarded', '', () => draft().given({ type: 'DiscardDraft', by: anna }), ['partner edit']],
  ['ClaimSubmitted', '', submitted, ['review line', 'partner line']],
  ['ReviewStarted', '', underReview, ['review line', 'partner line']],
  [
    'ClaimReassigned',
    '',
    () => underReview().given({ type: 'ReassignClaim', by: arun, to: hana }),
    ['review line', `${person(hana)} line`],
  ],
  ['InformationRequested', '', asked, ['partner line starts partnerResponse', 'review line']],
  [
    'ClaimResubmitted',
    '',
    () => asked().given(edit).given({ type: 'ResubmitClaim', by: anna }),
    ['review line', 'partner line'],
  ],
  ['ClaimApproved', '', approved, ['customer line starts consent', 'partner line', 'review line']],
  ['ClaimRejected', '', rejected, ['partner line starts disputeWindow', 'review line']],
  [
    'RejectionRequested',
    'before the approval',
    () => submitted().given(withdraw),
    ['partner line starts disputeWindow', 'review line'],
  ],
  [
    'RejectionRequested',
    'after it',
    () => approved().given(withdraw),
    ['partner line starts disputeWindow', 'review line', 'customer line'],
  ],
  [
    'PartnerDidNotRespond',
    '',
    () => asked().delivered('partnerResponse').at(pacific('2021-05-11')).settled(),
    ['partner line starts disputeWindow', 'review line'],
  ],
  [
    'ConsentDenied',
    '',
    () => approved().given({ type: 'DenyConsent', by: dana, reason: '' }),
    ['partner line starts disputeWindow', 'review line', 'customer line'],
  ],
  [
    'LateDenialRecorded',
    '',
    () => passed().given({ type: 'DenyConsent', by: dana, reason: '' }),
    ['review line', 'customer edit'],
  ],
  ['ConsentPassed', '', passed, ['assessor line', 'partner line', 'review line', 'customer line']],
  [
    'AssessmentReported',
    '',
    () => passed().given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU' }),
    ['partner line', 'review line'],
  ],
  ['DisputeOpened', 'before any approval', disputed, ['review line', 'partner line']],
  [
    'DisputeOpened',
    'after the approval',
    () => approved().given(withdraw).given({ type: 'OpenDispute', by: anna, justification: 'Sorry.' }),
    ['review line', 'partner line', 'customer line'],
  ],
  ['DisputeUpheld', '', () => disputed().given(upheld), ['review line', 'partner line']],
  [
    'DisputeOverturned',
    '',
    () => disputed().given({ type: 'OverturnRejection', by: lena, comment: 'Yes.' }),
    ['customer line starts consent', 'partner line', 'review line'],
  ],
  [
    'DisputeWindowClosed',
    '',
    () =>
      rejected()
        .delivered('disputeWindow')
        .after(60 * DAY)
        .settled(),
    ['review line', 'partner line'],
  ],
  ['CommentAdded', 'on a card', () => submitted().given(comment(anna, 'A word.')), ['review line', 'partner line']],
  [
    'CommentAdded',
    "in the partner's thread, where it is already",
    () => submitted().given(comment(anna, 'A word.', 'm1')),
    ['review line', 'partner edit'],
  ],
  [
    'CommentAdded',
    "in the reviewers' thread, where it is already",
    () => submitted().given(comment(rita, 'A word.', 'm1')),
    ['partner line', 'review edit'],
  ],
  [
    'CommentEdited',
    '',
    () =>
      submitted()
        .given(comment(anna, 'A word.', 'm1'))
        .given({ type: 'EditComment', by: anna, message: 'm1', text: 'Two words.' }),
    ['review edit', 'partner edit'],
  ],
  [
    'CommentDeleted',
    '',
    () =>
      submitted()
        .given(comment(anna, 'A word.', 'm1'))
        .given({ type: 'DeleteComment', by: anna, message: 'm1' }),
    ['review edit', 'partner edit'],
  ],
  ['ClockReminded', 'of the review start', () => submitted().at(pacific('2021-05-10')).settled(), ['review line']],
  [
    'ClockReminded',
    'of the decision',
    () => underReview().at(pacific('2021-05-10')).settled(),
    [`${person(arun)} line`],
  ],
  [
    'ClockReminded',
    'of the partner response',
    () => asked().delivered('partnerResponse').at(pacific('2021-05-07')).settled(),
    ['partner line'],
  ],
  [
    'ClockReminded',
    'of the consent',
    () => approved().delivered('consent').at(pacific('2021-05-09')).settled(),
    ['customer line'],
  ],
  [
    'ClockReminded',
    'of the dispute window',
    () => rejected().delivered('disputeWindow').at(pacific('2021-05-27')).settled(),
    ['partner line'],
  ],
  ['ClockReminded', 'of the dispute', () => disputed().at(pacific('2021-05-10')).settled(), [`${person(arun)} line`]],
  [
    'ClockReminded',
    'of the dispute, whose assignee may not decide it (R5)',
    () => disputedOf(arun).at(pacific('2021-05-10')).settled(),
    ['review line', `${person(arun)} line`],
  ],
  [
    'ClockEscalated',
    'level 1, assigned',
    () => underReview().at(pacific('2021-05-11')).settled(),
    ['review line', `${person(arun)} line`],
  ],
  ['ClockEscalated', 'level 1, unassigned', () => submitted().at(pacific('2021-05-11')).settled(), ['review line']],
  ['ClockEscalated', 'level 2', () => underReview().at(pacific('2021-05-12')).settled(), ['leads line', 'review edit']],
  ['ClockEscalated', 'level 3', () => underReview().at(pacific('2021-05-13')).settled(), ['owner line', 'review edit']],
  [
    'ClockEscalated',
    'daily after',
    () => disputed().at(pacific('2021-05-18')).settled(),
    ['leads line', 'owner line', 'review edit'],
  ],
  ['NoticeDelivered', 'of a request', () => asked().delivered('partnerResponse'), ['review edit', 'partner edit']],
  [
    'NoticeDelivered',
    'of an approval',
    () => approved().delivered('consent'),
    ['review edit', 'partner edit', 'customer edit'],
  ],
  ['NoticeUndeliverable', '', () => approved().undeliverable('consent'), ['review line', 'partner edit']],
  [
    'ConsentAgreed',
    '',
    () => approved().given({ type: 'AgreeConsent', by: dana }),
    ['review line', 'partner line', 'customer line'],
  ],
  ['ConsentNotGiven', '', finallyDeclined, ['partner line', 'review line', 'customer line']],
  [
    'ConsentDenied',
    'for the second time, which opens no window',
    () => overturnedDenial().given({ type: 'DenyConsent', by: dana, reason: '' }),
    ['partner line', 'review line', 'customer line'],
  ],
  [
    'ObjectionRecorded',
    '',
    () => approved().given({ type: 'RecordObjection', by: dana, text: 'No.' }),
    ['review line', 'partner edit', 'customer line'],
  ],
  [
    'ObjectionWithdrawn',
    '',
    () =>
      approved()
        .given({ type: 'RecordObjection', by: dana, text: 'No.' })
        .given({ type: 'WithdrawObjection', by: dana }),
    ['review line', 'partner edit', 'customer line'],
  ],
  [
    'AssessmentCorrected',
    '',
    () =>
      passed()
        .given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU' })
        .given({ type: 'ReportAssessment', by: asif, eligible: false, programme: 'OSU', reason: 'A mistake.' }),
    ['partner line', 'review line'],
  ],
  [
    'ClockSuspended',
    'of the consent',
    () =>
      approved()
        .delivered('consent')
        .where({ standing: { partner: [], customer: AWAY } })
        .settled(),
    ['customer line starts consent', 'review line', 'partner edit'],
  ],
  [
    'ClockSuspended',
    'of the partner',
    () =>
      asked()
        .delivered('partnerResponse')
        .where({ standing: { partner: AWAY, customer: [] } })
        .settled(),
    ['partner line starts partnerResponse', 'review line'],
  ],
  [
    'StateRestored',
    'with a consent that ran',
    () =>
      approved()
        .delivered('consent')
        .restored([lostBy(dana)]),
    ['review line', 'partner line', 'customer line starts consent'],
  ],
  [
    'StateRestored',
    'with a request that waited for its partner',
    () =>
      asked()
        .delivered('partnerResponse')
        .restored([lostBy(anna, 'ClaimResubmitted')]),
    ['review line', 'partner line starts partnerResponse'],
  ],
  ['StateRestored', 'of a draft', () => draft().restored([lostBy(anna, 'ClaimSubmitted')]), ['partner line']],
  ['ClaimFollowed', '', () => submitted().given({ type: 'FollowClaim', by: rita }), [`${person(rita)} line`]],
  ['ClaimMuted', '', () => submitted().given({ type: 'MuteClaim', by: rita }), []],
];

function lostBy({ id }: Member, type = 'ConsentDenied'): LostDecision {
  return { type, at: MONDAY, by: id, version: 9 };
}

describe('who is told what (R43, R45, R47-R51)', () => {
  it('has an expectation for every event', () => {
    const all: Readonly<Record<HappeningType, true>> = {
      ClaimCreated: true,
      FieldsEdited: true,
      PoeAdded: true,
      PoeRemoved: true,
      PoeScanned: true,
      DraftDiscarded: true,
      ClaimSubmitted: true,
      ReviewStarted: true,
      ClaimReassigned: true,
      InformationRequested: true,
      ClaimResubmitted: true,
      ClaimApproved: true,
      ClaimRejected: true,
      RejectionRequested: true,
      PartnerDidNotRespond: true,
      ConsentDenied: true,
      ConsentAgreed: true,
      ConsentNotGiven: true,
      ObjectionRecorded: true,
      ObjectionWithdrawn: true,
      LateDenialRecorded: true,
      ConsentPassed: true,
      AssessmentReported: true,
      AssessmentCorrected: true,
      DisputeOpened: true,
      DisputeUpheld: true,
      DisputeOverturned: true,
      DisputeWindowClosed: true,
      CommentAdded: true,
      CommentEdited: true,
      CommentDeleted: true,
      ClockReminded: true,
      ClockEscalated: true,
      NoticeDelivered: true,
      NoticeUndeliverable: true,
      ClockSuspended: true,
      StateRestored: true,
      ClaimFollowed: true,
      ClaimMuted: true,
    };
    expect([...new Set(EXPECTED.map(([type]) => type))].sort()).to.deep.equal(Object.keys(all).sort());
  });

  for (const [type, where, story, expected] of EXPECTED) {
    it(`${type}${where && ` ${where}`}: ${expected.map((one) => one.replace(/person:\S+\//, '')).join(', ') || 'nobody'}`, () => {
      const after = story();
      expect(after.events.at(-1)?.type).to.equal(type);
      expect(told(after)).to.deep.equal(expected);
    });
  }

  it('the reminder of the overall clock goes to the leads (R37)', () => {
    const story = underReview().at(pacific('2021-05-14')).settled();
    const index = story.events.findIndex(
      (event) => event.type === 'ClockReminded' && event.clock === 'overallDecision',
    );
    const event = story.events[index];
    expect(event && noticesOf(event, fold(story.events.slice(0, index + 1))).map(said)).to.deep.equal(['leads line']);
  });

  it('each notice has an id that stays the same, and tells of the version that its event made', () => {
    const story = approved();
    const event = story.events.at(-1);
    const notices = event ? noticesOf(event, story.claim) : [];
    expect(notices.map((notice) => notice.id)).to.deep.equal(
      ['customer', 'partner', 'review'].map((audience) => `${story.claim.version}:${audience}`),
    );
    for (const notice of notices)
      expect(notice).to.deep.include({ version: story.claim.version, event: 'ClaimApproved' });
  });
});

describe('followers (R47)', () => {
  const followed = (): Story => submitted().given({ type: 'FollowClaim', by: rita });

  it('hear of transitions and comments, not of reminders and deliveries', () => {
    expect(told(followed().given({ type: 'StartReview', by: arun }))).to.include(`${person(rita)} line`);
    expect(told(followed().given(comment(anna, 'A word.')))).to.include(`${person(rita)} line`);
    expect(told(followed().at(pacific('2021-05-10')).settled())).not.to.include(`${person(rita)} line`);
    expect(told(followed().given({ type: 'FollowClaim', by: lena }))).to.deep.equal([`${person(lena)} line`]);
  });

  it('are told once, also when they are told anyway', () => {
    const story = followed().given({ type: 'ReassignClaim', by: lena, to: rita });
    expect(told(story).filter((one) => one.startsWith(person(rita)))).to.have.length(1);
  });

  it('stop with a mute, and a mute stops with following', () => {
    const muted = followed().given({ type: 'MuteClaim', by: rita });
    expect(muted.claim).to.deep.include({ followers: [], muted: [rita.id] });
    expect(told(muted.given({ type: 'StartReview', by: arun }))).not.to.include(`${person(rita)} line`);
    expect(muted.given({ type: 'FollowClaim', by: rita }).claim).to.deep.include({ followers: [rita.id], muted: [] });
    thenNothing(followed().when({ type: 'FollowClaim', by: rita }));
    thenNothing(muted.when({ type: 'MuteClaim', by: rita }));
  });

  it('are not customers', () => {
    refuses(approved(), { type: 'FollowClaim', by: dana }, 'partnerOnly');
  });

  it('are people, whom the other audiences are not', () => {
    expect(personOf(`person:${rita.id}`)).to.equal(rita.id);
    expect(personOf('review')).to.equal(undefined);
  });
});

describe('the customer', () => {
  it('is never told before the first approval', () => {
    const story = asked()
      .undeliverable('partnerResponse')
      .given(comment(anna, 'A word.', 'm1'))
      .given(edit)
      .given({ type: 'ResubmitClaim', by: anna })
      .given({ type: 'StartReview', by: rita })
      .given({ type: 'RejectClaim', by: rita, reason: 'missingProducts', comment: 'No.' })
      .delivered('disputeWindow')
      .given({ type: 'OpenDispute', by: anna, justification: 'Yes.' })
      .given({ type: 'UpholdRejection', by: lena, comment: 'No.' });
    story.events.forEach((event, index) => {
      const audiences = noticesOf(event, fold(story.events.slice(0, index + 1))).map((notice) => notice.audience);
      expect(audiences, event.type).not.to.include('customer');
    });
  });
});
