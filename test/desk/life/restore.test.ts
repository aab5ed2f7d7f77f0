import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import { findLosses, recordLosses } from '../../../src/desk/life/restore.ts';
import { endStandstill, readStandstill } from '../../../src/desk/life/standstill.ts';
import { anchorOf } from '../../../src/desk/records/anchoring.ts';
import { foldEntries } from '../../../src/desk/records/claimRecord.ts';
import { RewindableDocuments } from '../../fuzz/rewindableDocuments.ts';
import { memoryAnchors } from '../../support/memoryAnchors.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, REVIEWS, WHO } from '../world.ts';

const DAY = 86_400_000;

describe('a store that was restored to an older state', () => {
  let documents: RewindableDocuments;
  let world: DeskWorld;
  let anchors: ReturnType<typeof memoryAnchors>;

  beforeEach(async () => {
    documents = new RewindableDocuments();
    world = await openWorld({ documents });
    anchors = memoryAnchors();
  });

  /** What the outbox does for each decision. */
  async function anchored(id: ClaimId): Promise<void> {
    const { entries } = (await world.record(id)).body;
    for (const [index, entry] of entries.entries()) {
      const anchor = anchorOf(foldEntries(entries.slice(0, index + 1)), entry);
      if (anchor) await anchors.append(anchor);
    }
  }

  /** Another process on the same store, after its start. */
  async function started(): Promise<Desk> {
    const desk = createDesk({ ...world.world, anchors });
    await desk.prepare();
    return desk;
  }

  /** The customer's denial came after the backup. */
  async function denialLost(): Promise<ClaimId> {
    const id = await world.approved();
    await world.desk.sweep();
    await world.desk.idle();
    documents.seal();
    await world.must('dana', id, { type: 'DenyConsent', reason: 'Not us.' });
    await anchored(id);
    documents.rewind();
    return id;
  }

  const ports = () => ({ ...world.world, anchors });

  it('starts, where one of the claims that the anchors know was changed past the desk or is of a newer version', async () => {
    for (const change of [{ schema: 99 }, { outbox: [], told: [] }]) {
      const id = await world.approved();
      await anchored(id);
      const stored = await documents.read<object>('claim', id);
      if (!stored) throw new Error('there is no claim');
      await documents.replace({ kind: 'claim', id, body: { ...stored.body, ...change }, keys: [] }, stored.etag);
      await started();
    }
    expect(await readStandstill(documents)).to.equal(undefined);
  });

  it('makes the desk stand still at its start, and no consent passes however long it stands', async () => {
    const id = await denialLost();
    const desk = await started();
    world.clock.turn(60 * DAY);
    await desk.sweep();
    expect((await world.record(id)).claim.consent?.state).to.equal('open');
    expect(await readStandstill(documents)).to.deep.include({ claims: 1, decisions: 1 });
  });

  it('says which claim was further on, and which decisions are lost', async () => {
    const id = await denialLost();
    const version = (await world.record(id)).claim.version;
    const [loss, ...more] = await findLosses(ports(), anchors);
    expect(more).to.deep.equal([]);
    expect(loss).to.deep.include({ claim: id, version });
    expect(loss?.lost).to.have.length(1);
    expect(loss?.lost[0]).to.deep.include({ type: 'ConsentDenied', by: WHO.dana });
  });

  it('lets no consent that was denied pass: replayed, it is denied; confirmed, silence is no consent', async () => {
    for (const replay of [true, false]) {
      documents = new RewindableDocuments();
      world = await openWorld({ documents });
      anchors = memoryAnchors();
      const id = await denialLost();
      const desk = await started();
      world.clock.turn(60 * DAY);
      const absent = await recordLosses(ports(), await findLosses(ports(), anchors), { replay });
      await endStandstill(world.world, { user: 'root' }, replay ? 'replayed' : 'confirmed', absent);
      for (let day = 0; day < 30; day += 1) {
        await desk.sweep();
        await desk.idle();
        world.clock.turn(DAY);
      }
      const { claim, body } = await world.record(id);
      expect(claim, `replay: ${replay}`).to.deep.include({ status: 'Rejected' });
      const types = body.entries.map(({ event }) => event.type);
      expect(types).to.include('StateRestored').and.not.include('ConsentPassed');
      expect(types).to.include(replay ? 'ConsentDenied' : 'ConsentNotGiven');
      expect(world.messenger.said(REVIEWS).join(' '), 'the reviewers read it').to.include('StateRestored');
    }
  });

  it('is no loss any more once it is recorded: the next start goes on', async () => {
    await denialLost();
    await started();
    const absent = await recordLosses(ports(), await findLosses(ports(), anchors), { replay: false });
    await endStandstill(world.world, { user: 'root' }, 'confirmed', absent);
    expect(await findLosses(ports(), anchors)).to.deep.equal([]);
    await (await started()).sweep();
    expect((await readStandstill(documents))?.ended).not.to.be.undefined;
  });

  it('names a claim that is not there at all, until that is accepted', async () => {
    documents.seal();
    const id = await world.approved();
    await anchored(id);
    documents.rewind();
    await started();
    const losses = await findLosses(ports(), anchors);
    expect(losses.map(({ claim, version }) => [claim, version])).to.deep.equal([[id, undefined]]);
    const absent = await recordLosses(ports(), losses, { replay: true });
    expect(absent).to.deep.equal([id]);
    await endStandstill(world.world, { user: 'root' }, 'replayed', absent);
    expect(await findLosses(ports(), anchors)).to.deep.equal([]);
  });

  it('finds nothing where the store is ahead of its anchors, or an anchor is there twice', async () => {
    const id = await world.approved();
    await anchored(id);
    await anchored(id);
    await world.must('dana', id, { type: 'DenyConsent', reason: '' });
    expect(await findLosses(ports(), anchors)).to.deep.equal([]);
    await (await started()).sweep();
    expect(await readStandstill(documents)).to.be.undefined;
  });

  it('records each loss once, however often the operator tries', async () => {
    const id = await denialLost();
    await started();
    const losses = await findLosses(ports(), anchors);
    await recordLosses(ports(), losses, { replay: true });
    const once = (await world.record(id)).body.entries.length;
    await recordLosses(ports(), losses, { replay: true });
    expect((await world.record(id)).body.entries.length).to.equal(once);
  });
});
