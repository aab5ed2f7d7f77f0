/**
 * A sample of everything that the desk puts into words: each event of a claim, each refusal, each problem with a form.
 */
import { DESK } from '../../src/domain/claims/permission.ts';
import type { PoeId } from '../../src/domain/claims/values.ts';
import { expect } from 'chai';
import type { Claim, Stage } from '../../src/domain/claims/claim.ts';
import type { FieldName } from '../../src/domain/claims/values.ts';
import type { ClaimEvent, EventType, HappeningType } from '../../src/domain/claims/events.ts';
import type { FieldProblem } from '../../src/domain/claims/fields.ts';
import type { Entry } from '../../src/domain/claims/history.ts';
import type { Refusal, RefusalCode } from '../../src/domain/claims/refusal.ts';
import type { FormField, FormProblem } from '../../src/desk/directory/enrolment.ts';
import type { ClaimView } from '../../src/desk/queries/view.ts';
import { viewClaim } from '../../src/desk/queries/view.ts';
import { LANGUAGES } from '../../src/locales/say.ts';
import type { Absence, Standing } from '../../src/domain/claims/standing.ts';
import { anna, arun, asif, dana, hana, lena, rita } from '../domain/claims/personas.ts';
import {
  approved,
  asked,
  comment,
  created,
  DAY,
  disputed,
  draft,
  finallyDeclined,
  HOUR,
  MONDAY,
  overturnedDenial,
  passed,
  rejected,
  submitted,
  underReview,
  waitingPoe,
} from '../domain/claims/scenario.ts';
import type { Story } from '../domain/claims/scenario.ts';

export function entryOf(event: ClaimEvent): Entry {
  return { version: 1, recordedAt: event.at, event, previous: '', hash: 'h' };
}

const request = { type: 'RequestRejection', by: anna, reason: 'noLongerWorking', comment: 'We parted.' } as const;

/** The last one of each side is removed an hour later. */
function goneAfter({ now }: Story): Standing {
  const absences: readonly Absence[] = [{ from: now + HOUR, reason: 'removed' }];
  return { partner: absences, customer: absences };
}

/** Stories that together contain every type of event. */
export const STORIES: readonly Story[] = [
  created({ mpnId: '1234567' }).given({
    type: 'EditFields',
    by: anna,
    fields: { customerName: 'Contoso', customerDomain: 'contoso.com' },
  }),
  draft()
    .given({ type: 'RemovePoe', by: anna, id: 'proof' as never })
    .given({ type: 'DiscardDraft', by: anna }),
  submitted()
    .after(9 * DAY)
    .settled(),
  underReview()
    .given({ type: 'ReassignClaim', by: arun, to: hana })
    .after(14 * DAY)
    .settled(),
  asked()
    .undeliverable('partnerResponse', 'neverWrote')
    .delivered('partnerResponse')
    .given(comment(anna, 'It is 2021.', 'm1'))
    .given({ type: 'EditComment', by: anna, message: 'm1', text: 'It is 2020.' })
    .given({ type: 'DeleteComment', by: anna, message: 'm1' })
    .given({ type: 'ResubmitClaim', by: anna }),
  asked()
    .delivered('partnerResponse')
    .after(30 * DAY)
    .settled()
    .delivered('disputeWindow')
    .after(60 * DAY)
    .settled(),
  approved().delivered('consent').given({ type: 'DenyConsent', by: dana, reason: 'Not us.' }),
  passed()
    .given({ type: 'DenyConsent', by: dana, reason: '' })
    .given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU' }),
  approved()
    .delivered('consent')
    .given({ type: 'AgreeConsent', by: dana })
    .given({ type: 'DenyConsent', by: dana, reason: '' }),
  approved()
    .delivered('consent')
    .given({ type: 'RecordObjection', by: dana, text: 'We do not agree.' })
    .given({ type: 'WithdrawObjection', by: dana }),
  finallyDeclined(),
  overturnedDenial().delivered('consent').given({ type: 'DenyConsent', by: dana, reason: 'Still not us.' }),
  passed()
    .given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU', number: 'OSU-17' })
    .given({ type: 'ReportAssessment', by: asif, eligible: false, programme: 'OSU', reason: 'Not in the list.' }),
  approved().given(request),
  ...[asked().delivered('partnerResponse'), approved().delivered('consent'), rejected().delivered('disputeWindow')].map(
    (story) =>
      story
        .where({ standing: goneAfter(story) })
        .after(2 * DAY)
        .settled(),
  ),
  approved()
    .delivered('consent')
    .where({ barred: [{ from: MONDAY, reason: 'sidesOverlap' }] })
    .settled(),
  approved()
    .delivered('consent')
    .restored([{ type: 'ConsentDenied', at: MONDAY + DAY, by: dana.id, version: 9 }]),
  asked()
    .delivered('partnerResponse')
    .restored([{ type: 'ClaimResubmitted', at: MONDAY + DAY, by: anna.id, version: 9 }]),
  asked()
    .delivered('partnerResponse')
    .given(waitingPoe('letter'))
    .given({ type: 'RecordScan', by: DESK, poe: 'letter' as PoeId, verdict: 'clean' })
    .given({ type: 'RecordScan', by: DESK, poe: 'letter' as PoeId, verdict: 'malicious', threat: 'Eicar-Signature' }),
  asked()
    .given(waitingPoe('letter'))
    .given(waitingPoe('film'))
    .given({ type: 'RecordScan', by: DESK, poe: 'letter' as PoeId, verdict: 'unscanned' })
    .given({ type: 'RecordScan', by: DESK, poe: 'film' as PoeId, verdict: 'tooLarge' }),
  disputed().given({ type: 'UpholdRejection', by: lena, comment: 'It stands.' }),
  disputed()
    .given({ type: 'OverturnRejection', by: lena, comment: 'It falls.' })
    .given({ type: 'FollowClaim', by: rita })
    .given({ type: 'MuteClaim', by: rita }),
  disputed()
    .after(20 * DAY)
    .settled(),
];

