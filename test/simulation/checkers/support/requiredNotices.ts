/** Who must be told of an event: the checkers' own table of R43, R45 and R47–R51. */
import type { ClaimState } from './claimState.ts';
import type { ClockName, StoredEvent } from './storedClaim.ts';

export interface RequiredNotice {
  readonly audience: string;
  /** A line beside the edit of the card. */
  readonly line: boolean;
  /** The clock that waits for its delivery (R45). */
  readonly starts?: ClockName;
}

/** A line for the one, an edit for the other; the customer hears of it once the claim has been approved (R6). */
interface Row {
  readonly lines?: readonly string[];
  readonly edits?: readonly string[];
  readonly starts?: readonly [audience: string, clock: ClockName];
}

const BOTH: Row = { lines: ['review', 'partner'] };
const ALL: Row = { lines: ['review', 'partner', 'customer'] };
const DRAFTED: Row = { edits: ['partner'] };
const REJECTED: Row = { ...ALL, starts: ['partner', 'disputeWindow'] };
const APPROVED: Row = { ...ALL, starts: ['customer', 'consent'] };

const OBJECTION: Row = { lines: ['review', 'customer'], edits: ['partner'] };

const ROWS: Readonly<Record<string, Row>> = {
  ClaimCreated: DRAFTED,
  DraftDiscarded: DRAFTED,
  PoeRemoved: DRAFTED,
  ClaimSubmitted: BOTH,
  ReviewStarted: BOTH,
  ClaimResubmitted: BOTH,
  AssessmentReported: BOTH,
  AssessmentCorrected: BOTH,
  InformationRequested: { ...BOTH, starts: ['partner', 'partnerResponse'] },
  ClaimApproved: APPROVED,
  DisputeOverturned: APPROVED,
  ClaimRejected: REJECTED,
  RejectionRequested: REJECTED,
  PartnerDidNotRespond: REJECTED,
  ConsentNotGiven: ALL,
  ConsentAgreed: ALL,
  ObjectionRecorded: OBJECTION,
  ObjectionWithdrawn: OBJECTION,
  ConsentPassed: { lines: ['assessor', 'review', 'partner', 'customer'] },
  LateDenialRecorded: { lines: ['review'], edits: ['customer'] },
  DisputeOpened: ALL,
  DisputeUpheld: ALL,
  DisputeWindowClosed: ALL,
  CommentEdited: { edits: ['review', 'partner'] },
  CommentDeleted: { edits: ['review', 'partner'] },
  NoticeDelivered: { edits: ['review', 'partner', 'customer'] },
  NoticeUndeliverable: { lines: ['review'], edits: ['partner'] },
  ClaimMuted: {},
};
/** Followers hear of transitions and comments, not of these. */
const UNFOLLOWED: ReadonlySet<string> = new Set([
  'ClockReminded',
  'ClockEscalated',
  'NoticeDelivered',
  'NoticeUndeliverable',
  'ClockSuspended',
  'LateDenialRecorded',
  'ClaimFollowed',
  'ClaimMuted',
]);

const REMINDED: Readonly<Record<ClockName, string>> = {
  reviewStart: 'review',
  reviewDecision: 'assignee',
  disputeDecision: 'assignee',
  overallDecision: 'leads',
  partnerResponse: 'partner',
  consent: 'customer',
  disputeWindow: 'partner',
};
const ESCALATED: Readonly<Record<number, readonly string[]>> = {
  1: ['review', 'assignee'],
  2: ['leads'],
  3: ['owner'],
};

/** All who must be told of an event, each once, by audience; `claim` is its state after the event. */
export function requiredNotices(event: StoredEvent, claim: ClaimState): ReadonlyMap<string, RequiredNotice> {
  const { lines = [], edits = [], starts } = rowOf(event, claim);
  const isUnread = event.type === 'PoeAdded' && event.poe?.scan === 'waiting';
  const followers = isUnread || UNFOLLOWED.has(event.type) ? [] : [...claim.followers].map(person);
  const told = new Map<string, RequiredNotice>();
  const tell = (audience: string, line: boolean): void => {
    if (told.has(audience) || (audience === 'customer' && claim.period === 0)) return;
    told.set(audience, { audience, line, ...(starts?.[0] === audience && { starts: starts[1] }) });
  };
  for (const audience of lines) tell(audience === 'assignee' ? assigneeOf(claim) : audience, true);
  for (const audience of edits) tell(audience, false);
  for (const follower of followers) tell(follower, true);
  return told;
}

function rowOf(event: StoredEvent, claim: ClaimState): Row {
  switch (event.type) {
    case 'PoeScanned':
      return claim.wasSubmitted ? BOTH : { lines: ['partner'] };
    case 'PoeAdded':
      if (!claim.wasSubmitted) return DRAFTED;
      return event.poe?.scan === 'waiting'
        ? { edits: ['partner', 'review'] }
        : { lines: ['review'], edits: ['partner'] };
    case 'FieldsEdited':
      return claim.wasSubmitted ? { lines: ['review'], edits: ['partner'] } : DRAFTED;
    case 'ConsentDenied':
      return claim.stage === 'FinallyDeclined' ? ALL : REJECTED;
    case 'ClaimReassigned':
      return { lines: ['review', person(typeof event.to === 'object' ? event.to.id : '')] };
    case 'CommentAdded':
      return commented(event);
    case 'ClaimFollowed':
      return { lines: [person(event.personId ?? '')] };
    case 'ClockSuspended':
      return event.clock === 'consent'
        ? { lines: ['customer', 'review'], edits: ['partner'], starts: ['customer', 'consent'] }
        : { lines: ['partner', 'review'], ...(event.clock && { starts: ['partner', event.clock] }) };
    case 'ClockReminded':
      return reminded(event, claim);
    case 'ClockEscalated':
      return { lines: ESCALATED[event.level ?? 0] ?? ['leads', 'owner'], edits: ['review'] };
    default:
      return ROWS[event.type] ?? {};
  }
}

/** Who wrote in a thread reads it there already. */
function commented({ message, by }: StoredEvent): Row {
  if (message === undefined) return BOTH;
  return by.side === 'partner' ? { lines: ['review'], edits: ['partner'] } : { lines: ['partner'], edits: ['review'] };
}

/** An assignee who rejected the claim cannot decide its dispute (R5), so the reviewers hear of that too. */
function reminded({ clock }: StoredEvent, { rejecter, assignee, stage }: ClaimState): Row {
  if (clock === undefined) return {};
  const isBarred = clock === 'disputeDecision' && stage === 'Disputed' && rejecter?.id === assignee;
  return { lines: [...(isBarred ? ['review'] : []), REMINDED[clock]] };
}

const person = (id: string): string => `person:${id}`;
const assigneeOf = ({ assignee }: ClaimState): string => (assignee === undefined ? 'review' : person(assignee));
