/** Who may what with a claim (R1–R6), asked of the rights that somebody has at one moment. */
import type { Rights } from '../../world/personas.ts';
import { EVERYBODY, ORGANISATIONS, organisationId } from '../../world/personas.ts';
import type { KnownClaim } from './knownClaims.ts';

const EMAILS = new Map(EVERYBODY.map(({ id, email }) => [id, email]));
const tenantOf = (person: string): string => person.split('/')[0] ?? '';
/** The tenants of the partner organisations, by the product's ids of these. */
const HOMES = new Map(
  Object.entries(ORGANISATIONS).map(([name, { tenantId }]) => [
    organisationId(name as keyof typeof ORGANISATIONS),
    tenantId,
  ]),
);

/** Somebody, with what they may at the moment that is asked about. */
export interface Being {
  readonly person: string;
  readonly rights: Rights;
}

export function isMember({ rights }: Being, claim: KnownClaim): boolean {
  return rights.member !== undefined && organisationId(rights.member.of) === claim.partner;
}

export function isPartner(being: Being, claim: KnownClaim): boolean {
  return isMember(being, claim) && (being.rights.member?.roles.length ?? 0) > 0;
}

export function isLead({ rights }: Being): boolean {
  return rights.staff.includes('lead');
}

export function isReviewer(being: Being): boolean {
  return isLead(being) || being.rights.staff.includes('reviewer');
}

/** R3. `since`: contacts that the claim has named at that time or after. */
export function isContact({ person, rights }: Being, claim: KnownClaim, since = Infinity): boolean {
  if (claim.customerTenant === '' || tenantOf(person) !== claim.customerTenant) return false;
  if (rights.contact === true) return true;
  const email = EMAILS.get(person)?.toLowerCase();
  return (
    email !== undefined &&
    claim.contacts.some((named) => named.until >= since && named.email.trim().toLowerCase() === email)
  );
}

/** R5: of the partner, at home in its tenant, or of the customer. */
export function isOfAParty(being: Being, claim: KnownClaim): boolean {
  const home = tenantOf(being.person);
  return (
    isMember(being, claim) ||
    home === HOMES.get(claim.partner) ||
    (claim.customerTenant !== '' && home === claim.customerTenant)
  );
}

export function mayReview(being: Being, claim: KnownClaim): boolean {
  return isReviewer(being) && !isOfAParty(being, claim);
}

export function mayDecide(being: Being, claim: KnownClaim): boolean {
  return mayReview(being, claim) && (isLead(being) || being.person === claim.assignee);
}

export function mayDecideDispute(being: Being, claim: KnownClaim): boolean {
  return mayReview(being, claim) && being.person !== claim.rejecter;
}

/** All of a claim is shown to them: the partner's, the reviewers, the owner, and the assessor once it was handed over. */
export function isInsider(being: Being, claim: KnownClaim): boolean {
  if (isMember(being, claim)) return true;
  if (claim.wasSubmitted && (isReviewer(being) || being.rights.staff.includes('owner'))) return true;
  return claim.wasHandedOver && being.rights.staff.includes('assessor');
}

/** R6. `since`: as for isContact. */
export function mayKnow(being: Being, claim: KnownClaim, since = Infinity): boolean {
  return isInsider(being, claim) || (claim.wasApproved && isContact(being, claim, since));
}
