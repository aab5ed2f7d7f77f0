import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import { DAY, MINUTE } from '../../domain/claims/scenario.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const ANNA = chatOf('anna');
/** No other member of the partner can be told in Anna's place. */
const ALONE = { silent: ['boris'] } as const;
const LATER: SendResult = { kind: 'tryLater', reason: 'busy' };

describe('Someone who cannot be reached (R45)', () => {
  const blocked: SendResult = { kind: 'unreachable', reason: 'blocked' };

  it('holds the clock: the reviewers are told once and why, the person is marked, and nothing fires for years', async () => {
    const world = await openWorld(ALONE);
    const id = await world.underReview();
    world.messenger.answers(blocked, (to) => to === ANNA);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect((await world.claim(id)).hold?.reason).to.equal('blocked');
    expect((await world.people.find(WHO.anna))?.unreachable).to.equal('blocked');
    expect(world.messenger.said(REVIEWS).filter((said) => said === 'reply NoticeUndeliverable')).to.have.length(1);
    const tries = world.messenger.sendings.filter(({ to }) => to.conversationId === ANNA).length;
    for (let year = 0; year < 3; year += 1) await world.pass(365 * DAY);
    expect((await world.claim(id)).status).to.equal('PartnerActionRequired');
    expect(world.messenger.sendings.filter(({ to }) => to.conversationId === ANNA)).to.have.length(tries);
    expect((await world.desk.look(WHO.arun, id))?.view.byItself).to.deep.equal({ what: 'autoReject' });
  });

  for (const [how, comesBack] of [
    [
      'writes again',
      async (world: DeskWorld) => {
        await world.greet('anna');
      },
    ],
    [
      'installs the bot again in another chat',
      async (world: DeskWorld) => {
        await world.desk.greet({ id: WHO.anna, name: 'Anna', chat: place('chat-anna-2', TENANTS.fabrikam) });
      },
    ],
    [
      'has a channel set for the MPN id',
      async (world: DeskWorld) => {
        await world.desk.useChannel(
          WHO.ops,
          `mpn:${MPN.fabrikam}`,
          place('19:fabrikam@thread.tacv2', TENANTS.fabrikam),
        );
      },
    ],
  ] as const) {
    it(`is told when the partner ${how}, and the clock runs from then`, async () => {
      const world = await openWorld(ALONE);
      const id = await world.underReview();
      world.messenger.answers(blocked, (to) => to === ANNA);
      await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
      await world.pass(400 * DAY);
      world.messenger.works();
      await comesBack(world);
      await world.desk.idle();
      const clock = (await world.claim(id)).clocks.partnerResponse;
      expect(clock?.state).to.equal('running');
      expect(dueOf(clock)).to.be.within(world.clock.now() + 5 * DAY, world.clock.now() + 9 * DAY);
      expect((await world.claim(id)).hold).to.equal(undefined);
      expect(await world.outbox(id)).to.deep.equal([]);
      await world.pass(12 * DAY);
      expect((await world.claim(id)).status).to.equal('Rejected');
    });
  }

  it("starts the customer's consent once the contact is enrolled and has written", async () => {
    const world = await openWorld({ silent: ['dana'] });
    const id = await world.approved({ customerContactEmail: 'Zoe@Contoso.com' });
    expect((await world.claim(id)).hold?.reason).to.equal('contactUnknown');
    await world.enrol('contact', {
      tenantId: TENANTS.contoso,
      objectId: '00000000-0000-4000-8000-0000000000aa',
      name: 'Zoe',
      email: 'zoe@contoso.COM',
    });
    await world.desk.idle();
    expect((await world.claim(id)).hold?.reason).to.equal('neverWrote');
    await world.pass(100 * DAY);
    await world.desk.greet({
      id: `${TENANTS.contoso}/00000000-0000-4000-8000-0000000000aa` as typeof WHO.dana,
      name: 'Zoe',
      chat: place('chat-zoe', TENANTS.contoso),
    });
    await world.desk.idle();
    expect(world.messenger.said('chat-zoe').slice(0, 1)).to.deep.equal(['post']);
    expect(dueOf((await world.claim(id)).clocks.consent)).to.be.greaterThan(world.clock.now() + 7 * DAY);
    await world.pass(9 * DAY);
    expect((await world.desk.look(WHO.arun, id))?.view.stage).to.equal('ConsentPassed');
  });

  it('starts it also when another person is enrolled for the address of one who never wrote', async () => {
    const world = await openWorld({ silent: ['dana'] });
    const id = await world.approved();
    expect((await world.claim(id)).hold?.reason).to.equal('neverWrote');
    const right = { tenantId: TENANTS.contoso, objectId: 'ffffffff-0000-4000-8000-0000000000ff' };
    await world.desk.greet({
      id: `${right.tenantId}/${right.objectId}` as typeof WHO.dana,
      name: 'Dana',
      chat: place('chat-dana-2', TENANTS.contoso),
    });
    await world.enrol('contact', { ...right, name: 'Dana', email: 'dana@contoso.com' });
    await world.desk.idle();
    expect((await world.claim(id)).clocks.consent?.state).to.equal('running');
  });

  it('is told when they come back at the very moment in which they are given up', async () => {
    const world = await openWorld(ALONE);
    const id = await world.underReview();
    let back = false;
    world.messenger.before = async ({ to }) => {
      if (to.conversationId !== ANNA || back) return undefined;
      back = true;
      await world.desk.greet({ id: WHO.anna, name: 'Anna', chat: place('chat-anna-2', TENANTS.fabrikam) });
      return blocked;
    };
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect((await world.people.find(WHO.anna))?.unreachable).to.equal(undefined);
    expect(world.messenger.said('chat-anna-2')[0]).to.equal('post');
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
  });

  it('is told also as the customer, of whose loss no one writes in their own chat', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    world.messenger.before = async ({ to }) => {
      if (to.conversationId !== chatOf('dana')) return undefined;
      await world.desk.greet({ id: WHO.dana, name: 'Dana', chat: place('chat-dana-2', TENANTS.contoso) });
      return blocked;
    };
    await world.must('arun', id, { type: 'ApproveClaim' });
    expect(world.messenger.said('chat-dana-2')[0]).to.equal('post');
    expect((await world.claim(id)).clocks.consent?.state).to.equal('running');
  });

  it('does not keep the whole bot from them when one of their claims is broken', async () => {
    const world = await openWorld();
    const ids = [await world.underReview(), await world.underReview()];
    world.messenger.answers(blocked, (to) => to === ANNA);
    for (const id of ids)
      await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    await world.breakBody(ids[0] as ClaimId);
    world.messenger.works();
    await world.greet('anna');
    await world.desk.idle();
    expect((await world.claim(ids[1] as ClaimId)).clocks.partnerResponse?.state).to.equal('running');
  });

  it('starts no clock with the notice of an earlier request', async () => {
    const world = await openWorld();
    const id = await world.asked();
    await world.prove(id, 'more');
    const fail = { lines: 0 };
    world.messenger.before = ({ to, content }) => {
      if (to.conversationId !== ANNA) return undefined;
      fail.lines += 1;
      return content.kind === 'line' &&
        content.entry.event.type === 'InformationRequested' &&
        content.entry.event.comment === 'Second'
        ? LATER
        : fail.lines < 4
          ? LATER
          : undefined;
    };
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'First' });
    await world.must('boris', id, { type: 'AddComment', text: 'Here' });
    await world.must('boris', id, { type: 'ResubmitClaim' });
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Second' });
    for (let step = 0; step < 3; step += 1) await world.pass(15 * MINUTE);
    expect(world.messenger.said(ANNA)).to.include('reply InformationRequested');
    expect((await world.outbox(id)).map(({ event }) => event)).to.include('InformationRequested');
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('awaitingDelivery');
  });

  it('reads what was missed on coming back, in order, though no clock waited for it (R47)', async () => {
    const world = await openWorld(ALONE);
    const id = await world.submitted();
    world.messenger.answers(blocked, (to) => to === ANNA);
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'ApproveClaim' });
    expect((await world.claim(id)).hold, 'no clock of the partner is concerned').to.equal(undefined);
    world.messenger.works();
    world.messenger.forget();
    await world.greet('anna');
    await world.desk.idle();
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted', 'reply ClaimApproved']);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it("hears no more of what concerned them alone: a follower's line ends, and what was told says why", async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.must('boris', id, { type: 'FollowClaim' });
    world.messenger.answers(blocked, (to) => to === chatOf('boris'));
    await world.must('arun', id, { type: 'StartReview' });
    expect(await world.outbox(id)).to.deep.equal([]);
    expect((await world.record(id)).body.told.at(-1)).to.include({ outcome: 'unreachable', reason: 'blocked' });
  });

  it('is told as dead what can never be delivered; a clock waits for it and says why', async () => {
    const world = await openWorld(ALONE);
    const id = await world.underReview();
    world.messenger.answers({ kind: 'dead', reason: 'tooLarge' }, (to) => to === ANNA || to === REVIEWS);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect((await world.claim(id)).hold?.reason).to.equal('tooLarge');
    const dead = (await world.record(id)).body.told.filter(({ outcome }) => outcome === 'dead');
    expect(dead.map(({ reason }) => reason)).to.include('tooLarge');
    expect(world.metered.deadNotices, 'each is counted, so that an alert can tell the operator').to.equal(dead.length);
    expect((await world.people.find(WHO.anna))?.unreachable).to.equal(undefined);
    world.messenger.works();
    await world.greet('anna');
    await world.desk.idle();
    expect((await world.claim(id)).clocks.partnerResponse?.state, 'a person who writes is tried again').to.equal(
      'running',
    );
  });

  it('is told when another instance gives them up while their message is looked at', async () => {
    const world = await openWorld(ALONE);
    const id = await world.underReview();
    world.messenger.answers(blocked, (to) => to === ANNA);
    world.documents.beforeWrite = async ({ kind }) => {
      if (kind !== 'person') return;
      world.documents.beforeWrite = () => undefined;
      await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
      expect((await world.people.find(WHO.anna))?.unreachable).to.equal('blocked');
      world.messenger.works();
    };
    await world.desk.greet({ id: WHO.anna, name: 'Anna A.', chat: place(ANNA, TENANTS.fabrikam) });
    await world.desk.idle();
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
  });

  it('is told by their next message when a crash came between their being seen and the waking of their claims', async () => {
    const world = await openWorld(ALONE);
    const id = await world.underReview();
    world.messenger.answers(blocked, (to) => to === ANNA);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    world.messenger.works();
    world.documents.afterWrite = ({ kind }) => {
      if (kind === 'person') throw new Error('the process is dead');
    };
    await world.greet('anna').catch(() => undefined);
    world.documents.afterWrite = () => undefined;
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('awaitingDelivery');
    await world.greet('anna');
    await world.desk.idle();
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
    expect(await world.people.find(WHO.anna)).not.to.have.property('awaited');
  });

  it('is looked for once a day, also where the day began with a word in a channel', async () => {
    const world = await openWorld(ALONE);
    const id = await world.underReview();
    world.messenger.answers(blocked, (to) => to === ANNA);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    world.messenger.works();
    await world.people.alter(WHO.anna, ({ unreachable: _, ...rest }) => rest);
    world.clock.turn(DAY);
    await world.desk.greet({ id: WHO.anna, name: 'Anna' });
    await world.greet('anna');
    await world.desk.idle();
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
  });

  it('is told in the channel what was dead there, once someone writes in it', async () => {
    const world = await openWorld();
    const where = place('19:fabrikam@thread.tacv2', TENANTS.fabrikam);
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, where);
    const id = await world.underReview();
    world.messenger.answers({ kind: 'dead', reason: 'tooLarge' }, (to) => to === where.conversationId);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect((await world.claim(id)).hold?.reason).to.equal('tooLarge');
    world.messenger.works();
    await world.desk.channelSeen(where);
    await world.desk.idle();
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
    expect(await world.people.channel(`mpn:${MPN.fabrikam}`)).not.to.have.property('awaited');
  });

  it('marks the review channel, and tells there what was missed when it is seen again', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.answers({ kind: 'unreachable', reason: 'conversationLost' }, (to) => to === REVIEWS);
    await world.must('arun', id, { type: 'StartReview' });
    expect((await world.people.channel('review'))?.unreachable).to.equal('conversationLost');
    world.messenger.works();
    world.messenger.forget();
    await world.desk.channelSeen(place(REVIEWS));
    await world.must('arun', id, { type: 'AddComment', text: 'Hello' });
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply ReviewStarted', 'edit', 'reply CommentAdded']);
  });

  it('is shown the claims that were submitted before there was a review channel, a thread for each', async () => {
    const world = await openWorld({ noReviewChannel: true });
    const ids = [await world.underReview(), await world.asked(), await world.approved()];
    for (let day = 0; day < 40; day += 1) await world.pass(DAY);
    await world.desk.useChannel(WHO.ops, 'review', place(REVIEWS));
    await world.desk.idle();
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['post', 'post', 'post']);
    for (const id of ids) expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('comes back to many claims: some go out at once, the rest with the sweep', async () => {
    const world = await openWorld({ noReviewChannel: true });
    for (let count = 0; count < 60; count += 1) await world.submitted();
    await world.desk.useChannel(WHO.ops, 'review', place(REVIEWS));
    await world.desk.idle();
    expect(world.messenger.said(REVIEWS)).to.have.length(20);
    await world.sweep();
    expect(world.messenger.said(REVIEWS)).to.have.length(60);
  });
});
