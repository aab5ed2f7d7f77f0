import { expect } from 'chai';
import { forgetInHold, isOn, readHold, releaseHold, setHold } from '../../../src/desk/life/holds.ts';
import type { Held } from '../../../src/desk/life/holds.ts';
import { openWorld, WHO } from '../world.ts';

const BY = { user: 'root', name: 'Ada' };
const ON_DANA: Held = { kind: 'person', id: WHO.dana };

describe('a legal hold', () => {
  it('is on from when it is set until it is released, and says who did both', async () => {
    const { world, clock } = await openWorld();
    expect(isOn(await readHold(world, ON_DANA))).to.equal(false);
    expect(await setHold(world, ON_DANA, 'case 7', BY)).to.equal('set');
    const hold = await readHold(world, ON_DANA);
    expect(isOn(hold)).to.equal(true);
    expect(hold).to.deep.include({ reason: 'case 7', since: clock.now(), by: BY });
    clock.turn(1000);
    expect(await releaseHold(world, ON_DANA, { user: 'eve' })).to.equal('released');
    const released = await readHold(world, ON_DANA);
    expect(isOn(released)).to.equal(false);
    expect(released).to.deep.include({ releasedAt: clock.now(), releasedBy: { user: 'eve' } });
  });

  it('is set once and released once, also by two operators at the same time', async () => {
    const { world } = await openWorld();
    const set = await Promise.all([setHold(world, ON_DANA, 'one', BY), setHold(world, ON_DANA, 'two', BY)]);
    expect([...set].sort()).to.deep.equal(['already', 'set']);
    const released = await Promise.all([releaseHold(world, ON_DANA, BY), releaseHold(world, ON_DANA, BY)]);
    expect([...released].sort()).to.deep.equal(['none', 'released']);
    expect(await setHold(world, ON_DANA, 'three', BY)).to.equal('set');
    expect((await readHold(world, ON_DANA))?.releasedAt).to.equal(undefined);
  });

  it('keeps its words while it is on, and loses them once whom they are about is erased', async () => {
    const { world } = await openWorld();
    const erased = { isAbout: (text: string) => text.includes('Dana'), isOperator: () => false };
    await setHold(world, ON_DANA, 'about Dana', BY);
    await forgetInHold(world, ON_DANA, erased);
    expect((await readHold(world, ON_DANA))?.reason).to.equal('about Dana');
    await releaseHold(world, ON_DANA, BY);
    await forgetInHold(world, ON_DANA, erased);
    expect(await readHold(world, ON_DANA)).to.deep.include({ reason: '', by: BY });
  });

  it('loses the operator who set or released it once they are erased, and stays on', async () => {
    const { world } = await openWorld();
    await setHold(world, ON_DANA, 'case 7', BY);
    await forgetInHold(world, ON_DANA, { isAbout: () => false, isOperator: ({ name }) => name === 'Ada' });
    const hold = await readHold(world, ON_DANA);
    expect(hold).to.deep.include({ reason: 'case 7', by: { user: '' } });
    expect(isOn(hold)).to.equal(true);
  });
});
