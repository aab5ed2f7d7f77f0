/** Who delivers a claim's notices just now: a lease in its document, so that two instances never send at once. */
import { DeskError } from '../../domain/deskError.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { claimDocument, foldEntries, readClaim } from '../records/claimRecord.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import type { People } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import { MAX_SEND_MS } from '../ports/messenger.ts';

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
    if (!stored || (stored.body.lease && stored.body.lease.until > now) || !isNeeded(stored.body, now))
      return undefined;
    const record = sealedRecord(ports, stored);
    const body: ClaimBody = { ...record.body, lease: { by: lease, until: now + LEASE_MS } };
    const written = await ports.documents.replace(claimDocument(ports, record.claim, body), record.etag);
    if (written !== 'changed') return { ...record, body, etag: written.etag };
    ports.meters.conflict();
  }
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
