/** The anchor port: where the heads of decisions are kept so that the desk itself cannot rewrite them (R55). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { EventType } from '../../domain/claims/events.ts';
import type { ClaimId, Party } from '../../domain/claims/values.ts';

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

/**
 * Append-only: what is there is never changed. The same anchor may be there twice, and anchors of one claim in any
 * order. Throws where they cannot be reached. The contract is test/contract/anchors.ts.
 */
export interface Anchors {
  /** Adds an anchor; once it has returned, the anchor is kept. */
  append(anchor: Anchor): Promise<void>;
  /** The newest, at most so many, in no order. */
  newest(count: number): Promise<readonly Anchor[]>;
  /** All of them, in no order. */
  all(): AsyncIterable<Anchor>;
}
