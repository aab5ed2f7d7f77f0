/** Notices that no one was told of: given up for good, or waiting for a change. An operator can have them retried. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { EventType } from '../../domain/claims/events.ts';
import { noticesOf } from '../../domain/claims/notices.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { resumeParked } from '../outbox/outbox.ts';
import type { World } from '../ports/world.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { foldEntries } from '../records/claimRecord.ts';
import type { FinishedNotice, OutboxEntry, Queued } from '../records/outboxEntry.ts';
import { isParked } from '../records/outboxEntry.ts';
import type { AlterPorts } from './claimScan.ts';
import { alterClaim, scanClaims } from './claimScan.ts';

/** A notice that was not delivered. `lost`: given up; `parked`: it waits for a change. */
export interface UndeliveredNotice {
  readonly claim: ClaimId;
  /** `version:audience`. */
  readonly id: string;
  readonly event: EventType | 'unknown';
  readonly state: 'lost' | 'parked';
  readonly reason: string;
  /** When it was given up. */
  readonly at?: Instant;
  /** What a parked one waits for, without a person's address. */
  readonly waitsFor?: 'person' | 'contact' | 'channel' | 'role' | 'other';
}

/** Whether no one was told of a notice, and no later one said as much. */
export function isLost({ outcome, reason }: FinishedNotice): boolean {
  return outcome !== 'delivered' && reason !== 'superseded';
}

/** The undelivered notices of one claim, or of all. A claim that cannot be read has none here; `survey` names it. */
export async function undeliveredNotices(
  ports: Pick<World, 'documents'>,
  only?: ClaimId,
): Promise<readonly UndeliveredNotice[]> {
  const found: UndeliveredNotice[] = [];
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind !== 'read' || (only !== undefined && scanned.id !== only)) continue;
    found.push(...undeliveredOf(scanned.record));
  }
  return found;
}

function undeliveredOf({ claim, body }: ClaimRecord): readonly UndeliveredNotice[] {
  const lost = body.told.filter(isLost).map(
    ({ id, at, reason, outcome }): UndeliveredNotice => ({
      claim: claim.id,
      id,
      event: eventOf(body, id),
      state: 'lost',
      reason: reason ?? outcome,
      at,
    }),
  );
  const parked = body.outbox.filter(isParked).map(
    ({ id, reason, event, waitsFor }): UndeliveredNotice => ({
      claim: claim.id,
      id,
      event,
      state: 'parked',
      reason,
      waitsFor: kindOf(waitsFor),
    }),
  );
  return [...lost, ...parked];
}

const WAITS = ['person', 'contact', 'channel', 'role'] as const;

function kindOf(waitsFor: string): NonNullable<UndeliveredNotice['waitsFor']> {
  return WAITS.find((kind) => waitsFor.startsWith(`${kind}:`)) ?? 'other';
}

const versionOf = (id: string): number => Number(id.slice(0, id.indexOf(':')));

function eventOf({ entries }: ClaimBody, id: string): EventType | 'unknown' {
  return entries[versionOf(id) - 1]?.event.type ?? 'unknown';
}

/**
 * Makes the undelivered notices of a claim due now, as if never tried; the running desk delivers them. Answers how
 * many. One that has nothing to say any more ends there as superseded.
 */
export async function retryNotices(ports: AlterPorts, id: ClaimId): Promise<number> {
  let retried = 0;
  await alterClaim(ports, id, ({ claim, body }) => {
    const now = ports.clock.now();
    const lost = body.told.filter(isLost);
    const again = lost.flatMap((finished) => renewed(body, finished, now));
    retried = again.length + body.outbox.filter(isParked).length;
    if (retried === 0) return undefined;
    const ids = new Set(again.map((notice) => notice.id));
    const resumed = resumeParked(body, () => true, now);
    return {
      claim,
      body: {
        ...resumed,
        // In the order of what they tell: a notice that was given up is older than what is queued.
        outbox: inOrder([...resumed.outbox, ...again]),
        told: body.told.filter((finished) => !ids.has(finished.id)),
      },
    };
  });
  return retried;
}

/** The notice as it was queued at first: what was kept of it names the event and the audience. */
function renewed(body: ClaimBody, { id }: FinishedNotice, now: Instant): readonly Queued[] {
  const version = versionOf(id);
  const entry = body.entries[version - 1];
  if (!entry || body.outbox.some((notice) => notice.id === id)) return [];
  const then: Claim = foldEntries(body.entries.slice(0, version));
  const notice = noticesOf(entry.event, then).find((one) => one.id === id);
  return notice ? [{ ...notice, attempts: 0, nextAt: now, reached: [] }] : [];
}

function inOrder(outbox: readonly OutboxEntry[]): readonly OutboxEntry[] {
  return outbox.toSorted((one, other) => one.version - other.version);
}
