import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { FinishedSweep, Meters } from '../../../src/desk/ports/metrics.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { DAY, HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import { openWorld, WHO } from '../world.ts';

/** The numbers of each sweep, and how often a write came too late. */
function counting() {
  const swept: FinishedSweep[] = [];
  let conflicts = 0;
  const meters: Meters = {
    ...silentMeters,
    swept: (sweep) => void swept.push(sweep),
    conflict: () => void (conflicts += 1),
  };
  return { meters, swept, conflicts: (): number => conflicts };
}

describe('The backlog of a sweep', () => {
  it('is empty and of no age when nothing is due', async () => {
    const world = await openWorld();
    await world.asked();
    const count = counting();
    await world.another({ meters: count.meters }).sweep();
    expect(count.swept).to.deep.equal([{ dueClaims: 0, failedClaims: 0, oldestDueSeconds: 0, oldestNoticeSeconds: 0 }]);
  });

  it('counts the claims that are due, and says how long the oldest was', async () => {
    const world = await openWorld();
    const early = await world.asked();
    world.clock.turn(HOUR);
    await world.asked();
    const due = dueOf((await world.claim(early)).clocks.partnerResponse) ?? Number.NaN;
    const count = counting();
    const other = world.another({ meters: count.meters });
    // Reminders come before the deadline, so the desk has told them when the deadline comes.
    while (world.clock.now() + HOUR < due) {
      world.clock.turn(HOUR);
      await other.sweep();
      await other.idle();
    }
    count.swept.length = 0;
    world.clock.turn(due + 90 * MINUTE - world.clock.now());
    await other.sweep();
    const { dueClaims, failedClaims, oldestDueSeconds } = count.swept[0] ?? {};
    expect([dueClaims, failedClaims]).to.deep.equal([2, 0]);
    expect(oldestDueSeconds).to.equal(90 * 60);
  });

  it('says how old the oldest notice is that Teams did not take', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    world.messenger.answers({ kind: 'tryLater', reason: 'http503' });
    await world.must('arun', id, {
      type: 'RequestInformation',
      reasons: ['missingOrOldDates'],
      comment: 'Which year?',
    });
    world.clock.turn(2 * HOUR);
    const count = counting();
    await world.another({ meters: count.meters }).sweep();
    expect(count.swept[0]?.oldestNoticeSeconds).to.equal(2 * 60 * 60);
  });

  it('counts a claim that cannot be read among the failed, and goes on', async () => {
    const world = await openWorld();
    const broken = await world.asked();
    await world.asked();
    await world.breakBody(broken);
    world.clock.turn(10 * DAY);
    const count = counting();
    await world.another({ meters: count.meters }).sweep();
    const { dueClaims, failedClaims, oldestDueSeconds } = count.swept[0] ?? {};
    expect([dueClaims, failedClaims]).to.deep.equal([2, 1]);
    expect(oldestDueSeconds).to.be.greaterThan(0);
  });

  it('of many claims is shown before the first of them is processed, because all of them take long', async () => {
    const world = await openWorld();
    for (let number = 0; number < 101; number += 1) await world.asked();
    world.clock.turn(10 * DAY);
    const shown: (readonly [claims: number, ofAge: boolean])[] = [];
    const meters: Meters = {
      ...silentMeters,
      behind: ({ dueClaims, oldestDueSeconds }) => void shown.push([dueClaims, oldestDueSeconds > 0]),
    };
    const shownAt: number[] = [];
    world.documents.beforeWrite = async () => void shownAt.push(shown.length);
    const desk = world.another({ meters });
    await desk.sweep();
    expect(shown).to.deep.equal([[100, true]]);
    expect(Math.min(...shownAt)).to.equal(1);
  });
});

describe('A notice for which no one is there', () => {
  it('is counted as unreachable with the reason, though Teams is not asked', async () => {
    const world = await openWorld({ noReviewChannel: true });
    const told: string[] = [];
    const desk = world.another({
      meters: { ...silentMeters, delivery: (outcome, reason) => void told.push(`${outcome} ${reason ?? ''}`) },
    });
    const id = await world.asked();
    await desk.execute(WHO.anna, id, { type: 'AddComment', text: 'Look.' }, { kind: 'none' });
    await desk.idle();
    expect(told).to.include('unreachable noReviewChannel');
    expect(world.messenger.sendings.filter(({ to }) => to.kind === 'channel')).to.deep.equal([]);
  });
});

describe('A write that comes too late', () => {
  it('is counted, both for a command and for a delivery', async () => {
    const world = await openWorld();
    const id: ClaimId = await world.underReview();
    const count = counting();
    const desk = world.another({ meters: count.meters });
    let others = 3;
    world.documents.beforeWrite = async ({ kind, id: written }) => {
      if (kind !== 'claim' || written !== id || others === 0) return;
      others -= 1;
      const { claim, body, etag } = await world.record(id);
      await world.documents.inner.replace(claimDocument(world.world, claim, body), etag);
    };
    await desk.execute(WHO.arun, id, { type: 'ApproveClaim' }, { kind: 'none' });
    await desk.idle();
    expect(count.conflicts()).to.equal(3);
  });
});

describe('A desk that is about to close', () => {
  it('ends its sweep after the claims in flight; the rest is processed by the next', async () => {
    const world = await openWorld();
    for (let number = 0; number < 20; number += 1) await world.asked();
    world.clock.turn(10 * DAY);
    const closing = world.another();
    world.messenger.before = () => {
      closing.close();
      return undefined;
    };
    const { processed, failed } = await closing.sweep();
    expect(failed).to.equal(0);
    expect(processed).to.be.within(1, 8);
    await closing.idle();
    expect((await world.sweep()).processed).to.be.at.least(20 - processed);
  });

  it('decides no more than the claims in flight, and tells no one', async () => {
    const world = await openWorld();
    const ids: ClaimId[] = [];
    for (let number = 0; number < 20; number += 1) ids.push(await world.asked());
    world.clock.turn(10 * DAY);
    world.messenger.forget();
    const closing = world.another();
    world.documents.beforeRead = (kind) => {
      if (kind === 'claim') closing.close();
    };
    expect(await closing.sweep()).to.deep.equal({ processed: 0, failed: 0 });
    expect(world.messenger.sendings).to.deep.equal([]);
    const decided = await Promise.all(ids.map(async (id) => (await world.claim(id)).status === 'Rejected'));
    expect(decided.filter((one) => one).length).to.be.within(1, 8);
  });
});
