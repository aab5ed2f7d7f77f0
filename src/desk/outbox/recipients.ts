/** Audience → where it is reached now, or why not (R45, R47). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Audience } from '../../domain/claims/notices.ts';
import { personOf } from '../../domain/claims/notices.ts';
import { consentBar } from '../../domain/claims/parties.ts';
import { mayHandle } from '../../domain/claims/permission.ts';
import type { People, Person } from '../directory/people.ts';
import { contactFor, isActingFor, isMemberOf, isReachable, membersOf, consentPartiesOf } from '../directory/sides.ts';
import type { Address, UnreachableReason } from '../ports/messenger.ts';
import type { Reader } from '../ports/reader.ts';
import { contactKey, customerKey, memberKey, partnerPurpose } from '../records/waitKeys.ts';

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

/**
 * Where an audience of a claim is reached. Groups are all of their people who can be reached. `starts`: a clock waits
 * for it, which decides against the audience when it is due; then someone there has to be able to act (R45).
 */
export async function resolve(people: People, audience: Audience, claim: Claim, starts = false): Promise<Resolved> {
  switch (audience) {
    case 'review':
      return channel(people, 'review', 'review');
    case 'partner':
      return partner(people, claim, starts);
    case 'customer':
      return customer(people, claim);
    case 'leads':
      return leads(people, claim);
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
 * member who filed it and has left the partner reads no more of it (R6). Where that member has left or cannot be
 * reached, another with a role is told in their place (R45).
 */
async function partner(people: People, claim: Claim, starts: boolean): Promise<Resolved> {
  const { id: organisation } = claim.partner;
  const acting = (await membersOf(people, organisation)).filter((person) => isActingFor(person, organisation));
  const waitsFor = memberKey(organisation);
  if (starts && acting.length === 0) return { kind: 'unreachable', reason: 'noMember', waitsFor };
  const purpose = partnerPurpose(claim);
  const set = claim.submittedAt === undefined ? undefined : await people.channel(purpose);
  if (set && (await people.readersOf(set)) === organisation) return channel(people, purpose, 'partner');
  const filer = await people.personOf(claim.filedBy.id);
  const isTold = starts ? isActingFor(filer, organisation) : isMemberOf(filer, organisation);
  const inPlace = isTold && isReachable(filer) ? undefined : acting.find(isReachable);
  if (inPlace && claim.submittedAt !== undefined) return one(people, inPlace.id, 'partner');
  if (isTold) return one(people, filer.id, 'partner');
  const [other] = acting;
  return { kind: 'unreachable', reason: other ? (other.unreachable ?? 'neverWrote') : 'noMember', waitsFor };
}

/** The contact whom the claim names, or another in their place, if a consent of theirs would count (R3, R5). */
async function customer(people: People, claim: Claim): Promise<Resolved> {
  const { customerTenantId: tenant, customerContactEmail: email } = claim.fields;
  const bar = consentBar(claim, await consentPartiesOf(people, claim));
  const contact = await contactFor(people, claim);
  if (bar && bar !== 'contactUnknown') return { kind: 'unreachable', reason: bar, waitsFor: customerKey(tenant) };
  if (!contact) return { kind: 'unreachable', reason: 'contactUnknown', waitsFor: contactKey(tenant, email) };
  return one(people, contact.id, 'customer');
}

/**
 * The leads whom R5 lets act on the claim. Where no lead may, those who may are told instead: the reviewers whom R5
 * lets decide, else the programme's owner, else the review channel (R43).
 */
async function leads(people: People, claim: Claim): Promise<Resolved> {
  const able = await mayActOn(people, claim, await people.withRole('lead'));
  if (able.length > 0) return (await reachedOf(people, able)) ?? reviewersOr(people, 'lead');
  const reviewers = await mayActOn(people, claim, await people.withRole('reviewer'));
  return (await reachedOf(people, reviewers)) ?? groupOrReviewers(people, 'owner');
}

async function mayActOn(people: People, claim: Claim, group: readonly Person[]): Promise<readonly Person[]> {
  const able: Person[] = [];
  for (const person of group) if (!mayHandle(await people.memberOf(person), claim)) able.push(person);
  return able;
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
async function groupOrReviewers(people: People, role: 'owner'): Promise<Resolved> {
  return (await reachedOf(people, await people.withRole(role))) ?? reviewersOr(people, role);
}

async function reviewersOr(people: People, role: 'lead' | 'owner'): Promise<Resolved> {
  const reviewers = await channel(people, 'review', 'review');
  return reviewers.kind === 'reachable' ? reviewers : noOneOf(role);
}

async function group(people: People, role: 'assessor'): Promise<Resolved> {
  return (await reachedOf(people, await people.withRole(role))) ?? noOneOf(role);
}

function noOneOf(role: string): Resolved {
  return { kind: 'unreachable', reason: 'nobodyEnrolled', waitsFor: `role:${role}` };
}

/** Those of a group who can be reached; undefined where no one can. */
async function reachedOf(people: People, group: readonly Person[]): Promise<Resolved | undefined> {
  const recipients: Recipient[] = [];
  for (const person of group) {
    const found = await one(people, person.id, `person:${person.id}`);
    if (found.kind === 'reachable') recipients.push(...found.recipients);
  }
  return recipients.length > 0 ? { kind: 'reachable', recipients } : undefined;
}
