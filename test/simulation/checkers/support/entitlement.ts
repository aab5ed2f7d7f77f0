/** Who may do what with a claim (R1–R6), by the rights that a person has at one moment. */
import type { Rights } from '../../world/personas.ts';
import { ALL_PERSONAS, ORGANISATIONS, organisationId } from '../../world/personas.ts';
import type { KnownClaim } from './knownClaims.ts';

const EMAILS = new Map(ALL_PERSONAS.map(({ id, email }) => [id, email]));
const tenantOf = (person: string): string => person.split('/')[0] ?? '';
/** The tenants of the partner organisations, by the product's ids of these. */
const HOMES = new Map(
  Object.entries(ORGANISATIONS).map(([name, { tenantId }]) => [
    organisationId(name as keyof typeof ORGANISATIONS),
    tenantId,
  ]),
);

/** A user, with what they may at the moment that is asked about. */
export interface Viewer {
  readonly person: string;
  readonly rights: Rights;
}

export function isMember({ rights }: Viewer, claim: KnownClaim): boolean {
  return rights.member !== undefined && organisationId(rights.member.of) === claim.partner;
}

export function isPartner(viewer: Viewer, claim: KnownClaim): boolean {
  return isMember(viewer, claim) && (viewer.rights.member?.roles.length ?? 0) > 0;
}

export function isLead({ rights }: Viewer): boolean {
  return rights.staff.includes('lead');
}

export function isReviewer(viewer: Viewer): boolean {
  return isLead(viewer) || viewer.rights.staff.includes('reviewer');
}

/** R3. `since`: contacts that the claim has named at that time or after. */
export function isContact({ person, rights }: Viewer, claim: KnownClaim, since = Infinity): boolean {
  if (claim.customerTenant === '' || tenantOf(person) !== claim.customerTenant) return false;
  if (rights.contact === true) return true;
  const email = EMAILS.get(person)?.toLowerCase();
  return (
    email !== undefined &&
    claim.contacts.some((named) => named.until >= since && named.email.trim().toLowerCase() === email)
  );
}

/** R5: of the partner, at home in its tenant, or of the customer. */
export function isOfAParty(viewer: Viewer, claim: KnownClaim): boolean {
  const home = tenantOf(viewer.person);
  return (
    isMember(viewer, claim) ||
    home === HOMES.get(claim.partner) ||
    (claim.customerTenant !== '' && home === claim.customerTenant)
  );
}

export function mayReview(viewer: Viewer, claim: KnownClaim): boolean {
  return isReviewer(viewer) && !isOfAParty(viewer, claim);
}

export function mayDecide(viewer: Viewer, claim: KnownClaim): boolean {
  return mayReview(viewer, claim) && (isLead(viewer) || viewer.person === claim.assignee);
}

export function mayDecideDispute(viewer: Viewer, claim: KnownClaim): boolean {
  return mayReview(viewer, claim) && viewer.person !== claim.rejecter;
}

/** All of a claim is shown to them: the partner's, the reviewers, the owner, and the assessor once it was handed over. */
export function isInsider(viewer: Viewer, claim: KnownClaim): boolean {
  if (isMember(viewer, claim)) return true;
  if (claim.wasSubmitted && (isReviewer(viewer) || viewer.rights.staff.includes('owner'))) return true;
  return claim.wasHandedOver && viewer.rights.staff.includes('assessor');
}

/** R6. `since`: as for isContact. */
export function mayKnow(viewer: Viewer, claim: KnownClaim, since = Infinity): boolean {
  return isInsider(viewer, claim) || (claim.wasApproved && isContact(viewer, claim, since));
}
