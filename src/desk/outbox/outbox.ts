/** The fate of a notice: delivered, tried again later, or parked until its audience can be reached (R45). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { Audience } from '../../domain/claims/notices.ts';
import { DESK } from '../../domain/claims/permission.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import type { CommandOutcome } from '../../domain/claims/handleCommand.ts';
import { handleCommand } from '../../domain/claims/handleCommand.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { customerKey, memberKey } from '../records/waitKeys.ts';
import type { Home, OutboxEntry, Parked, Queued } from '../records/outboxEntry.ts';
import { isParked } from '../records/outboxEntry.ts';
import { appendEvents } from '../records/appendEvents.ts';
import type { Delivery, DeliveryPorts } from './lease.ts';
import { amend, MAX_RETRY_MS } from './lease.ts';
import { consentPartiesOf } from '../directory/sides.ts';
import type { SendResult } from '../ports/messenger.ts';
import { clockStartedBy } from './relevance.ts';

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 15 * 60_000;
/** A notice that starts no clock is given up after about a week of tries. */
const MAX_ATTEMPTS = 700;
/** The reviewers are told that a notice which starts a clock does not arrive after about three hours of tries. */
const ATTEMPTS_BEFORE_HOLD = 20;
const HOMES: readonly Audience[] = ['review', 'partner', 'customer'];
/** How many finished notices are kept, the newest. */
const MAX_TOLD = 100;
/** Why a notice ends unsent that would say what is no longer so. Nothing is lost by it. */
export const SUPERSEDED = 'superseded';

/** No one was reached: why, and what has to change first. */
export interface DeliveryFailure {
  readonly outcome: 'unreachable' | 'dead';
  readonly reason: string;
  readonly waitsFor: string;
}

/** When a notice may be tried again. A `fault` is the desk's own; it may be mended, so nothing is given up for it. */
export type RetryLater = Omit<Extract<SendResult, { kind: 'tryLater' }>, 'kind'> & { readonly fault?: true };

/** These notices have reached one recipient; `posted` is where their card is from now on. */
export async function markReached(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  home: string,
  posted?: Home,
): Promise<void> {
  const ids = idsOf(notices);
  await amend(delivery, ({ body }) => ({
    ...body,
    ...(posted && { homes: { ...body.homes, [home]: posted } }),
    outbox: body.outbox.map((notice) =>
      ids.has(notice.id) && !notice.reached.includes(home) ? { ...notice, reached: [...notice.reached, home] } : notice,
    ),
  }));
}

/** The notices came to their end, in one write; the clock that one of them starts runs from its delivery (R45). */
export async function finish(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  outcome: 'delivered' | 'unreachable' | 'dead',
  reason?: string,
): Promise<void> {
  if (notices.length === 0) return;
  const { ports } = delivery;
  const ids = idsOf(notices);
  await amend(delivery, async (record) => {
    const at = ports.clock.now();
    const ended = record.body.outbox.filter((one) => ids.has(one.id));
    const told = (notices: readonly OutboxEntry[]): ClaimBody['told'] => {
      const more = notices.map(({ id }) => ({ id, at, outcome, ...(reason !== undefined && { reason }) }));
      return [...record.body.told, ...more].slice(-MAX_TOLD);
    };
    let { claim } = record;
    let body: ClaimBody = { ...record.body, outbox: record.body.outbox.filter((one) => !ids.has(one.id)) };
    if (outcome !== 'delivered') return { ...body, told: told(ended) };
    const waiting: OutboxEntry[] = [];
    for (const notice of ended) {
      const clock = clockStartedBy(notice, { ...record, claim, body });
      if (!clock) continue;
      const started = await afterDelivery(delivery, claim, clock, at);
      body = appendEvents(ports, body, started);
      claim = started.claim;
      // Whom it reached may not answer it by now (R5): it waits for a change, and is then sent anew.
      if (claim.clocks[clock]?.state === 'awaitingDelivery')
        waiting.push({ ...parked(notice, claim.hold?.reason ?? '', sideKey(notice, claim)), reached: [] });
    }
    const done = ended.filter(({ id }) => !waiting.some((one) => one.id === id));
    return { ...body, outbox: [...body.outbox, ...waiting], told: told(done) };
  });
  if (outcome === 'dead' && reason !== SUPERSEDED) ports.meters.deadNotices(notices.length);
}

/** The notices tell other audiences instead, unless these are told of the same already. */
export async function redirect(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  audiences: readonly Audience[],
): Promise<void> {
  const ids = idsOf(notices);
  await amend(delivery, ({ body }) => {
    const at = delivery.ports.clock.now();
    const moved = body.outbox.filter(({ id }) => ids.has(id));
    const known = new Set([...body.outbox, ...body.told].map(({ id }) => id));
    const instead = moved.flatMap((notice) =>
      audiences
        .map((audience) => ({ ...queued(notice, at), audience, id: `${notice.version}:${audience}`, reached: [] }))
        .filter(({ id }) => !known.has(id)),
    );
    const told = moved.map(({ id }) => ({ id, at, outcome: 'dead', reason: 'mayNotAct' }) as const);
    return {
      ...body,
      outbox: [...body.outbox.filter(({ id }) => !ids.has(id)), ...instead],
      told: [...body.told, ...told].slice(-MAX_TOLD),
    };
  });
}

