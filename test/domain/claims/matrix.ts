/**
 * What the matrix covers: roles, commands and states. The model of the law says what each command must do in each state
 * for each role.
 */
import * as cast from './personas.ts';
import type { EventType } from '../../../src/domain/claims/events.ts';
import type { CommandType } from '../../../src/domain/claims/commands.ts';
import type { PoeId } from '../../../src/domain/claims/values.ts';
import type { Stage } from '../../../src/domain/claims/claim.ts';
import type { Actor } from '../../../src/domain/claims/permission.ts';
import { DESK } from '../../../src/domain/claims/permission.ts';
import type { RefusalCode } from '../../../src/domain/claims/refusal.ts';
import type { Progress } from './model/law.ts';
import { denialOf } from './model/law.ts';
import { REVIEWER_REASONS } from './model/needs.ts';
import { known } from './model/people.ts';
import { relationOf } from './model/relation.ts';
import { comment, created, DAY, FORM, poe, submitted, waitingPoe } from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const { anna, arun, lena, rolf, dana, asif, hana } = cast;

// ---- The roles, each one person.

export const ROLES = {
  incentivesAdmin: anna,
  billingAdmin: cast.boris,
  globalAdmin: cast.galina,
  memberWithoutRole: cast.nikita,
  otherPartner: cast.tomas,
  reviewer: cast.rita,
  assignee: arun,
  lead: lena,
  rejecter: rolf,
  reviewerInPartner: cast.petra,
  reviewerFromPartnerTenant: cast.haldor,
  reviewerOfCustomer: cast.carla,
  namedContact: dana,
  enrolledContact: cast.emil,
  contactInPartner: cast.paula,
  customerStranger: cast.uwe,
  foreignCustomer: cast.fatma,
  owner: cast.olga,
  assessor: asif,
  operator: cast.otto,
  stranger: cast.stefan,
  desk: DESK,
} as const satisfies Record<string, Actor>;
export type Role = keyof typeof ROLES;

// ---- The commands, each as it is given in the matrix. Who may, from where, and what becomes of it is the law's to
// say.

export interface Row {
  readonly type: CommandType;
  readonly ask: (by: Actor) => Ask;
  /** What comes of it, where the law leaves it to the inputs. */
  readonly event?: EventType;
  /** The only one who may change the comment that it names (R33). */
  readonly author?: Role;
}

