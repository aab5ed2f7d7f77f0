/** Every transition that the rules allow: each event in each stage of a claim, and the stage that it leads to (R10–R33, R40–R53). */
import type { Stage } from './knownClaims.ts';
import { LEADS_TO } from './knownClaims.ts';

const DISCUSSED: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const FINAL: readonly Stage[] = ['Upheld', 'WindowClosed'];
const REWORKED: readonly Stage[] = ['Editing', 'Submitted', 'PartnerActionRequired'];
/** What waits for a notice (R45). */
const AWAITING: readonly Stage[] = ['PartnerActionRequired', 'ConsentOpen', 'Disputable'];

/** Before a claim is created it is nowhere. */
type From = Stage | 'nothing';

const FROM: Readonly<Record<string, readonly From[]>> = {
  ClaimCreated: ['nothing'],
  FieldsEdited: REWORKED,
  PoeAdded: [...REWORKED, 'Disputable'],
  PoeRemoved: ['Editing'],
  DraftDiscarded: ['Editing'],
  ClaimSubmitted: ['Editing'],
  ReviewStarted: ['Submitted'],
  ClaimReassigned: ['Submitted', 'UnderReview', 'Disputed'],
  InformationRequested: ['UnderReview'],
  ClaimResubmitted: ['PartnerActionRequired'],
  ClaimApproved: ['UnderReview'],
  ClaimRejected: ['UnderReview'],
  RejectionRequested: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
  PartnerDidNotRespond: ['PartnerActionRequired'],
  ConsentDenied: ['ConsentOpen'],
  LateDenialRecorded: ['ConsentPassed'],
  ConsentPassed: ['ConsentOpen'],
  AssessmentReported: ['ConsentPassed'],
  DisputeOpened: ['Disputable'],
  DisputeUpheld: ['Disputed'],
  DisputeOverturned: ['Disputed'],
  DisputeWindowClosed: ['Disputable'],
  CommentAdded: DISCUSSED,
  CommentEdited: [...DISCUSSED, ...FINAL],
  CommentDeleted: [...DISCUSSED, ...FINAL],
  ClockReminded: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'Disputable', 'Disputed'],
  ClockEscalated: ['Submitted', 'UnderReview', 'Disputed'],
  NoticeDelivered: AWAITING,
  NoticeUndeliverable: AWAITING,
  ClaimFollowed: ['Editing', ...DISCUSSED, ...FINAL],
  ClaimMuted: ['Editing', ...DISCUSSED, ...FINAL],
};

export function transitionKey(from: From, event: string): string {
  const to = LEADS_TO[event];
  return `${from} → ${event}${to === undefined ? '' : ` → ${to}`}`;
}

/** Every transition that there can be. */
export const TRANSITIONS: readonly string[] = Object.entries(FROM).flatMap(([event, stages]) =>
  stages.map((from) => transitionKey(from, event)),
);
