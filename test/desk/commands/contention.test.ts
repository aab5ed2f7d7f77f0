import { expect } from 'chai';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import { DAY, HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { chatOf, openWorld, REVIEWS } from '../world.ts';

const ANNA = chatOf('anna');
const LATER: SendResult = { kind: 'tryLater', reason: 'busy' };

describe('A Teams that is busy', () => {
  for (const [chance, least, most] of [
    [0, 0.75, 0.75],
    [255, 1.25, 1.25],
    [128, 0.99, 1.01],
  ] as const) {
    it(`is tried again after ever longer waits, up to a quarter of an hour, a quarter more or less (chance ${chance})`, async () => {
      const world = await openWorld();
      world.chance.byte = chance;
      world.messenger.answers(LATER, (to) => to === ANNA);
      const id = await world.submitted();
      for (let attempt = 0; attempt < 12; attempt += 1) {
        const [notice] = await world.outbox(id);
        const wait = (notice?.nextAt ?? 0) - world.clock.now();
        const plain = Math.min(5000 * 2 ** attempt, 15 * MINUTE);
        expect(wait).to.be.within(plain * least - 1, plain * most + 1);
        await world.pass(wait - 1);
        expect((await world.outbox(id))[0]?.attempts, 'tried too early').to.equal(attempt + 1);
        await world.pass(1);
      }
      world.messenger.works();
      await world.pass(HOUR);
      expect(world.messenger.said(ANNA)).to.deep.equal(['post']);
    });
  }

  it('is not tried before it asked to be, nor left alone for more than an hour', async () => {
    const world = await openWorld();
    world.messenger.answers({ ...LATER, afterMs: 7 * MINUTE }, (to) => to === ANNA);
    const id = await world.submitted();
    expect((await world.outbox(id))[0]?.nextAt).to.equal(world.clock.now() + 7 * MINUTE);
    const other = await openWorld();
    other.messenger.answers({ ...LATER, afterMs: 100 * DAY }, (to) => to === ANNA);
    expect((await other.outbox(await other.submitted()))[0]?.nextAt).to.equal(other.clock.now() + HOUR);
  });

  it('is not told afterwards of a deadline that was met meanwhile', async () => {
    const world = await openWorld();
    const id = await world.asked();
    await world.prove(id, 'more');
    world.messenger.answers(LATER, (to) => to === ANNA);
    await world.pass(5 * DAY);
    expect((await world.outbox(id)).map(({ event }) => event)).to.include('ClockReminded');
    await world.must('boris', id, { type: 'ResubmitClaim' });
    world.messenger.works();
    await world.pass(HOUR);
    expect(world.messenger.said(ANNA)).to.include('reply ClaimResubmitted').and.not.to.include('reply ClockReminded');
  });

  it('keeps nothing from the other audiences', async () => {
    const world = await openWorld();
    world.messenger.answers(LATER, (to) => to === REVIEWS);
    await world.submitted();
    expect(world.messenger.said(ANNA)).to.deep.equal(['post']);
  });

  it('is reported to the reviewers after hours in which a clock could not start, once (R45)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    world.messenger.answers(LATER, (to) => to === ANNA);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    for (let step = 0; step < 60; step += 1) await world.pass(15 * MINUTE);
    expect((await world.claim(id)).hold?.reason).to.equal('busy');
    expect((await world.types(id)).filter((type) => type === 'NoticeUndeliverable')).to.have.length(1);
    world.messenger.works();
    await world.pass(HOUR);
    expect((await world.claim(id)).hold).to.equal(undefined);
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
  });

  it('is given up after about a week where no clock depends on it', async () => {
    const world = await openWorld();
    world.messenger.answers(LATER, (to) => to === ANNA);
    const id = await world.submitted();
    for (
      let step = 0;
      step < 9 * 24 * 4 && (await world.outbox(id)).some(({ audience }) => audience === 'partner');
      step += 1
    )
      await world.pass(20 * MINUTE);
    expect(
      (await world.record(id)).body.told.find((told) => told.id.endsWith(':partner') && told.outcome === 'dead')
        ?.reason,
    ).to.equal('busy');
  });

  it('has its word kept: nothing is lost, and no one else is kept waiting, when a card cannot even be made', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.forget();
    world.messenger.before = ({ to }) => {
      if (to.conversationId === REVIEWS) throw new TypeError('no such template');
      return undefined;
    };
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
    expect(world.logged.filter(({ level }) => level === 'error')).to.have.length(1);
    expect(
      (await world.outbox(id)).map(({ audience, nextAt }) => [audience, (nextAt ?? 0) > world.clock.now()]),
    ).to.deep.equal([['review', true]]);
    world.messenger.works();
    await world.pass(MINUTE);
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply ReviewStarted']);
  });
});
