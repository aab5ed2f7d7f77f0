import { expect } from 'chai';
import { retryNotices, undeliveredNotices } from '../../../src/desk/life/lostNotices.ts';
import { survey } from '../../../src/desk/life/survey.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, WHO } from '../world.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';

const DAY = 86_400_000;

/** Writes that a notice of a claim was given up. */
async function lose(world: DeskWorld, id: ClaimId, notice: string, reason = 'refused'): Promise<void> {
  const { claim, body, etag } = await world.record(id);
  const told = [
    ...body.told.filter((one) => one.id !== notice),
    { id: notice, at: world.clock.now(), outcome: 'dead' as const, reason },
  ];
  await world.documents.replace(claimDocument(world.world, claim, { ...body, told }), etag);
}

describe('undelivered notices', () => {
  it('are those given up and those parked, and not those that a later one superseded', async () => {
    const world = await openWorld({ noReviewChannel: true });
    const id = await world.submitted();
    await lose(world, id, '3:partner');
    await lose(world, id, '2:partner', 'superseded');
    const found = await undeliveredNotices(world.world);
    expect(found.map(({ id: notice, state, reason, event }) => [notice, state, reason, event])).to.deep.equal([
      ['3:partner', 'lost', 'refused', 'ClaimSubmitted'],
      ['3:review', 'parked', 'noReviewChannel', 'ClaimSubmitted'],
    ]);
    expect(found[1]?.waitsFor).to.equal('channel');
    expect(await undeliveredNotices(world.world, 'CPOR-000000' as ClaimId)).to.deep.equal([]);
  });

  it('are delivered by the running desk once they are retried, and then are no more', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await lose(world, id, '3:partner');
    const before = world.messenger.sendings.length;
    expect(await retryNotices(world.world, id)).to.equal(1);
    expect(world.messenger.sendings.length).to.equal(before);
    expect((await survey(world.world, world.people)).due.claims).to.equal(1);
    await world.sweep();
    expect(world.messenger.sendings.length).to.be.greaterThan(before);
    expect(await undeliveredNotices(world.world)).to.deep.equal([]);
    expect(await retryNotices(world.world, id)).to.equal(0);
  });

  it('keep their order, and are written past no other writer', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await lose(world, id, '3:partner');
    // Another instance writes between the read and the replace.
    world.documents.beforeWrite = async () => {
      world.documents.beforeWrite = () => undefined;
      await world.must('arun', id, { type: 'StartReview' });
    };
    expect(await retryNotices(world.world, id)).to.equal(1);
    expect((await world.types(id)).at(-1)).to.equal('ReviewStarted');
    const versions = (await world.outbox(id)).map(({ version }) => version);
    expect(versions).to.deep.equal([...versions].sort((one, other) => one - other));
  });
});

describe('the survey', () => {
  it('says what waits, which channels are set, and who with a right cannot be reached', async () => {
    const world = await openWorld({ silent: ['lena'], noReviewChannel: true });
    const id = await world.submitted();
    await world.desk.leave(WHO.dana);
    const found = await survey(world.world, world.people);
    expect(found.claims).to.deep.equal({ read: 1, newer: 0, unreadable: [] });
    expect(found.parked).to.deep.equal({ noReviewChannel: [id] });
    expect(found.channels[0]).to.deep.equal({ purpose: 'review', state: 'unset' });
    expect(found.channels.map(({ state }) => state)).to.deep.equal(['unset', 'unset', 'unset', 'unset']);
    const people = found.unreachable.map(({ id, as, reason }) => [id, as, reason]);
    expect(people).to.deep.include.members([
      [WHO.lena, ['reviewer', 'lead'], 'neverWrote'],
      [WHO.dana, ['contact'], 'notInstalled'],
    ]);
    expect(people).to.have.length(2);
  });

  it('counts claims that are due, and since when', async () => {
    const world = await openWorld();
    await world.approved();
    expect((await survey(world.world, world.people)).due).to.deep.equal({ claims: 0 });
    world.clock.turn(30 * DAY);
    const { due } = await survey(world.world, world.people);
    expect(due.claims).to.equal(1);
    expect(due.since).to.be.lessThan(world.clock.now() - 20 * DAY);
  });

  it('counts claims of a newer version, and names those that cannot be read', async () => {
    const world = await openWorld();
    const damaged = await world.submitted();
    await world.breakBody(damaged);
    await world.documents.create({ kind: CLAIM, id: 'CPOR-NEWER1', body: { schema: 99 }, keys: [] });
    const found = await survey(world.world, world.people);
    expect(found.claims).to.deep.equal({ read: 0, newer: 1, unreadable: [damaged] });
  });
});
