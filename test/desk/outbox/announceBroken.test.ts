import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, openWorld } from '../world.ts';

const DAY = 86_400_000;

/** Cuts off the last entry of a claim, past the desk; answers the version from which it is broken. */
async function damaged(world: DeskWorld, id: ClaimId): Promise<number> {
  const { claim, body, etag } = await world.record(id);
  const entries = body.entries.slice(0, -1);
  const { keys } = claimDocument(world.world, claim, body);
  await world.documents.inner.replace({ kind: CLAIM, id, body: { ...body, entries }, keys }, etag);
  return entries.length;
}

const told = (world: DeskWorld) =>
  world.messenger.sendings.flatMap(({ to, content }) =>
    content.kind === 'announcement' && content.what.kind === 'historyBroken'
      ? [{ to: to.conversationId, claim: content.what.claim, version: content.what.version }]
      : [],
  );

describe('A broken history (R55)', () => {
  it('is announced to the operators once, with its claim and the version, by whichever instance finds it', async () => {
    const world = await openWorld();
    const id = await world.asked();
    const version = await damaged(world, id);
    await world.pass(30 * DAY);
    await world.sweep();
    expect(told(world)).to.deep.equal([{ to: chatOf('otto'), claim: id, version }]);
    const other = world.another();
    await other.sweep();
    await world.sweep();
    expect(told(world)).to.have.lengthOf(1);
  });

  it('is announced for each claim', async () => {
    const world = await openWorld();
    const ids = [await world.asked(), await world.asked()];
    for (const id of ids) await damaged(world, id);
    await world.pass(30 * DAY);
    await world.sweep();
    expect(told(world).map(({ claim }) => claim)).to.have.members(ids);
  });
});