export const ROWS: Readonly<Record<string, Row>> = {
  edit: {
    type: 'EditFields',
    ask: (by) => ({ type: 'EditFields', by, fields: { partnerContactName: 'Somebody new' } }),
  },
  addPoe: { type: 'AddPoe', ask: (by) => poe('more', by) },
  removePoe: { type: 'RemovePoe', ask: (by) => ({ type: 'RemovePoe', by, id: 'proof' as PoeId }) },
  discard: { type: 'DiscardDraft', ask: (by) => ({ type: 'DiscardDraft', by }) },
  submit: { type: 'SubmitClaim', ask: (by) => ({ type: 'SubmitClaim', by }) },
  start: { type: 'StartReview', ask: (by) => ({ type: 'StartReview', by }) },
  reassign: { type: 'ReassignClaim', ask: (by) => ({ type: 'ReassignClaim', by, to: hana }) },
  request: {
    type: 'RequestInformation',
    ask: (by) => ({ type: 'RequestInformation', by, reasons: ['missingProducts'], comment: 'Which products?' }),
  },
  resubmit: { type: 'ResubmitClaim', ask: (by) => ({ type: 'ResubmitClaim', by }) },
  approve: { type: 'ApproveClaim', ask: (by) => ({ type: 'ApproveClaim', by }) },
  reject: {
    type: 'RejectClaim',
    ask: (by) => ({ type: 'RejectClaim', by, reason: 'missingProducts', comment: 'No products.' }),
  },
  withdraw: {
    type: 'RequestRejection',
    ask: (by) => ({ type: 'RequestRejection', by, reason: 'noLongerWorking', comment: '' }),
  },
  deny: { type: 'DenyConsent', ask: (by) => ({ type: 'DenyConsent', by, reason: 'Not us.' }) },
  agree: { type: 'AgreeConsent', ask: (by) => ({ type: 'AgreeConsent', by }) },
  object: { type: 'RecordObjection', ask: (by) => ({ type: 'RecordObjection', by, text: 'We do not agree.' }) },
  notMeant: { type: 'WithdrawObjection', ask: (by) => ({ type: 'WithdrawObjection', by }) },
  dispute: { type: 'OpenDispute', ask: (by) => ({ type: 'OpenDispute', by, justification: 'Look again.' }) },
  uphold: { type: 'UpholdRejection', ask: (by) => ({ type: 'UpholdRejection', by, comment: 'It stands.' }) },
  overturn: { type: 'OverturnRejection', ask: (by) => ({ type: 'OverturnRejection', by, comment: 'It falls.' }) },
  comment: { type: 'AddComment', ask: (by) => comment(by, 'A word.') },
  editPartnersComment: {
    type: 'EditComment',
    author: 'incentivesAdmin',
    ask: (by) => ({ type: 'EditComment', by, message: 'partners', text: 'In other words.' }),
  },
  deleteReviewersComment: {
    type: 'DeleteComment',
    author: 'reviewer',
    ask: (by) => ({ type: 'DeleteComment', by, message: 'reviewers' }),
  },
  report: {
    type: 'ReportAssessment',
    ask: (by) => ({ type: 'ReportAssessment', by, eligible: true, programme: 'OSU' }),
  },
  reportOther: {
    type: 'ReportAssessment',
    ask: (by) => ({ type: 'ReportAssessment', by, eligible: true, programme: 'OSA' }),
  },
  correct: {
    type: 'ReportAssessment',
    ask: (by) => ({ type: 'ReportAssessment', by, eligible: true, programme: 'osa', reason: 'A mistake.' }),
  },
  follow: { type: 'FollowClaim', ask: (by) => ({ type: 'FollowClaim', by }) },
  mute: { type: 'MuteClaim', ask: (by) => ({ type: 'MuteClaim', by }) },
  requestArrived: {
    type: 'RecordDelivery',
    ask: (by) => ({ type: 'RecordDelivery', by, clock: 'partnerResponse', outcome: { kind: 'delivered' } }),
  },
  consentNoticeArrived: {
    type: 'RecordDelivery',
    ask: (by) => ({ type: 'RecordDelivery', by, clock: 'consent', outcome: { kind: 'delivered' } }),
  },
  rejectionLost: {
    type: 'RecordDelivery',
    event: 'NoticeUndeliverable',
    ask: (by) => ({
      type: 'RecordDelivery',
      by,
      clock: 'disputeWindow',
      outcome: { kind: 'undeliverable', reason: 'gone' },
    }),
  },
  scanned: {
    type: 'RecordScan',
    ask: (by) => ({ type: 'RecordScan', by, poe: 'proof' as PoeId, verdict: 'malicious' }),
  },
  wake: { type: 'Wake', ask: (by) => ({ type: 'Wake', by }) },
};

// ---- The states, each reached by commands from the beginning.

/** What a row comes to in one state, for those who may: a refusal of the command's own need, or nothing to do. */
type Special = RefusalCode | 'nothing' | 'happens';
/** The same for everyone whom the law lets, or by who it is. */
type Specials = Readonly<Record<string, Special | ((role: Role) => Special)>>;

const DRAFT: Progress = { wasSubmitted: false, wasApproved: false, wasHandedOver: false };
/** How far the claim has come. */
const PROGRESS = {
  draft: DRAFT,
  submitted: { ...DRAFT, wasSubmitted: true },
  approved: { ...DRAFT, wasSubmitted: true, wasApproved: true },
  handedOver: { wasSubmitted: true, wasApproved: true, wasHandedOver: true },
} as const satisfies Record<string, Progress>;

export interface State {
  readonly name: string;
  readonly stage: Stage;
  readonly story: () => Story;
  readonly progress: keyof typeof PROGRESS;
  readonly special?: Specials;
  /** What comes of a row here, where the law leaves it to the inputs and the claim. */
  readonly events?: Readonly<Record<string, EventType>>;
  /** How often the customer has declined until then (R60). */
  readonly declines?: number;
  /** The claim was never assigned. */
  readonly unassigned?: true;
  /** A reviewer gave the rejection that is in force. */
  readonly byReviewer?: boolean;
}

