import { expect } from 'chai';
import { createDesk } from '../../../src/desk/desk.ts';
import { createSetBackWatch } from '../../../src/desk/due/farWaits.ts';
import type { Timer } from '../../../src/desk/ports/system.ts';
import { ANNOUNCEMENT, createAnnounce } from '../../../src/desk/outbox/announcements.ts';
import type { AnnouncementBody } from '../../../src/desk/outbox/announcements.ts';
import { CLAIM, claimDocument, readClaim } from '../../../src/desk/records/claimRecord.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { createTurnedTimer } from '../../support/turnedTimer.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, openWorld } from '../world.ts';

const ANNA = chatOf('anna');
const TOLD = ['edit', 'reply ReviewStarted'];
const WHAT = { kind: 'mpnIdGained', mpnId: '1234567', organisation: 'Contoso' } as const;
const LEASE_IS_OVER = 3 * MINUTE;

describe('A clock that was ahead for an hour and is set back', () => {
  /** The desk of the same store on a machine whose steady time the test turns, and whose clock it sets. */
  async function setUp() {
    const world = await openWorld();
    const id = await world.submitted();
    const timer = createTurnedTimer();
    let ahead = 0;
    const outside = { ...world.world, timer, clock: { now: () => world.clock.now() + ahead } };
    return {
      world,
      id,
      timer,
      desk: createDesk(outside),
      outside,
      set: (ms: number) => {
        ahead = ms;
      },
      pass(ms: number) {
        world.clock.turn(ms);
        timer.turn(ms);
      },
    };
  }

  async function altered(world: DeskWorld, id: ClaimId, alter: (body: ClaimBody) => ClaimBody): Promise<void> {
    const record = await world.record(id);
    await world.world.documents.replace(claimDocument(world.world, record.claim, alter(record.body)), record.etag);
  }

  /** A claim with an unsent notice, as a process left it that died with a lease by a clock that was ahead. */
  async function leased(world: DeskWorld, id: ClaimId, aheadMs: number): Promise<void> {
    world.messenger.before = () => {
      world.documents.beforeWrite = ({ kind }) => {
        if (kind === CLAIM) throw new Error('the process is dead');
      };
      throw new Error('power cut');
    };
    await world.press('arun', id, { type: 'StartReview' });
    world.documents.beforeWrite = () => undefined;
    world.messenger.works();
    world.messenger.forget();
    await altered(world, id, (body) => ({ ...body, lease: { by: 'dead', until: world.clock.now() + aheadMs } }));
  }

  it('holds up no notice by the lease of a process that died: after the length of one lease it is sent', async () => {
    const { world, id, desk, set, pass } = await setUp();
    set(HOUR);
    await desk.sweep();
    await leased(world, id, HOUR);
    set(0);
    await desk.sweep();
    expect(world.messenger.said(ANNA), 'the holder may be alive').to.deep.equal([]);
    pass(LEASE_IS_OVER);
    await desk.sweep();
    expect(world.messenger.said(ANNA)).to.deep.equal(TOLD);
  });

  it('holds up no notice that was to be tried again by that clock', async () => {
    const { world, id, desk, set, pass } = await setUp();
    set(HOUR);
    await desk.sweep();
    await leased(world, id, 0);
    await altered(world, id, ({ lease: _, ...body }) => ({
      ...body,
      outbox: body.outbox.map((notice) => ({ ...notice, nextAt: world.clock.now() + 3 * HOUR })) as never,
    }));
    set(0);
    pass(MINUTE);
    await desk.sweep();
    expect(world.messenger.said(ANNA)).to.deep.equal(TOLD);
  });

  it('is found by the next start too, and by the daily check', async () => {
    for (const look of ['takeOver', 'checkUp'] as const) {
      const { world, id, outside, pass } = await setUp();
      await leased(world, id, 30 * 24 * HOUR);
      const started = createDesk(outside);
      await started[look]();
      pass(LEASE_IS_OVER);
      await started.sweep();
      expect(world.messenger.said(ANNA), look).to.deep.equal(TOLD);
    }
  });

  it('holds up no one who acts on the claim meanwhile: what they do is told after the length of one lease', async () => {
    const { world, id, desk, pass } = await setUp();
    await leased(world, id, 30 * 24 * HOUR);
    await world.must('anna', id, { type: 'AddComment', text: 'Is it there?' } as never);
    const { lease } = (await readClaim(world.world, id))?.body ?? {};
    expect((lease?.until ?? 0) - world.clock.now()).to.be.at.most(LEASE_IS_OVER);
    expect(lease?.by, 'who holds it can go on').to.equal('dead');
    pass(LEASE_IS_OVER);
    await desk.sweep();
    expect(world.messenger.said(ANNA)).to.deep.equal(TOLD);
  });

  const announcements = (world: DeskWorld) =>
    world.messenger.sendings.filter(({ content }) => content.kind === 'announcement').length;

  it('holds up no announcement that was stored by that clock, or was to be tried again by it', async () => {
    for (const isTried of [false, true]) {
      const { world, desk, outside, set, pass } = await setUp();
      set(HOUR);
      await desk.sweep();
      if (isTried) world.messenger.answers({ kind: 'tryLater', reason: 'http503' }, () => true);
      await createAnnounce(outside)('key', WHAT, { kind: 'operators' });
      if (isTried) {
        await desk.sweep();
        await desk.sweep();
      }
      world.messenger.works();
      world.messenger.forget();
      set(0);
      pass(MINUTE);
      await desk.sweep();
      expect(announcements(world), `tried: ${isTried}`).to.equal(1);
      pass(HOUR);
      await desk.sweep();
      expect(announcements(world), 'once').to.equal(1);
    }
  });

  it('leaves the pause of an announcement, the hold of who delivers it, and those of a newer version', async () => {
    const { world, outside } = await setUp();
    const now = world.clock.now();
    const cases = { held: [1, MINUTE], paused: [6, 32 * MINUTE], newer: [0, HOUR] } as const;
    for (const [id, [attempts, ms]] of Object.entries(cases)) {
      await createAnnounce(outside)(id, WHAT, { kind: 'operators' });
      const { body, etag } = (await world.documents.read<AnnouncementBody>(ANNOUNCEMENT, id)) ?? expect.fail(id);
      const wait = { ...body, attempts, nextAt: now + ms, ...(id === 'newer' && { schema: 99 }) };
      const keys = [{ name: 'wake', value: '', sort: now + ms }];
      await world.documents.replace({ kind: ANNOUNCEMENT, id, body: wait, keys }, etag);
    }
    const writes = world.documents.writes;
    await createDesk(outside).checkUp();
    expect(world.documents.writes).to.equal(writes);
  });

  it('takes no lease from a clock that is ahead within the tolerance', async () => {
    const { world, id, desk } = await setUp();
    await leased(world, id, 3 * MINUTE);
    const before = await world.bytes(id);
    await desk.takeOver();
    await desk.sweep();
    expect(await world.bytes(id)).to.equal(before);
  });
});

describe('Whether the clock was set back', () => {
  it('goes by the steady time, once for each time, and not by a clock that runs on or is set forward', () => {
    const timer: Timer & { turn(ms: number): void } = createTurnedTimer();
    let now = 0;
    const wasSetBack = createSetBackWatch({ now: () => now }, timer);
    const steps: readonly (readonly [clock: number, steady: number, isSetBack: boolean])[] = [
      [MINUTE, MINUTE, false],
      [HOUR, 0, false],
      [-HOUR, 0, true],
      [0, 0, false],
      [MINUTE, 2 * MINUTE, true],
      [0, 20_000, false],
    ];
    for (const [clock, steady, isSetBack] of steps) {
      now += clock;
      timer.turn(steady);
      expect(wasSetBack(), `${clock} ${steady}`).to.equal(isSetBack);
    }
  });
});
