/** Questions about claims: one, a list, a history, by thread or message; always as the reader may see it (R6, R44). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isReviewer, mayRead } from '../../domain/claims/permission.ts';
import { refusalFor } from '../../domain/claims/decide.ts';
import type { ClaimId, PersonId, PersonRef } from '../../domain/claims/values.ts';
import type { Channels } from '../directory/channels.ts';
import type { People } from '../directory/people.ts';
import { enrolledAs } from '../directory/sides.ts';
import type { World } from '../ports/world.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { CLAIM, foldEntries } from '../records/claimRecord.ts';
import type { HistoryBrokenError } from '../records/historyCheck.ts';
import { requireKnownSchema } from '../records/schemaVersion.ts';
import { customerHistory } from './customerHistory.ts';
import type { ClaimList, ListName, ListPorts } from './lists.ts';
import { listFor } from './lists.ts';
import type { ClaimView } from './view.ts';
import { viewClaim, viewFor } from './view.ts';

/** A claim as a person sees it, and with which rights. */
export interface SeenClaim {
  readonly view: ClaimView;
  readonly member: Member;
}

/** The history of a claim as a person may read it. */
export interface ClaimHistory {
  readonly view: ClaimView;
  /** Oldest first. */
  readonly entries: readonly Entry[];
}

/** What questions about claims need of the outside. */
export type ClaimQueryPorts = ListPorts;

/** What the queries are built from. */
export interface QueryParts {
  readonly ports: ClaimQueryPorts;
  readonly people: People;
  readonly channels: Pick<Channels, 'readerAt'>;
  /** The claim with everything applied that is due by now (R44). */
  readonly readCurrent: (id: ClaimId) => Promise<ClaimRecord | undefined>;
}

/** The desk's use cases that change nothing but what is due; documented on `Desk`. */
export interface ClaimQueries {
  look(person: PersonId, id: ClaimId): Promise<SeenClaim | undefined>;
  lookIn(conversationId: string, claim: Claim): Promise<ClaimView | undefined>;
  list(person: PersonId, name: ListName, limit: number): Promise<ClaimList | undefined>;
  history(person: PersonId, id: ClaimId): Promise<ClaimHistory | undefined>;
  claimByThread(conversationId: string): Promise<ClaimId | undefined>;
  claimByMessage(message: string): Promise<ClaimId | undefined>;
  eligibleReviewers(view: ClaimView): Promise<readonly PersonRef[]>;
}

/** Stateless: rights and claims are read anew for each question. */
export function createClaimQueries({ ports, people, channels, readCurrent }: QueryParts): ClaimQueries {
  const { documents, clock } = ports;

  async function read(person: PersonId, id: ClaimId): Promise<(SeenClaim & { record: ClaimRecord }) | undefined> {
    const record = await readCurrent(id);
    const member = await people.memberBy(person);
    if (!record || !mayRead(member, record.claim)) return undefined;
    const facts = { enrolledAs: await enrolledAs(people, record.claim) };
    return { view: viewFor(record, member, clock.now(), facts), member, record };
  }

  async function claimBy(name: 'thread' | 'message', value: string): Promise<ClaimId | undefined> {
    const page = await documents.find({ kind: CLAIM, name, value, limit: 1 });
    return page.documents[0]?.id as ClaimId | undefined;
  }

  return {
    async look(person, id) {
      const seen = await read(person, id);
      return seen && { view: seen.view, member: seen.member };
    },
    async lookIn(conversationId, claim) {
      const reader = await channels.readerAt(conversationId, claim);
      return reader && viewClaim(claim, reader, clock.now(), { enrolledAs: await enrolledAs(people, claim) });
    },
    async list(person, name, limit) {
      return listFor(ports, people, await people.memberBy(person), name, limit);
    },
    async history(person, id) {
      const seen = await read(person, id);
      if (!seen) return undefined;
      const { entries } = seen.record.body;
      return { view: seen.view, entries: seen.view.side === 'customer' ? customerHistory(entries) : entries };
    },
    claimByThread: (conversationId) => claimBy('thread', conversationId),
    claimByMessage: (message) => claimBy('message', message),
    async eligibleReviewers({ claim, stage }) {
      const able = new Map<string, PersonRef>();
      const deciding = stage === 'Disputed' ? 'UpholdRejection' : 'StartReview';
      for (const person of [...(await people.withRole('reviewer')), ...(await people.withRole('lead'))]) {
        const member = await people.memberOf(person);
        const refusal = refusalFor(deciding, member, claim);
        const mayReview = isReviewer(member) && (!refusal || refusal.code === 'wrongStage');
        if (mayReview && person.id !== claim.assignee?.id) able.set(person.id, { id: person.id, name: person.name });
      }
      return [...able.values()];
    },
  };
}

/**
 * Whether a person may know that the history of a claim is broken: the vendor's staff may in any case, others where
 * they may see the claim as its entries before the broken one say (R6). Another claim's document does not say who may
 * see this one.
 */
export async function maySeeBroken(
  { documents }: Pick<World, 'documents'>,
  member: Member,
  { claim: id, broken }: Pick<HistoryBrokenError, 'claim' | 'broken'>,
): Promise<boolean> {
  if (member.staff.length > 0) return true;
  if (broken.problem === 'otherClaim') return false;
  const stored = await documents.read<ClaimBody>(CLAIM, id);
  if (!stored) return false;
  try {
    const { entries } = requireKnownSchema(CLAIM, id, stored.body);
    const before = broken.problem === 'entry' ? Math.max(1, broken.version - 1) : entries.length;
    return mayRead(member, foldEntries(entries.slice(0, before)));
  } catch {
    return false;
  }
}
