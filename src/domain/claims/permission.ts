/**
 * Who may do what with a claim, and why not (R1–R6). A question answers with the reason; what cannot be read means no.
 */
import { normalEmail } from '../internetNames.ts';
import type { Claim } from './claim.ts';
import type { Parties } from './parties.ts';
import { sidesOverlap } from './parties.ts';
import type { Party, PersonId, OrganisationId } from './values.ts';
import type { Refusal } from './refusal.ts';

/** The roles at a partner with which its members may act (R1). */
export const PARTNER_ROLES = ['billingAdmin', 'globalAdmin', 'incentivesAdmin'] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

export const STAFF_ROLES = ['reviewer', 'lead', 'owner', 'assessor', 'operator'] as const;
/** Roles at the vendor: who reviews, leads reviewers, owns the programme, assesses eligibility, runs the bot. */
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A person's membership in a partner organisation. */
export interface Membership {
  readonly organisation: OrganisationId;
  readonly organisationName: string;
  readonly mpnIds: readonly string[];
  /** Empty: may read the claims of the organisation and do nothing else (R1). */
  readonly roles: readonly PartnerRole[];
}

/** A person with the facts that permission needs, read anew for every command. */
export interface Member {
  readonly kind: 'person';
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly tenantId: string;
  readonly staff: readonly StaffRole[];
  readonly memberships: readonly Membership[];
  /** Partner organisations of the person's home tenant, member or not: the person does not decide for them (R5). */
  readonly homeOrganisations: readonly OrganisationId[];
  /** Tenants whose organisation enrolled this person as a contact (R3). */
  readonly contactOf: readonly string[];
  /** The programme asks that approving and assessing are two people, and that an operator is neither (R5). */
  readonly separateDuties?: true;
}

/** The desk itself: clocks and deliveries. */
export interface DeskActor {
  readonly kind: 'desk';
}
/** Who gives a command. */
export type Actor = Member | DeskActor;
/** The desk as the actor of clocks and deliveries. */
export const DESK: DeskActor = { kind: 'desk' };

type Denied = Refusal | undefined;

/** Whether a person reviews claims; leads do too (R2). */
export function isReviewer(member: Member): boolean {
  return member.staff.includes('reviewer') || member.staff.includes('lead');
}

/** Whether a person runs the desk (R4). */
export function isOperator(member: Member): boolean {
  return member.staff.includes('operator');
}

/** Whether a person leads the reviewers (R2). */
export function isLead(member: Member): boolean {
  return member.staff.includes('lead');
}

/** A person's membership in an organisation, if they are a member. */
export function membershipIn(member: Member, organisation: OrganisationId): Membership | undefined {
  return member.memberships.find((membership) => membership.organisation === organisation);
}

/** Whether a person is an enrolled contact of the customer's organisation; the name in the claim alone is none (R3). */
export function isCustomerContact(member: Member, claim: Claim): boolean {
  const tenant = claim.fields.customerTenantId;
  return tenant !== '' && member.tenantId === tenant && member.contactOf.includes(tenant);
}

/** E-mail addresses are compared without regard to case, as mail systems do, and in any spelling of their domain. */
export function sameEmail(one: string, other: string): boolean {
  return normalEmail(one) === normalEmail(other);
}

/** Who may see a claim (R6). */
export function mayRead(actor: Actor, claim: Claim): boolean {
  if (actor.kind === 'desk') return true;
  if (membershipIn(actor, claim.partner.id)) return true;
  if (claim.submittedAt !== undefined && (isReviewer(actor) || actor.staff.includes('owner'))) return true;
  if (claim.assessment && actor.staff.includes('assessor')) return true;
  return claim.approval !== undefined && isCustomerContact(actor, claim);
}

/** The side on which a person acts on a claim: partner before customer before review. */
export function partyOf(actor: Actor, claim: Claim): Party {
  if (actor.kind === 'desk') return { side: 'desk', id: 'desk', name: '' };
  const side = membershipIn(actor, claim.partner.id)
    ? 'partner'
    : isCustomerContact(actor, claim) && !isReviewer(actor)
      ? 'customer'
      : 'review';
  return { side, id: actor.id, name: actor.name };
}

/** The three partner roles may do everything that a partner does (R1). */
export function mayActAsPartner(actor: Actor, claim: Claim): Denied {
  const membership = actor.kind === 'person' ? membershipIn(actor, claim.partner.id) : undefined;
  if (!membership) return { code: 'partnerOnly' };
  return membership.roles.length > 0 ? undefined : { code: 'partnerRoleNeeded' };
}

/** A reviewer who does not belong to one of the claim's organisations (R2, R5). */
export function mayReview(actor: Actor, claim: Claim): Denied {
  if (actor.kind !== 'person' || !isReviewer(actor)) return { code: 'reviewerOnly' };
  return belongsToParty(actor, claim) ? { code: 'ownOrganisation' } : undefined;
}

