import type { Instant } from '../calendar/calendar.ts';
import type { ActivityId, AreaId, ProductId } from './catalogue.ts';

type Brand<Name extends string> = string & { readonly __brand: Name };
export type ClaimId = Brand<'ClaimId'>;
/** `tenantId/aadObjectId`: who a person is, as Microsoft's sign-in says. */
export type PersonId = Brand<'PersonId'>;
export type OrganisationId = Brand<'OrganisationId'>;
export type PoeId = Brand<'PoeId'>;
export type CommentId = Brand<'CommentId'>;

/** The side on which a party acts. */
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

/** The kinds of file that are taken as proof (R9). */
export const POE_KINDS = ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg'] as const;
export type PoeKind = (typeof POE_KINDS)[number];

/** The endings that names of each kind have; the first is given where a name has none of them. */
export const POE_ENDINGS: Readonly<Record<PoeKind, readonly [string, ...string[]]>> = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg', 'jfif', 'jpe'],
};

/**
 * What a reviewer should know of a file that was taken: its owner restricted it, it holds other files, scripts of form
 * fields, the path of a template, a whole document or an object of another program, links to files elsewhere that are
 * not followed by themselves, connections to data that wait for their reader (R9). Stored; each has a sentence.
 */
export const POE_MARKS = [
  'ownerRestricted',
  'attachments',
  'formScripts',
  'templatePath',
  'embeddedDocuments',
  'oleObjects',
  'linkedFiles',
  'dataConnections',
] as const;
export type PoeMark = (typeof POE_MARKS)[number];

/**
 * What is known of viruses in a file: nothing yet, none, or one; that it is too large for the scanner; or that an
 * operator let it count without a scan. Only a scanner that answered makes it `clean` (R9).
 */
export type PoeScan = 'waiting' | 'clean' | 'malicious' | 'tooLarge' | 'unscanned';

/** One file of proof as the claim keeps it; the bytes are in the file store (R9). */
export interface Poe {
  readonly id: PoeId;
  readonly name: string;
  readonly kind: PoeKind;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  /** Absent where there is nothing to tell, and on files that were added before files were marked. */
  readonly marks?: readonly PoeMark[];
  /**
   * While it is `waiting` it counts as no proof and no one reads it, and neither once it is withdrawn. Absent where
   * files are not scanned, and on files that were added before they were.
   */
  readonly scan?: PoeScan;
  readonly addedAt: Instant;
  readonly by: Party;
}

/**
 * Whether a file counts as proof, and may be read: not before its scan is over, nor once it is withdrawn (R9, R15,
 * R19).
 */
export function countsAsProof(poe: Pick<Poe, 'scan'>): boolean {
  return poe.scan !== 'waiting' && !isWithdrawn(poe);
}

/** Whether its scan withdrew a file for good: there is a virus in it, or no scan of one of its size (R9). */
export function isWithdrawn({ scan }: Pick<Poe, 'scan'>): boolean {
  return scan === 'malicious' || scan === 'tooLarge';
}

/** A comment of partner or reviewers (R33). */
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
