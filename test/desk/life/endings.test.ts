import { expect } from 'chai';
import { endings, removeEnded } from '../../../src/desk/life/endings.ts';
import { releaseHold, setHold } from '../../../src/desk/life/holds.ts';
import { openWorld, WHO } from '../world.ts';

const DAY = 86_400_000;
const RETENTION = { removedDays: 30, discardedDays: 30, finalYears: 7 };

describe('what has an end', () => {
  it('is told before it comes, and removed once it has: files and words of a discarded draft', async () => {
    const world = await openWorld();
    const id = await world.file({ customerContactName: 'Zoe Zimmer' });
    await world.prove(id);
    const kept = await world.submitted();
    await world.must('anna', id, { type: 'DiscardDraft' });
    const found = await endings(world.world, RETENTION);
    expect(found.map(({ claim, poe, why }) => [claim, poe !== undefined, why])).to.deep.equal([
      [id, true, 'discarded'],
      [id, false, 'discarded'],
    ]);
    world.clock.turn(30 * DAY - 1);
    expect(await removeEnded(world.world, RETENTION)).to.deep.equal([]);
    world.clock.turn(1);
    expect(await removeEnded(world.world, RETENTION)).to.have.length(2);
    expect(world.files.keys(`poe/${id}`)).to.deep.equal([]);
    expect(world.files.keys(`poe/${kept}`)).to.have.length(1);
    expect(await world.bytes(id)).not.to.include('Zimmer');
    expect((await world.types(id)).at(-1)).to.equal('WordsErased');
    expect(await endings(world.world, RETENTION)).to.deep.equal([]);
  });

  it('is kept by a legal hold on the claim or on who sent it, until that is released', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    await world.must('anna', id, { type: 'DiscardDraft' });
    world.clock.turn(31 * DAY);
    for (const on of [{ kind: 'claim', id } as const, { kind: 'person', id: WHO.anna } as const]) {
      await setHold(world.world, on, 'case 7', { user: 'root' });
      expect(await removeEnded(world.world, RETENTION)).to.deep.equal([]);
      expect((await endings(world.world, RETENTION)).every(({ isHeld }) => isHeld)).to.equal(true);
      await releaseHold(world.world, on, { user: 'root' });
    }
    expect(await removeEnded(world.world, RETENTION)).to.have.length(2);
  });
});