/** Which notice is still awaited: nothing comes of the others. */
const awaits = (row?: 'requestArrived' | 'consentNoticeArrived' | 'rejectionLost'): Specials => ({
  notMeant: 'nothing',
  requestArrived: 'nothing',
  consentNoticeArrived: 'nothing',
  rejectionLost: 'nothing',
  wake: 'nothing',
  ...(row && { [row]: 'happens' }),
});

const inReview = (): Story => discussed(submitted()).given({ type: 'StartReview', by: arun });
const discussed = (story: Story): Story =>
  story.given(comment(anna, 'Hello.', 'partners')).given(comment(cast.rita, 'Good day.', 'reviewers'));
const waiting = (): Story =>
  inReview().given({ type: 'RequestInformation', by: arun, reasons: ['missingAllPoe'], comment: 'Please.' });
const answered = (story: Story): Story => story.given(poe('answer'));
const consentOpen = (): Story => inReview().given({ type: 'ApproveClaim', by: arun });
const consentPassed = (): Story =>
  consentOpen()
    .delivered('consent')
    .after(30 * DAY)
    .settled();

const overturned = (story: Story): Story =>
  story
    .given({ type: 'OpenDispute', by: anna, justification: 'Yes.' })
    .given({ type: 'OverturnRejection', by: lena, comment: 'Right.' });
const denied = (): Story => consentOpen().given({ type: 'DenyConsent', by: dana, reason: '' });
const objected = (): Story =>
  consentOpen().delivered('consent').given({ type: 'RecordObjection', by: dana, text: 'We object.' });
/** Only Dana has objected: she can take it back, and has nothing to add. */
const OBJECTED: Specials = {
  object: (role) => (role === 'namedContact' ? 'nothing' : 'happens'),
  notMeant: (role) => (role === 'namedContact' ? 'happens' : 'objectionNotYours'),
};

interface Rejecting {
  readonly reason: string;
  readonly story: () => Story;
  readonly progress: State['progress'];
  readonly byReviewer: boolean;
  readonly unassigned?: true;
}

const REJECTED: readonly Rejecting[] = [
  {
    reason: 'partnerRequest',
    story: () =>
      discussed(submitted()).given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' }),
    progress: 'submitted',
    byReviewer: false,
    unassigned: true,
  },
  {
    reason: 'partnerRequest after the consent passed',
    story: () => consentPassed().given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' }),
    progress: 'handedOver',
    byReviewer: false,
  },
  {
    reason: 'customerDecline',
    story: denied,
    progress: 'approved',
    byReviewer: false,
  },
  {
    reason: 'noPartnerResponse',
    story: () =>
      waiting()
        .delivered('partnerResponse')
        .after(30 * DAY)
        .settled(),
    progress: 'submitted',
    byReviewer: false,
  },
  ...REVIEWER_REASONS.map(
    (reason): Rejecting => ({
      reason,
      story: () => inReview().given({ type: 'RejectClaim', by: rolf, reason, comment: 'No.' }),
      progress: 'submitted',
      byReviewer: true,
    }),
  ),
];

function rejectedStates({ reason, story, ...facts }: Rejecting): readonly State[] {
  const dispute = (): Story => story().given({ type: 'OpenDispute', by: anna, justification: 'Wrong.' });
  return [
    {
      name: `Rejected (${reason}), awaiting delivery`,
      stage: 'Disputable',
      story,
      special: awaits('rejectionLost'),
      ...facts,
    },
    {
      name: `Rejected (${reason}), disputable`,
      stage: 'Disputable',
      story: () => story().delivered('disputeWindow'),
      // The partner is told already; that they can be told nothing more is news, and stops nothing.
      special: awaits('rejectionLost'),
      ...facts,
    },
    {
      name: `Rejected (${reason}), disputed`,
      stage: 'Disputed',
      story: dispute,
      special: awaits(),
      ...facts,
    },
    {
      name: `Rejected (${reason}), disputed, its only PoE found bad`,
      stage: 'Disputed',
      story: () => dispute().given({ type: 'RecordScan', by: DESK, poe: 'proof' as PoeId, verdict: 'malicious' }),
      special: { ...awaits(), overturn: 'poeWithdrawn', scanned: 'nothing' },
      ...facts,
    },
    {
      name: `Rejected (${reason}), upheld`,
      stage: 'Upheld',
      story: () => dispute().given({ type: 'UpholdRejection', by: lena, comment: 'No.' }),
      special: awaits(),
      ...facts,
    },
    {
      name: `Rejected (${reason}), window closed`,
      stage: 'WindowClosed',
      story: () =>
        story()
          .delivered('disputeWindow')
          .after(40 * DAY)
          .settled(),
      special: awaits(),
      ...facts,
    },
  ];
}

