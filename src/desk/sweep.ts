/** Everything that is due, the oldest first; one bad claim never stops the others (R44). */
import type { Instant } from '../calendar/calendar.ts';
import type { ClaimId } from '../claims/claim.ts';
import type { Backlog } from './backlog.ts';
import { openBacklog } from './backlog.ts';
import type { ClaimBody } from './claimRecord.ts';
import { CLAIM } from './claimRecord.ts';
import type { PageStart } from './documents.ts';
import type { People } from './people.ts';
import type { Ids, World } from './ports.ts';
import { isOfNewerVersion } from './schema.ts';
import { wake } from './wake.ts';

const PAGE = 100;
const AT_ONCE = 8;

export interface Swept {
  /** For so many claims there was something to do, and it was done here. */
  readonly woken: number;
  readonly failed: number;
}

/**
 * Wakes every claim that is due now. Any number of sweeps may run at once, here and elsewhere: each does a fair share. Told
 * to stop, it ends after the claims in hand. What is of a newer version of the desk is left to that.
 */
export async function sweep(world: World, people: People, stop?: AbortSignal): Promise<Swept> {
  const upTo = world.clock.now();
  const backlog = openBacklog(upTo);
  const due = dueClaims(world, upTo, backlog, stop);
  let woken = 0;
  let failed = 0;
  let left = 0;
  const worker = async (): Promise<void> => {
    for await (const id of due) {
      try {
        if (await wake(world, people, id)) woken += 1;
      } catch (error) {
        if (isOfNewerVersion(error)) {
          left += 1;
          continue;
        }
        failed += 1;
        world.log.error({ claim: id, error }, 'A claim could not be woken; the sweep goes on with the others');
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (left > 0) world.log.warn({ claims: left }, 'Claims that are due are of a newer version of the desk; they are left to it');
  world.meters.swept(backlog.due, failed, backlog.oldestDueSeconds, backlog.oldestNoticeSeconds);
  return { woken, failed };
}

/**
 * What is due, page by page, for all workers together: a claim that takes long keeps none but its own worker. The pages come
 * oldest first, so nobody waits for those who came later; within a page each sweep goes its own way, so that several meet seldom.
 */
async function* dueClaims({ documents, ids, meters }: World, upTo: Instant, backlog: Backlog, stop: AbortSignal | undefined): AsyncGenerator<ClaimId, void, void> {
  let after: PageStart | undefined;
  do {
    const page = await documents.find<ClaimBody>({ kind: CLAIM, name: 'wake', value: '', upTo, limit: PAGE, ...(after && { after }) });
    backlog.add(page.documents);
    if (page.next) meters.behind(backlog.due, backlog.oldestDueSeconds, backlog.oldestNoticeSeconds);
    for (const { id } of shuffled(page.documents, ids)) {
      if (stop?.aborted) return;
      yield id as ClaimId;
    }
    after = page.next;
  } while (after);
}

/** The same in an order of chance. */
function shuffled<One>(all: readonly One[], ids: Ids): readonly One[] {
  const chance = ids.randomBytes(all.length * 2);
  const drawn = all.map((one, index) => ({ one, lot: (chance[index * 2] ?? 0) * 256 + (chance[index * 2 + 1] ?? 0) }));
  return drawn.sort((one, other) => one.lot - other.lot).map(({ one }) => one);
}
