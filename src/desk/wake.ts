/** One claim that is due: fire its clocks, deliver its notices. And a claim that waited for somebody who can be reached again. */
import type { ClaimId } from '../claims/claim.ts';
import { DESK } from '../claims/permission.ts';
import type { ClaimBody } from './claimRecord.ts';
import { asRecord, CLAIM, claimDocument } from './claimRecord.ts';
import { deliver } from './deliver.ts';
import { handle } from './handle.ts';
import type { People } from './people.ts';
import type { World } from './ports.ts';

export async function wake(world: World, people: People, id: ClaimId): Promise<void> {
  await handle(world, id, () => ({ type: 'Wake', by: DESK, at: world.clock.now() }));
  await deliver(world, people, id);
}

/** Every claim with a notice that waits for this person, contact or channel is due again (R45). Answers which. */
export async function rouse(world: World, waitsFor: string): Promise<readonly ClaimId[]> {
  const roused: ClaimId[] = [];
  for (;;) {
    const page = await world.documents.find<ClaimBody>({ kind: CLAIM, name: 'waitsFor', value: waitsFor, limit: 50 });
    if (page.documents.length === 0) return roused;
    for (const { id, body, etag } of page.documents) {
      const record = asRecord(id, body, etag);
      const outbox = body.outbox.map((notice) => {
        if (notice.waitsFor !== waitsFor) return notice;
        const { waitsFor: _, ...rest } = notice;
        return { ...rest, nextAt: world.clock.now() };
      });
      await world.documents.replace(claimDocument(record.claim, { ...body, outbox }), etag);
      roused.push(record.claim.id);
    }
  }
}
