/** Whether a notice still says something when its turn comes, and whether it needs a line of its own. */
import type { Claim } from '../../domain/claims/claim.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import type { OutboxEntry } from '../records/outboxEntry.ts';
import type { Recipient } from './recipients.ts';

/**
 * The clock that a notice starts, where it waits for this very notice: not for that of an earlier request, say (R45).
 */
export function clockStartedBy(notice: OutboxEntry, { claim, body }: ClaimRecord): ClockName | undefined {
  const { starts } = notice;
  if (starts === undefined || claim.clocks[starts]?.state !== 'awaitingDelivery') return undefined;
  const start = body.entries.findLast(({ event }) => event.clocks?.[starts]?.state === 'awaitingDelivery');
  return start?.version === notice.version ? starts : undefined;
}

/**
 * Whether a notice has nothing to say any more: its clock ended, or a later one of the same kind follows that says as
 * much.
 */
export function isObsolete(notice: OutboxEntry, record: ClaimRecord): boolean {
  const event = record.body.entries[notice.version - 1]?.event;
  if (event?.type !== 'ClockReminded' && event?.type !== 'ClockEscalated') return false;
  const clock = record.claim.clocks[event.clock];
  if (clock?.state !== 'running' || clock.dueAt !== event.dueAt) return true;
  if (event.type === 'ClockReminded' && clock.level > 0) return true;
  return record.body.outbox.some((other) => {
    const successor = record.body.entries[other.version - 1]?.event;
    return (
      other.audience === notice.audience &&
      (other.line || !notice.line) &&
      other.version > notice.version &&
      successor?.type === event.type &&
      successor.clock === event.clock
    );
  });
}

/** The edit of the card is enough for who wrote the words in that very chat, and for who muted the claim (R47). */
export function needsLine(notice: OutboxEntry, entry: Entry, claim: Claim, recipient: Recipient): boolean {
  if (!notice.line) return false;
  const { event } = entry;
  if (!recipient.person) return true;
  const isTheirs = event.by.id === recipient.person;
  if (isTheirs && (event.type === 'CommentAdded' || event.type === 'ObjectionRecorded')) return false;
  const urgent = notice.starts !== undefined || event.type === 'ClockReminded' || event.type === 'ClockEscalated';
  return urgent || !claim.muted.some((id) => id === recipient.person);
}
