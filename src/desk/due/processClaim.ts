/**
 * Processes one claim that is due: fires its clocks and delivers its notices. And resumes the parked notices of claims
 * whose recipient can be reached again.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { isClockDue } from '../../domain/claims/clock.ts';
import { DESK } from '../../domain/claims/permission.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { asRecord, CLAIM, claimDocument, readClaim, dueAt } from '../records/claimRecord.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import { deliver } from '../outbox/deliver.ts';
import type { DeliveryPorts } from '../outbox/lease.ts';
import type { PageStart, StoredDocument } from '../ports/documents.ts';
import { resumeParked } from '../outbox/outbox.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import { waitKeysOf } from '../records/waitKeys.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

/** What processing a claim that is due needs of the outside. */
export type DueClaimPorts = HandlePorts & DeliveryPorts;

/** What it takes to resume parked notices. */
export type ResumePorts = ClaimPorts & Pick<World, 'clock' | 'random'>;

const PAGE = 50;

/** A claim as a sweep found it due. */
export type DueClaim = Pick<StoredDocument<ClaimBody>, 'etag'> & { readonly id: ClaimId };

/**
 * Answers whether something was done for the claim here; not where another sweep did it in the meantime, or is doing
 * it.
 */
export async function processDueClaim(ports: DueClaimPorts, people: People, { id, etag }: DueClaim): Promise<boolean> {
  const record = await readClaim(ports, id);
  if (!record) return false;
  if ((dueAt(record.claim, record.body) ?? Infinity) > ports.clock.now()) {
    if (record.etag === etag) await writeKeysAnew(ports, record);
    return false;
  }
  if (isClockDue(record.claim.clocks, ports.clock.now())) await fireDueClocks(ports, people, id);
  return deliver(ports, people, id);
}

/**
 * No one wrote the claim since it was found due, and it is not: the keys that it is found by are not those of its
 * history. With them left as they are, each sweep would find it in vain.
 */
async function writeKeysAnew(ports: DueClaimPorts, found: ClaimRecord): Promise<void> {
  const record = sealedRecord(ports, found);
  if ((await ports.documents.replace(claimDocument(ports, record.claim, record.body), record.etag)) !== 'changed')
    ports.log.warn({ claim: record.claim.id }, 'Claim was found due by wrong keys; they were written anew');
}

/** Fires the clocks of a claim that are due, and delivers nothing. */
export async function fireDueClocks(ports: HandlePorts, people: People, id: ClaimId): Promise<void> {
  await handle(ports, people, id, () => ({ type: 'Wake', by: DESK, at: ports.clock.now() }));
}

/** Whether a clock of a claim is due, as it was found; false for a claim that cannot be read. */
export function hasDueClock({ id, body, etag }: StoredDocument<ClaimBody>, now: Instant): boolean {
  try {
    return isClockDue(asRecord(id, body, etag).claim.clocks, now);
  } catch {
    return false;
  }
}

/**
 * Makes due again the notices that wait for a person, contact or channel (R45), and answers of which claims. A claim
 * that cannot be processed is logged and never stops the others.
 */
export async function resumeParkedNotices(ports: ResumePorts, waitsFor: string): Promise<readonly ClaimId[]> {
  const resumed: ClaimId[] = [];
  let after: PageStart | undefined;
  do {
    const page = await ports.documents.find({
      kind: CLAIM,
      name: 'waitsFor',
      value: waitsFor,
      limit: PAGE,
      ...(after && { after }),
    });
    for (const document of page.documents) {
      const id = document.id as ClaimId;
      try {
        await resumeParkedNoticesOf(ports, id, waitsFor);
        resumed.push(id);
      } catch (error) {
        if (isOfNewerVersion(error)) ports.log.warn({ claim: id }, 'Waiting claim skipped: written by a newer version');
        else if (!(error instanceof HistoryBrokenError))
          ports.log.error({ claim: id, error }, 'Could not resume a waiting claim; the others continue');
      }
    }
    after = page.next;
  } while (after);
  return resumed;
}

async function resumeParkedNoticesOf(ports: ResumePorts, id: ClaimId, waitsFor: string): Promise<void> {
  for (;;) {
    const stored = await readClaim(ports, id);
    if (!stored) return;
    const record = sealedRecord(ports, stored);
    const body = resumeParked(
      record.body,
      (notice) => waitKeysOf(notice, record.claim).includes(waitsFor),
      ports.clock.now(),
    );
    if ((await ports.documents.replace(claimDocument(ports, record.claim, body), record.etag)) !== 'changed') return;
  }
}
