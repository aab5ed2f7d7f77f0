/**
 * A claim's one document: its history, its notices until they are delivered, where its cards are, and what it is found
 * by.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { nextFiring } from '../../domain/claims/clock.ts';
import { fold } from '../../domain/claims/evolve.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { hasOldEntries } from '../../domain/claims/history.ts';
import { isUpkeep } from '../../domain/claims/events.ts';
import type { Key, NewDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import type { HistoryHead, HistoryPorts, ReportPorts } from './historyCheck.ts';
import { foldSound, headOf, requireSoundHistory } from './historyCheck.ts';
import type { ErasedPress } from './presses.ts';
import { requireKnownSchema, schemaOf } from './schemaVersion.ts';
import { waitKeysOf } from './waitKeys.ts';
import type { OutboxEntry, FinishedNotice, Home, Lease } from './outboxEntry.ts';
import { isParked } from './outboxEntry.ts';

/** The kind of the documents of claims. */
export const CLAIM = 'claim';

/** The key of claims with a file that waits for its virus scan, by when the first of them came. */
export const SCAN_KEY = 'scan';

/** The body of the document. Its state is always folded from its entries. */
export interface ClaimBody {
  /** As it was read; a body of before there were schemas has none. What is written has that of this version. */
  readonly schema?: number;
  readonly entries: readonly Entry[];
  readonly outbox: readonly OutboxEntry[];
  readonly told: readonly FinishedNotice[];
  readonly homes: Readonly<Record<string, Home>>;
  /** By what presses are known again whose words were erased (R58); absent where none were. */
  readonly erasedPresses?: readonly ErasedPress[];
  /** Held by the instance that delivers now, so that no other does. */
  readonly lease?: Lease;
  /** Absent where a version before there were heads wrote the document; {@link claimDocument} makes it anew. */
  readonly head?: HistoryHead;
}

/** A claim as it was read: the state, the document, and the etag that a save compares. */
export interface ClaimRecord {
  readonly claim: Claim;
  readonly body: ClaimBody;
  readonly etag: string;
}

/** What reading a claim needs of the outside. */
export type ClaimPorts = ReportPorts & Pick<World, 'documents'>;

/**
 * The claim, or undefined where there is none. Throws HistoryBrokenError for one whose document is not as the desk
 * wrote it (R55); UnknownSchemaError or UnknownEventError for one of a newer version (see schemaVersion.ts).
 */
export async function readClaim(ports: ClaimPorts, id: ClaimId): Promise<ClaimRecord | undefined> {
  const stored = await ports.documents.read<ClaimBody>(CLAIM, id);
  if (!stored) return undefined;
  const { body, etag } = stored;
  requireSoundHistory(ports, id, requireKnownSchema(CLAIM, stored.id, body));
  return { claim: foldSound(ports, id, body), body, etag };
}

/**
 * A claim of its document, as it was found, unchecked: for lists and counts, which decide nothing. Throws
 * UnknownSchemaError or UnknownEventError for one of a newer version.
 */
export function asRecord(id: string, body: ClaimBody, etag: string): ClaimRecord {
  return { claim: foldEntries(requireKnownSchema(CLAIM, id, body).entries), body, etag };
}

/** The claim as its history says; with fewer entries, as it was at an earlier version. */
export function foldEntries(entries: readonly Entry[]): Claim {
  return fold(entries.map((entry) => entry.event));
}

/** The document to write for a claim and its body, with a head of its own. The history must be sealed. */
export function claimDocument(ports: HistoryPorts, claim: Claim, body: ClaimBody): NewDocument<ClaimBody> {
  if (hasOldEntries(body.entries))
    throw new Error(`the history of claim ${claim.id} is to be sealed before it is written`);
  const { head: _, ...written } = { ...body, schema: schemaOf(CLAIM) };
  return {
    kind: CLAIM,
    id: claim.id,
    body: { ...written, head: headOf(ports, claim.id, written) },
    keys: keysOf(claim, body),
  };
}

/**
 * The earliest that anything has to be done for the claim: a clock, a notice, or a delivery that was begun and not
 * ended.
 */
export function dueAt(claim: Claim, body: ClaimBody): Instant | undefined {
  const notices = body.outbox.flatMap((notice) =>
    isParked(notice) ? [] : [Math.max(notice.nextAt, body.lease?.until ?? 0)],
  );
  const clock = nextFiring(claim.clocks);
  const all = clock ? [clock.at, ...notices] : notices;
  return all.length > 0 ? Math.min(...all) : undefined;
}

/** The reviewers' own due instant that comes first, if the claim is theirs to work on (R35–R37, R41). */
export function reviewersDue(claim: Claim): Instant | undefined {
  const { reviewStart, reviewDecision, overallDecision, disputeDecision } = claim.clocks;
  const dues = [reviewStart, reviewDecision, overallDecision, disputeDecision].flatMap((clock) =>
    clock?.state === 'running' ? [clock.dueAt] : [],
  );
  return dues.length > 0 ? Math.min(...dues) : undefined;
}

/** What a claim is found by: all of it follows from the claim and its body. */
export function keysOf(claim: Claim, body: ClaimBody): readonly Key[] {
  const keys: Key[] = [];
  const wake = dueAt(claim, body);
  if (wake !== undefined) keys.push({ name: 'wake', value: '', sort: wake });
  for (const home of Object.values(body.homes))
    if (home.conversationId !== home.place) keys.push({ name: 'thread', value: home.conversationId });
  for (const comment of claim.comments)
    if (comment.message !== undefined) keys.push({ name: 'message', value: comment.message });
  for (const notice of body.outbox)
    for (const value of waitKeysOf(notice, claim)) keys.push({ name: 'waitsFor', value });
  if (claim.status === 'Discarded') return unique(keys);
  const waits = claim.poe.flatMap(({ scan, addedAt }) => (scan === 'waiting' ? [addedAt] : []));
  if (waits.length > 0) keys.push({ name: SCAN_KEY, value: '', sort: Math.min(...waits) });
  const touched = touchedAt(claim, body);
  keys.push({ name: 'partner', value: claim.partner.id, sort: touched });
  if (claim.approval) keys.push({ name: 'customer', value: claim.fields.customerTenantId, sort: touched });
  if (claim.assessment?.outcomes.length === 0)
    keys.push({ name: 'assessment', value: '', sort: claim.assessment.record.consentPassedAt });
  const due = reviewersDue(claim);
  if (due !== undefined) {
    keys.push({ name: 'queue', value: '', sort: due });
    if (claim.assignee) keys.push({ name: 'assignee', value: claim.assignee.id, sort: due });
  }
  return unique(keys);
}

/** When something last happened to the claim; what was done to its record alone does not count. */
export function touchedAt(claim: Claim, { entries }: ClaimBody): Instant {
  return entries.findLast(({ event }) => !isUpkeep(event))?.recordedAt ?? claim.createdAt;
}

function unique(keys: readonly Key[]): readonly Key[] {
  return [...new Map(keys.map((key) => [`${key.name}\n${key.value}`, key])).values()];
}
