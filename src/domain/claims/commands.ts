/** All that can be asked of a claim. Who asks, and when, ride along; the desk reads both anew for every try. */
import type { Instant } from '../calendar/calendar.ts';
import type { PartnerRequestReason, RequestReason, ReviewerReason } from './catalogue.ts';
import type { ClaimId, CommentId, Fields, OrganisationId, PoeId, PoeKind, PoeMark, PoeScan } from './values.ts';
import type { ConsentParties, Parties } from './parties.ts';
import type { Actor, Member } from './permission.ts';
import type { ClockName } from './policy.ts';

interface Asked {
  readonly by: Actor;
  readonly at: Instant;
  /** The version on the card that was pressed (R57); absent for what is not pressed on a card. */
  readonly seen?: number;
}
/** What R5 asks of both sides, read for this try. */
interface WithParties {
  readonly parties: Parties;
}
type Command<Type extends string, Facts extends object = object> = { readonly type: Type } & Asked & Readonly<Facts>;

export type CreateClaim = Command<
  'CreateClaim',
  { id: ClaimId; organisation: OrganisationId; fields: Partial<Fields> }
>;
/** `seenFields`: the form's values as the card showed them, so that only what was changed counts (R57). */
export type EditFields = Command<'EditFields', { fields: Partial<Fields>; seenFields?: Fields }>;
export type AddPoe = Command<
  'AddPoe',
  {
    id: PoeId;
    name: string;
    kind: PoeKind;
    size: number;
    sha256: string;
    marks?: readonly PoeMark[];
    scan?: Extract<PoeScan, 'waiting' | 'clean'>;
  }
>;
export type RemovePoe = Command<'RemovePoe', { id: PoeId }>;
export type DiscardDraft = Command<'DiscardDraft'>;
export type SubmitClaim = Command<'SubmitClaim', WithParties>;
export type StartReview = Command<'StartReview'>;
export type ReassignClaim = Command<'ReassignClaim', { to: Member }>;
export type RequestInformation = Command<'RequestInformation', { reasons: readonly RequestReason[]; comment: string }>;
export type ResubmitClaim = Command<'ResubmitClaim', WithParties>;
export type ApproveClaim = Command<'ApproveClaim', { comment?: string } & WithParties>;
export type RejectClaim = Command<'RejectClaim', { reason: ReviewerReason; comment: string }>;
export type RequestRejection = Command<'RequestRejection', { reason: PartnerRequestReason; comment: string }>;
export type DenyConsent = Command<'DenyConsent', { reason: string }>;
export type AgreeConsent = Command<'AgreeConsent', WithParties>;
/** `text`: the words, as they were typed, that were understood as a denial (R60). */
export type RecordObjection = Command<'RecordObjection', { text: string }>;
export type WithdrawObjection = Command<'WithdrawObjection'>;
export type OpenDispute = Command<'OpenDispute', { justification: string }>;
export type UpholdRejection = Command<'UpholdRejection', { comment: string }>;
export type OverturnRejection = Command<'OverturnRejection', { comment: string } & WithParties>;
export type AddComment = Command<'AddComment', { id: CommentId; text: string; message?: string }>;
export type EditComment = Command<'EditComment', { message: string; text: string }>;
export type DeleteComment = Command<'DeleteComment', { message: string }>;
/** `number`: the claim's number at the programme. `reason`: of a correction (R53). */
export type ReportAssessment = Command<
  'ReportAssessment',
  { eligible: boolean; programme: string; number?: string; reason?: string }
>;
export type FollowClaim = Command<'FollowClaim'>;
export type MuteClaim = Command<'MuteClaim'>;
/** From the desk's own delivery: what became of the notice that starts a clock (R45). */
export type RecordDelivery = Command<
  'RecordDelivery',
  {
    clock: ClockName;
    outcome: { readonly kind: 'delivered' } | { readonly kind: 'undeliverable'; readonly reason: string };
    parties: ConsentParties;
  }
>;
/** From the desk's own look: what a scanner answered about a file, or that an operator waits for no answer (R9). */
export type RecordScan = Command<'RecordScan', { poe: PoeId; verdict: Exclude<PoeScan, 'waiting'>; threat?: string }>;
/** From the sweep: fire what is due, ask nothing else. */
export type Wake = Command<'Wake'>;

/** Everything that can be asked of a claim that exists. */
export type ClaimCommand =
  | EditFields
  | AddPoe
  | RemovePoe
  | DiscardDraft
  | SubmitClaim
  | StartReview
  | ReassignClaim
  | RequestInformation
  | ResubmitClaim
  | ApproveClaim
  | RejectClaim
  | RequestRejection
  | DenyConsent
  | AgreeConsent
  | RecordObjection
  | WithdrawObjection
  | OpenDispute
  | UpholdRejection
  | OverturnRejection
  | AddComment
  | EditComment
  | DeleteComment
  | ReportAssessment
  | FollowClaim
  | MuteClaim
  | RecordDelivery
  | RecordScan
  | Wake;
export type CommandType = ClaimCommand['type'];
/** What people can ask of a claim that exists. */
export type PersonCommandType = Exclude<CommandType, 'RecordDelivery' | 'RecordScan' | 'Wake'>;