export interface EventSample {
  readonly event: ClaimEvent;
  readonly claim: Claim;
}

/** Every event of the stories, with the claim as it was at the end. */
export const EVENT_SAMPLES: readonly EventSample[] = STORIES.flatMap(({ events, claim }) =>
  events.map((event) => ({ event, claim })),
);
export const TYPES = new Set<EventType>(EVENT_SAMPLES.map(({ event }) => event.type));

/** A record, so that the compiler asks for a sample of every new event type. */
export const EVENT_TYPES: Readonly<Record<HappeningType, true>> = {
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

const bob = { side: 'review', id: 'somewhere/bob' as never, name: 'Bob' } as const;
const change = { kind: 'status', event: 'ClaimApproved', version: 9, by: bob, at: MONDAY } as const;
const arunRef = { id: arun.id, name: arun.name };

export const REFUSALS: { readonly [Code in RefusalCode]: Extract<Refusal, { code: Code }> } = {
  notFound: { code: 'notFound' },
  partnerRoleNeeded: { code: 'partnerRoleNeeded' },
  partnerOnly: { code: 'partnerOnly' },
  reviewerOnly: { code: 'reviewerOnly' },
  customerContactOnly: { code: 'customerContactOnly' },
  assessorOnly: { code: 'assessorOnly' },
  assigneeOrLeadOnly: { code: 'assigneeOrLeadOnly', assignee: arunRef },
  ownOrganisation: { code: 'ownOrganisation' },
  ownRejection: { code: 'ownRejection' },
  sidesOverlap: { code: 'sidesOverlap' },
  consentOfPartner: { code: 'consentOfPartner' },
  dutiesSeparate: { code: 'dutiesSeparate' },
  operatorDecidesNot: { code: 'operatorDecidesNot' },
  wrongStage: { code: 'wrongStage', stage: 'ConsentOpen', changes: [change] },
  stale: { code: 'stale', changes: [change] },
  editConflict: {
    code: 'editConflict',
    conflicts: [
      {
        field: 'products',
        theirs: ['power-bi', 'power-apps'],
        yours: [],
        by: { side: 'partner', id: anna.id, name: 'Anna' },
        at: MONDAY,
      },
      {
        field: 'partnerContactName',
        theirs: 'Kim',
        yours: 'Lee',
        by: { side: 'partner', id: anna.id, name: 'Anna' },
        at: MONDAY,
      },
    ],
  },
  fieldsMissing: { code: 'fieldsMissing', fields: ['mpnId', 'customerName'] },
  fieldsInvalid: {
    code: 'fieldsInvalid',
    problems: [
      { field: 'mpnId', problem: 'notAnMpnId' },
      { field: 'customerDomain', problem: 'notADomain' },
    ],
  },
  fieldFixed: { code: 'fieldFixed', field: 'customerName' },
  nothingChanged: { code: 'nothingChanged' },
  poeMissing: { code: 'poeMissing' },
  poeWaits: { code: 'poeWaits', names: ['letter.pdf', 'report.docx'] },
  poeWithdrawn: { code: 'poeWithdrawn' },
  poeUnknown: { code: 'poeUnknown' },
  poeTooMany: { code: 'poeTooMany', most: 20 },
  poeAddedTooOften: { code: 'poeAddedTooOften', most: 60 },
  poeDuplicate: { code: 'poeDuplicate', name: 'letter.pdf' },
  poeInfected: { code: 'poeInfected' },
  commentNeeded: { code: 'commentNeeded' },
  textTooLong: { code: 'textTooLong', most: 4000 },
  commentsTooMany: { code: 'commentsTooMany', most: 500 },
  claimFull: { code: 'claimFull' },
  reasonNeeded: { code: 'reasonNeeded' },
  programmeNeeded: { code: 'programmeNeeded' },
  nothingAdded: { code: 'nothingAdded' },
  justificationNeeded: { code: 'justificationNeeded' },
  notAReviewer: { code: 'notAReviewer' },
  alreadyAssigned: { code: 'alreadyAssigned', assignee: arunRef },
  commentUnknown: { code: 'commentUnknown' },
  commentNotYours: { code: 'commentNotYours' },
  alreadyDenied: { code: 'alreadyDenied' },
  partnerCannotAgree: { code: 'partnerCannotAgree' },
  objectionNotYours: { code: 'objectionNotYours', by: { side: 'customer', id: dana.id, name: 'Dana' } },
  correctionNeedsReason: { code: 'correctionNeedsReason', programme: 'OSU', eligible: true },
  outcomesTooMany: { code: 'outcomesTooMany', most: 20 },
};

/** Each problem with a field that can have it. */
export const FIELD_PROBLEMS: Readonly<Record<FieldProblem['problem'], FieldName>> = {
  tooLong: 'customerName',
  holdsAddress: 'customerName',
  notReadable: 'customerName',
  notAnMpnId: 'mpnId',
  notYourMpnId: 'mpnId',
  notADomain: 'customerDomain',
  notATenantId: 'customerTenantId',
  ownTenant: 'customerTenantId',
  notAnEmail: 'customerContactEmail',
  notAnArea: 'area',
  notAnActivity: 'activity',
  activityNotOfArea: 'activity',
  notAProduct: 'products',
  productNotOfArea: 'products',
  notASubscriptionId: 'subscriptionIds',
  tooMany: 'subscriptionIds',
  notText: 'products',
};

export const FORM_PROBLEMS: Readonly<Record<FormProblem, FormField>> = {
  missing: 'name',
  tooLong: 'name',
  holdsAddress: 'name',
  notReadable: 'name',
  notAnId: 'tenantId',
  notAnMpnId: 'mpnIds',
  mpnIdTaken: 'mpnIds',
  notAnEmail: 'email',
  unknownOrganisation: 'organisation',
  unknownRole: 'roles',
  notOfProgramme: 'tenantId',
};

export const PACIFIC = 'America/Los_Angeles';
export const SPEECHES = LANGUAGES.map((language) => ({ language, zone: PACIFIC }));
export const english = { language: 'en', zone: PACIFIC } as const;
export const russian = { language: 'ru', zone: PACIFIC } as const;
export const turkish = { language: 'tr', zone: PACIFIC } as const;
export const AUDIENCES = ['partner', 'review', 'customer'] as const;

/** A story that ends in each stage. */
export const STAGES: Readonly<Record<Stage, Story>> = {
  Editing: created(),
  Discarded: draft().given({ type: 'DiscardDraft', by: anna }),
  Submitted: submitted(),
  UnderReview: underReview(),
  PartnerActionRequired: asked(),
  ConsentOpen: approved(),
  ConsentPassed: passed(),
  Disputable: rejected(),
  Disputed: disputed(),
  Upheld: disputed().given({ type: 'UpholdRejection', by: arun, comment: 'No.' }),
  WindowClosed: rejected()
    .delivered('disputeWindow')
    .after(60 * DAY)
    .settled(),
  FinallyDeclined: finallyDeclined(),
};

export function viewOf({ claim, now }: Story, audience: (typeof AUDIENCES)[number] = 'partner'): ClaimView {
  return viewClaim(claim, { kind: 'audience', audience }, now);
}

export function lastOf(story: Story): ClaimEvent {
  const last = story.events.at(-1);
  if (!last) throw new Error('nothing happened');
  return last;
}

/** Asserts that a text is a sentence, without leftovers of its template. */
export function expectSentence(text: string, about: string): void {
  expect(text, about).not.to.equal('');
  expect(text, about).not.to.match(/[{}]|undefined|NaN|\[object| {2}| [.,;]|^\s|\s$/);
}
