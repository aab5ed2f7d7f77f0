/** The table of the matrix, written from R1–R33 and from nothing else: states, roles, and who may give what from where. */
import * as cast from './personas.ts';
import type { EventType } from '../../../src/domain/claims/events.ts';
import type { CommandType } from '../../../src/domain/claims/commands.ts';
import type { PoeId } from '../../../src/domain/claims/values.ts';
import type { Stage } from '../../../src/domain/claims/claim.ts';
import { REVIEWER_REASONS } from '../../../src/domain/claims/catalogue.ts';
import type { Actor } from '../../../src/domain/claims/permission.ts';
import { DESK } from '../../../src/domain/claims/permission.ts';
import type { RefusalCode } from '../../../src/domain/claims/refusal.ts';
import { comment, created, DAY, FORM, poe, submitted } from './scenario.ts';
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
  customerStranger: cast.uwe,
  foreignCustomer: cast.fatma,
  owner: cast.olga,
  assessor: asif,
  operator: cast.otto,
  stranger: cast.stefan,
  desk: DESK,
} as const satisfies Record<string, Actor>;
export type Role = keyof typeof ROLES;

// ---- R6: who sees a claim. Everybody else gets `notFound`, whatever they ask.

const INSIDE: readonly Role[] = [
  'incentivesAdmin',
  'billingAdmin',
  'globalAdmin',
  'memberWithoutRole',
  'reviewerInPartner',
  'desk',
];
const VENDOR: readonly Role[] = [
  'reviewer',
  'assignee',
  'lead',
  'rejecter',
  'reviewerFromPartnerTenant',
  'reviewerOfCustomer',
  'owner',
];
const CONTACTS: readonly Role[] = ['namedContact', 'enrolledContact'];
export const READERS = {
  draft: INSIDE,
  submitted: [...INSIDE, ...VENDOR],
  approved: [...INSIDE, ...VENDOR, ...CONTACTS],
  handedOver: [...INSIDE, ...VENDOR, ...CONTACTS, 'assessor'],
} as const satisfies Record<string, readonly Role[]>;

// ---- R1–R5, R33: who may. `yes`, or the reason why not.

type Who = Readonly<{ yes: readonly Role[] } & Partial<Record<RefusalCode, readonly Role[]>> & { others: RefusalCode }>;

const PARTNERS: readonly Role[] = ['incentivesAdmin', 'billingAdmin', 'globalAdmin', 'reviewerInPartner'];
const BARRED: readonly Role[] = ['reviewerInPartner', 'reviewerFromPartnerTenant', 'reviewerOfCustomer'];

const partner: Who = { yes: PARTNERS, partnerRoleNeeded: ['memberWithoutRole'], others: 'partnerOnly' };
const anyReviewer: Who = {
  yes: ['reviewer', 'assignee', 'lead', 'rejecter'],
  ownOrganisation: BARRED,
  others: 'reviewerOnly',
};
const assigneeOrLead: Who = {
  yes: ['assignee', 'lead', 'rejecter'],
  assigneeOrLeadOnly: ['reviewer'],
  ownOrganisation: BARRED,
  others: 'reviewerOnly',
};
const leadOnly: Who = {
  yes: ['lead', 'rejecter'],
  assigneeOrLeadOnly: ['reviewer', 'assignee'],
  ownOrganisation: BARRED,
  others: 'reviewerOnly',
};
const notTheRejecter: Who = {
  yes: ['reviewer', 'assignee', 'lead'],
  ownRejection: ['rejecter'],
  ownOrganisation: BARRED,
  others: 'reviewerOnly',
};
const contact: Who = { yes: CONTACTS, others: 'customerContactOnly' };
const discusses: Who = {
  yes: [...PARTNERS, 'reviewer', 'assignee', 'lead', 'rejecter', 'reviewerFromPartnerTenant', 'reviewerOfCustomer'],
  partnerRoleNeeded: ['memberWithoutRole'],
  others: 'partnerOnly',
};
const assessor: Who = {
  yes: ['assessor', 'lead', 'rejecter'],
  ownOrganisation: ['reviewerOfCustomer'],
  others: 'assessorOnly',
};
const onesOwnChat: Who = {
  yes: [...INSIDE.filter((role) => role !== 'desk'), ...VENDOR, 'assessor'],
  others: 'partnerOnly',
};
const theDesk: Who = { yes: ['desk'], others: 'notFound' };

