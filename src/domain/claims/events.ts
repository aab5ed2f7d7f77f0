/** All that can have happened to a claim. Each event is one version of it, and one entry of its history (R55). */
import type { Instant } from '../calendar/calendar.ts';
import type { PartnerRequestReason, RequestReason, ReviewerReason } from './catalogue.ts';
import type {
  AssessmentRecord,
  ClaimId,
  CommentId,
  FieldName,
  Fields,
  OrganisationId,
  Party,
  PersonId,
  PersonRef,
  Poe,
  PoeId,
  PoeScan,
} from './values.ts';
import type { ClockChanges } from './clock.ts';
import type { ClockName } from './policy.ts';
import type { AbsenceReason, ConsentBar } from './standing.ts';

type Event<Type extends string, Facts extends object = object> = {
  readonly type: Type;
  /** When it counts from: for what a clock did, the instant it was due, however late the sweep (R44). */
  readonly at: Instant;
  readonly by: Party;
  /** What it does to the clocks: the clock as it is from now on, or null for one that ended. */
  readonly clocks?: ClockChanges;
} & Readonly<Facts>;

export type FieldValue = Fields[FieldName];
/** A field before and after an edit. */
export interface FieldChange {
  readonly from: FieldValue;
  readonly to: FieldValue;
}
export type FieldChanges = Readonly<Partial<Record<FieldName, FieldChange>>>;

export type ClaimCreated = Event<
  'ClaimCreated',
  { id: ClaimId; filedBy: PersonRef; partner: { readonly id: OrganisationId; readonly name: string }; fields: Fields }
>;
export type FieldsEdited = Event<'FieldsEdited', { changes: FieldChanges }>;
export type PoeAdded = Event<'PoeAdded', { poe: Poe }>;
export type PoeRemoved = Event<'PoeRemoved', { poeId: PoeId; name: string }>;
/** What came of the virus scan of a file; `threat` is its scanner's name for it (R9). */
export type PoeScanned = Event<
  'PoeScanned',
  { poeId: PoeId; name: string; verdict: Exclude<PoeScan, 'waiting'>; threat?: string }
>;
export type DraftDiscarded = Event<'DraftDiscarded'>;
export type ClaimSubmitted = Event<'ClaimSubmitted'>;
export type ReviewStarted = Event<'ReviewStarted', { assignee: PersonRef }>;
export type ClaimReassigned = Event<'ClaimReassigned', { from?: PersonRef; to: PersonRef }>;
export type InformationRequested = Event<
  'InformationRequested',
  { reasons: readonly RequestReason[]; comment: string }
>;
export type ClaimResubmitted = Event<'ClaimResubmitted'>;
export type ClaimApproved = Event<'ClaimApproved', { comment?: string }>;
export type ClaimRejected = Event<'ClaimRejected', { reason: ReviewerReason; comment: string }>;
export type RejectionRequested = Event<'RejectionRequested', { reason: PartnerRequestReason; comment: string }>;
export type PartnerDidNotRespond = Event<'PartnerDidNotRespond'>;
export type ConsentDenied = Event<'ConsentDenied', { reason: string }>;
export type ConsentAgreed = Event<'ConsentAgreed'>;
/** The period ended without an agreement, where silence is no consent (R60). */
export type ConsentNotGiven = Event<'ConsentNotGiven'>;
/** Words of a contact were understood as a denial that they have not confirmed; they hold the consent clock (R60). */
export type ObjectionRecorded = Event<'ObjectionRecorded', { text: string }>;
/** Who wrote the words says that they were not meant as a denial (R60). */
export type ObjectionWithdrawn = Event<'ObjectionWithdrawn'>;
export type LateDenialRecorded = Event<'LateDenialRecorded', { reason: string }>;
export type ConsentPassed = Event<'ConsentPassed', { record: AssessmentRecord }>;
export type AssessmentReported = Event<'AssessmentReported', { eligible: boolean; programme: string; number?: string }>;
/** An outcome that was reported before is another; `from` is what was known of the programme until then (R53). */
export type AssessmentCorrected = Event<
  'AssessmentCorrected',
  {
    eligible: boolean;
    programme: string;
    number?: string;
    reason: string;
    from: { readonly eligible: boolean; readonly number?: string };
  }
