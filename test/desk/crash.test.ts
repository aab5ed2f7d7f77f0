import { expect } from 'chai';
import { MAX_SEND_MS } from '../../src/desk/ports/messenger.ts';
import { HOUR, MINUTE } from '../domain/claims/scenario.ts';
import type { DeskWorld } from './world.ts';
import { chatOf, openWorld, REVIEWS, WHO } from './world.ts';

const ANNA = chatOf('anna');

describe('A crash while telling', () => {
  /** The process dies: from here on nothing that it does is written. */
  function dies(world: DeskWorld): void {
    world.documents.beforeWrite = ({ kind }) => {
      if (kind === 'claim') throw new Error('the process is dead');
    };
  }

  it('repeats one new message at most, once the lease of the dead has run out', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    world.messenger.after = () => dies(world);
    await world.press('anna', id, { type: 'SubmitClaim' });
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['post']);
    world.documents.beforeWrite = () => undefined;
    world.messenger.after = () => undefined;
    await world.pass(MINUTE);
    expect(world.messenger.said(REVIEWS), 'the lease is still held').to.deep.equal(['post']);
    await world.pass(2 * MINUTE);
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['post', 'post']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['post']);
    expect(await world.outbox(id)).to.deep.equal([]);
    await world.pass(HOUR);
    expect(world.messenger.said(REVIEWS)).to.have.length(2);
  });

  it('repeats an edit unseen, and the line after it once', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.forget();
    world.messenger.after = ({ how }) => {
      if (how === 'reply') dies(world);
    };
    await world.press('arun', id, { type: 'StartReview' });
    world.documents.beforeWrite = () => undefined;
    world.messenger.after = () => undefined;
    await world.pass(3 * MINUTE);
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply ReviewStarted', 'edit', 'reply ReviewStarted']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
  });

  it('is not held up by a process that died with nothing sent: the wake of the claim follows its lease', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.before = () => {
      dies(world);
      throw new Error('power cut');
    };
    await world.press('arun', id, { type: 'StartReview' });
    world.documents.beforeWrite = () => undefined;
    world.messenger.works();
    world.messenger.forget();
    expect((await world.sweep()).processed).to.equal(0);
    await world.pass(3 * MINUTE);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
  });
});

describe('Several that tell at once', () => {
  it('send everything once', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const others = [world.another(), world.another()];
    world.messenger.forget();
    world.messenger.after = async () => {
      await Promise.all(others.map((other) => other.sweep()));
    };
    await world.press('arun', id, { type: 'StartReview' });
    await Promise.all([...others.map((other) => other.sweep()), world.desk.sweep()]);
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply ReviewStarted']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
  });

  it('send everything once where each hears of something new', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const other = world.another();
    world.messenger.forget();
    world.messenger.after = async () => {
      world.messenger.works();
      await other.execute(WHO.anna, id, { type: 'AddComment', text: 'Welcome' }, { kind: 'none' });
      await other.idle();
    };
    await world.press('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply ReviewStarted', 'edit', 'reply CommentAdded']);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('send everything once though the store is slow, and then Teams', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const other = world.another();
    world.messenger.forget();
    let isSlow = false;
    world.documents.beforeRead = async (kind) => {
      if (isSlow || kind !== 'person' || !(await world.record(id)).body.lease) return;
      isSlow = true;
      world.clock.turn(MINUTE);
    };
    world.messenger.before = async ({ how, to }) => {
      if (how !== 'reply' || to.conversationId !== ANNA) return undefined;
      world.messenger.works();
      world.clock.turn(3 * MAX_SEND_MS);
      await other.sweep();
      return undefined;
    };
    await world.press('arun', id, { type: 'StartReview' });
    await world.pass(HOUR);
    expect(isSlow).to.equal(true);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
  });

  it("stop once their lease is another's: a call that hung for hours sends nothing more", async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.must('arun', id, { type: 'StartReview' });
    world.messenger.forget();
    const hanging: (() => void)[] = [];
    world.messenger.before = ({ how, to }) => {
      if (how !== 'reply' || to.conversationId !== REVIEWS || hanging.length > 0) return undefined;
      return new Promise((resolve) => hanging.push(() => resolve(undefined)));
    };
    const pressed = world.desk.execute(WHO.anna, id, { type: 'AddComment', text: 'One' }, { kind: 'none' });
    await pressed;
    while (hanging.length === 0) await new Promise((resolve) => setImmediate(resolve));
    world.clock.turn(3 * HOUR);
    await world.another().sweep();
    expect(await world.outbox(id)).to.deep.equal([]);
    const before = world.messenger.sendings.length;
    hanging[0]?.();
    await world.desk.idle();
    expect(world.messenger.sendings).to.have.length(before);
    expect((await world.record(id)).body.lease).to.equal(undefined);
  });

  it('stop also while the other is at it, and leave it its turn', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    world.messenger.forget();
    const hanging: (() => void)[] = [];
    const hang = async (count: number): Promise<void> => {
      while (hanging.length < count) await new Promise((resolve) => setImmediate(resolve));
    };
    world.messenger.before = ({ how }) =>
      how === 'reply' && hanging.length < 2
        ? new Promise((resolve) => hanging.push(() => resolve(undefined)))
        : undefined;
    await world.desk.execute(WHO.anna, id, { type: 'AddComment', text: 'One' }, { kind: 'none' });
    await hang(1);
    world.clock.turn(3 * HOUR);
    const swept = world.another().sweep();
    await hang(2);
    const { lease } = (await world.record(id)).body;
    const before = world.messenger.sendings.length;
    hanging[0]?.();
    await world.desk.idle();
    expect(world.messenger.sendings).to.have.length(before);
    expect((await world.record(id)).body.lease).to.deep.equal(lease);
    hanging[1]?.();
    await swept;
    expect(await world.outbox(id)).to.deep.equal([]);
  });
});
