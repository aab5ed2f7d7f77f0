/** How often something may be done: limits on stretches of time, and what they leave room for. */
import type { Instant } from '../../domain/calendar/calendar.ts';

/** No stretch of so many milliseconds has more calls than that; a stretch holds its beginning, not its end. */
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

/** What of it is for telling what happened. The rest is kept for answers to people: however much there is to tell, who asks is answered. */
export const NOTIFICATION_LIMITS: readonly RateLimit[] = [
  { maxCalls: 5, windowMs: 1_000 },
  { maxCalls: 6, windowMs: 2_000 },
  { maxCalls: 50, windowMs: 30_000 },
  { maxCalls: 1_700, windowMs: 3_600_000 },
];

/** The earliest from then on at which one call more keeps within the limits. `sent` is oldest first. */
export function freeAt(sent: readonly Instant[], limits: readonly RateLimit[], from: Instant): Instant {
  return Math.max(
    from,
    ...limits.map(({ maxCalls: most, windowMs: withinMs }) => (sent.at(-most) ?? Number.NEGATIVE_INFINITY) + withinMs),
  );
}

/** The earliest for a call that comes after so many others; the first of all may go at `from`. */
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

/** Writes down a call, and forgets those that are too long ago to matter. */
export function count(sent: Instant[], now: Instant, memoryMs: number): void {
  sent.push(now);
  while ((sent[0] ?? now) <= now - memoryMs) sent.shift();
}
