/**
 * A store that was restored to an older state: which decisions it lacks, by the anchors that the desk cannot rewrite,
 * and how the desk goes on from it. What was lost is recorded in each claim first, so that nothing of it ends against
 * people whose answers are missing.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import type { LostDecision } from '../../domain/claims/events.ts';
import { recordRestore, replayDenial, unrecorded } from '../../domain/claims/restore.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Announce } from '../ports/announcement.ts';
import type { AnchorProof, Anchors, FoundAnchor, ReadAnchor } from '../ports/anchors.ts';
import type { World } from '../ports/world.ts';
import { headName, missingHead } from '../records/anchoring.ts';
import { appendEvents } from '../records/appendEvents.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { alterClaim } from './claimScan.ts';
import { beginStandstill, lasts, readStandstill } from './standstill.ts';

/** What a claim lacks, oldest first. */
export interface Loss {
  readonly claim: ClaimId;
  /** The newest version that the store has; absent where it has no such claim. */
  readonly version?: number;
  readonly lost: readonly LostDecision[];
  /** The anchors behind those that the desk did not sign; see `headName`. Absent where it signed all. */
  readonly unsigned?: readonly string[];
}

/** What looking for losses needs of the outside. */
export type LossPorts = ClaimPorts;
/** What going on needs besides. */
export type RestorePorts = LossPorts & Pick<World, 'clock' | 'random' | 'rules'>;

/** How many anchors are compared at the start. */
export const ANCHORS_AT_START = 1_000;
/** The share of the newest anchors that has to be the desk's own, each of another head. */
const MIN_OWN = 0.9;

/**
 * What the store lacks of these anchors. What was recorded as lost, or accepted with a claim that is not there at all,
 * is no loss any more. A store ahead of its anchors has lost nothing. A claim whose document is not sound, or is of a
 * newer version, is left out: this version decides nothing for it anyway. What an anchor tells that the desk did not
 * sign is a loss too, marked as such, until an operator has judged it: a signature that was taken away must not hide
 * what it was over. {@link signedOf} leaves those out.
 */
export async function findLosses(
  ports: LossPorts,
  found: AsyncIterable<FoundAnchor> | Iterable<FoundAnchor>,
): Promise<readonly Loss[]> {
  const mark = await readStandstill(ports.documents);
  const accepted = new Set(mark?.accepted ?? []);
  const judged = new Set(mark?.unsigned ?? []);
  const byClaim = new Map<ClaimId, ReadAnchor[]>();
  for await (const one of found) {
    if (one.kind === 'damaged' || (one.proof !== 'signed' && judged.has(headName(one.anchor)))) continue;
    const ofClaim = byClaim.get(one.anchor.claim);
    if (ofClaim) ofClaim.push(one);
    else byClaim.set(one.anchor.claim, [one]);
  }
  const losses: Loss[] = [];
  for (const [claim, ofClaim] of byClaim) {
    const record = await readIfReadable(ports, claim);
    if (record === 'broken' || record === 'newer' || (!record && accepted.has(claim))) continue;
    const missing = ofClaim.filter(({ anchor }) => missingHead(anchor, record?.body));
    const lost = unrecorded(record?.claim.lost ?? [], eachOnce(missing.map(lostDecision)));
    if (lost.length === 0) continue;
    const unsigned = unsignedBehind(lost, missing);
    losses.push({
      claim,
      ...(record && { version: record.claim.version }),
      lost,
      ...(unsigned.length > 0 && { unsigned }),
    });
  }
  return losses.sort((one, other) => (one.claim < other.claim ? -1 : 1));
}

/** The same losses without what only an anchor tells that the desk did not sign. */
export function signedOf(losses: readonly Loss[]): readonly Loss[] {
  return losses.flatMap(({ unsigned: _, ...loss }) => {
    const lost = loss.lost.filter((one) => !one.unsigned);
    return lost.length > 0 ? [{ ...loss, lost }] : [];
  });
}