/** The claim as it will be when the notice that starts this clock has arrived. */
export async function afterDelivery(
  { ports, people }: Delivery,
  claim: Claim,
  clock: ClockName,
  at: Instant,
): Promise<CommandOutcome> {
  const parties = await consentPartiesOf(people, claim);
  const outcome = { kind: 'delivered' } as const;
  return handleCommand(claim, { type: 'RecordDelivery', by: DESK, at, clock, outcome, parties }, ports.rules);
}

/**
 * Tried again later: the notices of one audience keep their order. The reviewers are told when it takes too long for a
 * clock to start (R45).
 */
export async function postpone(delivery: Delivery, notices: readonly OutboxEntry[], later: RetryLater): Promise<void> {
  const { ports } = delivery;
  const nextAt =
    ports.clock.now() + backOff(ports, Math.max(0, ...notices.map((notice) => notice.attempts)), later.afterMs);
  const isGivenUp = (notice: OutboxEntry): boolean => !later.fault && !notice.starts && notice.attempts >= MAX_ATTEMPTS;
  await finish(delivery, notices.filter(isGivenUp), 'dead', later.reason);
  const ids = idsOf(notices);
  await amend(delivery, ({ body }) => ({
    ...body,
    outbox: body.outbox.map((notice) =>
      ids.has(notice.id) ? { ...queued(notice, nextAt), attempts: notice.attempts + 1, reason: later.reason } : notice,
    ),
  }));
  for (const notice of notices)
    if (notice.attempts === ATTEMPTS_BEFORE_HOLD) await recordHold(delivery, notice, later.reason, (one) => one);
}

/**
 * Doubling from five seconds to a quarter of an hour, a quarter more or less by chance; not sooner than Teams asked
 * for, up to an hour.
 */
function backOff({ random }: Pick<DeliveryPorts, 'random'>, attempts: number, atLeast = 0): number {
  const plain = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);
  const chance = (random.randomBytes(1)[0] ?? 128) / 255;
  return Math.round(Math.max(plain * (0.75 + chance / 2), Math.min(atLeast, MAX_RETRY_MS)));
}

/**
 * No one can be reached: a notice whose clock waits for it is parked and the reviewers are told (R45); a line for a
 * home of the claim waits too, so that who comes back reads what was missed (R47); any other ends.
 */
export async function giveUp(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  { outcome, reason, waitsFor }: DeliveryFailure,
): Promise<void> {
  for (const notice of notices) {
    if (await recordHold(delivery, notice, reason, (one) => parked(one, reason, waitsFor))) continue;
    if (outcome === 'dead' || !notice.line || !HOMES.includes(notice.audience))
      await finish(delivery, [notice], outcome, reason);
    else await park(delivery, [notice], { reason, waitsFor });
  }
}

/** Lets notices wait until what they are found by has changed. */
export async function park(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  { reason, waitsFor }: Pick<Parked, 'reason' | 'waitsFor'>,
): Promise<void> {
  const ids = idsOf(notices);
  await amend(delivery, ({ body }) => ({
    ...body,
    outbox: body.outbox.map((one) => (ids.has(one.id) ? parked(one, reason, waitsFor) : one)),
  }));
}

/**
 * Says in the claim that the notice of a clock does not arrive, once for each reason; false where no clock waits for
 * it.
 */
async function recordHold(
  delivery: Delivery,
  notice: OutboxEntry,
  reason: string,
  alter: (notice: OutboxEntry) => OutboxEntry,
): Promise<boolean> {
  const { ports } = delivery;
  let isHeld = false;
  await amend(delivery, async (record) => {
    const clock = clockStartedBy(notice, record);
    isHeld = clock !== undefined;
    if (!clock) return record.body;
    const body = { ...record.body, outbox: record.body.outbox.map((one) => (one.id === notice.id ? alter(one) : one)) };
    const command = {
      type: 'RecordDelivery',
      by: DESK,
      at: ports.clock.now(),
      clock,
      outcome: { kind: 'undeliverable', reason },
      parties: await consentPartiesOf(delivery.people, record.claim),
    } as const;
    return appendEvents(ports, body, handleCommand(record.claim, command, ports.rules));
  });
  return isHeld;
}

/** What has to change where no one of a side may be told, or may answer. */
function sideKey({ audience }: OutboxEntry, { fields, partner }: Claim): string {
  return audience === 'customer' ? customerKey(fields.customerTenantId) : memberKey(partner.id);
}

function parked(notice: OutboxEntry, reason: string, waitsFor: string): Parked {
  const { nextAt: _, ...rest } = notice;
  return { ...rest, reason, waitsFor };
}

function queued(notice: OutboxEntry, nextAt: Instant): Queued {
  const { waitsFor: _, ...rest } = notice;
  return { ...rest, nextAt };
}

/** The body with the notices that waited for this due at once, as if never tried. */
export function resumeParked(body: ClaimBody, isMeant: (notice: OutboxEntry) => boolean, now: Instant): ClaimBody {
  return {
    ...body,
    outbox: body.outbox.map((notice) =>
      isParked(notice) && isMeant(notice) ? { ...queued(notice, now), attempts: 0 } : notice,
    ),
  };
}

function idsOf(notices: readonly OutboxEntry[]): ReadonlySet<string> {
  return new Set(notices.map((notice) => notice.id));
}
