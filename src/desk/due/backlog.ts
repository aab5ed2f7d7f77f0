/** How far behind the desk is: what a sweep found due, and for how long it had been. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { foldEntries, dueAt } from '../records/claimRecord.ts';
import { isParked } from '../records/outboxEntry.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { SweepProgress } from '../ports/metrics.ts';

/** Counts what a sweep found due. */
export interface Backlog {
  /** What is due by this instant counts. */
  readonly upTo: Instant;
  /** Counts one page of claims that are due. */
  add(documents: readonly StoredDocument<ClaimBody>[]): void;
  /** What was counted so far. */
  progress(): SweepProgress;
}

/** The backlog as of `upTo`. A claim that cannot be read is counted, and has no age. */
export function createBacklog(upTo: Instant): Backlog {
  let due = 0;
  let oldestDue = upTo;
  let oldestNotice = upTo;

  function measure(body: ClaimBody): void {
    oldestDue = Math.min(oldestDue, dueAt(foldEntries(body.entries), body) ?? upTo);
    for (const notice of body.outbox) {
      if (!isParked(notice) && notice.nextAt <= upTo)
        oldestNotice = Math.min(oldestNotice, body.entries[notice.version - 1]?.recordedAt ?? upTo);
    }
  }

  return {
    upTo,
    add(documents) {
      due += documents.length;
      for (const { body } of documents) {
        try {
          measure(body);
        } catch {
          // That the claim cannot be read is logged where it is processed.
        }
      }
    },
    progress: () => ({
      dueClaims: due,
      oldestDueSeconds: (upTo - oldestDue) / 1_000,
      oldestNoticeSeconds: (upTo - oldestNotice) / 1_000,
    }),
  };
}
