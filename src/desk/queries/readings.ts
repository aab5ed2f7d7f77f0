/** Who opened the documents of a claim, for the staff and the operators (R55). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { isOperator, membershipIn } from '../../domain/claims/permission.ts';
import type { Member } from '../../domain/claims/permission.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { JournalEntry } from '../directory/journal.ts';
import type { People } from '../directory/people.ts';
import type { ClaimView } from './view.ts';

/** One opening of a document: the first of a person on a day. */
export interface Reading {
  readonly at: Instant;
  readonly person: { readonly id: string; readonly name: string };
  /** The document's name; its id for who does not see the claim. */
  readonly document: string;
}

/** Whether a person may read the reading log of a claim that they see: at the vendor, and not for its partner. */
export function mayReadReadings(member: Member, { claim, side }: ClaimView): boolean {
  return side === 'review' && member.staff.length > 0 && isOutside(member, claim);
}

/** Whether a person may read the log of a claim that they do not see: operators may, by ids alone (R4, R6). */
export function mayReadHiddenReadings(member: Member, claim: Claim): boolean {
  return isOperator(member) && isOutside(member, claim);
}

function isOutside(member: Member, { partner }: Claim): boolean {
  return membershipIn(member, partner.id) === undefined;
}

/** The entries of a reading log with names of people and documents; without a claim, with ids of documents. */
export async function namedReadings(
  people: People,
  entries: readonly JournalEntry[],
  claim?: Claim,
): Promise<readonly Reading[]> {
  const documents = new Map<string, string>(claim?.poe.map(({ id, name }) => [id, name]));
  const names = new Map<string, string>();
  for (const { by } of entries) if (!names.has(by)) names.set(by, (await people.personOf(by as PersonId)).name);
  return entries.map(({ at, by, to }) => ({
    at,
    person: { id: by, name: names.get(by) ?? '' },
    document: typeof to === 'string' ? (documents.get(to) ?? to) : '',
  }));
}
