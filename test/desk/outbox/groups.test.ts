import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import { DAY, HOUR } from '../../domain/claims/scenario.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const LATER: SendResult = { kind: 'tryLater', reason: 'busy' };

describe('Groups at the vendor (R43)', () => {
  const late = async (world: DeskWorld): Promise<ClaimId> => {
    const id = await world.submitted();
    world.messenger.forget();
    for (let day = 0; day < 9; day += 1) await world.pass(DAY);
    return id;
  };
  const escalations = (world: DeskWorld, chat: string): number => world.messenger.said(chat).length;

  it('reaches every lead once for each escalation, then the owner too', async () => {
    const world = await openWorld();
    await late(world);
    expect(world.messenger.said(chatOf('lena'))).to.deep.equal(world.messenger.said(chatOf('rolf')));
    expect(escalations(world, chatOf('lena'))).to.be.greaterThan(0);
  });

  it('is not told twice when another of the group is busy meanwhile', async () => {
    const world = await openWorld();
    world.messenger.answers(LATER, (to) => to === chatOf('rolf'));
    await late(world);
    const lena = world.messenger.said(chatOf('lena'));
    world.messenger.works();
    await world.pass(HOUR);
    expect(world.messenger.said(chatOf('lena'))).to.deep.equal(lena);
    expect(escalations(world, chatOf('rolf'))).to.be.greaterThan(0);
  });

  it('counts as told when one of the group can be reached and another cannot', async () => {
    const world = await openWorld();
    world.messenger.answers({ kind: 'unreachable', reason: 'blocked' }, (to) => to === chatOf('rolf'));
    const id = await late(world);
    expect(await world.outbox(id)).to.deep.equal([]);
    expect(
      (await world.record(id)).body.told
        .filter(({ id: told }) => told.endsWith(':leads'))
        .map(({ outcome }) => outcome),
    ).to.not.include('unreachable');
  });

  it('is the review thread where no one of the group can be reached, so that lateness is told to someone (R43)', async () => {
    const world = await openWorld();
    for (const name of ['lena', 'rolf'] as const) await world.desk.leave(WHO[name]);
    const id = await late(world);
    const { told } = (await world.record(id)).body;
    expect(told.filter((one) => one.id.endsWith(':leads')).map(({ outcome }) => outcome))
      .to.include('delivered')
      .and.not.to.include('unreachable');
  });

  it('is told in full when its people change between two tries', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.answers(LATER, (to) => to === chatOf('rolf'));
    for (let day = 0; day < 9; day += 1) await world.pass(DAY);
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.lena.split('/')[1],
      name: 'Lena',
      roles: [],
    });
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.rita.split('/')[1],
      name: 'Rita',
      roles: ['lead'],
    });
    world.messenger.answers(LATER, (to) => to === chatOf('rolf') || to === chatOf('rita'));
    await world.pass(HOUR);
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.rolf.split('/')[1],
      name: 'Rolf',
      roles: [],
    });
    await world.pass(HOUR);
    expect(
      (await world.outbox(id)).some(({ audience }) => audience === 'leads'),
      'Rita has not read it',
    ).to.equal(true);
    world.messenger.works();
    await world.pass(HOUR);
    expect(escalations(world, chatOf('rita'))).to.be.greaterThan(0);
  });

  it('hears only the newest reminder after a long silence, but the review thread keeps its escalation', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.answers(LATER);
    for (let day = 0; day < 14; day += 1) await world.pass(DAY);
    world.messenger.works();
    world.messenger.forget();
    await world.pass(HOUR);
    expect(world.messenger.said(chatOf('olga'))).to.have.length(1);
    expect(world.messenger.said(REVIEWS)).to.include('reply ClockEscalated');
    expect((await world.record(id)).body.told.some(({ reason }) => reason === 'superseded')).to.equal(true);
    expect(world.metered.deadNotices, 'what a newer reminder says is not lost').to.equal(0);
  });
});

describe('Someone who may not see a claim any more (R6)', () => {
  it('is sent nothing of what they followed as a reviewer, and the others are', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.must('rita', id, { type: 'FollowClaim' });
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.rita.split('/')[1],
      name: 'Rita',
      roles: [],
    });
    world.messenger.forget();
    await world.must('anna', id, { type: 'AddComment', text: 'Between us.' });
    expect(world.messenger.said(chatOf('rita'))).to.deep.equal([]);
    expect(world.messenger.said(REVIEWS)).to.include('reply CommentAdded');
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('is sent nothing as the assignee of a clock that runs out', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.arun.split('/')[1],
      name: 'Arun',
      roles: [],
    });
    world.messenger.forget();
    for (let day = 0; day < 9; day += 1) await world.pass(DAY);
    expect(world.messenger.said(chatOf('arun'))).to.deep.equal([]);
    expect(world.messenger.said(REVIEWS)).to.include('reply ClockEscalated');
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('reads no claim of another partner in the channel of an MPN id that has come to them', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.enrol('partner', {
      name: 'Fabrikam',
      tenantId: TENANTS.fabrikam,
      mpnIds: [MPN.fabrikamSecond],
    });
    await world.enrol('partner', {
      name: 'Tailspin',
      tenantId: TENANTS.tailspin,
      mpnIds: [MPN.tailspin, MPN.fabrikam],
    });
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place('19:tailspin@thread.tacv2', TENANTS.tailspin));
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said('19:tailspin@thread.tacv2')).to.deep.equal([]);
    expect(world.messenger.said(chatOf('anna'))).to.include('reply ReviewStarted');
  });
});
