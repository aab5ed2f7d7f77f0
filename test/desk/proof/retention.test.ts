import { expect } from 'chai';
import type { ClaimId, PoeId } from '../../../src/domain/claims/values.ts';
import type { FileEnd } from '../../../src/desk/proof/retention.ts';
import { endFile, fileEnds, hasEnded } from '../../../src/desk/proof/retention.ts';
import { DAY } from '../../domain/claims/scenario.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld } from '../world.ts';

const RETENTION = { removedDays: 30, discardedDays: 60, finalYears: 7 };
const YEARS = 7 * 366 * DAY;

const endsOf = async (world: DeskWorld, id: ClaimId): Promise<readonly FileEnd[]> =>
  fileEnds(await world.record(id), RETENTION);
const poeOf = async (world: DeskWorld, id: ClaimId): Promise<PoeId> =>
  (await world.claim(id)).poe[0]?.id ?? expect.fail('the claim has no PoE');

async function onlyEnd(world: DeskWorld, id: ClaimId): Promise<object> {
  const ends = await endsOf(world, id);
  expect(ends).to.have.length(1);
  const [{ poe, key, ...end }] = ends as readonly [FileEnd];
  expect(key).to.equal(`poe/${id}/${poe}`);
  return end;
}

describe('The files of a claim', () => {
  it('have no end in a draft, but for those that were removed from it', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id, 'kept');
    await world.prove(id, 'removed');
    const removed = (await world.claim(id)).poe[1]?.id ?? ('' as PoeId);
    world.clock.turn(DAY);
    const removedAt = world.clock.now();
    await world.must('anna', id, { type: 'RemovePoe', id: removed });
    world.clock.turn(300 * DAY);
    expect(await endsOf(world, id)).to.deep.equal([
      { poe: await poeOf(world, id), key: `poe/${id}/${await poeOf(world, id)}`, keptBecause: 'draft' },
      { poe: removed, key: `poe/${id}/${removed}`, why: 'removed', endsAt: removedAt + 30 * DAY },
    ]);
  });

  it('of a discarded draft end a while after it was discarded', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    world.clock.turn(DAY);
    await world.must('anna', id, { type: 'DiscardDraft' });
    expect(await onlyEnd(world, id)).to.deep.equal({ why: 'discarded', endsAt: world.clock.now() + 60 * DAY });
  });

  it('have no end while anything of the claim can still be decided', async () => {
    const world = await openWorld();
    for (const id of [
      await world.submitted(),
      await world.underReview(),
      await world.asked(),
      await world.approved(),
      await world.rejected(),
      await world.disputed(),
    ])
      expect(await onlyEnd(world, id)).to.deep.equal({ keptBecause: 'underWay' });
  });

  it('of a final claim end years after its last change, whether it was rejected or its consent has passed', async () => {
    const world = await openWorld();
    const upheld = await world.disputed();
    await world.must('arun', upheld, { type: 'UpholdRejection', comment: 'No.' });
    const [passed, closed] = [await world.approved(), await world.rejected()];
    await world.sweep();
    await world.pass(40 * DAY);
    for (const id of [upheld, passed, closed]) {
      const { body } = await world.record(id);
      const last = body.entries.at(-1)?.recordedAt ?? 0;
      expect(await onlyEnd(world, id), id).to.deep.equal({ why: 'final', endsAt: last + YEARS });
    }
  });
});

describe('Ending a file', () => {
  it('removes it once its end has come, records it first, and may be repeated', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    const poe = await poeOf(world, id);
    await world.must('anna', id, { type: 'DiscardDraft' });
    world.clock.turn(60 * DAY - 1);
    expect(await endFile(world.world, id, poe, RETENTION)).to.equal('kept');
    expect([world.files.keys('poe/').length, await hasEnded(world.world, poe)]).to.deep.equal([1, false]);
    world.clock.turn(1);
    const remove = world.files.remove.bind(world.files);
    world.files.remove = async () => Promise.reject(new Error('Storage is busy'));
    expect(await endFile(world.world, id, poe, RETENTION).catch(() => 'failed')).to.equal('failed');
    expect([world.files.keys('poe/').length, await hasEnded(world.world, poe)]).to.deep.equal([1, true]);
    world.files.remove = remove;
    expect(await endFile(world.world, id, poe, RETENTION)).to.equal('removed');
    expect(world.files.keys('poe/')).to.deep.equal([]);
    expect((await world.desk.poe.clean()).quarantined).to.equal(0);
  });

  it('removes nothing of a claim that is missing, or that has moved on since it was listed', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    const poe = await poeOf(world, id);
    world.clock.turn(9_000 * DAY);
    expect(await endFile(world.world, id, poe, RETENTION)).to.equal('kept');
    expect(await endFile(world.world, 'CPOR-000000' as ClaimId, poe, RETENTION)).to.equal('kept');
    expect(await endFile(world.world, id, 'other' as PoeId, RETENTION)).to.equal('kept');
    expect(world.files.keys('poe/')).to.have.length(1);
  });
});
