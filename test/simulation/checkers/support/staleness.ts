/** What makes a decision stale (R57): the status, fields and PoE by others, comments of the other side. For customers the status alone. */
import type { KnownClaim } from './knownClaims.ts';

const STATUS: ReadonlySet<string> = new Set([
  'ClaimSubmitted',
  'ReviewStarted',
  'InformationRequested',
  'ClaimResubmitted',
  'ClaimApproved',
  'ClaimRejected',
  'RejectionRequested',
  'PartnerDidNotRespond',
  'ConsentDenied',
  'DraftDiscarded',
  'DisputeOpened',
  'DisputeUpheld',
  'DisputeOverturned',
  'DisputeWindowClosed',
]);
const CONTENT: ReadonlySet<string> = new Set(['FieldsEdited', 'PoeAdded', 'PoeRemoved']);
const COMMENT: ReadonlySet<string> = new Set(['CommentAdded', 'CommentEdited', 'CommentDeleted']);

/** The verbs whose press decides nothing when it is stale, by the events that they lead to. */
export const DECIDED_BY: Readonly<Record<string, string>> = {
  ReviewStarted: 'start',
  InformationRequested: 'request',
  ClaimApproved: 'approve',
  ClaimRejected: 'reject',
  ClaimResubmitted: 'resubmit',
  RejectionRequested: 'withdraw',
  ConsentDenied: 'deny',
  LateDenialRecorded: 'deny',
  DisputeOpened: 'dispute',
  DisputeUpheld: 'uphold',
  DisputeOverturned: 'overturn',
};

/** The version of the last change that a user had to have seen to decide the claim as it is; 0 where there was none. */
export function mustHaveSeen(claim: KnownClaim, person: string, side: string): number {
  return (
    claim.entries.findLast(({ type, by, side: theirs }) => {
      if (STATUS.has(type)) return true;
      if (side === 'customer' || by === person) return false;
      return CONTENT.has(type) || (COMMENT.has(type) && theirs !== side);
    })?.version ?? 0
  );
}
