/** Event → who must be told (R43, R45, R47–R51). A notice is stored in the claim's document until it is delivered. */
import type { Claim } from './claim.ts';
import type { PersonId } from './values.ts';
import type { ClaimEvent, EventType, StateRestored } from './events.ts';
import type { ClockName } from './policy.ts';
import { CLOCK_NAMES } from './policy.ts';
import { sideOfClock } from './standing.ts';

/**
 * Who is told: a home of the claim (review, partner, customer), a group at the vendor, or one person. `anchor` is no
 * one: the head of a decision is brought to the anchors (R55), and {@link noticesOf} never answers it.
 */
export type Audience =
  | 'review'
  | 'partner'
  | 'customer'
  | 'leads'
  | 'owner'
  | 'assessor'
  | 'anchor'
  | `person:${PersonId}`;

/** One audience is to be told of one event. */
export interface Notice {
  /** Stable: `version:audience`. */
  readonly id: string;
  readonly audience: Audience;
  /** The version that the event made, which the notice tells of. */
  readonly version: number;
  readonly event: EventType;
  /** Whether a short line is added beside the edit of the card. */
  readonly line: boolean;
  /** The clock that waits for its delivery (R45). */
  readonly starts?: ClockName;
}

interface Told {
  readonly audience: Audience;
  readonly line: boolean;
  readonly starts?: ClockName;
}

/** The person that an audience is; undefined for a home or a group. */
export function personOf(audience: Audience): PersonId | undefined {
  return audience.startsWith('person:') ? (audience.slice('person:'.length) as PersonId) : undefined;
}

/** The notices of one event; `claim` is the claim after it. */
export function noticesOf(event: ClaimEvent, claim: Claim): readonly Notice[] {
  const told = new Map<Audience, Told>();
  for (const one of [...audiencesOf(event, claim), ...followersOf(event, claim)])
    if (!told.has(one.audience)) told.set(one.audience, one);
  return [...told.values()].map((one) => ({
    id: `${claim.version}:${one.audience}`,
    version: claim.version,
    event: event.type,
    ...one,
  }));
}

const line = (audience: Audience, starts?: ClockName): Told => ({ audience, line: true, ...(starts && { starts }) });
const edit = (audience: Audience): Told => ({ audience, line: false });
const assigneeOf = (claim: Claim): Audience => (claim.assignee ? `person:${claim.assignee.id}` : 'review');
const isRejecter = (claim: Claim): boolean =>
  claim.status === 'Rejected' && claim.rejection.by.id === claim.assignee?.id;
/** The window for a dispute, unless the rejection is final already (R60). */
const windowOf = (claim: Claim): ClockName | undefined =>
  claim.status === 'Rejected' && claim.dispute.state === 'excluded' ? undefined : 'disputeWindow';
/** The customer sees a claim from its first approval on (R6). */
const customerOf = (claim: Claim): readonly Told[] => (claim.approval ? [line('customer')] : []);

