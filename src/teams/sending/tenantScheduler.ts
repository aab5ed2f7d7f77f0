/**
 * Grants the slots of one tenant: replies before notifications, and lanes of one priority round robin, so that a flood
 * in one conversation does not starve the others.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Clock } from '../../desk/ports/system.ts';
import type { Lane, Priority, SlotRequest, Waiter } from './lane.ts';
import { createLane, expectedSlot, isBusy, laneFreeAt, MEMORY_MS, PRIORITIES, useLane, waitersAhead } from './lane.ts';
import type { RateLimit } from './rateLimits.ts';
import { freeAt, recordCall } from './rateLimits.ts';
import type { Timer } from './timer.ts';

/** How many may wait in a lane, and in all lanes of a tenant; a request above that is rejected at once. */
const MAX_IN_LANE = 100;
const MAX_WAITING = 2_000;
/** How many lanes are remembered; above that, those not used for the longest time are forgotten. */
const MAX_LANES = 50_000;
/** The shortest time after which a rejected request is retried. */
const MIN_RETRY_MS = 1_000;
/** When this many lanes are held at once, the limit that was exceeded is the tenant's: all its lanes are held. */
const HELD_LANES = 3;
const MAX_TENANT_HOLD_MS = 30_000;
const TENANT_WINDOW_MS = 1_000;

export interface SchedulerOptions {
  /** This process's share of what Teams allows a tenant. */
  readonly perSecond: number;
  readonly clock: Clock;
  readonly timer: Timer;
}

export class TenantScheduler {
  readonly #limits: readonly RateLimit[];
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #sent: Instant[] = [];
  #heldUntil: Instant = 0;
  /** By conversation; the one not used for the longest time comes first. */
  readonly #lanes = new Map<string, Lane>();
  /** The lanes in which requests wait, in the order in which they are served. */
  readonly #turns: Readonly<Record<Priority, Set<Lane>>> = { reply: new Set(), notification: new Set() };
  #waiting = 0;
  #cancelNextLook: () => void = doNothing;

  constructor({ perSecond, clock, timer }: SchedulerOptions) {
    this.#limits = [{ maxCalls: perSecond, windowMs: TENANT_WINDOW_MS }];
    this.#clock = clock;
    this.#timer = timer;
  }

  get size(): { readonly lanes: number; readonly waiting: number } {
    return { lanes: this.#lanes.size, waiting: this.#waiting };
  }

  acquire(conversationId: string, { timeoutMs, priority }: SlotRequest): Promise<number | undefined> {
    const now = this.#clock.now();
    const lane = this.#laneOf(conversationId, now);
    const expected = Math.max(this.#freeAt(now), expectedSlot(lane, priority, now));
    const isFull = waitersAhead(lane, priority) >= MAX_IN_LANE || this.#waiting >= MAX_WAITING;
    if (isFull || expected > now + timeoutMs) return Promise.resolve(retryAfter(expected - now));
    return new Promise((answer) => {
      const waiter: Waiter = { answer, until: now + timeoutMs, cancelTimeout: doNothing };
      waiter.cancelTimeout = this.#timer(Math.ceil(timeoutMs), () => this.#reject(lane, (one) => one === waiter));
      lane.waiting[priority].push(waiter);
      this.#turns[priority].add(lane);
      this.#waiting += 1;
      this.#serve();
    });
  }

  hold(conversationId: string, ms: number): void {
    const now = this.#clock.now();
    const lane = this.#laneOf(conversationId, now);
    lane.heldUntil = Math.max(lane.heldUntil, now + ms);
    let held = 0;
    for (const one of this.#lanes.values()) if (one.heldUntil > now) held += 1;
    if (held >= HELD_LANES) this.#heldUntil = Math.max(this.#heldUntil, now + Math.min(ms, MAX_TENANT_HOLD_MS));
    this.#reject(lane, ({ until }) => until < lane.heldUntil);
  }

  /** Forgets the lanes that no longer matter. Answers whether the tenant itself no longer does. */
  forget(): boolean {
    const now = this.#clock.now();
    for (const [conversationId, lane] of this.#lanes) {
      const isOld = lane.usedAt + MEMORY_MS <= now;
      if (!isOld && this.#lanes.size <= MAX_LANES) break;
      if (!isBusy(lane, now)) this.#lanes.delete(conversationId);
    }
    return this.#lanes.size === 0 && this.#freeAt(now) <= now;
  }

  #freeAt(from: Instant): Instant {
    return freeAt(this.#sent, this.#limits, Math.max(from, this.#heldUntil));
  }

  /** The lane of a conversation, which becomes the one used last. */
  #laneOf(conversationId: string, now: Instant): Lane {
    const lane = this.#lanes.get(conversationId) ?? createLane(now);
    lane.usedAt = now;
    this.#lanes.delete(conversationId);
    this.#lanes.set(conversationId, lane);
    return lane;
  }

  /** Grants all slots that are free now, and looks again when the next one is. */
  #serve(): void {
    this.#cancelNextLook();
    this.#cancelNextLook = doNothing;
    while (this.#waiting > 0) {
      const now = this.#clock.now();
      const next = this.#freeAt(now) <= now ? this.#nextTurn(now) : undefined;
      if (!next) {
        const at = Math.max(this.#freeAt(now), this.#earliestTurn(now));
        this.#cancelNextLook = this.#timer(Math.ceil(at - now), () => this.#serve());
        return;
      }
      const { lane, priority } = next;
      const waiter = this.#takeOut(lane, priority, 0);
      // Round robin: the lane's next turn comes after those of all others.
      if (this.#turns[priority].delete(lane)) this.#turns[priority].add(lane);
      useLane(lane, now);
      recordCall(this.#sent, now, TENANT_WINDOW_MS);
      waiter?.answer(undefined);
    }
  }

  #nextTurn(now: Instant): { readonly lane: Lane; readonly priority: Priority } | undefined {
    for (const priority of PRIORITIES)
      for (const lane of this.#turns[priority]) if (laneFreeAt(lane, priority, now) <= now) return { lane, priority };
    return undefined;
  }

  #earliestTurn(now: Instant): Instant {
    let at = Number.POSITIVE_INFINITY;
    for (const priority of PRIORITIES)
      for (const lane of this.#turns[priority]) at = Math.min(at, laneFreeAt(lane, priority, now));
    return at;
  }

  #takeOut(lane: Lane, priority: Priority, place: number): Waiter | undefined {
    const [waiter] = lane.waiting[priority].splice(place, 1);
    if (!waiter) return undefined;
    waiter.cancelTimeout();
    this.#waiting -= 1;
    if (lane.waiting[priority].length === 0) this.#turns[priority].delete(lane);
    return waiter;
  }

  /** Rejects the requests of a lane that are `meant`: each is told when to retry. */
  #reject(lane: Lane, isMeant: (waiter: Waiter) => boolean): void {
    const now = this.#clock.now();
    for (const priority of PRIORITIES) {
      for (const waiter of lane.waiting[priority].filter(isMeant)) {
        this.#takeOut(lane, priority, lane.waiting[priority].indexOf(waiter));
        waiter.answer(retryAfter(Math.max(this.#freeAt(now), laneFreeAt(lane, priority, now)) - now));
      }
    }
    if (this.#waiting === 0) this.#serve();
  }
}

function retryAfter(ms: number): number {
  return Math.max(Math.ceil(ms), MIN_RETRY_MS);
}

function doNothing(): void {
  // There is no timer to cancel.
}
