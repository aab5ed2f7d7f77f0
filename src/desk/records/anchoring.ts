/** Which entries are anchored, and what the anchors say that a store lacks (R55). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { EventType } from '../../domain/claims/events.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { Anchor } from '../ports/anchors.ts';

/**
 * What decides a claim, binds someone, or answers a clock that would decide against them: after a restore the desk must
 * know that they had answered.
 */
const ANCHORED: ReadonlySet<EventType> = new Set<EventType>([
  'ClaimSubmitted',
  'InformationRequested',
  'ClaimResubmitted',
  'ClaimApproved',
  'ObjectionRecorded',
  'ClaimRejected',
  'RejectionRequested',
  'PartnerDidNotRespond',
  'ConsentDenied',
  'ConsentAgreed',
  'ConsentNotGiven',
  'ConsentPassed',
  'LateDenialRecorded',
  'AssessmentReported',
  'AssessmentCorrected',
  'DisputeOpened',
  'DisputeUpheld',
  'DisputeOverturned',
  'DisputeWindowClosed',
  'StateRestored',
]);

/** Whether an entry is anchored. */
export function isAnchored({ event }: Pick<Entry, 'event'>): boolean {
  return ANCHORED.has(event.type);
}

/** The anchor of an entry, if it is anchored; `claim` is the claim after it. */
export function anchorOf({ id, consent }: Claim, entry: Entry): Anchor | undefined {
  if (!isAnchored(entry)) return undefined;
  const { event, version, hash } = entry;
  const { type, at, by } = event;
  return { claim: id, version, hash, event: type, at, by: by.id, ...(consent && { period: consent.period }) };
}

/** What a store lacks that an anchor knows of: the claim, its newest state, or that very history. */
export interface MissingHead {
  readonly lacks: 'claim' | 'version' | 'hash';
  readonly anchor: Anchor;
  /** The newest version that the store has. */
  readonly version?: number;
}

/** What is missing of one claim by one anchor. A store ahead of its anchors is well. */
export function missingHead(
  anchor: Anchor,
  body: { readonly entries: readonly Pick<Entry, 'hash'>[] } | undefined,
): MissingHead | undefined {
  if (!body) return { lacks: 'claim', anchor };
  const version = body.entries.length;
  if (version < anchor.version) return { lacks: 'version', anchor, version };
  return body.entries[anchor.version - 1]?.hash === anchor.hash ? undefined : { lacks: 'hash', anchor, version };
}

/** By what a head is known beside the claims: which claim, which version, which hash. */
export function headName({ claim, version, hash }: Pick<Anchor, 'claim' | 'version' | 'hash'>): string {
  return `${claim} ${version} ${hash}`;
}