>;
export type DisputeOpened = Event<'DisputeOpened', { justification: string }>;
export type DisputeUpheld = Event<'DisputeUpheld', { comment: string }>;
export type DisputeOverturned = Event<'DisputeOverturned', { comment: string }>;
export type DisputeWindowClosed = Event<'DisputeWindowClosed'>;
export type CommentAdded = Event<'CommentAdded', { commentId: CommentId; text: string; message?: string }>;
export type CommentEdited = Event<'CommentEdited', { commentId: CommentId; from: string; to: string }>;
export type CommentDeleted = Event<'CommentDeleted', { commentId: CommentId; text: string }>;
/** `daysLeft` is in the unit of the clock: business days or calendar days, the day of the reminder counted. */
export type ClockReminded = Event<'ClockReminded', { clock: ClockName; dueAt: Instant; daysLeft: number }>;
export type ClockEscalated = Event<'ClockEscalated', { clock: ClockName; dueAt: Instant; level: number }>;
/** The notice that starts a clock reached its audience; the clock runs from here (R45). */
export type NoticeDelivered = Event<'NoticeDelivered', { clock: ClockName }>;
/**
 * The notice that starts a clock cannot reach its audience for now; the clock waits. Or, `runsOn`: the partner was
 * told, and by its own doing can be told nothing more; that stops nothing (R45).
 */
export type NoticeUndeliverable = Event<'NoticeUndeliverable', { clock: ClockName; reason: string; runsOn?: true }>;
/**
 * No one is left who could act on a clock that would decide against them, or no consent would count: it waits for a new
 * notice (R5, R45). It counts from the change that took the last one away.
 */
export type ClockSuspended = Event<'ClockSuspended', { clock: ClockName; reason: AbsenceReason | ConsentBar }>;
/**
 * A decision that a claim had lost when its older state was restored, as its anchor tells: what, when, by whom, and the
 * version that it made. Of words the anchor knows none.
 */
export interface LostDecision {
  readonly type: string;
  readonly at: Instant;
  readonly by: PersonId | 'desk';
  readonly version: number;
  /** The desk did not sign the anchor that tells of it, so that another may have made it up: it is not taken again. */
  readonly unsigned?: true;
}
/**
 * The desk went on from an older state, which lacks decisions of this claim. Its clocks that would decide against
 * someone wait for a new notice, and where the customer had objected, silence is no consent any more.
 */
export type StateRestored = Event<'StateRestored', { lost: readonly LostDecision[] }>;
export type ClaimFollowed = Event<'ClaimFollowed', { personId: PersonId }>;
export type ClaimMuted = Event<'ClaimMuted', { personId: PersonId }>;
/**
 * The entries before, of a version without commitments, were chained anew in committed form; `oldHead` is the hash of
 * the last of them as it was. Nothing else happened to the claim.
 */
export type HistorySealed = Event<'HistorySealed', { oldHead: string }>;
/** Personal words of earlier entries were erased on request: their dotted paths, by the version of the entry. */
export type WordsErased = Event<
  'WordsErased',
  { words: readonly { readonly version: number; readonly paths: readonly string[] }[] }
>;

/** Everything that can happen to a claim. Events are stored and hashed: their names and fields stay. */
export type ClaimEvent =
  | ClaimCreated
  | FieldsEdited
  | PoeAdded
  | PoeRemoved
  | PoeScanned
  | DraftDiscarded
  | ClaimSubmitted
  | ReviewStarted
  | ClaimReassigned
  | InformationRequested
  | ClaimResubmitted
  | ClaimApproved
  | ClaimRejected
  | RejectionRequested
  | PartnerDidNotRespond
  | ConsentDenied
  | ConsentAgreed
  | ConsentNotGiven
  | ObjectionRecorded
  | ObjectionWithdrawn
  | LateDenialRecorded
  | ConsentPassed
  | AssessmentReported
  | AssessmentCorrected
  | DisputeOpened
  | DisputeUpheld
  | DisputeOverturned
  | DisputeWindowClosed
  | CommentAdded
  | CommentEdited
  | CommentDeleted
  | ClockReminded
  | ClockEscalated
  | NoticeDelivered
  | NoticeUndeliverable
  | ClockSuspended
  | StateRestored
  | ClaimFollowed
  | ClaimMuted
  | HistorySealed
  | WordsErased;
export type EventType = ClaimEvent['type'];

/** What was done to the record of a claim and not to the claim: no one is told of it, and no card shows it. */
export type Upkeep = HistorySealed | WordsErased;
/** The types of what happened to the claim itself. */
export type HappeningType = Exclude<EventType, Upkeep['type']>;

export function isUpkeep(event: ClaimEvent): event is Upkeep {
  return event.type === 'HistorySealed' || event.type === 'WordsErased';
}
