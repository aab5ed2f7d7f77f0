import { expect } from 'chai';
import { createDesk } from '../../../src/desk/desk.ts';
import { beginStandstill, endStandstill, readStandstill, StandstillError } from '../../../src/desk/life/standstill.ts';
import { isParked } from '../../../src/desk/records/outboxEntry.ts';
import { bytesOf } from '../filesFake.ts';
import { chatOf, openWorld, REVIEWS, TENANTS, WHO } from '../world.ts';
import { memoryAnchors } from '../../support/memoryAnchors.ts';
import { inBrowser } from '../../support/inBrowser.ts';

const DAY = 86_400_000;

describe('a desk that stands still', () => {
  async function standing() {
    const world = await openWorld();
    const approved = await world.approved();
    const review = await world.underReview();
    const draft = await world.file();
    await world.desk.sweep();
    await beginStandstill(world.world, { claims: 1, decisions: 2 });
    await world.desk.sweep();
    world.messenger.forget();
    return { world, approved, review, draft };
  }

  it('fires nothing and sends nothing, however much is due, and shows claims as they are stored', async () => {
    const { world, approved } = await standing();
    const before = await world.record(approved);
    world.clock.turn(60 * DAY);
    expect(await world.desk.sweep()).to.deep.equal({ processed: 0, failed: 0 });
    expect((await world.desk.look(WHO.arun, approved))?.view.stage).to.equal('ConsentOpen');
    await world.desk.idle();
    expect(await world.record(approved)).to.deep.equal(before);
    expect(world.messenger.sendings).to.deep.equal([]);
  });

  it('takes no decision, no new claim, no file and no comment, and cleans nothing', async () => {
    const { world, review, draft } = await standing();
    const refused = async (work: Promise<unknown>): Promise<boolean> =>
      work.then(
        () => false,
        (error: unknown) => error instanceof StandstillError,
      );
    expect(await refused(world.press('arun', review, { type: 'ApproveClaim' }))).to.be.true;
    expect(await refused(world.press('arun', review, { type: 'AddComment', text: 'Well?' }))).to.be.true;
    expect(await refused(world.file())).to.be.true;
    expect(await refused(world.desk.poe.takeFile(WHO.anna, draft, 'a.pdf', bytesOf('a')))).to.be.true;
    const link = (await world.desk.poe.uploadLink(draft, WHO.anna)).split('/').at(-1) ?? '';
    expect(await inBrowser(world.desk.poe).uploads.open(link)).to.deep.equal({ ok: false, problem: 'standstill' });
    expect(await inBrowser(world.desk.poe).uploads.take(link, 'a.pdf', bytesOf('a'))).to.deep.include({
      problem: 'standstill',
    });
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 0 });
  });

  it('goes on with the first sweep after an operator ended it', async () => {
    const { world, approved } = await standing();
    await endStandstill(world.world, { user: 'root' }, 'confirmed', []);
    world.clock.turn(60 * DAY);
    await world.desk.sweep();
    await world.desk.idle();
    expect((await world.record(approved)).claim.consent?.state).to.equal('passed');
    expect(world.messenger.sendings).not.to.be.empty;
  });

  it('notes meanwhile who comes back and what is lost, and tells them once it goes on', async () => {
    const world = await openWorld({ silent: ['dana'] });
    const id = await world.approved();
    await world.desk.sweep();
    expect((await world.record(id)).body.outbox.some(isParked)).to.equal(true);
    await beginStandstill(world.world, { claims: 1, decisions: 2 });
    await world.desk.sweep();
    world.messenger.forget();
    await world.greet('dana');
    await world.desk.channelLost({ tenantId: TENANTS.vendor, conversationId: REVIEWS });
    await world.desk.sweep();
    await world.desk.idle();
    expect(world.messenger.sendings).to.deep.equal([]);
    await endStandstill(world.world, { user: 'root' }, 'confirmed', []);
    await world.desk.sweep();
    await world.desk.idle();
    expect(world.messenger.said(chatOf('dana'))).not.to.be.empty;
    expect(JSON.stringify(world.messenger.sendings)).to.include('channelLost');
    expect(world.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });

  it('is marked for all instances, keeps its beginning while it lasts, and what was accepted', async () => {
    const { world } = await standing();
    const since = (await readStandstill(world.documents))?.since;
    world.clock.turn(DAY);
    await beginStandstill(world.world, { claims: 3, decisions: 3 });
    expect(await readStandstill(world.documents)).to.deep.include({ since, claims: 3 });
    await endStandstill(world.world, { user: 'root' }, 'replayed', ['CPOR-000000' as never]);
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    const again = await readStandstill(world.documents);
    expect(again).to.deep.include({ accepted: ['CPOR-000000'] });
    expect(again?.since).to.equal(world.clock.now());
    expect(again).not.to.have.property('ended');
  });

  it('shows in the metrics that it does, from the start on until it goes on', async () => {
    const { world } = await standing();
    const gauge: boolean[] = [];
    const meters = { ...world.world.meters, standingStill: (isOn: boolean) => void gauge.push(isOn) };
    const started = createDesk({ ...world.world, meters });
    await started.prepare();
    expect(gauge.at(-1)).to.equal(true);
    await endStandstill(world.world, { user: 'root' }, 'confirmed', []);
    await started.sweep();
    expect(gauge.at(-1)).to.equal(false);
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    await started.sweep();
    expect(gauge.at(-1)).to.equal(true);
  });

  it('leaves the mark of a newer version as it is', async () => {
    const { world } = await standing();
    const stored = (await world.documents.read<object>('standstill', 'desk')) ?? expect.fail('it is marked');
    const body = { ...stored.body, schema: 99, since: 'told otherwise', ended: undefined };
    await world.documents.inner.replace({ kind: 'standstill', id: 'desk', body, keys: [] }, stored.etag);
    const acts = [
      () => beginStandstill(world.world, { claims: 1, decisions: 1 }),
      () => endStandstill(world.world, { user: 'root' }, 'confirmed', []),
    ];
    for (const act of acts) {
      const error = await act().catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'document.unknownSchema');
    }
    expect((await world.documents.read('standstill', 'desk'))?.body).to.deep.equal(JSON.parse(JSON.stringify(body)));
  });

  it('stands still by the mark of a newer version, says what to do, is not ready, and leaves the mark', async () => {
    const { world, approved } = await standing();
    const stored = (await world.documents.read<object>('standstill', 'desk')) ?? expect.fail('it is marked');
    const body = { schema: 99, told: 'otherwise' };
    await world.documents.inner.replace({ kind: 'standstill', id: 'desk', body, keys: [] }, stored.etag);
    const desk = createDesk({ ...world.world, anchors: memoryAnchors() });
    expect(desk.isOutdated(), 'not looked yet').to.equal(false);
    await desk.prepare();
    expect(desk.isOutdated()).to.equal(true);
    expect(world.logged.map(({ sentence }) => sentence)).to.include(
      'Standing still: a newer version of the desk ran on this store; run that version',
    );
    const before = await world.record(approved);
    world.clock.turn(60 * DAY);
    await desk.takeOver();
    await desk.checkUp();
    expect(await desk.sweep()).to.deep.equal({ processed: 0, failed: 0 });
    expect(await world.record(approved)).to.deep.equal(before);
    expect(world.messenger.sendings).to.deep.equal([]);
    expect((await world.documents.read('standstill', 'desk'))?.body).to.deep.equal(body);
  });
});
