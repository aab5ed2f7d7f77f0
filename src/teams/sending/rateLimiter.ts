/**
 * The one gate in front of every call to Teams, so that the desk keeps within what Teams allows and is not turned away.
 *
 * - *conversation*: a chat, a thread of a channel (its id with `;messageid=`), or a channel in which a thread begins.
 * - *lane*: a conversation as the limiter knows it: when it was written to, and who waits to write to it.
 *
 * In one lane, first come is first served; between the lanes of a tenant that wait, each gets its turn, so that a flood in
 * one never starves the others. Whoever answers a person goes before whoever tells of something that happened, and has a part of
 * each conversation's limits to themselves.
 *
 * The limits of a conversation hold for all instances of the desk together, and so do the tenant's; an instance counts its own
 * calls alone. Where they add up to too many, Teams says so, and the lane is held back.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Clock } from '../../desk/ports/system.ts';
import type { RateLimit } from './rateLimits.ts';
import { CONVERSATION_LIMITS, count, freeAt, slotAfter, NOTIFICATION_LIMITS } from './rateLimits.ts';

/** The longest that a call can still matter. */
const MEMORY_MS = 3_600_000;
/** So many wait for a lane, and so many for all of a tenant's; whoever comes then is sent away. */
const MAX_IN_LANE = 100;
const MAX_WAITING = 2_000;
/** So many lanes of a tenant are remembered; of more, those that were not used for the longest time are forgotten. */
const MAX_LANES = 50_000;
/** Whoever is sent away though nothing is known to be in the way comes again after this. */
const LEAST_AWAY_MS = 1_000;
/** When Teams turns so many conversations away at once, it is the tenant that is written to too fast: all wait, for so long at most. */
const HELD_LANES = 3;
const LONGEST_TENANT_HOLD_MS = 30_000;

export interface Destination {
  readonly tenantId: string;
  readonly conversationId: string;
}

/** How long somebody waits, and whether before those who tell of what happened. */
export interface SlotRequest {
  readonly withinMs: number;
  readonly first?: boolean;
}

/** Calls after so many milliseconds; what it returns calls it off. */
export type Timer = (ms: number, call: () => void) => () => void;

export const systemTimer: Timer = (ms, call) => {
  const timeout = setTimeout(call, ms);
  return () => clearTimeout(timeout);
};

export interface RateLimiter {
  /**
   * Resolves when one call to the destination may be made, which is to be made at once. Answers the milliseconds after which to
   * come again where that cannot be in time; nothing is to be sent then.
   */
  acquire(to: Destination, patience: SlotRequest): Promise<number | undefined>;
  /** Teams turned a call away: nobody passes there for so many milliseconds. */
  hold(to: Destination, ms: number): void;
  /** What is kept in memory. */
  size(): { readonly lanes: number; readonly waiting: number };
}

interface Waiter {
  readonly answer: (awayMs: number | undefined) => void;
  readonly until: Instant;
  /** Calls off the end of their patience. */
  calm: () => void;
}

type Rank = 'first' | 'then';
const RANKS: readonly Rank[] = ['first', 'then'];
const LIMITS: Readonly<Record<Rank, readonly RateLimit[]>> = { first: CONVERSATION_LIMITS, then: NOTIFICATION_LIMITS };

interface Lane {
  /** When it was written to, oldest first. */
  readonly sent: Instant[];
  readonly waiting: Readonly<Record<Rank, Waiter[]>>;
  heldUntil: Instant;
  usedAt: Instant;
}

interface Tenant {
  readonly sent: Instant[];
  heldUntil: Instant;
  /** By conversation; the one that was not used for the longest time comes first. */
  readonly lanes: Map<string, Lane>;
  /** The lanes that wait, in the order of their turns. */
  readonly turns: Readonly<Record<Rank, Set<Lane>>>;
  waiting: number;
  /** Calls off the look at who may pass next. */
  calm: () => void;
}

/** Lets everybody pass at once: for a Teams of one's own, which need not be spared. */
export const unlimited: RateLimiter = {
  acquire: () => Promise.resolve(undefined),
  hold: () => undefined,
  size: () => ({ lanes: 0, waiting: 0 }),
};

