/** What may happen to a claim and by which side, once more and independent of the product's own rules: the table of R10–R33. */

export type Stage =
  | 'none'
  | 'editing'
  | 'discarded'
  | 'submitted'
  | 'review'
  | 'asked'
  | 'consent'
  | 'passed'
  | 'disputable'
  | 'disputed'
  | 'upheld'
  | 'closed';

interface Row {
  readonly from: readonly Stage[];
  /** The same stage where it is left out. */
  readonly to?: Stage;
  readonly by: readonly string[];
}

const OPEN: readonly Stage[] = ['submitted', 'review', 'asked', 'consent', 'passed', 'disputable', 'disputed'];
const FILED: readonly Stage[] = [...OPEN, 'upheld', 'closed'];
const SHOWN: readonly Stage[] = ['editing', ...FILED];
const PEOPLE = ['partner', 'review', 'customer'];

const ROWS: Readonly<Record<string, Row>> = {
  ClaimCreated: { from: ['none'], to: 'editing', by: ['partner'] },
  FieldsEdited: { from: ['editing', 'submitted', 'asked'], by: ['partner'] },
  PoeAdded: { from: ['editing', 'submitted', 'asked', 'disputable'], by: ['partner'] },
  PoeRemoved: { from: ['editing'], by: ['partner'] },
  DraftDiscarded: { from: ['editing'], to: 'discarded', by: ['partner'] },
  ClaimSubmitted: { from: ['editing'], to: 'submitted', by: ['partner'] },
  ReviewStarted: { from: ['submitted'], to: 'review', by: ['review'] },
  ClaimReassigned: { from: ['submitted', 'review', 'disputed'], by: ['review'] },
  InformationRequested: { from: ['review'], to: 'asked', by: ['review'] },
  ClaimResubmitted: { from: ['asked'], to: 'submitted', by: ['partner'] },
  ClaimApproved: { from: ['review'], to: 'consent', by: ['review'] },
  ClaimRejected: { from: ['review'], to: 'disputable', by: ['review'] },
  RejectionRequested: {
    from: ['submitted', 'review', 'asked', 'consent', 'passed'],
    to: 'disputable',
    by: ['partner'],
  },
  PartnerDidNotRespond: { from: ['asked'], to: 'disputable', by: ['desk'] },
  ConsentDenied: { from: ['consent'], to: 'disputable', by: ['customer'] },
  LateDenialRecorded: { from: ['passed'], by: ['customer'] },
  ConsentPassed: { from: ['consent'], to: 'passed', by: ['desk'] },
  AssessmentReported: { from: ['passed'], by: ['review'] },
  DisputeOpened: { from: ['disputable'], to: 'disputed', by: ['partner'] },
  DisputeUpheld: { from: ['disputed'], to: 'upheld', by: ['review'] },
  DisputeOverturned: { from: ['disputed'], to: 'consent', by: ['review'] },
  DisputeWindowClosed: { from: ['disputable'], to: 'closed', by: ['desk'] },
  CommentAdded: { from: OPEN, by: ['partner', 'review'] },
  CommentEdited: { from: FILED, by: ['partner', 'review'] },
  CommentDeleted: { from: FILED, by: ['partner', 'review'] },
  ClockReminded: { from: OPEN, by: ['desk'] },
  ClockEscalated: { from: ['submitted', 'review', 'disputed'], by: ['desk'] },
  NoticeDelivered: { from: ['asked', 'consent', 'disputable'], by: ['desk'] },
  NoticeUndeliverable: { from: ['asked', 'consent', 'disputable'], by: ['desk'] },
  ClaimFollowed: { from: SHOWN, by: PEOPLE },
  ClaimMuted: { from: SHOWN, by: PEOPLE },
};

/** The desk itself does these, all others somebody. */
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
