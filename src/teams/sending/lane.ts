/** The lane of one conversation: its calls of the last hour, and who waits for a slot, first in, first out. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { RateLimit } from './rateLimits.ts';
import { CONVERSATION_LIMITS, freeAt, NOTIFICATION_LIMITS, recordCall, slotAfter } from './rateLimits.ts';

/** Replies go before notifications: a person waits for them. */
export type Priority = 'reply' | 'notification';
export const PRIORITIES: readonly Priority[] = ['reply', 'notification'];

/** How long to wait for a slot, and with which priority. */
export interface SlotRequest {
  readonly timeoutMs: number;
  readonly priority: Priority;
}

/** The longest that a call counts for any limit. */
export const MEMORY_MS = 3_600_000;

const LIMITS: Readonly<Record<Priority, readonly RateLimit[]>> = {
  reply: CONVERSATION_LIMITS,
  notification: NOTIFICATION_LIMITS,
};

export interface Waiter {
  /** Resolves the request: with undefined the slot is granted, with milliseconds it is to be retried after them. */
  readonly answer: (retryAfterMs: number | undefined) => void;
  /** When it times out. */
  readonly until: Instant;
  cancelTimeout: () => void;
}

export interface Lane {
  /** When calls were made, oldest first. */
  readonly sent: Instant[];
  readonly waiting: Readonly<Record<Priority, Waiter[]>>;
  /** Until when nothing is sent, after a 429. */
  heldUntil: Instant;
  usedAt: Instant;
}

export function createLane(now: Instant): Lane {
  return { sent: [], waiting: { reply: [], notification: [] }, heldUntil: 0, usedAt: now };
}

/** The earliest instant, `from` or later, at which the lane may be used. */
export function laneFreeAt(lane: Lane, priority: Priority, from: Instant): Instant {
  return freeAt(lane.sent, LIMITS[priority], Math.max(from, lane.heldUntil));
}

/** How many in the lane are served before a new request of this priority. */
export function waitersAhead({ waiting }: Lane, priority: Priority): number {
  return waiting.reply.length + (priority === 'reply' ? 0 : waiting.notification.length);
}

/** When a new request of this priority can expect its slot. */
export function expectedSlot(lane: Lane, priority: Priority, now: Instant): Instant {
  return slotAfter(lane.sent, waitersAhead(lane, priority), LIMITS[priority], laneFreeAt(lane, priority, now));
}

/** Counts a call that is made now. */
export function useLane(lane: Lane, now: Instant): void {
  recordCall(lane.sent, now, MEMORY_MS);
  lane.usedAt = now;
}

/** Whether the lane cannot be forgotten yet: requests wait in it, or it is held. */
export function isBusy(lane: Lane, now: Instant): boolean {
  return lane.heldUntil > now || PRIORITIES.some((priority) => lane.waiting[priority].length > 0);
}
