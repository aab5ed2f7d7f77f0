/**
 * Checks that a history only grows, that its hashes hold (R55), and that the keys of a document agree with its body.
 */
import type { Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { canonical, committed, sha256 } from './support/canonical.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import type { ClaimState } from './support/claimState.ts';
import { nextFiring } from './support/claimState.ts';
import type { StoredClaim, StoredEntry, StoredNotice } from './support/storedClaim.ts';
import { asClaim } from './support/storedClaim.ts';

const REVIEWERS_CLOCKS = ['reviewStart', 'reviewDecision', 'overallDecision', 'disputeDecision'] as const;

export function createChainChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites<string[]>(groundTruth, () => []);

  return {
    name: 'chain',
    wrote: (wrote) =>
      claims.wrote(wrote, {
        before: ({ entry, own }) => link(entry, own),
        end: (claim, own, body) => [...rewritten(body.entries, own), ...misfiled(claim, body, wrote.keys)],
      }),
    /** All of every history once more: an entry may have been altered under its old hash. */
    ended: () =>
      [...groundTruth.documents('claim')].flatMap(({ id, body }) =>
        groundTruth.isUncheckable(id) ? [] : brokenLinks(asClaim(body).entries).map((what) => `${id}: ${what}`),
      ),
  };
}

/** What is wrong with the hashes of a history. */
export function brokenLinks(entries: readonly StoredEntry[]): readonly string[] {
  const hashes: string[] = [];
  return entries.flatMap((entry) => link(entry, hashes).map((what) => `version ${entry.version}: ${what}`));
}

/** One entry more; `hashes` are those before it and grows. */
function link(entry: StoredEntry, hashes: string[]): readonly string[] {
  const { hash, ...content } = entry;
  const problems: string[] = [];
  if (content.version !== hashes.length + 1)
    problems.push(`entry ${hashes.length + 1} calls itself version ${content.version} (R55)`);
  if (content.previous !== (hashes.at(-1) ?? '')) problems.push('does not follow the entry before (R55)');
  if (sha256(canonical(committed({ ...content }))) !== hash) problems.push('has not the hash of what it says (R55)');
  hashes.push(hash);
  return problems;
}

function rewritten(entries: readonly StoredEntry[], hashes: readonly string[]): readonly string[] {
  if (entries.length < hashes.length) return [`only ${entries.length} entries are left (R55)`];
  const at = hashes.findIndex((hash, index) => entries[index]?.hash !== hash);
  return at < 0 ? [] : [`the entry of version ${at + 1} was put in the place of another (R55)`];
}

/** The keys that a document must have, against those that it has. */
function misfiled(claim: ClaimState, body: StoredClaim, keys: DocumentWritten['keys']): readonly string[] {
  const has = new Set(keys.map(said));
  const expected = new Set(expectedKeys(claim, body).map(said));
  return [
    ...[...expected].filter((key) => !has.has(key)).map((key) => `is not found by ${key}`),
    ...[...has].filter((key) => !expected.has(key)).map((key) => `is found by ${key}`),
  ];
}

type Key = DocumentWritten['keys'][number];
const said = ({ name, value, sort = 0 }: Key): string => `${name}="${value}" (${sort})`;

function expectedKeys(claim: ClaimState, body: StoredClaim): readonly Key[] {
  const wake = wakeOf(claim, body);
  const woken: Key[] = [
    ...(wake === undefined ? [] : [{ name: 'wake', value: '', sort: wake }]),
    ...Object.values(body.homes)
      .filter(({ conversationId, place }) => conversationId !== place)
      .map(({ conversationId }) => ({ name: 'thread', value: conversationId })),
    ...[...claim.messages].map((value) => ({ name: 'message', value })),
    ...body.outbox.flatMap((notice) => awaitedBy(notice, claim).map((value) => ({ name: 'waitsFor', value }))),
  ];
  return claim.stage === 'Discarded' ? woken : [...woken, ...listed(claim)];
}

/** The lists that a claim is in (R14: a discarded draft in none). */
function listed(claim: ClaimState): readonly Key[] {
  const sort = claim.recordedAt;
  const due = Math.min(
    ...REVIEWERS_CLOCKS.flatMap((name) => {
      const clock = claim.clocks.get(name);
      return clock?.state === 'running' && clock.dueAt !== undefined ? [clock.dueAt] : [];
    }),
  );
  return [
    { name: 'partner', value: claim.partner, sort },
    ...(claim.period > 0 ? [{ name: 'customer', value: String(claim.fields['customerTenantId']), sort }] : []),
    ...(claim.unreported === undefined ? [] : [{ name: 'assessment', value: '', sort: claim.unreported }]),
    ...(claim.waiting.size > 0 ? [{ name: 'scan', value: '', sort: Math.min(...claim.waiting.values()) }] : []),
    ...(Number.isFinite(due) ? [{ name: 'queue', value: '', sort: due }] : []),
    ...(Number.isFinite(due) && claim.assignee !== undefined
      ? [{ name: 'assignee', value: claim.assignee, sort: due }]
      : []),
  ];
}

/** The first that is to be done: a clock, or a notice that no one has a lease to deliver. */
function wakeOf({ clocks }: ClaimState, { outbox, lease }: StoredClaim): number | undefined {
  const notices = outbox.flatMap(({ nextAt }) => (nextAt === undefined ? [] : [Math.max(nextAt, lease?.until ?? 0)]));
  const first = Math.min(nextFiring(clocks)?.at ?? Infinity, ...notices);
  return Number.isFinite(first) ? first : undefined;
}

/**
 * Whose coming a waiting notice waits for: theirs, a home that the claim may get instead, or another of their side; a
 * customer's also for a change of the partner's members, for R5.
 */
function awaitedBy({ audience, waitsFor }: StoredNotice, { fields, partner }: ClaimState): readonly string[] {
  if (waitsFor === undefined) return [];
  if (audience === 'partner')
    return [...new Set([waitsFor, `channel:mpn:${String(fields['mpnId'])}`, `members:${partner}`])];
  if (audience === 'customer')
    return [
      ...new Set([
        waitsFor,
        `contact:${String(fields['customerTenantId'])}/${String(fields['customerContactEmail']).trim().toLowerCase()}`,
        `contacts:${String(fields['customerTenantId'])}`,
        `members:${partner}`,
      ]),
    ];
  return [waitsFor];
}
