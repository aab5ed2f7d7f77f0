import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { ListName } from '../../../src/desk/queries/lists.ts';
import { DAY, HOUR } from '../../domain/claims/scenario.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import type { DeskWorld, Name } from '../world.ts';
import { MPN, openWorld, TENANTS, WHO } from '../world.ts';

async function ids(world: DeskWorld, name: Name, list: ListName, most = 100): Promise<readonly string[] | undefined> {
  return (await world.desk.list(WHO[name], list, most))?.views.map(({ claim }) => claim.id);
}

/** One claim in each stage that a list can tell apart, by name. */
async function gallery(world: DeskWorld) {
  const discarded = await world.file();
  await world.must('anna', discarded, { type: 'DiscardDraft' });
  const made = {
    editing: await world.file(),
    submitted: await world.submitted(),
    review: await world.underReview(),
    asked: await world.asked(),
    approved: await world.approved(),
    rejected: await world.rejected(),
    disputed: await world.disputed(),
    tailspin: await world.file({ mpnId: MPN.tailspin }, 'tomas'),
  };
  return { discarded, ...made };
}

describe('A list of claims (R6, R52)', () => {
  it("holds one's own organisation's claims, the newest change first, and none that was discarded (R14)", async () => {
    const world = await openWorld();
    const all = await gallery(world);
    world.clock.turn(HOUR);
    await world.must('anna', all.editing, { type: 'EditFields', fields: { customerName: 'Contoso Ltd' } });
    const found = await ids(world, 'anna', 'claims');
    expect(found?.[0]).to.equal(all.editing);
    expect([...(found ?? [])].sort()).to.deep.equal(
      [all.editing, all.submitted, all.review, all.asked, all.approved, all.rejected, all.disputed].sort(),
    );
    expect(await ids(world, 'nikita', 'claims')).to.have.members([...(found ?? [])]);
    expect(await ids(world, 'tomas', 'claims')).to.deep.equal([all.tailspin]);
  });

  it("holds for the customer's contact what names their tenant and was approved", async () => {
    const world = await openWorld();
    const all = await gallery(world);
    expect(await ids(world, 'dana', 'claims')).to.deep.equal([all.approved]);
    expect(await ids(world, 'emil', 'claims')).to.deep.equal([all.approved]);
  });

  it('holds for a reviewer what is theirs, and as the queue all that waits for the review, the earliest due first', async () => {
    const world = await openWorld();
    const early = await world.submitted();
    world.clock.turn(DAY);
    const late = await world.underReview();
    const asked = await world.asked();
    expect(await ids(world, 'arun', 'claims')).to.deep.equal([late]);
    expect(await ids(world, 'arun', 'mine')).to.deep.equal([late]);
    expect(await ids(world, 'rita', 'claims')).to.deep.equal([]);
    for (const name of ['arun', 'rita', 'rolf'] as const)
      expect(await ids(world, name, 'queue'), name).to.deep.equal([early, late]);
    expect(asked).to.be.a('string');
  });

  it('holds for the assessor what was handed over, until the outcome is known', async () => {
    const world = await openWorld();
    const id = await world.approved();
    expect(await ids(world, 'asif', 'claims')).to.deep.equal([]);
    await world.pass(9 * DAY);
    expect(await ids(world, 'asif', 'claims')).to.deep.equal([id]);
    expect(await ids(world, 'asif', 'queue')).to.deep.equal([id]);
    await world.must('asif', id, { type: 'ReportAssessment', eligible: true, programme: 'OSU' });
    expect(await ids(world, 'asif', 'queue')).to.deep.equal([]);
  });

  for (const [list, allowed] of [
    ['queue', ['arun', 'lena', 'rolf', 'asif']],
    ['mine', ['arun', 'lena', 'rolf']],
    ['overdue', ['arun', 'lena', 'rolf', 'olga']],
  ] as const) {
    it(`called ${list} is for ${allowed.join(', ')} and no one else`, async () => {
      const world = await openWorld();
      await gallery(world);
      const given: string[] = [];
      for (const name of Object.keys(WHO) as Name[]) if (await world.desk.list(WHO[name], list, 5)) given.push(name);
      expect(given.filter((name) => name !== 'rita')).to.deep.equal(allowed);
    });
  }

  it('of what is overdue holds it from the due instant on, also without a sweep', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const due = dueOf((await world.claim(id)).clocks.reviewStart) ?? 0;
    world.clock.turn(due - world.clock.now() - 1);
    expect(await ids(world, 'olga', 'overdue')).to.deep.equal([]);
    world.clock.turn(1);
    expect(await ids(world, 'olga', 'overdue')).to.deep.equal([id]);
    expect(await ids(world, 'arun', 'overdue')).to.deep.equal([id]);
  });

  it('shows each claim as the clock has it, not the sweep (R44)', async () => {
    const world = await openWorld();
    const id = await world.asked();
    world.clock.turn(30 * DAY);
    const list = await world.desk.list(WHO.anna, 'claims', 5);
    expect(list?.views.map(({ claim }) => [claim.id, claim.status])).to.deep.equal([[id, 'Rejected']]);
  });

  it('names the version that is stored, whatever has fallen due since (R57)', async () => {
    const world = await openWorld();
    await world.asked();
    const versions = async (): Promise<readonly number[] | undefined> =>
      (await world.desk.list(WHO.anna, 'claims', 5))?.views.map(({ claim }) => claim.version);
    const stored = await versions();
    world.clock.turn(30 * DAY);
    expect(await versions()).to.deep.equal(stored);
  });

  it('says when there are more than were asked for, across pages, and not when there are just as many', async () => {
    const world = await openWorld();
    for (let count = 0; count < 120; count += 1) {
      world.clock.turn(1);
      await world.file();
    }
    for (const [most, shown, more] of [
      [1, 1, true],
      [50, 50, true],
      [119, 119, true],
      [120, 120, false],
      [500, 120, false],
    ] as const) {
      const list = await world.desk.list(WHO.anna, 'claims', most);
      expect([list?.views.length, list?.more], String(most)).to.deep.equal([shown, more]);
    }
  });

  it('of someone with two organisations has both in one order, and each claim once', async () => {
    const world = await openWorld();
    const [tenantId, objectId] = WHO.anna.split('/');
    await world.enrol('member', {
      tenantId,
      objectId,
      name: 'Anna',
      organisation: `partner:${TENANTS.tailspin}`,
      roles: ['globalAdmin'],
    });
    const made: ClaimId[] = [];
    for (const [mpnId, by] of [
      [MPN.fabrikam, 'anna'],
      [MPN.tailspin, 'tomas'],
      [MPN.fabrikam, 'anna'],
    ] as const) {
      world.clock.turn(HOUR);
      made.unshift(await world.file({ mpnId }, by));
    }
    expect(await ids(world, 'anna', 'claims')).to.deep.equal(made);
    expect(await ids(world, 'anna', 'claims', 2)).to.deep.equal(made.slice(0, 2));
  });

  it('leaves out a claim that cannot be read, and is there all the same', async () => {
    const world = await openWorld();
    const made = [await world.submitted(), await world.submitted()];
    await world.breakBody(made[0] as ClaimId);
    expect(await ids(world, 'anna', 'claims')).to.deep.equal([made[1]]);
    expect(await ids(world, 'arun', 'queue')).to.deep.equal([made[1]]);
  });
});