// ---- R10–R33: what each command needs, and what comes of it.

export interface Row {
  readonly rule: string;
  readonly type: CommandType;
  readonly ask: (by: Actor) => Ask;
  readonly who: Who;
  readonly from: readonly Stage[];
  readonly event: EventType;
  /** The stage afterwards; the same one where it is absent. */
  readonly to?: Stage;
  /** What comes of it instead once the consent has passed, which changes no stage (R51). */
  readonly late?: EventType;
}

const BEFORE_FINAL: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const FINAL: readonly Stage[] = ['Upheld', 'WindowClosed'];
const EVERY: readonly Stage[] = ['Editing', 'Discarded', ...BEFORE_FINAL, ...FINAL];
const REWORKED: readonly Stage[] = ['Editing', 'Submitted', 'PartnerActionRequired'];

export const ROWS: Readonly<Record<string, Row>> = {
  edit: {
    rule: 'R11',
    type: 'EditFields',
    who: partner,
    from: REWORKED,
    event: 'FieldsEdited',
    ask: (by) => ({ type: 'EditFields', by, fields: { partnerContactName: 'Somebody new' } }),
  },
  addPoe: {
    rule: 'R12, R26',
    type: 'AddPoe',
    who: partner,
    from: [...REWORKED, 'Disputable'],
    event: 'PoeAdded',
    ask: (by) => poe('more', by),
  },
  removePoe: {
    rule: 'R13',
    type: 'RemovePoe',
    who: partner,
    from: ['Editing'],
    event: 'PoeRemoved',
    ask: (by) => ({ type: 'RemovePoe', by, id: 'proof' as PoeId }),
  },
  discard: {
    rule: 'R14',
    type: 'DiscardDraft',
    who: partner,
    from: ['Editing'],
    event: 'DraftDiscarded',
    to: 'Discarded',
    ask: (by) => ({ type: 'DiscardDraft', by }),
  },
  submit: {
    rule: 'R15',
    type: 'SubmitClaim',
    who: partner,
    from: ['Editing'],
    event: 'ClaimSubmitted',
    to: 'Submitted',
    ask: (by) => ({ type: 'SubmitClaim', by }),
  },
  start: {
    rule: 'R16',
    type: 'StartReview',
    who: anyReviewer,
    from: ['Submitted'],
    event: 'ReviewStarted',
    to: 'UnderReview',
    ask: (by) => ({ type: 'StartReview', by }),
  },
  reassign: {
    rule: 'R17',
    type: 'ReassignClaim',
    who: assigneeOrLead,
    from: ['Submitted', 'UnderReview', 'Disputed'],
    event: 'ClaimReassigned',
    ask: (by) => ({ type: 'ReassignClaim', by, to: hana }),
  },
  request: {
    rule: 'R18',
    type: 'RequestInformation',
    who: assigneeOrLead,
    from: ['UnderReview'],
    event: 'InformationRequested',
    to: 'PartnerActionRequired',
    ask: (by) => ({ type: 'RequestInformation', by, reasons: ['missingProducts'], comment: 'Which products?' }),
  },
  resubmit: {
    rule: 'R19',
    type: 'ResubmitClaim',
    who: partner,
    from: ['PartnerActionRequired'],
    event: 'ClaimResubmitted',
    to: 'Submitted',
    ask: (by) => ({ type: 'ResubmitClaim', by }),
  },
  approve: {
    rule: 'R20',
    type: 'ApproveClaim',
    who: assigneeOrLead,
    from: ['UnderReview'],
    event: 'ClaimApproved',
    to: 'ConsentOpen',
    ask: (by) => ({ type: 'ApproveClaim', by }),
  },
  reject: {
    rule: 'R21',
    type: 'RejectClaim',
    who: assigneeOrLead,
    from: ['UnderReview'],
    event: 'ClaimRejected',
    to: 'Disputable',
    ask: (by) => ({ type: 'RejectClaim', by, reason: 'missingProducts', comment: 'No products.' }),
  },
  withdraw: {
    rule: 'R22',
    type: 'RequestRejection',
    who: partner,
    from: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
    event: 'RejectionRequested',
    to: 'Disputable',
    ask: (by) => ({ type: 'RequestRejection', by, reason: 'noLongerWorking', comment: '' }),
  },
  deny: {
    rule: 'R24, R51',
    type: 'DenyConsent',
    who: contact,
    from: ['ConsentOpen', 'ConsentPassed'],
    event: 'ConsentDenied',
    to: 'Disputable',
    late: 'LateDenialRecorded',
    ask: (by) => ({ type: 'DenyConsent', by, reason: 'Not us.' }),
  },
  dispute: {
    rule: 'R26',
    type: 'OpenDispute',
    who: partner,
    from: ['Disputable'],
    event: 'DisputeOpened',
    to: 'Disputed',
    ask: (by) => ({ type: 'OpenDispute', by, justification: 'Look again.' }),
  },
  uphold: {
    rule: 'R27',
    type: 'UpholdRejection',
    who: anyReviewer,
    from: ['Disputed'],
    event: 'DisputeUpheld',
    to: 'Upheld',
    ask: (by) => ({ type: 'UpholdRejection', by, comment: 'It stands.' }),
  },
  overturn: {
    rule: 'R28',
    type: 'OverturnRejection',
    who: anyReviewer,
    from: ['Disputed'],
    event: 'DisputeOverturned',
    to: 'ConsentOpen',
    ask: (by) => ({ type: 'OverturnRejection', by, comment: 'It falls.' }),
  },
  comment: {
    rule: 'R33',
    type: 'AddComment',
    who: discusses,
    from: BEFORE_FINAL,
    event: 'CommentAdded',
    ask: (by) => comment(by, 'A word.'),
  },
  editPartnersComment: {
    rule: 'R33',
    type: 'EditComment',
    who: {
      ...discusses,
      yes: ['incentivesAdmin'],
      commentNotYours: discusses.yes.filter((role) => role !== 'incentivesAdmin'),
    },
    from: [...BEFORE_FINAL, ...FINAL],
    event: 'CommentEdited',
    ask: (by) => ({ type: 'EditComment', by, message: 'partners', text: 'In other words.' }),
  },
  deleteReviewersComment: {
    rule: 'R33',
    type: 'DeleteComment',
    who: { ...discusses, yes: ['reviewer'], commentNotYours: discusses.yes.filter((role) => role !== 'reviewer') },
    from: [...BEFORE_FINAL, ...FINAL],
    event: 'CommentDeleted',
    ask: (by) => ({ type: 'DeleteComment', by, message: 'reviewers' }),
  },
  report: {
    rule: 'R53',
    type: 'ReportAssessment',
    who: assessor,
    from: ['ConsentPassed'],
    event: 'AssessmentReported',
    ask: (by) => ({ type: 'ReportAssessment', by, eligible: true, programme: 'OSU' }),
  },
  follow: {
    rule: 'R47',
    type: 'FollowClaim',
    who: onesOwnChat,
    from: EVERY.filter((stage) => stage !== 'Discarded'),
    event: 'ClaimFollowed',
    ask: (by) => ({ type: 'FollowClaim', by }),
  },
  mute: {
    rule: 'R47',
    type: 'MuteClaim',
    who: onesOwnChat,
    from: EVERY.filter((stage) => stage !== 'Discarded'),
    event: 'ClaimMuted',
    ask: (by) => ({ type: 'MuteClaim', by }),
  },
  requestArrived: {
    rule: 'R45',
    type: 'RecordDelivery',
    who: theDesk,
    from: EVERY,
    event: 'NoticeDelivered',
    ask: (by) => ({ type: 'RecordDelivery', by, clock: 'partnerResponse', outcome: { kind: 'delivered' } }),
  },
  consentNoticeArrived: {
    rule: 'R45',
    type: 'RecordDelivery',
    who: theDesk,
    from: EVERY,
    event: 'NoticeDelivered',
    ask: (by) => ({ type: 'RecordDelivery', by, clock: 'consent', outcome: { kind: 'delivered' } }),
  },
  rejectionLost: {
    rule: 'R45',
    type: 'RecordDelivery',
    who: theDesk,
    from: EVERY,
    event: 'NoticeUndeliverable',
    ask: (by) => ({
      type: 'RecordDelivery',
      by,
      clock: 'disputeWindow',
      outcome: { kind: 'undeliverable', reason: 'gone' },
    }),
  },
  wake: {
    rule: 'R44',
    type: 'Wake',
    who: theDesk,
    from: EVERY,
    event: 'ClockEscalated',
    ask: (by) => ({ type: 'Wake', by }),
  },
};