function unsignedBehind(lost: readonly LostDecision[], missing: readonly ReadAnchor[]): readonly string[] {
  const doubtful = new Set(lost.flatMap((one) => (one.unsigned ? [decisionName(one)] : [])));
  const behind = missing.filter((one) => one.proof !== 'signed' && doubtful.has(decisionName(lostDecision(one))));
  return [...new Set(behind.map(({ anchor }) => headName(anchor)))].sort();
}

const decisionName = ({ version, type, at, by }: LostDecision): string => `${version} ${type} ${at} ${by}`;

/**
 * The newest anchors, for the look at each start; all of them where the newest are not for the most part heads of their
 * own that the desk signed. Others may write there, and what they add must not push out of sight what the store lacks.
 */
export async function newestAnchors(anchors: Anchors): Promise<readonly FoundAnchor[]> {
  const newest = await anchors.newest(ANCHORS_AT_START);
  const heads = new Set(
    newest.flatMap((one) => (one.kind === 'anchor' && one.proof === 'signed' ? [headName(one.anchor)] : [])),
  );
  if (newest.length < ANCHORS_AT_START || heads.size >= ANCHORS_AT_START * MIN_OWN) return newest;
  const all: FoundAnchor[] = [];
  for await (const one of anchors.all()) all.push(one);
  return all;
}

/** How many decisions are lost. */
export function decisionsIn(losses: readonly Loss[]): number {
  return losses.reduce((sum, { lost }) => sum + lost.length, 0);
}

/** What a store lacks that was put back to a former state, before an operator has judged it. */
export interface FormerState {
  /** The desk stands still for it already, and not only at its next start. */
  readonly isStanding: boolean;
  readonly claims: number;
  readonly decisions: number;
}

/** Whether the desk stands still, or will at its next start, by the newest anchors; undefined where neither is so. */
export async function readFormerState(ports: LossPorts & Pick<World, 'anchors'>): Promise<FormerState | undefined> {
  const mark = await readStandstill(ports.documents);
  if (lasts(mark)) return { isStanding: true, claims: mark.claims, decisions: mark.decisions };
  const losses = ports.anchors ? await findLosses(ports, await newestAnchors(ports.anchors)) : [];
  return losses.length === 0 ? undefined : { isStanding: false, claims: losses.length, decisions: decisionsIn(losses) };
}

/** How many anchors prove nothing, by what is known of them. */
export type AnchorDoubts = Partial<Record<Exclude<AnchorProof, 'signed'> | 'damaged', number>>;

/** Counts what the desk did not sign, or cannot be read. */
export function doubtsIn(found: Iterable<FoundAnchor>): AnchorDoubts {
  const doubts: AnchorDoubts = {};
  for (const one of found) {
    const doubt = one.kind === 'damaged' ? one.kind : one.proof;
    if (doubt !== 'signed') doubts[doubt] = (doubts[doubt] ?? 0) + 1;
  }
  return doubts;
}

/**
 * The claims of these anchors that a newer version of the desk wrote. Whether they lack decisions only that version can
 * say: where this one ended a standstill, instances of that one would go on with them.
 */
export async function newerClaims(
  ports: LossPorts,
  found: AsyncIterable<FoundAnchor> | Iterable<FoundAnchor>,
): Promise<readonly ClaimId[]> {
  const claims = new Set<ClaimId>();
  for await (const one of found) if (one.kind === 'anchor') claims.add(one.anchor.claim);
  const newer: ClaimId[] = [];
  for (const claim of claims) if ((await readIfReadable(ports, claim)) === 'newer') newer.push(claim);
  return newer.sort();
}

async function readIfReadable(ports: LossPorts, id: ClaimId): Promise<ClaimRecord | undefined | 'broken' | 'newer'> {
  try {
    return await readClaim(ports, id);
  } catch (error) {
    if (isOfNewerVersion(error)) return 'newer';
    if (error instanceof HistoryBrokenError) return 'broken';
    throw error;
  }
}

