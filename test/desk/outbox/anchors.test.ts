import { expect } from 'chai';
import type { Anchor, Anchors } from '../../../src/desk/ports/anchors.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import { undeliveredNotices } from '../../../src/desk/life/lostNotices.ts';
import { missingHead } from '../../../src/desk/records/anchoring.ts';
import { HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { memoryAnchors, signedOf } from '../../support/memoryAnchors.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, openWorld, REVIEWS } from '../world.ts';

/** Anchors that can be out of reach, and that tell a test of each append. */
function openAnchors() {
  const inner = memoryAnchors();
  const control = { down: false, tries: 0, after: (): void => undefined };
  const anchors: Anchors = {
    ...inner,
    async append(anchor) {
      control.tries += 1;
      if (control.down) throw new Error('the anchors cannot be reached');
      await inner.append(anchor);
      control.after();
    },
  };
  const all = async (): Promise<readonly Anchor[]> => signedOf(await inner.newest(1_000));
  const eventsOf = async (): Promise<readonly string[]> =>
    (await all()).map(({ version, event }) => `${version} ${event}`);
  return { anchors, control, eventsOf, all };
}

async function lacks(world: DeskWorld, anchors: readonly Anchor[]) {
  const looked = anchors.map(async (anchor) => missingHead(anchor, (await world.record(anchor.claim)).body));
  return (await Promise.all(looked)).filter((missing) => missing !== undefined);
}

describe('Anchoring decisions (R55)', () => {
  it('brings the head of each decision, and of each answer of a side, to the anchors once it is stored', async () => {
    const { anchors, eventsOf, all } = openAnchors();
    const world = await openWorld({ anchors });
    const id = await world.asked();
    await world.must('anna', id, { type: 'AddComment', text: 'Soon.' });
    await world.prove(id, 'more');
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'ApproveClaim' });
    await world.must('dana', id, { type: 'RecordObjection', text: 'Not what we asked for.' });
    const events = (await eventsOf()).map((one) => one.slice(one.indexOf(' ') + 1));
    expect(events).to.deep.equal([
      'ClaimSubmitted',
      'InformationRequested',
      'ClaimResubmitted',
      'ClaimApproved',
      'ObjectionRecorded',
    ]);
    const { entries } = (await world.record(id)).body;
    for (const { version, hash, claim } of await all())
      expect({ hash, claim }).to.deep.equal({ hash: entries[version - 1]?.hash, claim: id });
    expect((await all()).find(({ event }) => event === 'ClaimApproved')?.period).to.equal(1);
    expect(await lacks(world, await all())).to.deep.equal([]);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('queues nothing where no anchors are configured', async () => {
    const world = await openWorld();
    world.messenger.answers({ kind: 'tryLater', reason: 'busy' });
    const id = await world.submitted();
    expect((await world.outbox(id)).map(({ audience }) => audience)).to.not.include('anchor');
  });

  it('keeps what waits for anchors through a start without them, and brings it after one with them', async () => {
    const { anchors, control, eventsOf } = openAnchors();
    control.down = true;
    const world = await openWorld({ anchors });
    const id = await world.submitted();
    const { anchors: _, ...without } = world.world;
    const forgetful = createDesk(without);
    await forgetful.prepare();
    world.clock.turn(HOUR);
    await forgetful.sweep();
    await forgetful.idle();
    expect((await world.outbox(id)).map(({ waitsFor }) => waitsFor)).to.deep.equal(['anchors:set']);
    expect(await undeliveredNotices(world.world)).to.have.length(1);
    control.down = false;
    await world.another().prepare();
    await world.sweep();
    expect(await eventsOf()).to.deep.equal(['3 ClaimSubmitted']);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('anchors twice at most what a crash between the append and the save left open, which does no harm', async () => {
    const { anchors, control, eventsOf, all } = openAnchors();
    const world = await openWorld({ anchors });
    const id = await world.file();
    await world.prove(id);
    control.after = () => {
      world.documents.beforeWrite = ({ kind }) => {
        if (kind === 'claim') throw new Error('the process is dead');
      };
    };
    await world.press('anna', id, { type: 'SubmitClaim' });
    expect(await eventsOf()).to.have.length(1);
    world.documents.beforeWrite = () => undefined;
    control.after = () => undefined;
    await world.pass(5 * MINUTE);
    const [first, second, ...more] = await all();
    expect(second).to.deep.equal(first);
    expect(more).to.deep.equal([]);
    expect(await lacks(world, await all())).to.deep.equal([]);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('delays no one and no clock while the anchors cannot be reached, and never gives up', async () => {
    const { anchors, control, eventsOf } = openAnchors();
    control.down = true;
    const world = await openWorld({ anchors });
    const id = await world.asked();
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
    expect(world.messenger.said(chatOf('anna'))).to.include('reply InformationRequested');
    expect(world.messenger.said(REVIEWS)).to.include('reply InformationRequested');
    expect((await world.outbox(id)).map(({ id }) => id.slice(id.indexOf(':')))).to.deep.equal([':anchor', ':anchor']);
    control.tries = 0;
    for (let minutes = 0; minutes < 60; minutes += 1) await world.pass(MINUTE);
    expect(control.tries, 'tried again, and ever more seldom').to.be.within(5, 15);
    for (let hours = 0; hours < 1_000 && control.tries < 800; hours += 1) await world.pass(20 * MINUTE);
    expect(await undeliveredNotices(world.world)).to.deep.equal([]);
    expect(world.metered.deadNotices).to.equal(0);
    control.down = false;
    await world.pass(HOUR);
    expect(await eventsOf()).to.include.members(['3 ClaimSubmitted', '5 InformationRequested']);
    expect((await world.outbox(id)).filter(({ audience }) => audience === 'anchor')).to.deep.equal([]);
  });

  it('lets people be told first', async () => {
    const { anchors, control } = openAnchors();
    const world = await openWorld({ anchors });
    let before: readonly string[] | undefined;
    control.after = () => {
      before ??= world.messenger.said(REVIEWS);
    };
    await world.submitted();
    expect(before).to.deep.equal(['post']);
  });
});
