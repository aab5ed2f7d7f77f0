/** What a sweep found waiting, and for how long: how far behind the desk is. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { foldEntries, dueAt } from '../records/claimRecord.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { SweepProgress } from '../ports/metrics.ts';

export interface Backlog {
  readonly upTo: Instant;
  /** Counts one page of claims that are due. */
  add(documents: readonly StoredDocument<ClaimBody>[]): void;
  progress(): SweepProgress;
}

/** The backlog as of `upTo`. A claim that cannot be read is counted, and has no age. */
export function createBacklog(upTo: Instant): Backlog {
  let due = 0;
  let oldestDue = upTo;
  let oldestNotice = upTo;

  function measure(body: ClaimBody): void {
    oldestDue = Math.min(oldestDue, dueAt(foldEntries(body.entries), body) ?? upTo);
    for (const { nextAt, version } of body.outbox) {
      if (nextAt !== undefined && nextAt <= upTo)
        oldestNotice = Math.min(oldestNotice, body.entries[version - 1]?.recordedAt ?? upTo);
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
          // Whoever wakes the claim says that it cannot be read.
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
