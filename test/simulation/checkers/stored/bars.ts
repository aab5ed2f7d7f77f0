/**
 * Checks that no claim is submitted, approved, agreed to or delivered across a bar of R5: a tenant that is on both
 * sides, or a contact who is none, or a member of the partner. It goes by the rights alone, and says nothing where they
 * changed while it was decided.
 */
import type { Checker, GroundTruth } from '../observations.ts';
import type { Turn } from '../support/claimWrites.ts';
import { ClaimWrites } from '../support/claimWrites.ts';
import { rightsFrom } from '../support/decidedFrom.ts';
import { asClaim } from '../support/storedClaim.ts';
import { hadAlways, isMemberOf, isOfPartner } from '../support/twoSides.ts';

/** What is not done where the customer's tenant is one of the partner's side. */
const OF_TWO_SIDES: ReadonlySet<string> = new Set([
  'ClaimSubmitted',
  'ClaimResubmitted',
  'ClaimApproved',
  'DisputeOverturned',
  'ConsentAgreed',
]);
/** A message is under way at most so long before it counts as delivered. */
const ON_ITS_WAY_MS = 120_000;

export function createBarsChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites(groundTruth, () => undefined);

  function check({ wrote, entry: { event }, claim }: Turn<undefined>): readonly string[] {
    const tenant = String(claim.fields['customerTenantId']);
    const isDelivery = event.type === 'NoticeDelivered' && event.clock === 'consent';
    if (!OF_TWO_SIDES.has(event.type) && !isDelivery) return [];
    const from = rightsFrom(wrote) - (isDelivery ? ON_ITS_WAY_MS : 0);
    const problems: string[] = [];
    if (isOfPartner(groundTruth, tenant, claim.partner, { from, to: wrote.at, when: 'always' }))
      problems.push(`${event.type}, and the customer's tenant ${tenant} is one of the partner's side (R5)`);
    const told = isDelivery ? asClaim(wrote.after).homes['customer']?.person : undefined;
    if (told !== undefined && hadAlways(groundTruth, told, from, wrote.at, ({ contact }) => contact !== true))
      problems.push(`the consent notice counts as delivered to ${told}, who is no enrolled contact (R3, R5)`);
    if (told !== undefined && hadAlways(groundTruth, told, from, wrote.at, isMemberOf(claim.partner)))
      problems.push(`the consent notice counts as delivered to ${told}, who is a member of the partner (R5)`);
    return problems;
  }

  return { name: 'bars', wrote: (wrote) => claims.wrote(wrote, { before: check }) };
}