// ---- The states, each reached by commands from the beginning.

/** What a row comes to in one state, for those who may: a refusal of the command's own need, or nothing to do. */
type Special = RefusalCode | 'nothing' | 'happens';

export interface State {
  readonly name: string;
  readonly stage: Stage;
  readonly story: () => Story;
  readonly readers: keyof typeof READERS;
  readonly special?: Readonly<Record<string, Special>>;
  /** Rows whose right differs here. */
  readonly who?: Readonly<Record<string, Who>>;
}

/** Where nobody is assigned, a lead decides. */
const UNASSIGNED = { reassign: leadOnly, request: leadOnly, approve: leadOnly, reject: leadOnly };
/** Which notice is still awaited: nothing comes of the others. */
const awaits = (
  row?: 'requestArrived' | 'consentNoticeArrived' | 'rejectionLost',
): Readonly<Record<string, Special>> => ({
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

interface Rejecting {
  readonly reason: string;
  readonly story: () => Story;
  readonly readers: State['readers'];
  readonly byReviewer: boolean;
  readonly unassigned?: true;
}

const REJECTED: readonly Rejecting[] = [
  {
    reason: 'partnerRequest',
    story: () =>
      discussed(submitted()).given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' }),
    readers: 'submitted',
    byReviewer: false,
    unassigned: true,
  },
  {
    reason: 'partnerRequest after the consent passed',
    story: () => consentPassed().given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' }),
    readers: 'handedOver',
    byReviewer: false,
  },
  {
    reason: 'customerDecline',
    story: () => consentOpen().given({ type: 'DenyConsent', by: dana, reason: '' }),
    readers: 'approved',
    byReviewer: false,
  },
  {
    reason: 'noPartnerResponse',
    story: () =>
      waiting()
        .delivered('partnerResponse')
        .after(30 * DAY)
        .settled(),
    readers: 'submitted',
    byReviewer: false,
  },
  ...REVIEWER_REASONS.map(
    (reason): Rejecting => ({
      reason,
      story: () => inReview().given({ type: 'RejectClaim', by: rolf, reason, comment: 'No.' }),
      readers: 'submitted',
      byReviewer: true,
    }),
  ),
];

function rejectedStates({ reason, story, readers, byReviewer, unassigned }: Rejecting): readonly State[] {
  const dispute = (): Story => story().given({ type: 'OpenDispute', by: anna, justification: 'Wrong.' });
  const open: Readonly<Record<string, Who>> = {
    ...(unassigned && UNASSIGNED),
    ...(byReviewer && { uphold: notTheRejecter, overturn: notTheRejecter }),
  };
  return [
    {
      name: `Rejected (${reason}), awaiting delivery`,
      stage: 'Disputable',
      story,
      readers,
      special: awaits('rejectionLost'),
      who: open,
    },
    {
      name: `Rejected (${reason}), disputable`,
      stage: 'Disputable',
      story: () => story().delivered('disputeWindow'),
      readers,
      special: awaits(),
      who: open,
    },
    {
      name: `Rejected (${reason}), disputed`,
      stage: 'Disputed',
      story: dispute,
      readers,
      special: awaits(),
      who: open,
    },
    {
      name: `Rejected (${reason}), upheld`,
      stage: 'Upheld',
      story: () => dispute().given({ type: 'UpholdRejection', by: lena, comment: 'No.' }),
      readers,
      special: awaits(),
      who: open,
    },
    {
      name: `Rejected (${reason}), window closed`,
      stage: 'WindowClosed',
      story: () =>
        story()
          .delivered('disputeWindow')
          .after(40 * DAY)
          .settled(),
      readers,
      special: awaits(),
      who: open,
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
    readers: 'draft',
    special: awaits(),
  },
  {
    name: 'Editing, incomplete',
    stage: 'Editing',
    story: () => created(INCOMPLETE).given(poe('proof')),
    readers: 'draft',
    special: { ...awaits(), submit: 'fieldsMissing' },
  },
  {
    name: 'Editing, no PoE',
    stage: 'Editing',
    story: () => created(),
    readers: 'draft',
    special: { ...awaits(), submit: 'poeMissing', removePoe: 'poeUnknown' },
  },
  {
    name: 'Discarded',
    stage: 'Discarded',
    story: () => created().given({ type: 'DiscardDraft', by: anna }),
    readers: 'draft',
    special: awaits(),
  },
  {
    name: 'Submitted, unassigned',
    stage: 'Submitted',
    story: () => discussed(submitted()),
    readers: 'submitted',
    special: awaits(),
    who: UNASSIGNED,
  },
  {
    name: 'Submitted again, assigned',
    stage: 'Submitted',
    story: () => answered(waiting()).given({ type: 'ResubmitClaim', by: anna }),
    readers: 'submitted',
    special: awaits(),
  },
  { name: 'Under review', stage: 'UnderReview', story: inReview, readers: 'submitted', special: awaits() },
  {
    name: 'Under review, overdue',
    stage: 'UnderReview',
    story: () => inReview().after(9 * DAY),
    readers: 'submitted',
    special: awaits(),
  },
  {
    name: 'Partner action required, awaiting delivery, unanswered',
    stage: 'PartnerActionRequired',
    story: waiting,
    readers: 'submitted',
    special: { ...awaits('requestArrived'), resubmit: 'nothingAdded' },
  },
  {
    name: 'Partner action required, awaiting delivery, answered',
    stage: 'PartnerActionRequired',
    story: () => answered(waiting()),
    readers: 'submitted',
    special: awaits('requestArrived'),
  },
  {
    name: 'Partner action required, delivered, unanswered',
    stage: 'PartnerActionRequired',
    story: () => waiting().delivered('partnerResponse'),
    readers: 'submitted',
    special: { ...awaits(), resubmit: 'nothingAdded' },
  },
  {
    name: 'Partner action required, delivered, answered',
    stage: 'PartnerActionRequired',
    story: () => answered(waiting().delivered('partnerResponse')),
    readers: 'submitted',
    special: awaits(),
  },
  {
    name: 'Approved, consent awaiting delivery',
    stage: 'ConsentOpen',
    story: consentOpen,
    readers: 'approved',
    special: awaits('consentNoticeArrived'),
  },
  {
    name: 'Approved, consent open',
    stage: 'ConsentOpen',
    story: () => consentOpen().delivered('consent'),
    readers: 'approved',
    special: awaits(),
  },
  {
    name: 'Approved, consent passed',
    stage: 'ConsentPassed',
    story: consentPassed,
    readers: 'handedOver',
    special: awaits(),
  },
  {
    name: 'Approved, consent passed, assessed',
    stage: 'ConsentPassed',
    readers: 'handedOver',
    special: { ...awaits(), report: 'alreadyReported' },
    story: () => consentPassed().given({ type: 'ReportAssessment', by: asif, eligible: false, programme: 'OSA' }),
  },
  {
    name: 'Approved after a dispute',
    stage: 'ConsentOpen',
    readers: 'approved',
    special: awaits('consentNoticeArrived'),
    story: () =>
      inReview()
        .given({ type: 'RejectClaim', by: rolf, reason: 'poeUnavailable', comment: 'No.' })
        .given({ type: 'OpenDispute', by: anna, justification: 'Yes.' })
        .given({ type: 'OverturnRejection', by: lena, comment: 'Right.' }),
  },
  ...REJECTED.flatMap(rejectedStates),
];

/** What the table says: the reason of the refusal, that there is nothing to do, or that it happens. */
export function expected(state: State, name: string, row: Row, role: Role): Special {
  const readers: readonly Role[] = READERS[state.readers];
  if (!readers.includes(role)) return 'notFound';
  const who = state.who?.[name] ?? row.who;
  if (!who.yes.includes(role)) {
    const { yes: _, others, ...reasons } = who;
    const reason =
      (Object.entries(reasons) as [RefusalCode, readonly Role[]][]).find(([, roles]) => roles.includes(role))?.[0] ??
      others;
    // Whose comment it is comes after where the claim is: the comment cannot be edited where comments cannot be.
    return reason === 'commentNotYours' && !row.from.includes(state.stage) ? 'wrongStage' : reason;
  }
  if (!row.from.includes(state.stage)) return 'wrongStage';
  return state.special?.[name] ?? 'happens';
}
