/**
 * Brings a claim's notices to their audiences, at least once and in order (R45, R47).
 *
 * Who delivers holds a lease in the claim's document, so that two instances never send at once. After every new
 * message its fate is saved before the next is sent: a crash repeats one message at most, and an edit of a known card
 * is repeated unseen. A new message that was sent when the process died cannot be told from one that was not: it is sent again.
 */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim, ClaimId } from '../claims/claim.ts';
import { DESK } from '../claims/permission.ts';
import { handleCommand } from '../claims/settle.ts';
import type { Audience } from '../claims/notices.ts';
import type { ClaimBody, ClaimRecord, Home, Outgoing } from './claimRecord.ts';
import { claimDocument, foldEntries, readClaim } from './claimRecord.ts';
import { withEvents } from './handle.ts';
import { handOver } from './handOver.ts';
import type { People } from './people.ts';
import type { Content, Sent, World } from './ports.ts';
import type { Recipient } from './recipients.ts';
import { resolve } from './recipients.ts';
import { mootReason, needsLine } from './relevance.ts';

const LEASE_MS = 90_000;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 15 * 60_000;
/** A notice that starts no clock is given up after about a week of tries. */
const MOST_ATTEMPTS = 700;

interface Delivery {
  readonly world: World;
  readonly people: People;
  readonly id: ClaimId;
  readonly lease: string;
}

/** Deliver what is due of one claim. Returns when nothing is due, or when another delivers. */
export async function deliver(world: World, people: People, id: ClaimId): Promise<void> {
  // Again: what was committed between the last look and the end of the lease was left by its own committer to us.
  while (await deliverOnce({ world, people, id, lease: world.ids.randomId() }));
}

/** One lease: everything that is due while it is held. Answers whether there was a lease to take. */
async function deliverOnce(delivery: Delivery): Promise<boolean> {
  const { world, id } = delivery;
  let record = await takeLease(delivery);
  if (!record) return false;
  try {
    for (let due = nextDue(record.body, world.clock.now()); due; due = record && nextDue(record.body, world.clock.now())) {
      await deliverTo(delivery, due, record);
      record = await readClaim(world.documents, id);
      if (record?.body.lease?.by !== delivery.lease) return false;
    }
    return true;
  } finally {
    await amend(delivery, ({ body }) => withoutLease(body));
  }
}

/** The audience of the oldest notice that is due. */
function nextDue(body: ClaimBody, now: Instant): Audience | undefined {
  return body.outbox.find((notice) => isDue(notice, now))?.audience;
}

function isDue(notice: Outgoing, now: Instant): boolean {
  return notice.nextAt !== undefined && notice.nextAt <= now;
}

async function takeLease(delivery: Delivery): Promise<ClaimRecord | undefined> {
  const { world, id } = delivery;
  for (;;) {
    const record = await readClaim(world.documents, id);
    const now = world.clock.now();
    if (!record || (record.body.lease && record.body.lease.until > now) || !nextDue(record.body, now)) return undefined;
    const body: ClaimBody = { ...record.body, lease: { by: delivery.lease, until: now + LEASE_MS } };
    const written = await world.documents.replace(claimDocument(record.claim, body), record.etag);
    if (written !== 'changed') return { ...record, body, etag: written.etag };
  }
}

async function deliverTo(delivery: Delivery, audience: Audience, record: ClaimRecord): Promise<void> {
  const { world, people } = delivery;
  const due = record.body.outbox.filter((notice) => notice.audience === audience && isDue(notice, world.clock.now()));
  const notices: Outgoing[] = [];
  for (const notice of due) {
    const moot = mootReason(notice, record);
    if (moot) await finish(delivery, notice, 'dead', moot);
    else notices.push(notice);
  }
  if (notices.length === 0) return;
  if (audience === 'assessor') await handOver(world, record.claim);
  const resolved = await resolve(people, audience, record.claim);
  if (resolved.kind === 'unreachable') {
    if (audience === 'assessor') for (const notice of notices) await finish(delivery, notice, 'delivered', 'recordWritten');
    else await giveUp(delivery, notices, { ...resolved, outcome: 'unreachable' });
    return;
  }
  await bringToAll(delivery, notices, resolved.recipients);
}

