/** Everything that is due, page by page; one bad claim never stops the others (R44). */
import type { ClaimId } from '../claims/claim.ts';
import { openBacklog } from './backlog.ts';
import type { ClaimBody } from './claimRecord.ts';
import { CLAIM } from './claimRecord.ts';
import type { PageStart } from './documents.ts';
import type { People } from './people.ts';
import type { World } from './ports.ts';
import { wake } from './wake.ts';

const PAGE = 100;
const AT_ONCE = 8;

export interface Swept {
  readonly woken: number;
  readonly failed: number;
}

/** Wakes every claim that is due now. Any number of sweeps may run at once, here and elsewhere. Told to stop, it ends after the claims in hand. */
export async function sweep(world: World, people: People, stop?: AbortSignal): Promise<Swept> {
  const upTo = world.clock.now();
  const backlog = openBacklog(upTo);
  let woken = 0;
  let failed = 0;
  let after: PageStart | undefined;
  do {
    const page = await world.documents.find<ClaimBody>({ kind: CLAIM, name: 'wake', value: '', upTo, limit: PAGE, ...(after && { after }) });
    backlog.add(page.documents);
    const queue = page.documents.map((document) => document.id as ClaimId);
    const worker = async (): Promise<void> => {
      for (let id = queue.shift(); id !== undefined && !stop?.aborted; id = queue.shift()) {
        try {
          await wake(world, people, id);
          woken += 1;
        } catch (error) {
          failed += 1;
          world.log.error({ claim: id, error }, 'A claim could not be woken; the sweep goes on with the others');
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    after = page.next;
  } while (after && !stop?.aborted);
  world.meters.swept(backlog.due, failed, backlog.oldestDueSeconds, backlog.oldestNoticeSeconds);
  return { woken, failed };
}
