/**
 * The claim and its words.
 *
 * - claim: a partner's statement that it is the partner of record of a customer (CPOR).
 * - PoE: proof of execution, the documents that show the partner's work.
 * - consent: the seven days in which the customer may deny or agree to an approved claim.
 * - objection: a customer's words that were understood as a denial and neither confirmed nor taken back.
 * - assessment: the check of eligibility for incentives, outside the desk, to which a claim is handed over once.
 * - dispute: the partner's one objection to a rejection.
 * - version: how many times the claim was changed; a card carries the version that it shows (R57).
 */
import type { Instant } from '../calendar/calendar.ts';
import type { PartnerRequestReason, RejectionReason, RequestReason } from './catalogue.ts';
import type { Clocks } from './clock.ts';
import type { HappeningType, LostDecision } from './events.ts';
import type { ClockName } from './policy.ts';
import type {
  ClaimId,
  PersonId,
  OrganisationId,
  Party,
  PersonRef,
  Fields,
  FieldName,
  Poe,
  PoeId,
  Comment,
  AssessmentRecord,
} from './values.ts';
import { countsAsProof } from './values.ts';

/** What R57 looks at: the newest change of the status, and of each other kind by each party. */
export interface Change {
  readonly kind: 'status' | 'fields' | 'poe' | 'comment';
  readonly event: HappeningType;
  readonly version: number;
  readonly by: Party;
  readonly at: Instant;
}

/** The last edit of a field: at which version, by whom. */
export interface FieldEdit {
  readonly version: number;
  readonly by: Party;
  readonly at: Instant;
}

/** What the reviewers asked of the partner (R18). */
export interface InformationRequest {
  readonly at: Instant;
  readonly by: Party;
  readonly reasons: readonly RequestReason[];
  readonly comment: string;
  /** A field, a PoE that counts, or a partner's comment was added since (R19). */
  readonly answered: boolean;
  /** A field or a comment was: the answer stands, whatever is found in files. */
  readonly inWords?: true;
  /** The version that it made. */
  readonly since: number;
}

/** The approval that opened the consent (R20, R28). */
export interface Approval {
  readonly at: Instant;
  readonly by: Party;
  readonly afterDispute: boolean;
}

/** A denial after the consent had passed; it changes no status (R51). */
export interface LateDenial {
  readonly at: Instant;
  readonly by: Party;
  readonly reason: string;
}

/** The customer's explicit consent (R59). */
export interface Agreement {
  readonly at: Instant;
  readonly by: Party;
}

/** Words of a contact that were understood as a denial, and neither confirmed nor taken back (R60). */
export interface Objection {
  readonly at: Instant;
  readonly by: Party;
  readonly text: string;
}

interface AnyConsent {
  /** 1 for the first approval, one more for each overturned dispute. */
  readonly period: number;
  readonly openedAt: Instant;
  /** The customer has denied the claim before: silence is no consent in this period (R60). */
  readonly needsAgreement: boolean;
  /** The newest agreement; where the consent was denied after it, the denial has revoked it (R59). */
  readonly agreed?: Agreement;
  /** At most one for each contact; while there is one, the clock is held (R60). */
  readonly objections: readonly Objection[];
}
/** The customer may deny or agree (R24, R59). */
export interface OpenConsent extends AnyConsent {
  readonly state: 'open';
}
/** No one denied in time (R25). */
export interface PassedConsent extends AnyConsent {
  readonly state: 'passed';
  readonly passedAt: Instant;
  readonly lateDenials: readonly LateDenial[];
}
/** Denied by the customer or not given in time (R60), or ended by the rejection that the partner asked for. */
export interface ClosedConsent extends AnyConsent {
  readonly state: 'denied' | 'ended';
}
/** The consent period of the last approval, and what became of it. */
export type Consent = OpenConsent | PassedConsent | ClosedConsent;

/** The outcome of the assessment for one programme, as it was reported or corrected last (R53). */
export interface AssessmentOutcome {
  readonly at: Instant;
  readonly by: Party;
  readonly eligible: boolean;
  readonly programme: string;
  /** The claim's number at the programme, where it has one. */
  readonly number?: string;
  /** Why it was corrected; absent for an outcome that never was. */
  readonly correction?: string;
}

/** The hand-over of the last consent that passed, and its outcomes, each of another programme (R53). */
export interface Assessment {
  readonly record: AssessmentRecord;
  readonly outcomes: readonly AssessmentOutcome[];
}

interface AnyRejection {
  readonly at: Instant;
  readonly by: Party;
  readonly comment: string;
}
/** The partner asked for it, for a reason of its own (R22). */
export interface RequestedRejection extends AnyRejection {
  readonly reason: 'partnerRequest';
  readonly partnerReason: PartnerRequestReason;
}
/** Decided by a reviewer, the customer or a clock. */
export interface DecidedRejection extends AnyRejection {
  readonly reason: Exclude<RejectionReason, 'partnerRequest'>;
}
/** Why a claim was rejected (R21–R24, R31). */
export type Rejection = RequestedRejection | DecidedRejection;

