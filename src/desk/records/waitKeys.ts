import type { Claim } from '../../domain/claims/claim.ts';
import type { OrganisationId } from '../../domain/claims/values.ts';
import { normalEmail } from '../../domain/internetNames.ts';
import type { OutboxEntry } from './outboxEntry.ts';
import { isParked } from './outboxEntry.ts';

/** What the anchors of decisions wait for on a desk that has no anchors any more. */
export const ANCHORS_SET = 'anchors:set';

/** The purpose of the channel that is set for the claim's MPN id. */
export function partnerPurpose({ fields }: Claim): string {
  return `mpn:${fields.mpnId}`;
}

/** What a notice waits for whose contact is not enrolled: the tenant and the e-mail address, in any spelling (R3). */
export function contactKey(tenantId: string, email: string): string {
  return `contact:${tenantId}/${normalEmail(email)}`;
}

/** What a notice waits for that no member of a partner can receive or answer. */
export function memberKey(partner: OrganisationId): string {
  return `members:${partner}`;
}

/** What a notice waits for that no contact of a customer's tenant can receive or answer. */
export function customerKey(tenantId: string): string {
  return `contacts:${tenantId}`;
}

/** What notices may wait for that a change of an organisation's people ends. */
export function keysOfSide(organisation: OrganisationId): readonly string[] {
  return organisation.startsWith('customer:')
    ? [customerKey(organisation.slice('customer:'.length))]
    : [memberKey(organisation)];
}

/**
 * All that can end the wait of a notice: its recipient comes back, or its audience gets another home or another contact
 * (R45).
 */
export function waitKeysOf(notice: OutboxEntry, claim: Claim): readonly string[] {
  if (!isParked(notice)) return [];
  const { audience, waitsFor } = notice;
  const { fields, partner } = claim;
  if (audience === 'partner')
    return [...new Set([waitsFor, `channel:${partnerPurpose(claim)}`, memberKey(partner.id)])];
  // Who the members of the partner are decides too whether the customer's consent counts (R5).
  return audience === 'customer'
    ? [
        ...new Set([
          waitsFor,
          contactKey(fields.customerTenantId, fields.customerContactEmail),
          customerKey(fields.customerTenantId),
          memberKey(partner.id),
        ]),
      ]
    : [waitsFor];
}
