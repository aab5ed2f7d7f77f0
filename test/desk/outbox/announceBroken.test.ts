import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { DeskWorld } from '../world.ts';
import { codeOf } from '../../support/codeOf.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import { chatOf, openWorld, TENANTS, WHO } from '../world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

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

describe('A broken document of rights (R55)', () => {
  const toldOfRights = (world: DeskWorld) =>
    world.messenger.sendings.flatMap(({ to, content }) =>
      content.kind === 'announcement' && content.what.kind === 'rightsBroken'
        ? [`${to.conversationId} ${content.what.of} ${content.what.id}`]
        : [],
    );

  /** Changes it past the desk. */
  async function change(world: DeskWorld, kind: string, id: string): Promise<void> {
    const stored = await world.documents.inner.read<object>(kind, id);
    if (!stored) throw new Error(`no ${kind} ${id}`);
    await world.documents.inner.replace({ kind, id, body: { ...stored.body, changed: 1 }, keys: [] }, stored.etag);
  }

  for (const [kind, id, look] of [
    ['person', WHO.tomas, (world: DeskWorld) => world.desk.member(WHO.tomas)],
    ['organisation', `partner:${TENANTS.tailspin}`, (world: DeskWorld) => world.desk.member(WHO.tomas)],
    ['channel', 'review', (world: DeskWorld) => world.people.channel('review')],
  ] as const)
    it(`is announced to the operators once, by whichever instance finds it: ${kind}`, async () => {
      const world = await openWorld();
      await change(world, kind, id);
      expect(await codeOf(() => look(world))).to.equal('rights.broken');
      await world.sweep();
      expect(toldOfRights(world)).to.deep.equal([`${chatOf('otto')} ${kind} ${id}`]);
      const other = world.another();
      expect(await codeOf(() => look(world))).to.equal('rights.broken');
      await other.sweep();
      await world.pass(DAY);
      await world.sweep();
      expect(toldOfRights(world)).to.have.lengthOf(1);
    });

  it('is announced to the other operators where it is that of an operator by configuration', async () => {
    const world = await openWorld();
    await world.desk.prepare();
    await change(world, 'person', WHO.ops);
    expect(await codeOf(() => world.desk.member(WHO.ops))).to.equal('rights.broken');
    await world.sweep();
    expect(toldOfRights(world)).to.deep.equal([`${chatOf('otto')} person ${WHO.ops}`]);
  });

  it('is announced once for all where a key is missing', async () => {
    const world = await openWorld();
    const keyless = createDesk({
      ...world.world,
      historyKeys: createHistoryKeys(['another key, of thirty-two letters']),
    });
    for (const id of [WHO.tomas, WHO.anna, WHO.dana])
      expect(await codeOf(() => keyless.member(id))).to.equal('rights.broken');
    await keyless.sweep();
    // To the desk without the key there are no operators either: they are told once it is there again.
    expect(toldOfRights(world)).to.deep.equal([]);
    await world.pass(7 * HOUR);
    expect(toldOfRights(world)).to.have.lengthOf(1);
  });
});
