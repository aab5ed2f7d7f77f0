/** Two instances of the desk on one Cosmos DB account, whose clock is right; the clock of one machine is wrong. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { steadyClock } from '../../src/runtime/clock.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Clock } from '../../src/desk/ports/system.ts';
import { openCosmos } from '../../src/stores/cosmos/cosmosDocuments.ts';
import { ClockError } from '../../src/stores/cosmos/clockCheck.ts';
import { DAY } from '../domain/claims/scenario.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { faultOf } from '../contract/storePromise.ts';
import type { CosmosEmulator } from '../support/cosmosEmulator.ts';
import { startCosmosEmulator } from '../support/cosmosEmulator.ts';
import type { DeskWorld } from '../desk/world.ts';
import { DIRECTORY, openWorld, place, REVIEWS, WHO } from '../desk/world.ts';
import { openOn, Requests, sent } from './cosmos/requests.ts';

/** Longer than the customer has for their consent. */
const LONG = 60 * DAY;

describe('A desk on a machine whose clock is wrong', () => {
  let emulator: CosmosEmulator;
  let world: DeskWorld;
  let stores: readonly Awaited<ReturnType<typeof openCosmos>>[];
  let http: Requests;
  let wrong: Desk;
  let aheadMs: number;

  beforeEach(async () => {
    world = await openWorld();
    emulator = await startCosmosEmulator({ clock: world.clock });
    aheadMs = 0;
    http = new Requests();
    const database = randomUUID();
    const clock: Clock = { now: () => world.clock.now() + aheadMs };
    const right = await openOn(emulator, {
      database,
      partitions: 1,
      machine: { clock: world.clock, steady: steadyClock },
    });
    const other = await openOn(emulator, { database, partitions: 1, machine: { clock, steady: steadyClock }, http });
    stores = [right, other];
    Object.assign(world.documents, { inner: right });
    await world.desk.importDirectory(DIRECTORY);
    await world.desk.useChannel(WHO.ops, 'review', place(REVIEWS));
    for (const name of ['anna', 'arun', 'dana'] as const) await world.greet(name);
    wrong = world.another({ documents: other, clock });
  });
  afterEach(async () => {
    for (const store of stores) store.close();
    await emulator.close();
  });

  it('that jumped ahead ends no period of consent: that ends when it is due, by the clock that is right', async () => {
    const id = await world.approved();
    const { consent } = (await world.claim(id)).clocks;
    const before = await world.bytes(id);
    aheadMs = LONG;
    expect(await faultOf(wrong.sweep())).to.be.instanceOf(ClockError);
    await wrong.idle();
    expect(await world.bytes(id)).to.equal(before);
    await world.pass(LONG);
    expect((await world.record(id)).body.entries.map(({ event }) => event.at)).to.include(dueOf(consent));
  });

  it('that fell behind begins no period in the past', async () => {
    const id = await world.underReview();
    const before = await world.bytes(id);
    aheadMs = -LONG;
    expect(await faultOf(wrong.execute(WHO.arun, id, { type: 'ApproveClaim' }, { kind: 'none' }))).to.be.instanceOf(
      ClockError,
    );
    await wrong.idle();
    expect(await world.bytes(id)).to.equal(before);
  });

  it('takes no press and shows nothing, until its clock is right: then it goes on by itself', async () => {
    const id = await world.underReview();
    aheadMs = LONG;
    for (const deed of [
      wrong.execute(WHO.arun, id, { type: 'ApproveClaim' }, { kind: 'none' }),
      wrong.look(WHO.anna, id),
    ])
      expect(await faultOf(deed)).to.be.instanceOf(ClockError);
    aheadMs = 0;
    expect(await wrong.execute(WHO.arun, id, { type: 'ApproveClaim' }, { kind: 'none' })).to.include({ kind: 'done' });
    await wrong.idle();
    expect((await world.claim(id)).status).to.equal('Approved');
  });

  it('whose clock jumps in the middle of a sweep says so once for each claim, and leaves them', async () => {
    const due = [
      await world.submitted(),
      await world.submitted({ customerTenantId: '66666666-6666-4666-8666-666666666666' }),
    ];
    world.clock.turn(LONG);
    const before = await Promise.all(due.map((id) => world.bytes(id)));
    world.logged.splice(0);
    let hasBegun = false;
    http.every('read', (seen, send) => {
      // A sweep begins with the mark of a standstill.
      if (hasBegun) aheadMs = LONG;
      hasBegun = true;
      return sent(seen, send);
    });
    expect(await wrong.sweep()).to.deep.equal({ processed: 0, failed: 2 });
    const failed = world.logged
      .filter(({ level }) => level === 'error')
      .map(({ fields }) => ('claim' in fields ? fields.claim : undefined));
    expect(failed.filter((id) => id !== undefined)).to.have.members(due);
    expect(failed, 'and for what belongs to no claim').to.include(undefined);
    expect(await Promise.all(due.map((id) => world.bytes(id)))).to.deep.equal(before);
  });
});
