import type { Claim } from '../../domain/claims/claim.ts';
import type { OutboxEntry } from './outboxEntry.ts';
import { isParked } from './outboxEntry.ts';

/** The purpose of the channel that is set for the claim's MPN id. */
export function partnerPurpose({ fields }: Claim): string {
  return `mpn:${fields.mpnId}`;
}

/** What a notice waits for whose contact is not enrolled: the tenant and the e-mail address, in any case (R3). */
export function contactKey(tenantId: string, email: string): string {
  return `contact:${tenantId}/${email.trim().toLowerCase()}`;
}

/**
 * All that can end the wait of a notice: its recipient comes back, or its audience gets another home or another contact
 * (R45).
 */
export function waitKeysOf(notice: OutboxEntry, claim: Claim): readonly string[] {
  if (!isParked(notice)) return [];
  const { audience, waitsFor } = notice;
  const { fields } = claim;
  if (audience === 'partner') return [waitsFor, `channel:${partnerPurpose(claim)}`];
  return audience === 'customer'
    ? [waitsFor, contactKey(fields.customerTenantId, fields.customerContactEmail)]
    : [waitsFor];
}
