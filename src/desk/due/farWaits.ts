/**
 * Notices, announcements and leases that wait for an instant that no right clock would have set. A claim is found by
 * when it is due, so no sweep would find these before the machine's clock has caught up with what it said while it was
 * ahead.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { bringAnnouncementsNear } from '../outbox/announcements.ts';
import { withNearWaits, writeNearWaits } from '../outbox/lease.ts';
import type { DeliveryPorts } from '../outbox/lease.ts';
import type { Page, PageStart } from '../ports/documents.ts';
import type { Clock, Timer } from '../ports/system.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM, readClaim } from '../records/claimRecord.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

const PAGE = 100;
/** A clock that is corrected by less is one that runs as clocks do. */
const SET_BACK_MS = 30_000;

/**
 * Brings every notice, announcement and lease near that waits too far ahead; the next sweep finds them. Reads all
 * claims that are to wake later, so it is to be called where the clock may have been ahead: at the start, once a day,
 * and after it was set back. A claim that cannot be written is logged and never stops the others. `stop` ends it early.
 */
export async function bringWaitsNear(ports: DeliveryPorts, stop: AbortSignal): Promise<void> {
  const now = ports.clock.now();
  let claims = 0;
  let after: PageStart | undefined = { sort: now, id: '' };
  do {
    const find = { kind: CLAIM, name: 'wake', value: '', after, limit: PAGE } as const;
    const page: Page<ClaimBody> = await ports.documents.find(find);
    for (const { id, body } of page.documents) {
      if (stop.aborted) return;
      if (withNearWaits(body, now) !== body && (await bringOneNear(ports, id as ClaimId, now))) claims += 1;
    }
    after = page.next;
  } while (after);
  const announcements = await bringAnnouncementsNear(ports, stop);
  if (claims + announcements > 0)
    ports.log.warn(
      { claims, announcements },
      'Notices waited for a time that only a wrong clock had set; they are due now',
    );
}

async function bringOneNear(ports: DeliveryPorts, id: ClaimId, now: Instant): Promise<boolean> {
  try {
    for (;;) {
      const stored = await readClaim(ports, id);
      if (!stored || withNearWaits(stored.body, now) === stored.body) return false;
      if (await writeNearWaits(ports, stored, now)) return true;
    }
  } catch (error) {
    if (!isOfNewerVersion(error) && !(error instanceof HistoryBrokenError))
      ports.log.error({ claim: id, error }, 'Could not bring a waiting notice near; the others continue');
    return false;
  }
}

/** Whether the clock was set back since the last time that this was asked, as the steady time shows. */
export function createSetBackWatch(clock: Clock, timer: Pick<Timer, 'now'>): () => boolean {
  let ahead = clock.now() - timer.now();
  return () => {
    const before = ahead;
    ahead = clock.now() - timer.now();
    return before - ahead > SET_BACK_MS;
  };
}
