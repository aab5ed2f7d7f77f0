/** Who the two sides of a claim are now, read from the directory for the rules (R3, R5, R45). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { applyDueClocks, needsSides } from '../../domain/claims/dueClocks.ts';
import type { ConsentParties, Parties, Sides } from '../../domain/claims/parties.ts';
import type { Programme } from '../../domain/claims/policy.ts';
import { CLOCK_NAMES } from '../../domain/claims/policy.ts';
import { sideOfClock } from '../../domain/claims/standing.ts';
import type { OrganisationId } from '../../domain/claims/values.ts';
import type { People, Person } from './people.ts';
import type { StandingSource } from './standing.ts';
import { sidesBetween } from './standing.ts';

/** What the sides of a claim are read from. */
export type SidesSource = StandingSource & Pick<People, 'byEmail' | 'organisation'>;

/** The members of a partner organisation now, with a role or without. */
export async function membersOf(people: SidesSource, partner: OrganisationId): Promise<readonly Person[]> {
  return (await people.everOf('ofPartner', partner)).filter((person) => isMemberOf(person, partner));
}

/** The enrolled contacts of a customer's tenant now. */
export async function contactsOf(people: SidesSource, tenant: string): Promise<readonly Person[]> {
  return (await people.everOf('ofCustomer', tenant)).filter((person) => isContactOf(person, tenant));
}

/** Whether a person is a member of a partner organisation, with a role or without. */
export function isMemberOf(person: Person, partner: OrganisationId): boolean {
  return person.memberships.some(({ organisation }) => organisation === partner);
}

/** Whether a person is a member of a partner organisation with a role (R1). */
export function isActingFor(person: Person, partner: OrganisationId): boolean {
  return person.memberships.some(({ organisation, roles }) => organisation === partner && roles.length > 0);
}

/** Whether a person is an enrolled contact of a customer's tenant (R3). */
export function isContactOf(person: Person, tenant: string): boolean {
  return tenant !== '' && person.tenantId === tenant && person.contactOf.includes(tenant);
}

/** Whether a message to a person can arrive. */
export function isReachable(person: Person): boolean {
  return person.chat !== undefined && person.unreachable === undefined;
}

/**
 * Whom the consent notice is for: the enrolled contact whom the claim names; where that one is gone, another enrolled
 * contact who can be reached and is no member of the partner (R3, R45). Gone is who blocked or uninstalled the bot, or
 * was told once and is no contact any more; a named contact who never wrote is waited for.
 */
export async function contactFor(people: SidesSource, claim: Claim): Promise<Person | undefined> {
  const { customerTenantId: tenant, customerContactEmail: email } = claim.fields;
  const named = await people.byEmail(tenant, email);
  const enrolled = named && isContactOf(named, tenant) ? named : undefined;
  const wasTold = claim.runsSince.consent !== undefined || claim.clocks.consent?.state === 'paused';
  const mayBeGone = wasTold || enrolled?.unreachable !== undefined;
  if (!mayBeGone || (enrolled && isReachable(enrolled))) return enrolled;
  const others = (await contactsOf(people, tenant)).filter(
    (person) => isReachable(person) && !isMemberOf(person, claim.partner.id),
  );
  return others[0] ?? enrolled;
}

/** The name under which the customer's tenant of a claim is enrolled; undefined where it is not (R5). */
export async function enrolledAs(people: Pick<People, 'organisation'>, claim: Claim): Promise<string | undefined> {
  const { customerTenantId: tenant } = claim.fields;
  return tenant === '' ? undefined : (await people.organisation(`customer:${tenant}`))?.name;
}

/** What R5 asks of the partner's side of a claim, as of now. */
export async function partiesOf(people: SidesSource, claim: Claim): Promise<Parties> {
  const { id } = claim.partner;
  const [partner, members] = await Promise.all([people.organisation(id), membersOf(people, id)]);
  const tenants = members.map(({ tenantId }) => tenantId);
  return { partnerTenants: [...new Set(partner ? [partner.tenantId, ...tenants] : tenants)] };
}

/** What R5 asks of both sides of a claim for a consent, as of now. */
export async function consentPartiesOf(people: SidesSource, claim: Claim): Promise<ConsentParties> {
  const [parties, customerName, contact] = await Promise.all([
    partiesOf(people, claim),
    enrolledAs(people, claim),
    contactFor(people, claim),
  ]);
  return {
    ...parties,
    ...(customerName !== undefined && { customerName }),
    contact: !contact ? 'none' : isMemberOf(contact, claim.partner.id) ? 'ofPartner' : 'may',
  };
}

/** Both sides of a claim up to an instant, for the clocks that would decide against one of them (R45). */
export async function sidesOf(people: StandingSource, claim: Claim, now: Instant): Promise<Sides> {
  const since = CLOCK_NAMES.flatMap((name) => {
    const clock = claim.clocks[name];
    return sideOfClock(name) && clock ? [claim.runsSince[name] ?? clock.startedAt] : [];
  });
  return sidesBetween(people, claim.partner.id, claim.fields.customerTenantId, Math.min(now, ...since), now);
}

/** The claim with everything applied that is due by now; nothing of it is stored (R44). */
export async function settle(people: SidesSource, claim: Claim, now: Instant, programme: Programme): Promise<Claim> {
  const sides = needsSides(claim, now) ? await sidesOf(people, claim, now) : undefined;
  return applyDueClocks(claim, now, programme, sides).claim;
}