/** Every recipient gets every notice; the notice is done when all have it or cannot be reached. */
async function bringToAll(delivery: Delivery, notices: readonly Outgoing[], recipients: readonly Recipient[]): Promise<void> {
  let later: Extract<Sent, { kind: 'tryLater' }> | undefined;
  let lost: Loss | undefined;
  for (const recipient of recipients) {
    const waiting = notices.filter((notice) => !notice.reached.includes(recipient.home));
    const failed = waiting.length > 0 ? await bring(delivery, waiting, recipient) : undefined;
    if (failed?.kind === 'tryLater') later = failed;
    else if (failed) lost = await loss(delivery, recipient, failed);
  }
  const left = (await readClaim(delivery.world.documents, delivery.id))?.body.outbox.filter((notice) => notices.some((one) => one.id === notice.id)) ?? [];
  const unreached = left.filter((notice) => notice.reached.length < recipients.length);
  for (const notice of left.filter((one) => !unreached.includes(one))) await finish(delivery, notice, 'delivered');
  if (later) await postpone(delivery, unreached, later);
  else if (lost) {
    for (const notice of unreached.filter((one) => one.reached.length > 0)) await finish(delivery, notice, 'delivered');
    await giveUp(delivery, unreached.filter((one) => one.reached.length === 0), lost);
  }
}

type Failed = Exclude<Sent, { kind: 'delivered' }>;

/** Nobody was reached, and what has to change first. */
interface Loss {
  readonly outcome: 'unreachable' | 'dead';
  readonly reason: string;
  readonly waitsFor: string;
}

/** Remembers with the person or the channel that they cannot be reached, so that nobody tries again before that changes. */
async function loss({ people }: Delivery, recipient: Recipient, failed: Exclude<Failed, { kind: 'tryLater' }>): Promise<Loss> {
  const { waitsFor, person } = recipient;
  if (failed.kind === 'dead') return { outcome: 'dead', reason: failed.reason, waitsFor };
  const reason = failed.kind === 'gone' ? 'conversationLost' : failed.reason;
  if (person) await people.alter(person, (known) => ({ ...known, unreachable: reason }));
  else await people.alterChannel(waitsFor.slice('channel:'.length), (known) => known && { ...known, unreachable: reason });
  return { outcome: 'unreachable', reason, waitsFor };
}

/** One home: the card is edited, or posted where there is none yet; then a line for each notice that has one. */
async function bring(delivery: Delivery, notices: readonly Outgoing[], recipient: Recipient): Promise<Failed | undefined> {
  const { world } = delivery;
  const record = await readClaim(world.documents, delivery.id);
  if (!record) return undefined;
  if (isSamePlace(record, recipient)) return markAll(delivery, notices, recipient.home);
  let home: Home | undefined = record.body.homes[recipient.home];
  if (home?.place !== recipient.address.conversationId) home = undefined;
  const card = cardFor(world, record, recipient, notices);
  if (home) {
    const edited = await world.messenger.edit(recipient.address, home, card);
    if (edited.kind === 'gone') home = undefined;
    else if (edited.kind !== 'delivered') return edited;
  }
  if (!home) {
    if (!notices.some((notice) => notice.line)) return markAll(delivery, notices, recipient.home);
    const posted = await world.messenger.post(recipient.address, card);
    if (posted.kind !== 'delivered') return posted;
    return markAll(delivery, notices, recipient.home, { ...posted.message, place: recipient.address.conversationId });
  }
  for (const notice of notices) {
    const entry = record.body.entries[notice.version - 1];
    if (entry && needsLine(notice, entry, record.claim, recipient)) {
      const said = await world.messenger.reply(recipient.address, home, { ...card, kind: 'line', entry });
      if (said.kind !== 'delivered') return said.kind === 'gone' ? { kind: 'tryLater', reason: 'threadLost' } : said;
    }
    await markAll(delivery, [notice], recipient.home);
  }
  return undefined;
}

/** Somebody whose own chat is the partner's or the customer's home is told there. */
function isSamePlace({ body: { homes } }: ClaimRecord, recipient: Recipient): boolean {
  const place = recipient.address.conversationId;
  return recipient.home.startsWith('person:') && (homes['partner']?.place === place || homes['customer']?.place === place);
}

/** The card as its audience will read it: whoever reads it has been reached, so the clock it starts is shown running (R45). */
function cardFor(world: World, record: ClaimRecord, recipient: Recipient, notices: readonly Outgoing[]): Extract<Content, { kind: 'card' }> {
  const now = world.clock.now();
  let claim: Claim = record.claim;
  for (const { starts } of notices) if (starts) claim = delivered(world, claim, starts, now).claim;
  return { kind: 'card', claim, reader: recipient.reader, now };
}

function delivered(world: World, claim: Claim, clock: NonNullable<Outgoing['starts']>, at: Instant) {
  return handleCommand(claim, { type: 'RecordDelivery', by: DESK, at, clock, outcome: { kind: 'delivered' } }, world.rules);
}

