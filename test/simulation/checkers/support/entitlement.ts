/** What a user is to a claim in the law's terms (R1–R6), by the rights that they have at one moment. */
import type { Rights } from '../../world/personas.ts';
import { ORGANISATIONS, organisationId } from '../../world/personas.ts';
import type { Relation } from '../../../domain/claims/model/law.ts';
import { sees, STRANGER } from '../../../domain/claims/model/law.ts';
import type { KnownClaim } from './knownClaims.ts';

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

/** `partner`: the claim's organisation, also where it is not created yet. */
export function relationOf(viewer: Viewer, claim: KnownClaim, partner = claim.partner): Relation {
  const { person, rights } = viewer;
  const home = tenantOf(person);
  const isMember = rights.member !== undefined && organisationId(rights.member.of) === partner;
  const lead = rights.staff.includes('lead');
  return {
    ...STRANGER,
    partner: !isMember ? undefined : (rights.member?.roles.length ?? 0) > 0 ? 'acts' : 'reads',
    reviewer: lead || rights.staff.includes('reviewer'),
    lead,
    owner: rights.staff.includes('owner'),
    assessor: rights.staff.includes('assessor'),
    operator: rights.staff.includes('operator'),
    contact: isContact(viewer, claim),
    ofParty: isMember || home === HOMES.get(partner) || (claim.customerTenant !== '' && home === claim.customerTenant),
    assignee: person === claim.assignee,
    rejecter: person === claim.rejecter,
    ...(rights.separateDuties && {
      separateDuties: true,
      approver: person === claim.state.approver,
      reporter: [...claim.state.reporters.values()].includes(person),
    }),
  };
}

/** R3. */
function isContact({ person, rights }: Viewer, claim: KnownClaim): boolean {
  return claim.customerTenant !== '' && tenantOf(person) === claim.customerTenant && rights.contact === true;
}

/**
 * All of a claim is shown to them: the partner's, the reviewers, the owner, and the assessor once it was handed over.
 */
export function isInsider(viewer: Viewer, claim: KnownClaim): boolean {
  return sees({ ...relationOf(viewer, claim), contact: false }, claim);
}

/** R6. */
export function mayKnow(viewer: Viewer, claim: KnownClaim): boolean {
  return sees(relationOf(viewer, claim), claim);
}
