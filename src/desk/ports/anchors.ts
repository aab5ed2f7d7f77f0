/** The anchor port: where the heads of decisions are kept so that the desk itself cannot rewrite them (R55). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { EventType } from '../../domain/claims/events.ts';
import type { ClaimId, Party } from '../../domain/claims/values.ts';
import type { Signature } from './signer.ts';

/** That a claim's history had this hash at this version. Ids alone; no one's words. */
export interface Anchor {
  readonly claim: ClaimId;
  readonly version: number;
  readonly hash: string;
  readonly event: EventType;
  readonly at: Instant;
  readonly by: Party['id'];
  /** Of what concerns a consent: which of the claim's consent periods. */
  readonly period?: number;
}

/** An anchor with the desk's signature over it. Versions before there were signatures left it out. */
export interface SignedAnchor extends Anchor {
  readonly signature?: Signature;
}

/** What is known of who wrote an anchor. */
export type AnchorProof =
  /** This desk signed it. */
  | 'signed'
  /** It has no signature, and is of before the desk had a key to sign with. */
  | 'beforeKeys'
  /** It has no signature, although the desk signed everything by then: someone took it away, or made the anchor up. */
  | 'unsigned'
  /** Its signature is that of something else, or by a key whose period had ended. */
  | 'forged'
  /** It was signed with a key that this desk does not have. */
  | 'unknownKey';

/** Something that was found where the anchors are; `where` is its line, or the name of its blob. */
export type FoundAnchor =
  | { readonly kind: 'anchor'; readonly where: string; readonly anchor: Anchor; readonly proof: AnchorProof }
  /** It cannot be read as an anchor. */
  | { readonly kind: 'damaged'; readonly where: string };

/** An anchor that can be read. */
export type ReadAnchor = Extract<FoundAnchor, { kind: 'anchor' }>;

/**
 * The anchors as the desk has them: signed, and with what is known of each. Append-only: what is there is never changed
 * by the desk. The same anchor may be there twice, and anchors of one claim in any order. Throws where they cannot be
 * reached.
 */
export interface Anchors {
  /** Signs and adds an anchor; once it has returned, the anchor is kept. */
  append(anchor: Anchor): Promise<void>;
  /** The newest, at most so many, in no order. */
  newest(count: number): Promise<readonly FoundAnchor[]>;
  /** All of them, in no order. */
  all(): AsyncIterable<FoundAnchor>;
}

/** What is stored for an anchor, as it is: others may have written there, so it need not be one. */
export interface StoredAnchor {
  readonly where: string;
  readonly text: string;
}

/** Where anchors are stored as JSON. The contract is test/contract/anchors.ts. */
export interface AnchorStore {
  /** Adds an anchor; once it has returned, the anchor is kept. */
  append(anchor: SignedAnchor): Promise<void>;
  /** The newest, at most so many, in no order. */
  newest(count: number): Promise<readonly StoredAnchor[]>;
  /** All of them, in no order. */
  all(): AsyncIterable<StoredAnchor>;
}
