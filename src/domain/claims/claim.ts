/**
 * The claim and its words.
 *
 * - claim: a partner's statement that it is the partner of record of a customer (CPOR).
 * - PoE: proof of execution, the documents that show the partner's work.
 * - consent: the seven days in which the customer may deny an approved claim.
 * - assessment: the check of eligibility for incentives, outside the desk, to which a claim is handed over once.
 * - dispute: the partner's one objection to a rejection.
 * - version: how many times the claim was changed; a card carries the version that it shows (R57).
 */
import type { Instant } from '../calendar/calendar.ts';
import type { PartnerRequestReason, RejectionReason, RequestReason } from './catalogue.ts';
import type { Clocks } from './clock.ts';
import type { EventType } from './events.ts';
import type {
  ClaimId,
  PersonId,
  OrganisationId,
  Party,
  PersonRef,
  Fields,
  FieldName,
  Poe,
  Comment,
  AssessmentRecord,
} from './values.ts';

/** What R57 looks at: the newest change of the status, and of each other kind by each party. */
export interface Change {
  readonly kind: 'status' | 'fields' | 'poe' | 'comment';
  readonly event: EventType;
  readonly version: number;
  readonly by: Party;
  readonly at: Instant;
}

export interface FieldEdit {
  readonly version: number;
  readonly by: Party;
  readonly at: Instant;
}

export interface InformationRequest {
  readonly at: Instant;
  readonly by: Party;
  readonly reasons: readonly RequestReason[];
  readonly comment: string;
  /** A field, a PoE or a partner's comment was added since (R19). */
  readonly answered: boolean;
}

export interface Approval {
  readonly at: Instant;
  readonly by: Party;
  readonly afterDispute: boolean;
}

export interface LateDenial {
  readonly at: Instant;
  readonly by: Party;
  readonly reason: string;
}

interface AnyConsent {
  /** 1 for the first approval, one more for each overturned dispute. */
  readonly period: number;
  readonly openedAt: Instant;
}
/** The customer may deny (R24). */
export interface OpenConsent extends AnyConsent {
  readonly state: 'open';
}
/** No one denied in time (R25). */
export interface PassedConsent extends AnyConsent {
  readonly state: 'passed';
  readonly passedAt: Instant;
  readonly lateDenials: readonly LateDenial[];
}
/** Denied by the customer, or ended by the rejection that the partner asked for. */
export interface ClosedConsent extends AnyConsent {
  readonly state: 'denied' | 'ended';
}
export type Consent = OpenConsent | PassedConsent | ClosedConsent;

export interface Assessment {
  readonly record: AssessmentRecord;
  readonly outcome?: {
    readonly at: Instant;
    readonly by: Party;
    readonly eligible: boolean;
    readonly programme: string;
  };
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
export type Rejection = RequestedRejection | DecidedRejection;

export type Dispute =
  | { readonly state: 'possible' }
  | { readonly state: 'open'; readonly at: Instant; readonly by: Party; readonly justification: string }
  | { readonly state: 'upheld'; readonly at: Instant; readonly by: Party; readonly comment: string }
  | { readonly state: 'windowClosed'; readonly at: Instant };

/** A notice that did not reach those for whom it starts a clock (R45). */
export interface Hold {
  readonly reason: string;
  readonly since: Instant;
}

export interface ClaimCore {
  readonly id: ClaimId;
  readonly version: number;
  readonly createdAt: Instant;
  readonly filedBy: PersonRef;
  readonly partner: { readonly id: OrganisationId; readonly name: string };
  readonly fields: Fields;
  readonly poe: readonly Poe[];
  readonly comments: readonly Comment[];
  readonly changes: readonly Change[];
  /** Who changed a field last, after it was created with the claim. */
  readonly fieldEdits: Readonly<Partial<Record<FieldName, FieldEdit>>>;
  readonly clocks: Clocks;
  readonly assignee?: PersonRef;
  readonly submittedAt?: Instant;
  /** Once approved, the customer may see it (R6). */
  readonly approval?: Approval;
  readonly consent?: Consent;
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
  | 'WindowClosed';

const DISPUTE_STAGES: Readonly<Record<Dispute['state'], Stage>> = {
  possible: 'Disputable',
  open: 'Disputed',
  upheld: 'Upheld',
  windowClosed: 'WindowClosed',
};

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
