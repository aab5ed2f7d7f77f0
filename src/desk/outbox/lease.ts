/** Who delivers a claim's notices just now: a lease in its document, so that two instances never send at once. */
import { DeskError } from '../../domain/deskError.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { ClaimBody, ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { claimDocument, foldEntries, readClaim } from '../records/claimRecord.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import type { People } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import { MAX_SEND_MS } from '../ports/messenger.ts';
import { isParked } from '../records/outboxEntry.ts';
import type { OutboxEntry } from '../records/outboxEntry.ts';

/**
 * The longest wait between a look at the lease and the next write: an edit, its line, and the card posted anew; and
 * two calls of a slow store.
 */
const SENDING_MS = 3 * MAX_SEND_MS + 30_000;
/**
 * A little longer, so that it is seldom too short to send. An instance that dies with a lease holds up the claim for
 * that long.
 */
const LEASE_MS = SENDING_MS + 15_000;
/** The longest that Teams may ask a notice to wait; what the desk waits for by itself is shorter. */
export const MAX_RETRY_MS = 3_600_000;
/** How far the clocks of two instances may differ that both go on; the store's check allows half of it to each. */
export const MAX_CLOCKS_APART_MS = 60_000;

/** What delivering a claim's notices needs of the outside. */
export type DeliveryPorts = Pick<
  World,
  | 'documents'
  | 'files'
  | 'anchors'
  | 'messenger'
  | 'clock'
  | 'random'
  | 'digest'
  | 'historyKeys'
  | 'rules'
  | 'log'
  | 'meters'
>;

/** One delivery: of which claim, and under which lease. */
export interface Delivery {
  readonly ports: DeliveryPorts;
  readonly people: People;
  readonly id: ClaimId;
  readonly lease: string;
}

/** The lease ran out and is another's, who sends what is left: there is nothing more to do here. */
export class LeaseLostError extends DeskError<'outbox.leaseLost'> {
  constructor(message: string, options?: ErrorOptions) {
    super('outbox.leaseLost', message, options);
  }
}

/** Takes the lease; undefined where another holds it or there is nothing to do. */
export async function takeLease(
  { ports, id, lease }: Delivery,
  isNeeded: (body: ClaimBody, now: Instant) => boolean,
): Promise<ClaimRecord | undefined> {
  for (;;) {
    const stored = await readClaim(ports, id);
    const now = ports.clock.now();
    if (stored && withNearWaits(stored.body, now) !== stored.body) {
      await writeNearWaits(ports, stored, now);
      continue;
    }
    if (!stored || (stored.body.lease && stored.body.lease.until > now) || !isNeeded(stored.body, now))
      return undefined;
    const record = sealedRecord(ports, stored);
    const body: ClaimBody = { ...record.body, lease: { by: lease, until: now + LEASE_MS } };
    const written = await ports.documents.replace(claimDocument(ports, record.claim, body), record.etag);
    if (written !== 'changed') return { ...record, body, etag: written.etag };
    ports.meters.conflict();
  }
}

/**
 * The same body where its lease and its notices end their wait within the time that the desk ever sets. What lies
 * further ahead was written by a clock that was ahead and set back since, or that another machine had: the lease is
 * shortened to a whole one from now, so that who holds it, if anyone does, still can write; the notices are due.
 */
export function withNearWaits(body: ClaimBody, now: Instant): ClaimBody {
  const { lease, outbox } = body;
  const isLeaseFar = lease !== undefined && lease.until > now + LEASE_MS + MAX_CLOCKS_APART_MS;
  const isFar = (notice: OutboxEntry): boolean =>
    !isParked(notice) && notice.nextAt > now + MAX_RETRY_MS + MAX_CLOCKS_APART_MS;
  if (!isLeaseFar && !outbox.some(isFar)) return body;
  return {
    ...body,
    ...(isLeaseFar && { lease: { by: lease.by, until: now + LEASE_MS } }),
    outbox: outbox.map((notice) => (isParked(notice) || !isFar(notice) ? notice : { ...notice, nextAt: now })),
  };
}

/** Writes a claim with {@link withNearWaits}; answers whether it was written, and not by another first. */
export async function writeNearWaits(
  ports: ClaimPorts & Pick<World, 'clock' | 'random' | 'meters'>,
  stored: ClaimRecord,
  now: Instant,
): Promise<boolean> {
  const record = sealedRecord(ports, stored);
  const document = claimDocument(ports, record.claim, withNearWaits(record.body, now));
  if ((await ports.documents.replace(document, record.etag)) !== 'changed') return true;
  ports.meters.conflict();
  return false;
}

/** The claim as it is now, while the lease is ours; throws LeaseLost otherwise. */
export async function readHeld({ ports, id, lease }: Delivery): Promise<ClaimRecord> {
  const record = await readClaim(ports, id);
  if (record?.body.lease?.by !== lease) throw new LeaseLostError(`the lease of claim ${id} is another's`);
  return record;
}

/**
 * The claim as it is now, with a lease that lasts until what is sent next is written down. What came since the last
 * write may have taken long: a file, an old card that is pointed to the new one, a slow store. Throws LeaseLost once it
 * is another's.
 */
export async function readToSend(delivery: Delivery): Promise<ClaimRecord> {
  const record = await readHeld(delivery);
  if ((record.body.lease?.until ?? 0) - delivery.ports.clock.now() >= SENDING_MS) return record;
  await amend(delivery, ({ body }) => body);
  return readHeld(delivery);
}

/** Read, alter, replace if unchanged, and hold the lease for longer. Throws LeaseLost once it is another's. */
export async function amend(
  delivery: Delivery,
  alter: (record: ClaimRecord) => ClaimBody | Promise<ClaimBody>,
): Promise<void> {
  const { ports, lease } = delivery;
  for (;;) {
    const record = await readHeld(delivery);
    const body: ClaimBody = { ...(await alter(record)), lease: { by: lease, until: ports.clock.now() + LEASE_MS } };
    const claim = body.entries.length === record.body.entries.length ? record.claim : foldEntries(body.entries);
    if ((await ports.documents.replace(claimDocument(ports, claim, body), record.etag)) !== 'changed') return;
    ports.meters.conflict();
  }
}

/** Gives the lease back, if it is still ours. */
export async function release({ ports, id, lease }: Delivery): Promise<void> {
  for (;;) {
    const record = await readClaim(ports, id);
    if (record?.body.lease?.by !== lease) return;
    const { lease: _, ...body } = record.body;
    if ((await ports.documents.replace(claimDocument(ports, record.claim, body), record.etag)) !== 'changed') return;
    ports.meters.conflict();
  }
}
