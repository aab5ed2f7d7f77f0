/** What may be shown where others read along: a channel sees only the claims that it is a home of (R6, R47). */
import type { Claim } from '../claims/claim.ts';
import type { Channel } from '../desk/people.ts';
import type { Reader } from '../desk/view.ts';

type Audience = Extract<Reader, { kind: 'audience' }>;

/** As whom a channel may read a claim; undefined where it may not. */
export function channelReader(purposes: readonly Channel[], claim: Claim): Audience | undefined {
  for (const { purpose } of purposes) {
    if (purpose === 'review' && claim.submittedAt !== undefined) return { kind: 'audience', audience: 'review' };
    if (purpose === `mpn:${claim.fields.mpnId}`) return { kind: 'audience', audience: 'partner' };
  }
  return undefined;
}
