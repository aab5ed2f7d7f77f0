/**
 * Queues calls to Teams so that the bot stays within Teams' rate limits.
 *
 * Each conversation (a chat, a thread of a channel, or a channel in which a thread begins) has a FIFO lane; lanes of
 * one tenant are served round robin, so one busy conversation does not starve the others. Replies to people go before
 * notifications and have a reserved share.
 *
 * Limits are per conversation and per tenant across all instances, but each instance counts only its own calls; after a
 * 429 the lane is held.
 */
import type { SlotRequest } from './lane.ts';
import { TenantScheduler } from './tenantScheduler.ts';
import type { SchedulerOptions } from './tenantScheduler.ts';

export interface Destination {
  readonly tenantId: string;
  readonly conversationId: string;
}

export interface RateLimiter {
  /**
   * Resolves when one call to the destination may be made, which is to be made at once. Resolves with the milliseconds
   * after which to retry where the slot cannot be granted in time; nothing is to be sent then.
   */
  acquire(to: Destination, request: SlotRequest): Promise<number | undefined>;
  /** Teams answered 429: nothing is sent to the destination for `ms` milliseconds. */
  hold(to: Destination, ms: number): void;
  /** What is kept in memory. */
  size(): { readonly lanes: number; readonly waiting: number };
}

/** Grants every slot at once: for a Teams of one's own, which has no limits. */
export const unlimited: RateLimiter = {
  acquire: () => Promise.resolve(undefined),
  hold: () => undefined,
  size: () => ({ lanes: 0, waiting: 0 }),
};

/** `clock` must never go back; `perSecond` is this process's share of what Teams allows a tenant. */
export function createRateLimiter(options: SchedulerOptions): RateLimiter {
  const tenants = new Map<string, TenantScheduler>();

  function schedulerOf(tenantId: string): TenantScheduler {
    const scheduler = tenants.get(tenantId) ?? new TenantScheduler(options);
    tenants.set(tenantId, scheduler);
    return scheduler;
  }

  return {
    acquire({ tenantId, conversationId }, request) {
      for (const [id, scheduler] of tenants) if (scheduler.forget()) tenants.delete(id);
      return schedulerOf(tenantId).acquire(conversationId, request);
    },
    hold({ tenantId, conversationId }, ms) {
      schedulerOf(tenantId).hold(conversationId, ms);
    },
    size() {
      const sizes = [...tenants.values()].map(({ size }) => size);
      return {
        lanes: sizes.reduce((sum, { lanes }) => sum + lanes, 0),
        waiting: sizes.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
  };
}
