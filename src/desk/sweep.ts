/** Everything that is due, page by page; one bad claim never stops the others (R44). */
import type { ClaimId } from '../claims/claim.ts';
import type { PageStart } from './documents.ts';
import { CLAIM } from './claimRecord.ts';
import type { People } from './people.ts';
import type { World } from './ports.ts';
import { wake } from './wake.ts';

const PAGE = 100;
const AT_ONCE = 8;

export interface Swept {
  readonly woken: number;
  readonly failed: number;
}

/** Wakes every claim that is due now. Any number of sweeps may run at once, here and elsewhere. */
export async function sweep(world: World, people: People): Promise<Swept> {
  const upTo = world.clock.now();
  let woken = 0;
  let failed = 0;
  let after: PageStart | undefined;
  do {
    const page = await world.documents.find({ kind: CLAIM, name: 'wake', value: '', upTo, limit: PAGE, ...(after && { after }) });
    const queue = page.documents.map((document) => document.id as ClaimId);
    const worker = async (): Promise<void> => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
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
  } while (after);
  return { woken, failed };
}