/** These notices have reached one recipient; single audiences are done with it, and their clocks run. */
async function markAll(delivery: Delivery, notices: readonly Outgoing[], home: string, posted?: Home): Promise<undefined> {
  const ids = new Set(notices.map((notice) => notice.id));
  await amend(delivery, ({ body }) => ({
    ...body,
    ...(posted && { homes: { ...body.homes, [home]: posted } }),
    outbox: body.outbox.map((notice) => (ids.has(notice.id) && !notice.reached.includes(home) ? { ...notice, reached: [...notice.reached, home] } : notice)),
  }));
  return undefined;
}

async function finish(delivery: Delivery, notice: Outgoing, outcome: 'delivered' | 'unreachable' | 'dead', reason?: string): Promise<void> {
  await amend(delivery, (record) => {
    if (!record.body.outbox.some((one) => one.id === notice.id)) return record.body;
    const at = delivery.world.clock.now();
    const body: ClaimBody = {
      ...record.body,
      outbox: record.body.outbox.filter((one) => one.id !== notice.id),
      told: [...record.body.told, { id: notice.id, at, outcome, ...(reason !== undefined && { reason }) }],
    };
    if (outcome !== 'delivered' || !notice.starts) return body;
    return withEvents(delivery.world, record.claim, body, delivered(delivery.world, record.claim, notice.starts, at).events);
  });
}

async function postpone(delivery: Delivery, notices: readonly Outgoing[], later: Extract<Sent, { kind: 'tryLater' }>): Promise<void> {
  for (const notice of notices) {
    if (!notice.starts && notice.attempts >= MOST_ATTEMPTS) await finish(delivery, notice, 'dead', later.reason);
  }
  const ids = new Set(notices.map((notice) => notice.id));
  const nextAt = delivery.world.clock.now() + backOff(delivery.world, Math.max(...notices.map((notice) => notice.attempts)), later.afterMs);
  await amend(delivery, ({ body }) => ({
    ...body,
    outbox: body.outbox.map((notice) => (ids.has(notice.id) ? { ...notice, attempts: notice.attempts + 1, nextAt, reason: later.reason } : notice)),
  }));
}

/** Doubling from five seconds to a quarter of an hour, a quarter more or less by chance, never sooner than asked. */
function backOff(world: World, attempts: number, atLeast = 0): number {
  const plain = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);
  const chance = (world.ids.randomBytes(1)[0] ?? 128) / 255;
  return Math.round(Math.max(plain * (0.75 + chance / 2), Math.min(atLeast, LAST_RETRY_MS * 4)));
}

/** Nobody is there: a notice that starts a clock waits for a change and the reviewers are told; any other ends (R45). */
async function giveUp(delivery: Delivery, notices: readonly Outgoing[], lost: Loss): Promise<void> {
  const { world } = delivery;
  const { outcome, reason, waitsFor } = lost;
  for (const notice of notices) {
    const clock = notice.starts;
    if (!clock) {
      await finish(delivery, notice, outcome, reason);
      continue;
    }
    await amend(delivery, (record) => {
      const outbox = record.body.outbox.map((one) => (one.id === notice.id ? waiting(one, reason, waitsFor) : one));
      const command = { type: 'RecordDelivery', by: DESK, at: world.clock.now(), clock, outcome: { kind: 'undeliverable', reason } } as const;
      return withEvents(world, record.claim, { ...record.body, outbox }, handleCommand(record.claim, command, world.rules).events);
    });
  }
}

function waiting(notice: Outgoing, reason: string, waitsFor: string): Outgoing {
  const { nextAt: _, ...rest } = notice;
  return { ...rest, reason, waitsFor };
}

/** Read, alter, replace if unchanged, while the lease is ours. */
async function amend(delivery: Delivery, alter: (record: ClaimRecord) => ClaimBody): Promise<void> {
  const { world, id, lease } = delivery;
  for (;;) {
    const record = await readClaim(world.documents, id);
    if (!record || record.body.lease?.by !== lease) return;
    const altered = alter(record);
    const body = altered.lease ? { ...altered, lease: { by: lease, until: world.clock.now() + LEASE_MS } } : altered;
    const claim = body.entries.length === record.body.entries.length ? record.claim : foldEntries(body.entries);
    if ((await world.documents.replace(claimDocument(claim, body), record.etag)) !== 'changed') return;
  }
}

function withoutLease(body: ClaimBody): ClaimBody {
  const { lease: _, ...rest } = body;
  return rest;
}
