/** Why a command was refused. A value, never an exception; the channel puts each into words, exhaustively (R32). */
import type { Instant } from '../calendar/calendar.ts';
import type { Change, Stage } from './claim.ts';
import type { FieldName, Party, PersonRef } from './values.ts';
import type { FieldValue } from './events.ts';
import type { FieldProblem } from './fields.ts';

/** A field that another person changed since the card was shown (R57). */
export interface EditConflict {
  readonly field: FieldName;
  readonly theirs: FieldValue;
  readonly yours: FieldValue;
  readonly by: Party;
  readonly at: Instant;
}

/** Why a command was refused, with what the answer says of it. */
export type Refusal =
  /** There is no such claim, or it is none of the caller's business: the same answer (R6). */
  | { readonly code: 'notFound' }
  /** Only a partner member with one of the three roles may (R1). */
  | { readonly code: 'partnerRoleNeeded' }
  | { readonly code: 'partnerOnly' }
  | { readonly code: 'reviewerOnly' }
  | { readonly code: 'customerContactOnly' }
  /** A contact who is a member of the partner does not agree in the customer's name (R5). */
  | { readonly code: 'partnerCannotAgree' }
  /** Only who wrote the words can take them back (R60). */
  | { readonly code: 'objectionNotYours'; readonly by: Party }
  | { readonly code: 'assessorOnly' }
  /** The assignee or a lead may; `assignee` is absent where no one is assigned. */
  | { readonly code: 'assigneeOrLeadOnly'; readonly assignee?: PersonRef }
  /** No one decides for an organisation that they belong to (R5). */
  | { readonly code: 'ownOrganisation' }
  /** The customer's tenant is the partner's own or that of one of its members: no consent of it counts (R5). */
  | { readonly code: 'sidesOverlap' }
  /** The same, to a contact who would agree. */
  | { readonly code: 'consentOfPartner' }
  /** Who rejected a claim does not decide its dispute (R5). */
  | { readonly code: 'ownRejection' }
  /** By the programme's policy who approves a claim does not assess it, and the other way round (R5). */
  | { readonly code: 'dutiesSeparate' }
  /** By the programme's policy an operator neither approves nor assesses (R5). */
  | { readonly code: 'operatorDecidesNot' }
  /** The claim is in another state than the command needs. */
  | { readonly code: 'wrongStage'; readonly stage: Stage; readonly changes: readonly Change[] }
  /** The card was older than what happened (R57). */
  | { readonly code: 'stale'; readonly changes: readonly Change[] }
  | { readonly code: 'editConflict'; readonly conflicts: readonly EditConflict[] }
  | { readonly code: 'fieldsMissing'; readonly fields: readonly FieldName[] }
  | { readonly code: 'fieldsInvalid'; readonly problems: readonly FieldProblem[] }
  /** The field is fixed once the claim is submitted. */
  | { readonly code: 'fieldFixed'; readonly field: FieldName }
  | { readonly code: 'nothingChanged' }
  | { readonly code: 'poeMissing' }
  /** All proof that there is waits for its virus scan (R9, R15). */
  | { readonly code: 'poeWaits'; readonly names: readonly string[] }
  /** No proof of the claim counts any more: a virus was found in it, or it waits for its scan (R9, R20, R28). */
  | { readonly code: 'poeWithdrawn' }
  | { readonly code: 'poeUnknown' }
  | { readonly code: 'poeTooMany'; readonly most: number }
  /** Files were added to the draft so often, counting those that were removed (R9). */
  | { readonly code: 'poeAddedTooOften'; readonly most: number }
  | { readonly code: 'poeDuplicate'; readonly name: string }
  /** A virus was found in a file of the claim with the same content (R9). */
  | { readonly code: 'poeInfected' }
  | { readonly code: 'commentNeeded' }
  | { readonly code: 'textTooLong'; readonly most: number }
  | { readonly code: 'commentsTooMany'; readonly most: number }
  /** The history is as long as it can be kept; only what decides is taken still. */
  | { readonly code: 'claimFull' }
  | { readonly code: 'reasonNeeded' }
  | { readonly code: 'programmeNeeded' }
  /** R19: nothing was added since the request. */
  | { readonly code: 'nothingAdded' }
  /** R26: neither a justification nor a new PoE. */
  | { readonly code: 'justificationNeeded' }
  | { readonly code: 'notAReviewer' }
  | { readonly code: 'alreadyAssigned'; readonly assignee: PersonRef }
  | { readonly code: 'commentUnknown' }
  | { readonly code: 'commentNotYours' }
  | { readonly code: 'alreadyDenied' }
  /** R53: the programme has another outcome; a correction needs a reason. */
  | { readonly code: 'correctionNeedsReason'; readonly programme: string; readonly eligible: boolean }
  | { readonly code: 'outcomesTooMany'; readonly most: number };
export type RefusalCode = Refusal['code'];
