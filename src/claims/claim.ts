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
import type {
  ActivityId,
  AreaId,
  PartnerRequestReason,
  ProductId,
  RejectionReason,
  RequestReason,
} from './catalogue.ts';
import type { Clocks } from './clocks.ts';
import type { EventType } from './events.ts';

type Brand<Name extends string> = string & { readonly __brand: Name };
export type ClaimId = Brand<'ClaimId'>;
/** `tenantId/aadObjectId`: who somebody is, as Microsoft's sign-in says. */
export type PersonId = Brand<'PersonId'>;
export type OrganisationId = Brand<'OrganisationId'>;
export type PoeId = Brand<'PoeId'>;
export type CommentId = Brand<'CommentId'>;

export type Side = 'partner' | 'review' | 'customer' | 'desk';

/** Who did something, as the history keeps it. The desk itself (clocks, deliveries) is a party too. */
export interface Party {
  readonly side: Side;
  readonly id: PersonId | 'desk';
  readonly name: string;
}

/** A person as a claim remembers them. */
export interface PersonRef {
  readonly id: PersonId;
  readonly name: string;
}

/** The form of a claim (R7). An empty string or list is a field not yet filled in. */
export interface Fields {
  readonly mpnId: string;
  readonly customerName: string;
  readonly customerDomain: string;
  readonly customerTenantId: string;
  readonly customerContactName: string;
  readonly customerContactTitle: string;
  readonly customerContactEmail: string;
  readonly partnerContactName: string;
  readonly partnerContactEmail: string;
  readonly area: AreaId | '';
  readonly activity: ActivityId | '';
  readonly products: readonly ProductId[];
  readonly subscriptionIds: readonly string[];
}
export type FieldName = keyof Fields;

export const POE_KINDS = ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg'] as const;
export type PoeKind = (typeof POE_KINDS)[number];

export interface Poe {
  readonly id: PoeId;
  readonly name: string;
  readonly kind: PoeKind;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly addedAt: Instant;
  readonly by: Party;
}

export interface Comment {
  readonly id: CommentId;
  readonly by: Party;
  readonly at: Instant;
  readonly text: string;
  /** The message in Teams that it was taken from, so that its edits and its deletion are known. */
  readonly message?: string;
  readonly editedAt?: Instant;
  readonly deletedAt?: Instant;
}

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

export interface Consent {
  /** 1 for the first approval, one more for each overturned dispute. */
  readonly period: number;
  readonly openedAt: Instant;
  readonly state: 'open' | 'passed' | 'denied' | 'ended';
  readonly passedAt?: Instant;
  readonly lateDenials: readonly LateDenial[];
}

/** What is handed over (R53), one for each consent period. */
export interface AssessmentRecord {
  readonly claimId: ClaimId;
  readonly period: number;
  readonly mpnId: string;
  readonly customerTenantId: string;
  readonly subscriptionIds: readonly string[];
  readonly products: readonly ProductId[];
  readonly activity: ActivityId | '';
  readonly approvedAt: Instant;
  readonly consentPassedAt: Instant;
}

export interface Assessment {
  readonly record: AssessmentRecord;
  readonly outcome?: {
    readonly at: Instant;
    readonly by: Party;
    readonly eligible: boolean;
    readonly programme: string;
  };
}

export interface Rejection {
  readonly at: Instant;
  readonly by: Party;
  readonly reason: RejectionReason;
  readonly comment: string;
  readonly partnerReason?: PartnerRequestReason;
}

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
  readonly consent: Consent;
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
