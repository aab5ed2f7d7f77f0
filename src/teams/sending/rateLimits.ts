/** Rate limits: what Teams allows, and when the next call keeps within it. */
import type { Instant } from '../../domain/calendar/calendar.ts';

/** At most `maxCalls` calls in any window of `windowMs`, start included, end excluded. */
export interface RateLimit {
  readonly maxCalls: number;
  readonly windowMs: number;
}

/** What Teams allows one bot in one conversation. */
export const CONVERSATION_LIMITS: readonly RateLimit[] = [
  { maxCalls: 7, windowMs: 1_000 },
  { maxCalls: 8, windowMs: 2_000 },
  { maxCalls: 60, windowMs: 30_000 },
  { maxCalls: 1_800, windowMs: 3_600_000 },
];

/**
 * The part of it for notifications. The rest is reserved for replies, so that no flood of notifications delays a reply.
 */
export const NOTIFICATION_LIMITS: readonly RateLimit[] = [
  { maxCalls: 5, windowMs: 1_000 },
  { maxCalls: 6, windowMs: 2_000 },
  { maxCalls: 50, windowMs: 30_000 },
  { maxCalls: 1_700, windowMs: 3_600_000 },
];

/** The earliest instant, `from` or later, at which one more call keeps within the limits. `sent` is oldest first. */
export function freeAt(sent: readonly Instant[], limits: readonly RateLimit[], from: Instant): Instant {
  return Math.max(
    from,
    ...limits.map(({ maxCalls, windowMs }) => (sent.at(-maxCalls) ?? Number.NEGATIVE_INFINITY) + windowMs),
  );
}

/** The earliest instant for a call that has `ahead` others before it; the first of all may be made at `from`. */
export function slotAfter(
  sent: readonly Instant[],
  ahead: number,
  limits: readonly RateLimit[],
  from: Instant,
): Instant {
  if (ahead === 0) return from;
  const planned = [...sent];
  let at = from;
  for (let before = 0; before < ahead; before += 1) {
    planned.push(at);
    at = freeAt(planned, limits, at);
  }
  return at;
}

/** Records a call made now, and drops those older than `memoryMs`. */
export function recordCall(sent: Instant[], now: Instant, memoryMs: number): void {
  sent.push(now);
  while ((sent[0] ?? now) <= now - memoryMs) sent.shift();
}
