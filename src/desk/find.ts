/** The lists: my claims, the queue, mine to decide, overdue, waiting for assessment (R6, R52). */
import type { Claim } from '../claims/claim.ts';
import type { Member } from '../claims/permission.ts';
import { isReviewer, mayRead } from '../claims/permission.ts';
import { settle } from '../claims/settle.ts';
import type { ClaimBody } from './claimRecord.ts';
import { asRecord, CLAIM } from './claimRecord.ts';
import type { Find, PageStart } from './documents.ts';
import type { World } from './ports.ts';

export type ListName = 'claims' | 'queue' | 'mine' | 'overdue';

export interface ClaimList {
  readonly claims: readonly Claim[];
  /** There are more than these. */
  readonly more: boolean;
}

type Search = Omit<Find, 'kind' | 'limit' | 'after'>;
const PAGE = 50;

/** A list for a person; undefined where the list is not for them. Discarded drafts are in none (R14). */
export async function listFor(world: World, member: Member, name: ListName, most: number): Promise<ClaimList | undefined> {
  const searches = searchesOf(member, name, world.clock.now());
  if (!searches) return undefined;
  const found = new Map<string, Claim>();
  let more = false;
  for (const search of searches) {
    let after: PageStart | undefined;
    do {
      const page = await world.documents.find<ClaimBody>({ kind: CLAIM, ...search, limit: PAGE, ...(after && { after }) });
      for (const { id, body, etag } of page.documents) {
        const { claim } = settle(asRecord(id, body, etag).claim, world.clock.now(), world.rules.programme);
        if (!mayRead(member, claim) || found.has(id)) continue;
        if (found.size >= most) more = true;
        else found.set(id, claim);
      }
      after = more ? undefined : page.next;
    } while (after);
  }
  return { claims: [...found.values()], more };
}

function searchesOf(member: Member, name: ListName, now: number): readonly Search[] | undefined {
  switch (name) {
    case 'claims': {
      const mine: Search[] = [
        ...member.memberships.map((membership) => ({ name: 'partner', value: membership.organisation, newestFirst: true })),
        ...(member.contactOf.length > 0 || member.email !== '' ? [{ name: 'customer', value: member.tenantId, newestFirst: true }] : []),
        ...(isReviewer(member) ? [{ name: 'assignee', value: member.id }] : []),
      ];
      return mine.length > 0 ? mine : isStaff(member) ? searchesOf(member, 'queue', now) : undefined;
    }
    case 'queue': {
      const lists: Search[] = [...(isReviewer(member) ? [{ name: 'queue', value: '' }] : []), ...(member.staff.includes('assessor') ? [{ name: 'assessment', value: '' }] : [])];
      return lists.length > 0 ? lists : undefined;
    }
    case 'mine':
      return isReviewer(member) ? [{ name: 'assignee', value: member.id }] : undefined;
    case 'overdue':
      return isReviewer(member) || member.staff.includes('owner') ? [{ name: 'queue', value: '', upTo: now }] : undefined;
  }
}

function isStaff(member: Member): boolean {
  return member.staff.length > 0;
}