/** The assignee or a lead, R5 held (R18, R20, R21). */
export function mayDecide(actor: Actor, claim: Claim): Denied {
  const denied = mayReview(actor, claim);
  if (denied) return denied;
  if (actor.kind === 'person' && (actor.id === claim.assignee?.id || isLead(actor))) return undefined;
  return { code: 'assigneeOrLeadOnly', ...(claim.assignee && { assignee: claim.assignee }) };
}

/** The assignee or a lead; where no one is assigned, a lead (R17). */
export const mayReassign = mayDecide;

/** Any reviewer whom R5 lets, but not who rejected the claim (R5, R27, R28). */
export function mayDecideDispute(actor: Actor, claim: Claim): Denied {
  const denied = mayReview(actor, claim);
  if (denied) return denied;
  const rejecter = claim.status === 'Rejected' ? claim.rejection.by : undefined;
  return actor.kind === 'person' && rejecter?.side === 'review' && rejecter.id === actor.id
    ? { code: 'ownRejection' }
    : undefined;
}

/**
 * Why a person can do nothing for a claim whose reviewers are late: no reviewer any more, or barred by R5. Its assignee
 * and the leads can always hand it on, also where they rejected it themselves and do not decide its dispute (R17).
 */
export function mayHandle(member: Member, claim: Claim): Denied {
  const canHandOn = isLead(member) || member.id === claim.assignee?.id;
  return canHandOn || claim.status !== 'Rejected' ? mayReview(member, claim) : mayDecideDispute(member, claim);
}

/** Who may approve: as for any decision, and by a policy not who assessed the claim, nor an operator (R5, R20). */
export function mayApprove(actor: Actor, claim: Claim): Denied {
  return mayDecide(actor, claim) ?? dutiesDenial(actor, assessorsOf(claim));
}

/** To overturn is to approve (R5, R28). */
export function mayOverturn(actor: Actor, claim: Claim): Denied {
  return mayDecideDispute(actor, claim) ?? dutiesDenial(actor, assessorsOf(claim));
}

function assessorsOf(claim: Claim): readonly Party[] {
  return claim.assessment?.outcomes.map(({ by }) => by) ?? [];
}

/** R5, where the programme asks for it: `others` did the other of the two duties. */
function dutiesDenial(actor: Actor, others: readonly Party[]): Denied {
  if (actor.kind !== 'person' || !actor.separateDuties) return undefined;
  if (isOperator(actor)) return { code: 'operatorDecidesNot' };
  return others.some(({ id }) => id === actor.id) ? { code: 'dutiesSeparate' } : undefined;
}

/** A contact of the customer (R3, R24, R60). */
export function mayDeny(actor: Actor, claim: Claim): Denied {
  return actor.kind === 'person' && isCustomerContact(actor, claim) ? undefined : { code: 'customerContactOnly' };
}

/** A contact of the customer who is no member of the partner (R5, R59). */
export function mayAgree(actor: Actor, claim: Claim): Denied {
  const denied = mayDeny(actor, claim);
  if (denied) return denied;
  return actor.kind === 'person' && membershipIn(actor, claim.partner.id) ? { code: 'partnerCannotAgree' } : undefined;
}

/** Who may agree, and is of a tenant that is none of the partner's side (R5). Who may not agree may still deny. */
export function mayConsent(actor: Actor, claim: Claim, parties: Parties): Denied {
  return mayAgree(actor, claim) ?? (sidesOverlap(claim, parties) ? { code: 'consentOfPartner' } : undefined);
}

/** Partner members with a role, and reviewers (R33). */
export function mayComment(actor: Actor, claim: Claim): Denied {
  if (actor.kind === 'person' && isReviewer(actor) && !membershipIn(actor, claim.partner.id)) return undefined;
  return mayActAsPartner(actor, claim);
}

/**
 * The assessor reports and corrects the outcomes; a lead is none unless given that role too (R53), and by a policy not
 * who approved the claim (R5).
 */
export function mayReport(actor: Actor, claim: Claim): Denied {
  if (actor.kind !== 'person' || !actor.staff.includes('assessor')) return { code: 'assessorOnly' };
  if (belongsToParty(actor, claim)) return { code: 'ownOrganisation' };
  return dutiesDenial(actor, claim.approval ? [claim.approval.by] : []);
}

/** Everyone who reads the claim as a partner member or at the vendor may follow or mute it (R47). */
export function mayFollow(actor: Actor, claim: Claim): Denied {
  if (actor.kind === 'person' && (membershipIn(actor, claim.partner.id) || actor.staff.length > 0)) return undefined;
  return { code: 'partnerOnly' };
}

/**
 * R5: whether a person belongs to the partner's or the customer's organisation: as a member, by home tenant, or as a
 * contact.
 */
function belongsToParty(member: Member, claim: Claim): boolean {
  return (
    membershipIn(member, claim.partner.id) !== undefined ||
    member.homeOrganisations.includes(claim.partner.id) ||
    (claim.fields.customerTenantId !== '' && member.tenantId === claim.fields.customerTenantId) ||
    member.contactOf.includes(claim.fields.customerTenantId)
  );
}
