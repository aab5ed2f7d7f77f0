/**
 * What makes a decision stale (R57): the status, fields and PoE by others, comments of the other side. For customers
 * the status alone.
 */
import { stepOf } from '../../../domain/claims/model/law.ts';
import type { KnownClaim } from './knownClaims.ts';

/** The version of the last change that a user had to have seen to decide the claim as it is; 0 where there was none. */
export function mustHaveSeen(claim: KnownClaim, person: string, side: string): number {
  return (
    claim.entries.findLast(({ type, by, side: theirs }) => {
      const outdated = stepOf(type)?.outdates;
      if (outdated === undefined || outdated === 'status') return outdated === 'status';
      if (side === 'customer' || by === person) return false;
      return outdated !== 'comment' || theirs !== side;
    })?.version ?? 0
  );
}