/** Whether what an anchor knows of a claim, and the claim lacks, is recorded in it as lost. */
export function isRecordedAsLost(claim: Claim, found: ReadAnchor): boolean {
  return unrecorded(claim.lost, [lostDecision(found)]).length === 0;
}

function lostDecision({ anchor: { event, at, by, version }, proof }: ReadAnchor): LostDecision {
  return { type: event, at, by, version, ...(proof !== 'signed' && { unsigned: true }) };
}

/** Of an anchor that is there with and without its signature, the one with it counts. */
function eachOnce(lost: readonly LostDecision[]): readonly LostDecision[] {
  const signedLast = [...lost].sort((one, other) => Number(other.unsigned ?? false) - Number(one.unsigned ?? false));
  const once = new Map(signedLast.map((one) => [decisionName(one), one]));
  return [...once.values()].sort((one, other) => one.version - other.version || one.at - other.at);
}

/**
 * Records in each claim what it lost; with `replay`, denials of consent that were lost are taken again. Answers the
 * claims that are not in the store at all. Can be repeated: what is recorded is not recorded again.
 */
export async function recordLosses(
  ports: RestorePorts,
  losses: readonly Loss[],
  { replay }: { readonly replay: boolean },
): Promise<readonly ClaimId[]> {
  const absent: ClaimId[] = [];
  for (const { claim, lost } of losses) {
    const record = await alterClaim(ports, claim, (found) => withLosses(ports, found, lost, replay));
    if (!record) absent.push(claim);
  }
  return absent;
}

function withLosses(
  ports: RestorePorts,
  { claim, body }: ClaimRecord,
  lost: readonly LostDecision[],
  replay: boolean,
): Pick<ClaimRecord, 'claim' | 'body'> | undefined {
  const { programme } = ports.rules;
  const recorded = recordRestore(claim, lost, ports.clock.now(), programme);
  const replayed = replay ? replayDenial(recorded.claim, programme) : { ...recorded, events: [], notices: [] };
  const events = [...recorded.events, ...replayed.events];
  if (events.length === 0) return undefined;
  const notices = [...recorded.notices, ...replayed.notices];
  return { claim: replayed.claim, body: appendEvents(ports, body, { events, notices }) };
}

/**
 * Compares the newest anchors at the start: where the store lacks decisions, the desk stands still from here on.
 * Without anchors nothing can be said. Anchors that the desk did not sign, or that cannot be read, are told to the
 * operators, once until there are others.
 */
export async function checkRestored(
  ports: RestorePorts & Pick<World, 'log' | 'anchors' | 'digest'>,
  announce: Announce,
): Promise<void> {
  if (!ports.anchors) return;
  const newest = await newestAnchors(ports.anchors);
  await tellDoubts(ports, newest, announce);
  const losses = await findLosses(ports, newest);
  if (losses.length === 0) return;
  const decisions = decisionsIn(losses);
  await beginStandstill(ports, { claims: losses.length, decisions });
  ports.log.error(
    { claims: losses.length, decisions },
    'Store is in an older state than its anchors; see npm run desk -- restored',
  );
}

async function tellDoubts(
  { log, digest }: Pick<World, 'log' | 'digest'>,
  newest: readonly FoundAnchor[],
  announce: Announce,
): Promise<void> {
  const { beforeKeys, ...doubts } = doubtsIn(newest);
  if (beforeKeys !== undefined) log.info({ anchors: beforeKeys }, 'Anchors of earlier versions are not signed');
  const count = Object.values(doubts).reduce((sum, some) => sum + some, 0);
  if (count === 0) return;
  log.error({ ...doubts }, 'Anchors are not as the desk wrote them; see npm run desk -- verify');
  const doubtful = newest.filter((one) => one.kind === 'damaged' || !['signed', 'beforeKeys'].includes(one.proof));
  const places = doubtful.map(({ where }) => where).sort();
  await announce(
    `anchorsDoubtful/${digest.sha256(places.join('\n'))}`,
    { kind: 'anchorsDoubtful', anchors: count },
    { kind: 'operators' },
  );
}
