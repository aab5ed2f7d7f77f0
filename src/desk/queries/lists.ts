/** The lists: my claims, the queue, mine to decide, overdue, waiting for assessment (R6, R52). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isReviewer, mayRead } from '../../domain/claims/permission.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { asRecord, CLAIM, touchedAt } from '../records/claimRecord.ts';
import type { Find, PageStart } from '../ports/documents.ts';
import type { SidesSource } from '../directory/sides.ts';
import { settle } from '../directory/sides.ts';
import type { World } from '../ports/world.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import type { ClaimView } from './view.ts';
import { viewClaim } from './view.ts';

/** The lists: a person's own claims, the review queue, those assigned to them, and those overdue. */
export type ListName = 'claims' | 'queue' | 'mine' | 'overdue';

/** The beginning of a list, as its reader may see it. */
export interface ClaimList {
  readonly views: readonly ClaimView[];
  /** There are more than these. */
  readonly more: boolean;
}

/** What lists need of the outside. */
export type ListPorts = Pick<World, 'documents' | 'clock' | 'rules' | 'log'>;

type Search = Omit<Find, 'kind' | 'limit' | 'after'>;
const PAGE = 50;

/**
 * A list for a person; undefined where the list is not for them. Discarded drafts are in none (R14). Their own claims
 * are ordered by the last change, newest first; the other lists by what is due first.
 */
export async function listFor(
  ports: ListPorts,
  people: SidesSource,
  member: Member,
  name: ListName,
  limit: number,
): Promise<ClaimList | undefined> {
  const now = ports.clock.now();
  const searches = searchesOf(member, name, now);
  if (!searches) return undefined;
  const found = new Map<string, Found>();
  for (const search of searches)
    for (const one of await searched(ports, people, member, search, limit + 1))
      found.set(one.claim.id, found.get(one.claim.id) ?? one);
  const all = [...found.values()];
  if (name === 'claims') all.sort((one, other) => other.touched - one.touched);
  const views = all.slice(0, limit).map(({ claim }) => viewClaim(claim, { kind: 'person', member }, now));
  return { views, more: all.length > limit };
}

interface Found {
  readonly claim: Claim;
  /** When it was last written to. */
  readonly touched: Instant;
}

/**
 * At most `limit` claims that a search finds and its reader may see (R6), as they are now (R44). A claim that cannot be
 * read is left out.
 */
async function searched(
  ports: ListPorts,
  people: SidesSource,
  member: Member,
  search: Search,
  limit: number,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  let after: PageStart | undefined;
  do {
    const page = await ports.documents.find<ClaimBody>({
      kind: CLAIM,
      ...search,
      limit: PAGE,
      ...(after && { after }),
    });
    for (const { id, body, etag } of page.documents) {
      const one = await currentOf(ports, people, id, body, etag);
      if (one && mayRead(member, one.claim)) found.push(one);
    }
    after = found.length < limit ? page.next : undefined;
  } while (after);
  return found.slice(0, limit);
}

async function currentOf(
  ports: ListPorts,
  people: SidesSource,
  id: string,
  body: ClaimBody,
  etag: string,
): Promise<Found | undefined> {
  try {
    const stored = asRecord(id, body, etag).claim;
    const claim = await settle(people, stored, ports.clock.now(), ports.rules.programme);
    // Its buttons name the version that is stored: what became due is written by a sweep or the next command, and
    // another writer may be first (R57).
    return {
      claim: { ...claim, version: stored.version },
      touched: touchedAt(claim, body),
    };
  } catch (error) {
    if (isOfNewerVersion(error)) ports.log.warn({ claim: id }, 'Claim left out of a list: written by a newer version');
    else ports.log.error({ claim: id, error }, 'Could not read a claim; it is left out of a list');
    return undefined;
  }
}

function searchesOf(member: Member, name: ListName, now: number): readonly Search[] | undefined {
  switch (name) {
    case 'claims': {
      const mine: Search[] = [
        ...member.memberships.map((membership) => ({
          name: 'partner',
          value: membership.organisation,
          newestFirst: true,
        })),
        ...(member.contactOf.length > 0 || member.email !== ''
          ? [{ name: 'customer', value: member.tenantId, newestFirst: true }]
          : []),
        ...(isReviewer(member) ? [{ name: 'assignee', value: member.id }] : (searchesOf(member, 'queue', now) ?? [])),
      ];
      return mine.length > 0 ? mine : undefined;
    }
    case 'queue': {
      const lists: Search[] = [
        ...(isReviewer(member) ? [{ name: 'queue', value: '' }] : []),
        ...(member.staff.includes('assessor') ? [{ name: 'assessment', value: '' }] : []),
      ];
      return lists.length > 0 ? lists : undefined;
    }
    case 'mine':
      return isReviewer(member) ? [{ name: 'assignee', value: member.id }] : undefined;
    case 'overdue':
      return isReviewer(member) || member.staff.includes('owner')
        ? [{ name: 'queue', value: '', upTo: now }]
        : undefined;
  }
}
