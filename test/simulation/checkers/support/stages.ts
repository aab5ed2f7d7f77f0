/** What may happen to a claim and by which side, once more and independent of the product's own rules: the table of R10–R33. */
import type { Stage as KnownStage } from './knownClaims.ts';

/** The stages of a claim, and `none` before there is one. */
export type Stage = 'none' | KnownStage;

interface Row {
  readonly from: readonly Stage[];
  /** The same stage where it is left out. */
  readonly to?: Stage;
  readonly by: readonly string[];
}

const OPEN: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const FILED: readonly Stage[] = [...OPEN, 'Upheld', 'WindowClosed'];
const SHOWN: readonly Stage[] = ['Editing', ...FILED];
const PEOPLE = ['partner', 'review', 'customer'];

const ROWS: Readonly<Record<string, Row>> = {
  ClaimCreated: { from: ['none'], to: 'Editing', by: ['partner'] },
  FieldsEdited: { from: ['Editing', 'Submitted', 'PartnerActionRequired'], by: ['partner'] },
  PoeAdded: { from: ['Editing', 'Submitted', 'PartnerActionRequired', 'Disputable'], by: ['partner'] },
  PoeRemoved: { from: ['Editing'], by: ['partner'] },
  DraftDiscarded: { from: ['Editing'], to: 'Discarded', by: ['partner'] },
  ClaimSubmitted: { from: ['Editing'], to: 'Submitted', by: ['partner'] },
  ReviewStarted: { from: ['Submitted'], to: 'UnderReview', by: ['review'] },
  ClaimReassigned: { from: ['Submitted', 'UnderReview', 'Disputed'], by: ['review'] },
  InformationRequested: { from: ['UnderReview'], to: 'PartnerActionRequired', by: ['review'] },
  ClaimResubmitted: { from: ['PartnerActionRequired'], to: 'Submitted', by: ['partner'] },
  ClaimApproved: { from: ['UnderReview'], to: 'ConsentOpen', by: ['review'] },
  ClaimRejected: { from: ['UnderReview'], to: 'Disputable', by: ['review'] },
  RejectionRequested: {
    from: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
    to: 'Disputable',
    by: ['partner'],
  },
  PartnerDidNotRespond: { from: ['PartnerActionRequired'], to: 'Disputable', by: ['desk'] },
  ConsentDenied: { from: ['ConsentOpen'], to: 'Disputable', by: ['customer'] },
  LateDenialRecorded: { from: ['ConsentPassed'], by: ['customer'] },
  ConsentPassed: { from: ['ConsentOpen'], to: 'ConsentPassed', by: ['desk'] },
  AssessmentReported: { from: ['ConsentPassed'], by: ['review'] },
  DisputeOpened: { from: ['Disputable'], to: 'Disputed', by: ['partner'] },
  DisputeUpheld: { from: ['Disputed'], to: 'Upheld', by: ['review'] },
  DisputeOverturned: { from: ['Disputed'], to: 'ConsentOpen', by: ['review'] },
  DisputeWindowClosed: { from: ['Disputable'], to: 'WindowClosed', by: ['desk'] },
  CommentAdded: { from: OPEN, by: ['partner', 'review'] },
  CommentEdited: { from: FILED, by: ['partner', 'review'] },
  CommentDeleted: { from: FILED, by: ['partner', 'review'] },
  ClockReminded: { from: OPEN, by: ['desk'] },
  ClockEscalated: { from: ['Submitted', 'UnderReview', 'Disputed'], by: ['desk'] },
  NoticeDelivered: { from: ['PartnerActionRequired', 'ConsentOpen', 'Disputable'], by: ['desk'] },
  NoticeUndeliverable: { from: ['PartnerActionRequired', 'ConsentOpen', 'Disputable'], by: ['desk'] },
  ClaimFollowed: { from: SHOWN, by: PEOPLE },
  ClaimMuted: { from: SHOWN, by: PEOPLE },
};

/** The desk itself does these; people do all others. */
export function isOfTheDesk(type: string): boolean {
  return ROWS[type]?.by.includes('desk') ?? false;
}

export function stageAfter(stage: Stage, type: string): Stage {
  return ROWS[type]?.to ?? stage;
}

/** Whether a claim's state moved on, so that what was decided or waited for before is over. */
export function movesOn(type: string): boolean {
  return ROWS[type]?.to !== undefined;
}

/** What is wrong with an event of this type, by this side, in this stage. */
export function illegalities(stage: Stage, type: string, side: string): readonly string[] {
  const row = ROWS[type];
  if (!row) return [`${type} is nothing that happens to a claim`];
  return [
    ...(row.from.includes(stage) ? [] : [`${type} by ${side} is not allowed in ${stage}`]),
    ...(row.by.includes(side) ? [] : [`${type} in ${stage} is not for ${side} to do`]),
  ];
}
