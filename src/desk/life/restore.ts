/**
 * A store that was restored to an older state: which decisions it lacks, by the anchors that the desk cannot rewrite,
 * and how the desk goes on from it. What was lost is recorded in each claim first, so that nothing of it ends against
 * people whose answers are missing.
 */
import type { LostDecision } from '../../domain/claims/events.ts';
import { recordRestore, replayDenial, unrecorded } from '../../domain/claims/restore.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Anchor, Anchors } from '../ports/anchors.ts';
import type { World } from '../ports/world.ts';
import { missingHead } from '../records/anchoring.ts';
import { appendEvents } from '../records/appendEvents.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { alterClaim } from './claimScan.ts';
import { beginStandstill, readStandstill } from './standstill.ts';

/** What a claim lacks, oldest first. */
export interface Loss {
  readonly claim: ClaimId;
  /** The newest version that the store has; absent where it has no such claim. */
  readonly version?: number;
  readonly lost: readonly LostDecision[];
}

/** What looking for losses needs of the outside. */
export type LossPorts = ClaimPorts;
/** What going on needs besides. */
export type RestorePorts = LossPorts & Pick<World, 'clock' | 'random' | 'rules'>;

/** How many anchors are compared at the start. */
export const ANCHORS_AT_START = 1_000;

/**
 * What the store lacks of its newest anchors, or of all. What was recorded as lost, or accepted with a claim that is
 * not there at all, is no loss any more. A store ahead of its anchors has lost nothing. A claim whose document is not
 * sound, or is of a newer version, is left out: this version decides nothing for it anyway.
 */
export async function findLosses(
  ports: LossPorts,
  anchors: Anchors,
  count: number | 'all' = 'all',
): Promise<readonly Loss[]> {
  const accepted = new Set((await readStandstill(ports.documents))?.accepted ?? []);
  const byClaim = new Map<ClaimId, Anchor[]>();
  for await (const anchor of count === 'all' ? anchors.all() : await anchors.newest(count))
    byClaim.set(anchor.claim, [...(byClaim.get(anchor.claim) ?? []), anchor]);
  const losses: Loss[] = [];
  for (const [claim, ofClaim] of byClaim) {
    const record = await readIfReadable(ports, claim);
    if (record === 'unreadable' || (!record && accepted.has(claim))) continue;
    const missing = ofClaim.filter((anchor) => missingHead(anchor, record?.body)).map(lostDecision);
    const lost = unrecorded(record?.claim.lost ?? [], eachOnce(missing));
    if (lost.length > 0) losses.push({ claim, ...(record && { version: record.claim.version }), lost });
  }
  return losses.sort((one, other) => (one.claim < other.claim ? -1 : 1));
}

async function readIfReadable(ports: LossPorts, id: ClaimId): Promise<ClaimRecord | undefined | 'unreadable'> {
  try {
    return await readClaim(ports, id);
  } catch (error) {
    if (error instanceof HistoryBrokenError || isOfNewerVersion(error)) return 'unreadable';
    throw error;
  }
}

function lostDecision({ event, at, by, version }: Anchor): LostDecision {
  return { type: event, at, by, version };
}

function eachOnce(lost: readonly LostDecision[]): readonly LostDecision[] {
  const once = new Map(lost.map((one) => [`${one.version} ${one.type} ${one.at} ${one.by}`, one]));
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
 * Without anchors nothing can be said.
 */
export async function checkRestored(ports: RestorePorts & Pick<World, 'log' | 'anchors'>): Promise<void> {
  if (!ports.anchors) return;
  const losses = await findLosses(ports, ports.anchors, ANCHORS_AT_START);
  if (losses.length === 0) return;
  const decisions = losses.reduce((sum, { lost }) => sum + lost.length, 0);
  await beginStandstill(ports, { claims: losses.length, decisions });
  ports.log.error(
    { claims: losses.length, decisions },
    'Store is in an older state than its anchors; see npm run desk -- restored',
  );
}