function audiencesOf(event: ClaimEvent, claim: Claim): readonly Told[] {
  switch (event.type) {
    case 'ClaimCreated':
    case 'DraftDiscarded':
    case 'PoeRemoved':
      return [edit('partner')];
    case 'PoeScanned':
      // The partner hears that a file counts now, reviewers that there is one to read; both, that one is withdrawn.
      return claim.submittedAt === undefined ? [line('partner')] : [line('partner'), line('review')];
    case 'PoeAdded':
      // Reviewers hear of it once they may read it.
      if (event.poe.scan === 'waiting' && claim.submittedAt !== undefined) return [edit('partner'), edit('review')];
      return addedTo(claim);
    case 'FieldsEdited':
      return addedTo(claim);
    case 'ClaimSubmitted':
    case 'ReviewStarted':
    case 'ClaimResubmitted':
      return [line('review'), line('partner')];
    case 'ClaimReassigned':
      return [line('review'), line(`person:${event.to.id}`)];
    case 'InformationRequested':
      return [line('partner', 'partnerResponse'), line('review')];
    case 'ClaimApproved':
    case 'DisputeOverturned':
      return [line('customer', 'consent'), line('partner'), line('review')];
    case 'ClaimRejected':
    case 'RejectionRequested':
    case 'PartnerDidNotRespond':
    case 'ConsentDenied':
    case 'ConsentNotGiven':
      return [line('partner', windowOf(claim)), line('review'), ...customerOf(claim)];
    case 'ConsentAgreed':
      return [line('review'), line('partner'), line('customer')];
    case 'ObjectionRecorded':
    case 'ObjectionWithdrawn':
      return [line('review'), edit('partner'), line('customer')];
    case 'ConsentPassed':
      return [line('assessor'), line('partner'), line('review'), line('customer')];
    case 'LateDenialRecorded':
      return [line('review'), edit('customer')];
    case 'AssessmentReported':
    case 'AssessmentCorrected':
      return [line('partner'), line('review')];
    case 'DisputeOpened':
    case 'DisputeUpheld':
    case 'DisputeWindowClosed':
      return [line('review'), line('partner'), ...customerOf(claim)];
    case 'CommentAdded':
      return event.message === undefined
        ? [line('review'), line('partner')]
        : event.by.side === 'partner'
          ? [line('review'), edit('partner')]
          : [line('partner'), edit('review')];
    case 'CommentEdited':
    case 'CommentDeleted':
      return [edit('review'), edit('partner')];
    case 'ClockReminded':
      return remindedBy(event.clock, claim);
    case 'ClockEscalated':
      return [...escalatedTo(event.level, claim), edit('review')];
    case 'NoticeDelivered':
      return [edit('review'), edit('partner'), ...(claim.approval ? [edit('customer')] : [])];
    case 'NoticeUndeliverable':
      return [line('review'), edit('partner')];
    case 'ClockSuspended':
      return sideOfClock(event.clock) === 'customer'
        ? [line('customer', event.clock), line('review'), edit('partner')]
        : [line('partner', event.clock), line('review')];
    case 'StateRestored':
      return restoredTo(event, claim);
    case 'ClaimFollowed':
      return [line(`person:${event.personId}`)];
    case 'ClaimMuted':
    case 'HistorySealed':
    case 'WordsErased':
      return [];
    default:
      return event satisfies never;
  }
}

function addedTo(claim: Claim): readonly Told[] {
  return claim.submittedAt === undefined ? [edit('partner')] : [edit('partner'), line('review')];
}

/** Each side hears of it; the notice of a clock that was stopped starts it anew. A draft is its filer's alone. */
function restoredTo({ clocks }: StateRestored, claim: Claim): readonly Told[] {
  if (claim.submittedAt === undefined) return [line('partner')];
  const stopped = CLOCK_NAMES.filter((name) => clocks?.[name]);
  const ofPartner = stopped.find((name) => sideOfClock(name) === 'partner');
  const ofCustomer = stopped.find((name) => sideOfClock(name) === 'customer');
  return [
    line('review'),
    line('partner', ofPartner),
    ...(ofCustomer ? [line('customer', ofCustomer)] : customerEdit(claim)),
  ];
}

function customerEdit(claim: Claim): readonly Told[] {
  return claim.approval ? [edit('customer')] : [];
}

function remindedBy(clock: ClockName, claim: Claim): readonly Told[] {
  switch (clock) {
    case 'reviewStart':
      return [line('review')];
    case 'reviewDecision':
      return [line(assigneeOf(claim))];
    // An assignee who rejected the claim cannot decide its dispute (R5): those who can have to hear of it too.
    case 'disputeDecision':
      return isRejecter(claim) ? [line('review'), line(assigneeOf(claim))] : [line(assigneeOf(claim))];
    case 'overallDecision':
      return [line('leads')];
    case 'partnerResponse':
    case 'disputeWindow':
      return [line('partner')];
    case 'consent':
      return [line('customer')];
  }
}

/**
 * Level 1 the assignee and the review thread, 2 the leads, 3 the programme owner, then both each business day (R43).
 */
function escalatedTo(level: number, claim: Claim): readonly Told[] {
  switch (level) {
    case 1:
      return [line('review'), line(assigneeOf(claim))];
    case 2:
      return [line('leads')];
    case 3:
      return [line('owner')];
    default:
      return [line('leads'), line('owner')];
  }
}

/** Those who follow a claim hear of its transitions and comments (R47). */
function followersOf(event: ClaimEvent, claim: Claim): readonly Told[] {
  switch (event.type) {
    case 'ClockReminded':
    case 'ClockEscalated':
    case 'NoticeDelivered':
    case 'NoticeUndeliverable':
    case 'ClockSuspended':
    case 'StateRestored':
    case 'LateDenialRecorded':
    case 'ClaimFollowed':
    case 'ClaimMuted':
    case 'HistorySealed':
    case 'WordsErased':
      return [];
    // What cannot be read yet is no news.
    case 'PoeAdded':
      return event.poe.scan === 'waiting' ? [] : claim.followers.map((id) => line(`person:${id}`));
    default:
      return claim.followers.map((id) => line(`person:${id}`));
  }
}
