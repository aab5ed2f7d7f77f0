/** Who opened the documents of a claim, for the staff and the operators (R55). */
import type { Instant } from '../../domain/calendar/calendar.ts';
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
  /** The document's name. */
  readonly document: string;
}

/** Whether a person may read the reading log of a claim that they see: at the vendor, and not for its partner. */
export function mayReadReadings(member: Member, { claim, side }: ClaimView): boolean {
  const isStaff = side === 'review' && (member.staff.length > 0 || isOperator(member));
  return isStaff && membershipIn(member, claim.partner.id) === undefined;
}

/** The entries of a reading log with the names of people and documents. */
export async function namedReadings(
  people: People,
  { claim }: ClaimView,
  entries: readonly JournalEntry[],
): Promise<readonly Reading[]> {
  const documents = new Map<string, string>(claim.poe.map(({ id, name }) => [id, name]));
  const names = new Map<string, string>();
  for (const { by } of entries) if (!names.has(by)) names.set(by, (await people.personOf(by as PersonId)).name);
  return entries.map(({ at, by, to }) => ({
    at,
    person: { id: by, name: names.get(by) ?? '' },
    document: typeof to === 'string' ? (documents.get(to) ?? to) : '',
  }));
}
