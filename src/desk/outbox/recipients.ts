/** Audience → where it is reached now, or why not (R45, R47). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Audience } from '../../domain/claims/notices.ts';
import { personOf } from '../../domain/claims/notices.ts';
import type { People } from '../directory/people.ts';
import type { Address, UnreachableReason } from '../ports/messenger.ts';
import type { Reader } from '../ports/reader.ts';
import { partnerPurpose, contactKey } from '../records/waitKeys.ts';

/** One home of a claim that is reached now: a channel, or the personal chat of a person. */
export interface Recipient {
  /** The key of the claim's home for this recipient. */
  readonly home: string;
  readonly address: Address;
  readonly reader: Reader;
  /** What has to change when it cannot be reached (R45). */
  readonly waitsFor: string;
  /** Whose personal chat it is. */
  readonly person?: PersonId;
}

/** Whom an audience is now, or why no one of it can be reached. */
export type Resolved =
  | { readonly kind: 'reachable'; readonly recipients: readonly Recipient[] }
  | { readonly kind: 'unreachable'; readonly reason: UnreachableReason; readonly waitsFor: string };

/** Where an audience of a claim is reached. Groups are all of their people who can be reached. */
export async function resolve(people: People, audience: Audience, claim: Claim): Promise<Resolved> {
  switch (audience) {
    case 'review':
      return channel(people, 'review', 'review');
    case 'partner':
      return partner(people, claim);
    case 'customer':
      return customer(people, claim);
    case 'leads':
      return groupOrReviewers(people, 'lead');
    case 'owner':
      return groupOrReviewers(people, 'owner');
    case 'assessor':
      return group(people, 'assessor');
    default:
      return one(people, personOf(audience) ?? '', audience);
  }
}

async function channel(people: People, purpose: string, audience: 'review' | 'partner'): Promise<Resolved> {
  const found = await people.channel(purpose);
  const waitsFor = `channel:${purpose}`;
  if (!found) return { kind: 'unreachable', reason: 'noReviewChannel', waitsFor };
  if (found.unreachable) return { kind: 'unreachable', reason: found.unreachable, waitsFor };
  return {
    kind: 'reachable',
    recipients: [{ home: audience, address: found.address, reader: { kind: 'audience', audience }, waitsFor }],
  };
}

/**
 * The channel set for the claim's MPN id, else the personal chat of the member who filed it (R47); the card of a draft
 * is always in that chat. The channel of an MPN id that has gone to another partner is not the claim's any more, and a
 * member who filed it and has left the partner reads no more of it (R6).
 */
async function partner(people: People, claim: Claim): Promise<Resolved> {
  const purpose = partnerPurpose(claim);
  const set = claim.submittedAt === undefined ? undefined : await people.channel(purpose);
  if (set && (await people.readersOf(set)) === claim.partner.id) return channel(people, purpose, 'partner');
  const { id } = claim.filedBy;
  const filer = await people.personOf(id);
  if (!filer.memberships.some(({ organisation }) => organisation === claim.partner.id))
    return { kind: 'unreachable', reason: 'nobodyEnrolled', waitsFor: `person:${id}` };
  return one(people, id, 'partner');
}

/** The contact that the claim names, found by tenant and e-mail (R3). */
async function customer(people: People, claim: Claim): Promise<Resolved> {
  const { customerTenantId: tenant, customerContactEmail: email } = claim.fields;
  const contact = await people.byEmail(tenant, email);
  if (!contact) return { kind: 'unreachable', reason: 'contactUnknown', waitsFor: contactKey(tenant, email) };
  return one(people, contact.id, 'customer');
}

async function one(people: People, id: string, home: string): Promise<Resolved> {
  const person = await people.find(id);
  const waitsFor = `person:${id}`;
  if (!person?.chat) return { kind: 'unreachable', reason: person?.unreachable ?? 'neverWrote', waitsFor };
  if (person.unreachable) return { kind: 'unreachable', reason: person.unreachable, waitsFor };
  const reader: Reader =
    home === 'partner' || home === 'customer'
      ? { kind: 'audience', audience: home }
      : { kind: 'person', member: await people.memberOf(person) };
  return {
    kind: 'reachable',
    recipients: [{ home, address: people.addressOf(person, person.chat), reader, waitsFor, person: person.id }],
  };
}

/** Lateness is always told: where no one of the group can be reached, in the review thread (R43). */
async function groupOrReviewers(people: People, role: 'lead' | 'owner'): Promise<Resolved> {
  const found = await group(people, role);
  if (found.kind === 'reachable') return found;
  const reviewers = await channel(people, 'review', 'review');
  return reviewers.kind === 'reachable' ? reviewers : found;
}

async function group(people: People, role: 'lead' | 'owner' | 'assessor'): Promise<Resolved> {
  const recipients: Recipient[] = [];
  for (const person of await people.withRole(role)) {
    const found = await one(people, person.id, `person:${person.id}`);
    if (found.kind === 'reachable') recipients.push(...found.recipients);
  }
  return recipients.length > 0
    ? { kind: 'reachable', recipients }
    : { kind: 'unreachable', reason: 'nobodyEnrolled', waitsFor: `role:${role}` };
}