const INCOMPLETE = {
  mpnId: FORM.mpnId,
  customerTenantId: FORM.customerTenantId,
  customerContactEmail: FORM.customerContactEmail,
};

export const STATES: readonly State[] = [
  {
    name: 'Editing, complete',
    stage: 'Editing',
    story: () => created().given(poe('proof')),
    progress: 'draft',
    special: awaits(),
  },
  {
    name: 'Editing, incomplete',
    stage: 'Editing',
    story: () => created(INCOMPLETE).given(poe('proof')),
    progress: 'draft',
    special: { ...awaits(), submit: 'fieldsMissing' },
  },
  {
    name: 'Editing, no PoE',
    stage: 'Editing',
    story: () => created(),
    progress: 'draft',
    special: { ...awaits(), submit: 'poeMissing', removePoe: 'poeUnknown', scanned: 'nothing' },
  },
  {
    name: 'Editing, its PoE waits for its scan',
    stage: 'Editing',
    story: () => created().given(waitingPoe('proof')),
    progress: 'draft',
    special: { ...awaits(), submit: 'poeWaits' },
  },
  {
    name: 'Editing, its PoE was found bad',
    stage: 'Editing',
    story: () =>
      created()
        .given(waitingPoe('proof'))
        .given({ type: 'RecordScan', by: DESK, poe: 'proof' as PoeId, verdict: 'malicious' }),
    progress: 'draft',
    special: { ...awaits(), submit: 'poeMissing', scanned: 'nothing' },
  },
  {
    name: 'Partner action required, answered by a PoE that waits for its scan',
    stage: 'PartnerActionRequired',
    story: () => waiting().given(waitingPoe('newer')),
    progress: 'submitted',
    special: { ...awaits('requestArrived'), resubmit: 'poeWaits' },
  },
  {
    name: 'Discarded',
    stage: 'Discarded',
    story: () => created().given({ type: 'DiscardDraft', by: anna }),
    progress: 'draft',
    special: awaits(),
  },
  {
    name: 'Submitted, unassigned',
    stage: 'Submitted',
    story: () => discussed(submitted()),
    progress: 'submitted',
    special: awaits(),
    unassigned: true,
  },
  {
    name: 'Submitted again, assigned',
    stage: 'Submitted',
    story: () => answered(waiting()).given({ type: 'ResubmitClaim', by: anna }),
    progress: 'submitted',
    special: awaits(),
  },
  { name: 'Under review', stage: 'UnderReview', story: inReview, progress: 'submitted', special: awaits() },
  {
    name: 'Under review, its only PoE found bad',
    stage: 'UnderReview',
    story: () => inReview().given({ type: 'RecordScan', by: DESK, poe: 'proof' as PoeId, verdict: 'malicious' }),
    progress: 'submitted',
    special: { ...awaits(), approve: 'poeWithdrawn', scanned: 'nothing' },
  },
  {
    name: 'Under review, overdue',
    stage: 'UnderReview',
    story: () => inReview().after(9 * DAY),
    progress: 'submitted',
    special: awaits(),
  },
  {
    name: 'Partner action required, awaiting delivery, unanswered',
    stage: 'PartnerActionRequired',
    story: waiting,
    progress: 'submitted',
    special: { ...awaits('requestArrived'), resubmit: 'nothingAdded' },
  },
  {
    name: 'Partner action required, awaiting delivery, answered',
    stage: 'PartnerActionRequired',
    story: () => answered(waiting()),
    progress: 'submitted',
    special: awaits('requestArrived'),
  },
  {
    name: 'Partner action required, delivered, unanswered',
    stage: 'PartnerActionRequired',
    story: () => waiting().delivered('partnerResponse'),
    progress: 'submitted',
    special: { ...awaits(), resubmit: 'nothingAdded' },
  },
  {
    name: 'Partner action required, delivered, answered',
    stage: 'PartnerActionRequired',
    story: () => answered(waiting().delivered('partnerResponse')),
    progress: 'submitted',
    special: awaits(),
  },
  {
    name: 'Approved, consent awaiting delivery',
    stage: 'ConsentOpen',
    story: consentOpen,
    progress: 'approved',
    special: awaits('consentNoticeArrived'),
  },
  {
    name: 'Approved, consent open',
    stage: 'ConsentOpen',
    story: () => consentOpen().delivered('consent'),
    progress: 'approved',
    special: awaits(),
  },
  {
    name: 'Approved, consent passed',
    stage: 'ConsentPassed',
    story: consentPassed,
    progress: 'handedOver',
    special: awaits(),
  },
  {
    name: 'Approved, consent passed, assessed',
    stage: 'ConsentPassed',
    progress: 'handedOver',
    special: { ...awaits(), reportOther: 'correctionNeedsReason' },
    events: { correct: 'AssessmentCorrected' },
    story: () => consentPassed().given({ type: 'ReportAssessment', by: asif, eligible: false, programme: 'OSA' }),
  },
  {
    name: 'Approved, agreed to',
    stage: 'ConsentOpen',
    story: () => consentOpen().delivered('consent').given({ type: 'AgreeConsent', by: dana }),
    progress: 'approved',
    special: { ...awaits(), agree: 'nothing' },
  },
  {
    name: 'Approved, objected to',
    stage: 'ConsentOpen',
    story: objected,
    progress: 'approved',
    special: { ...awaits(), ...OBJECTED },
  },
  {
    name: 'Approved, objected to, and no deadline passes',
    stage: 'ConsentOpen',
    story: () => objected().after(90 * DAY),
    progress: 'approved',
    special: { ...awaits(), ...OBJECTED },
  },
  {
    name: 'Approved after an overturned denial',
    stage: 'ConsentOpen',
    declines: 1,
    story: () => overturned(denied()).delivered('consent'),
    progress: 'approved',
    special: awaits(),
  },
  {
    name: 'Approved after an overturned denial, agreed to and passed',
    stage: 'ConsentPassed',
    declines: 1,
    story: () =>
      overturned(denied())
        .delivered('consent')
        .given({ type: 'AgreeConsent', by: dana })
        .after(30 * DAY)
        .settled(),
    progress: 'handedOver',
    special: awaits(),
  },
  {
    name: 'Rejected for good (denied for the second time)',
    stage: 'FinallyDeclined',
    declines: 2,
    story: () => overturned(denied()).given({ type: 'DenyConsent', by: dana, reason: 'No.' }),
    progress: 'approved',
    special: awaits(),
  },
  {
    name: 'Rejected for good (silent after a denial)',
    stage: 'FinallyDeclined',
    declines: 2,
    story: () =>
      overturned(denied())
        .delivered('consent')
        .after(30 * DAY)
        .settled(),
    progress: 'approved',
    special: awaits(),
  },
  {
    name: 'Approved after a dispute',
    stage: 'ConsentOpen',
    progress: 'approved',
    special: awaits('consentNoticeArrived'),
    story: () =>
      inReview()
        .given({ type: 'RejectClaim', by: rolf, reason: 'poeUnavailable', comment: 'No.' })
        .given({ type: 'OpenDispute', by: anna, justification: 'Yes.' })
        .given({ type: 'OverturnRejection', by: lena, comment: 'Right.' }),
  },
  ...REJECTED.flatMap(rejectedStates),
];

/** What the law says: the reason of the refusal, that there is nothing to do, or that it happens. */
export function expected(state: State, name: string, row: Row, role: Role): Special {
  const relation = relationOf(known(ROLES[role]), {
    assignee: state.unassigned ? undefined : arun.id,
    rejecter: state.byReviewer ? rolf.id : undefined,
  });
  const denied = denialOf(row.type, relation, { stage: state.stage, ...PROGRESS[state.progress] });
  if (denied) return denied;
  if (row.author !== undefined && row.author !== role) return 'commentNotYours';
  const special = state.special?.[name];
  return (typeof special === 'function' ? special(role) : special) ?? 'happens';
}