/**
 * The partner's one objection to a rejection: not raised yet, open, answered, too late (R26–R29), or excluded, where
 * the customer has declined for the second time (R60).
 */
export type Dispute =
  | { readonly state: 'possible' }
  | { readonly state: 'open'; readonly at: Instant; readonly by: Party; readonly justification: string }
  | { readonly state: 'upheld'; readonly at: Instant; readonly by: Party; readonly comment: string }
  | { readonly state: 'windowClosed'; readonly at: Instant }
  | { readonly state: 'excluded' };

/** A notice that did not reach those for whom it starts a clock (R45). */
export interface Hold {
  readonly reason: string;
  readonly since: Instant;
}

/** What a claim has in every status. */
export interface ClaimCore {
  readonly id: ClaimId;
  readonly version: number;
  readonly createdAt: Instant;
  readonly filedBy: PersonRef;
  readonly partner: { readonly id: OrganisationId; readonly name: string };
  readonly fields: Fields;
  readonly poe: readonly Poe[];
  /** The PoE that count as proof, each with the version since which it does (R9). */
  readonly proofSince: Readonly<Record<PoeId, number>>;
  /** How many PoE were ever added, those included that were removed since. */
  readonly poeAdded: number;
  /** The content, by its SHA-256, of PoE in which a virus was found, those included that were removed since (R9). */
  readonly infected: readonly string[];
  readonly comments: readonly Comment[];
  readonly changes: readonly Change[];
  /** Who changed a field last, after it was created with the claim. */
  readonly fieldEdits: Readonly<Partial<Record<FieldName, FieldEdit>>>;
  readonly clocks: Clocks;
  /** Since when a clock runs without a break, or ran last, of those that decide against a side (R45). */
  readonly runsSince: Readonly<Partial<Record<ClockName, Instant>>>;
  /** When the reviewers were last told that no one of the partner can be reached, while a clock ran on (R45). */
  readonly partnerLostAt?: Instant;
  readonly assignee?: PersonRef;
  readonly submittedAt?: Instant;
  /** Once approved, the customer may see it (R6). */
  readonly approval?: Approval;
  readonly consent?: Consent;
  /** How often the customer has declined, in words or by silence (R60). */
  readonly declines: number;
  /** Decisions that were lost when an older state of the claim was restored. */
  readonly lost: readonly LostDecision[];
  readonly assessment?: Assessment;
  readonly hold?: Hold;
  readonly followers: readonly PersonId[];
  readonly muted: readonly PersonId[];
}

export interface Editing extends ClaimCore {
  readonly status: 'Editing';
}
/** Never shown as a status: a discarded draft is gone from every list and keeps its history (R14). */
export interface Discarded extends ClaimCore {
  readonly status: 'Discarded';
}
export interface Submitted extends ClaimCore {
  readonly status: 'Submitted';
  readonly submittedAt: Instant;
}
export interface UnderReview extends ClaimCore {
  readonly status: 'UnderReview';
  readonly assignee: PersonRef;
}
export interface PartnerActionRequired extends ClaimCore {
  readonly status: 'PartnerActionRequired';
  readonly request: InformationRequest;
}
export interface Approved extends ClaimCore {
  readonly status: 'Approved';
  readonly approval: Approval;
  readonly consent: OpenConsent | PassedConsent;
}
export interface Rejected extends ClaimCore {
  readonly status: 'Rejected';
  readonly rejection: Rejection;
  readonly dispute: Dispute;
}

/** A claim in one of its statuses, each with what it always has there. */
export type Claim = Editing | Discarded | Submitted | UnderReview | PartnerActionRequired | Approved | Rejected;
export type Status = Claim['status'];

/** The status in finer grain: what R32 says of a claim's state, and what the matrix of the tests runs over. */
export type Stage =
  | 'Editing'
  | 'Discarded'
  | 'Submitted'
  | 'UnderReview'
  | 'PartnerActionRequired'
  | 'ConsentOpen'
  | 'ConsentPassed'
  | 'Disputable'
  | 'Disputed'
  | 'Upheld'
  | 'WindowClosed'
  | 'FinallyDeclined';

/** Whether the claim has proof that counts (R9, R15, R20, R28). */
export function hasProof({ poe }: Pick<Claim, 'poe'>): boolean {
  return poe.some(countsAsProof);
}

const DISPUTE_STAGES: Readonly<Record<Dispute['state'], Stage>> = {
  possible: 'Disputable',
  open: 'Disputed',
  upheld: 'Upheld',
  windowClosed: 'WindowClosed',
  excluded: 'FinallyDeclined',
};

/** The stage of a claim (R32). */
export function stageOf(claim: Claim): Stage {
  switch (claim.status) {
    case 'Approved':
      return claim.consent.state === 'open' ? 'ConsentOpen' : 'ConsentPassed';
    case 'Rejected':
      return DISPUTE_STAGES[claim.dispute.state];
    default:
      return claim.status;
  }
}
