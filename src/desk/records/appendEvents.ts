/** What happened goes into the claim's document: events at the end of the history, their notices into the outbox. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Happenings } from '../../domain/claims/dueClocks.ts';
import { append } from '../../domain/claims/history.ts';
import type { Notice } from '../../domain/claims/notices.ts';
import type { World } from '../ports/world.ts';
import type { ClaimBody } from './claimRecord.ts';
import type { OutboxEntry } from './outboxEntry.ts';
import { isParked } from './outboxEntry.ts';

/** The body with `happenings` appended. `press` names the request that asked for the last of them (R58). */
export function appendEvents(
  { clock, digest }: Pick<World, 'clock' | 'digest'>,
  body: ClaimBody,
  { events, notices }: Pick<Happenings, 'events' | 'notices'>,
  press?: string,
): ClaimBody {
  const recordedAt = clock.now();
  const queued = notices.map(
    (notice): OutboxEntry => ({
      ...notice,
      attempts: 0,
      nextAt: nextAtFor(notice, body.outbox, recordedAt),
      reached: [],
    }),
  );
  const facts = { recordedAt, ...(press !== undefined && { press }) };
  return {
    ...body,
    entries: append(body.entries, events, facts, (text) => digest.sha256(text)),
    outbox: [...body.outbox, ...queued],
  };
}

/** Behind what the same audience has not received yet: in order, and not before Teams asked to be tried again. */
function nextAtFor({ audience }: Notice, outbox: readonly OutboxEntry[], now: Instant): Instant {
  return Math.max(
    now,
    ...outbox.map((other) => (other.audience === audience && !isParked(other) ? other.nextAt : now)),
  );
}