/** `clock` must never go back; `perSecond` is this process's share of what Teams allows a tenant. */
export function createRateLimiter({
  perSecond,
  clock,
  timer,
}: {
  readonly perSecond: number;
  readonly clock: Clock;
  readonly timer: Timer;
}): RateLimiter {
  const tenantLimits: readonly RateLimit[] = [{ maxCalls: perSecond, windowMs: 1_000 }];
  const tenants = new Map<string, Tenant>();

  const laneFree = (lane: Lane, rank: Rank, from: Instant): Instant =>
    freeAt(lane.sent, LIMITS[rank], Math.max(from, lane.heldUntil));
  const tenantFree = (tenant: Tenant, from: Instant): Instant =>
    freeAt(tenant.sent, tenantLimits, Math.max(from, tenant.heldUntil));

  function tenantOf(id: string): Tenant {
    const tenant = tenants.get(id) ?? {
      sent: [],
      heldUntil: 0,
      lanes: new Map(),
      turns: { first: new Set(), then: new Set() },
      waiting: 0,
      calm: nothing,
    };
    tenants.set(id, tenant);
    return tenant;
  }

  /** The lane, from now on the one that was used last. */
  function laneOf(tenant: Tenant, conversationId: string): Lane {
    const now = clock.now();
    const lane = tenant.lanes.get(conversationId) ?? {
      sent: [],
      waiting: { first: [], then: [] },
      heldUntil: 0,
      usedAt: now,
    };
    lane.usedAt = now;
    tenant.lanes.delete(conversationId);
    tenant.lanes.set(conversationId, lane);
    return lane;
  }

  /** Lets everybody pass who may now, each lane in its turn, and looks again when the next may. */
  function serve(tenant: Tenant): void {
    tenant.calm();
    tenant.calm = nothing;
    while (tenant.waiting > 0) {
      const now = clock.now();
      const next = tenantFree(tenant, now) <= now ? nextTurn(tenant, now) : undefined;
      if (!next) {
        const at = Math.max(tenantFree(tenant, now), earliest(tenant, now));
        tenant.calm = timer(Math.ceil(at - now), () => serve(tenant));
        return;
      }
      const { lane, rank } = next;
      const waiter = leave(tenant, lane, rank, 0);
      // Its next turn comes after those of all the others.
      if (tenant.turns[rank].delete(lane)) tenant.turns[rank].add(lane);
      count(lane.sent, now, MEMORY_MS);
      count(tenant.sent, now, 1_000);
      lane.usedAt = now;
      waiter?.answer(undefined);
    }
  }

  function nextTurn(tenant: Tenant, now: Instant): { readonly lane: Lane; readonly rank: Rank } | undefined {
    for (const rank of RANKS)
      for (const lane of tenant.turns[rank]) if (laneFree(lane, rank, now) <= now) return { lane, rank };
    return undefined;
  }

  function earliest(tenant: Tenant, now: Instant): Instant {
    let at = Number.POSITIVE_INFINITY;
    for (const rank of RANKS) for (const lane of tenant.turns[rank]) at = Math.min(at, laneFree(lane, rank, now));
    return at;
  }

  /** Takes a waiter out. */
  function leave(tenant: Tenant, lane: Lane, rank: Rank, place: number): Waiter | undefined {
    const [waiter] = lane.waiting[rank].splice(place, 1);
    if (!waiter) return undefined;
    waiter.calm();
    tenant.waiting -= 1;
    if (lane.waiting[rank].length === 0) tenant.turns[rank].delete(lane);
    return waiter;
  }

  function sendAway(tenant: Tenant, lane: Lane, isMeant: (waiter: Waiter) => boolean): void {
    const now = clock.now();
    for (const rank of RANKS) {
      for (const waiter of lane.waiting[rank].filter(isMeant)) {
        leave(tenant, lane, rank, lane.waiting[rank].indexOf(waiter));
        waiter.answer(away(Math.max(tenantFree(tenant, now), laneFree(lane, rank, now)) - now));
      }
    }
    if (tenant.waiting === 0) serve(tenant);
  }

  function forget(): void {
    const now = clock.now();
    for (const [id, tenant] of tenants) {
      for (const [conversationId, lane] of tenant.lanes) {
        const old = lane.usedAt + MEMORY_MS <= now;
        if (!old && tenant.lanes.size <= MAX_LANES) break;
        const busy = lane.heldUntil > now || RANKS.some((rank) => lane.waiting[rank].length > 0);
        if (!busy) tenant.lanes.delete(conversationId);
      }
      if (tenant.lanes.size === 0 && tenantFree(tenant, now) <= now) tenants.delete(id);
    }
  }

  return {
    acquire(to, { withinMs, first = false }) {
      forget();
      const now = clock.now();
      const tenant = tenantOf(to.tenantId);
      const lane = laneOf(tenant, to.conversationId);
      const rank: Rank = first ? 'first' : 'then';
      const ahead = lane.waiting.first.length + (first ? 0 : lane.waiting.then.length);
      const expected = Math.max(
        tenantFree(tenant, now),
        slotAfter(lane.sent, ahead, LIMITS[rank], laneFree(lane, rank, now)),
      );
      if (expected > now + withinMs || ahead >= MAX_IN_LANE || tenant.waiting >= MAX_WAITING)
        return Promise.resolve(away(expected - now));
      return new Promise((answer) => {
        const waiter: Waiter = { answer, until: now + withinMs, calm: nothing };
        waiter.calm = timer(Math.ceil(withinMs), () => sendAway(tenant, lane, (one) => one === waiter));
        lane.waiting[rank].push(waiter);
        tenant.turns[rank].add(lane);
        tenant.waiting += 1;
        serve(tenant);
      });
    },

    hold(to, ms) {
      const now = clock.now();
      const tenant = tenantOf(to.tenantId);
      const lane = laneOf(tenant, to.conversationId);
      lane.heldUntil = Math.max(lane.heldUntil, now + ms);
      let held = 0;
      for (const one of tenant.lanes.values()) if (one.heldUntil > now) held += 1;
      if (held >= HELD_LANES) tenant.heldUntil = Math.max(tenant.heldUntil, now + Math.min(ms, LONGEST_TENANT_HOLD_MS));
      sendAway(tenant, lane, ({ until }) => until < lane.heldUntil);
    },

    size() {
      const all = [...tenants.values()];
      return {
        lanes: all.reduce((sum, { lanes }) => sum + lanes.size, 0),
        waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
  };
}

function nothing(): void {
  // Nothing is to be called off.
}

function away(ms: number): number {
  return Math.max(Math.ceil(ms), LEAST_AWAY_MS);
}
