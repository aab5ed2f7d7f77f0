import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import { findLosses, newerClaims, recordLosses, signedOf } from '../../../src/desk/life/restore.ts';
import { endStandstill, readStandstill } from '../../../src/desk/life/standstill.ts';
import { anchorOf, headName } from '../../../src/desk/records/anchoring.ts';
import { foldEntries } from '../../../src/desk/records/claimRecord.ts';
import { RewindableDocuments } from '../../fuzz/rewindableDocuments.ts';
import { createSigner } from '../../../src/runtime/signer.ts';
import { signedAnchors } from '../../../src/desk/records/signedAnchors.ts';
import { memoryAnchors, memoryAnchorStore } from '../../support/memoryAnchors.ts';
import { SIGNING_SEED } from '../../support/signer.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, openWorld, REVIEWS, WHO } from '../world.ts';

const DAY = 86_400_000;

describe('a store that was restored to an older state', () => {
  let documents: RewindableDocuments;
  let world: DeskWorld;
  let anchors: ReturnType<typeof memoryAnchors>;
  /** What is stored of them. */
  let lines: string[];

  beforeEach(async () => {
    documents = new RewindableDocuments();
    world = await openWorld({ documents });
    lines = [];
    anchors = memoryAnchors(lines);
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

  it('names the claims that a newer version wrote, and none that is broken, sound or unknown to the anchors', async () => {
    const [newer, broken, unknown] = [await world.approved(), await world.approved(), await world.approved()];
    for (const id of [newer, broken, await world.approved()]) await anchored(id);
    for (const [id, change] of [
      [newer, { schema: 99 }],
      [broken, { outbox: [], told: [] }],
      [unknown, { schema: 99 }],
    ] as const) {
      const stored = await documents.read<object>('claim', id);
      if (!stored) throw new Error('there is no claim');
      await documents.replace({ kind: 'claim', id, body: { ...stored.body, ...change }, keys: [] }, stored.etag);
    }
    expect(await newerClaims(ports(), anchors.all())).to.deep.equal([newer]);
  });

  it('makes the desk stand still at its start, and no consent passes however long it stands', async () => {
    const id = await denialLost();
    const desk = await started();
    world.clock.turn(60 * DAY);
    await desk.sweep();
    expect((await world.record(id)).claim.consent?.state).to.equal('open');
    expect(await readStandstill(documents)).to.deep.include({ claims: 1, decisions: 1 });
  });

  for (const [flood, line] of [
    ['copies of one of its own anchors', () => lines[0] ?? ''],
    ['lines that say nothing', () => '0'],
  ] as const) {
    it(`stands still also where a thousand ${flood} were written behind the others`, async () => {
      await denialLost();
      lines.push(...Array.from({ length: 1_000 }, line));
      await started();
      expect(await readStandstill(documents)).to.include({ claims: 1 });
    });
  }

  it('says which claim was further on, and which decisions are lost', async () => {
    const id = await denialLost();
    const version = (await world.record(id)).claim.version;
    const [loss, ...more] = await findLosses(ports(), anchors.all());
    expect(more).to.deep.equal([]);
    expect(loss).to.deep.include({ claim: id, version });
    expect(loss?.lost).to.have.length(1);
    expect(loss?.lost[0]).to.deep.include({ type: 'ConsentDenied', by: WHO.dana });
  });

  it('lets no consent that was denied pass: replayed, it is denied; confirmed, silence is no consent', async () => {
    for (const replay of [true, false]) {
      documents = new RewindableDocuments();
      world = await openWorld({ documents });
      lines = [];
      anchors = memoryAnchors(lines);
      const id = await denialLost();
      const desk = await started();
      world.clock.turn(60 * DAY);
      const absent = await recordLosses(ports(), await findLosses(ports(), anchors.all()), { replay });
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
    const absent = await recordLosses(ports(), await findLosses(ports(), anchors.all()), { replay: false });
    await endStandstill(world.world, { user: 'root' }, 'confirmed', absent);
    expect(await findLosses(ports(), anchors.all())).to.deep.equal([]);
    await (await started()).sweep();
    expect((await readStandstill(documents))?.ended).not.to.be.undefined;
  });

  it('names a claim that is not there at all, until that is accepted', async () => {
    documents.seal();
    const id = await world.approved();
    await anchored(id);
    documents.rewind();
    await started();
    const losses = await findLosses(ports(), anchors.all());
    expect(losses.map(({ claim, version }) => [claim, version])).to.deep.equal([[id, undefined]]);
    const absent = await recordLosses(ports(), losses, { replay: true });
    expect(absent).to.deep.equal([id]);
    await endStandstill(world.world, { user: 'root' }, 'replayed', absent);
    expect(await findLosses(ports(), anchors.all())).to.deep.equal([]);
  });

  it('finds nothing where the store is ahead of its anchors, or an anchor is there twice', async () => {
    const id = await world.approved();
    await anchored(id);
    await anchored(id);
    await world.must('dana', id, { type: 'DenyConsent', reason: '' });
    expect(await findLosses(ports(), anchors.all())).to.deep.equal([]);
    await (await started()).sweep();
    expect(await readStandstill(documents)).to.be.undefined;
  });

  /** Someone takes the signatures of these away. */
  const strip = (event: string): void => {
    for (const [index, line] of lines.entries()) {
      const { signature: _, ...anchor } = JSON.parse(line) as { readonly signature?: object; readonly event: string };
      if (anchor.event === event) lines[index] = JSON.stringify(anchor);
    }
  };
  const errors = (): readonly string[] =>
    world.logged.flatMap(({ level, sentence }) => (level === 'error' ? [sentence] : []));

  it('stands still where the signature of the anchor was taken away that tells of it, and says so', async () => {
    await denialLost();
    strip('ConsentDenied');
    await started();
    expect(errors()).to.include('Anchors are not as the desk wrote them; see npm run desk -- verify');
    expect(await readStandstill(documents)).to.deep.include({ claims: 1, decisions: 1 });
    const [loss] = await findLosses(ports(), anchors.all());
    expect(loss?.lost[0]).to.deep.include({ type: 'ConsentDenied', unsigned: true });
  });

  it('takes no denial again that only an unsigned anchor tells, and its consent does not pass by silence', async () => {
    const id = await denialLost();
    strip('ConsentDenied');
    const desk = await started();
    const absent = await recordLosses(ports(), await findLosses(ports(), anchors.all()), { replay: true });
    await endStandstill(world.world, { user: 'root' }, 'replayed', absent);
    for (let day = 0; day < 60; day += 1) {
      await desk.sweep();
      await desk.idle();
      world.clock.turn(DAY);
    }
    const types = (await world.record(id)).body.entries.map(({ event }) => event.type);
    expect(types).to.include.members(['StateRestored', 'ConsentNotGiven']);
    expect(types).to.not.include.members(['ConsentPassed']);
    expect(types).to.not.include.members(['ConsentDenied']);
  });

  it('trusts the signature where the same anchor is there with and without it', async () => {
    await denialLost();
    const line = lines.at(-1) ?? '';
    const { signature: _, ...bare } = JSON.parse(line) as { readonly signature: object };
    lines.push(JSON.stringify(bare));
    lines.unshift(JSON.stringify(bare));
    const [loss] = await findLosses(ports(), anchors.all());
    expect(loss?.lost.map(({ type, unsigned }) => [type, unsigned])).to.deep.equal([['ConsentDenied', undefined]]);
  });

  it('lets an operator leave out for good what an anchor tells that another made up', async () => {
    const id = await world.approved();
    await anchored(id);
    const last = JSON.parse(lines.at(-1) ?? '') as { readonly version: number };
    lines.push(JSON.stringify({ ...last, version: last.version + 1, hash: 'f'.repeat(64), event: 'ConsentDenied' }));
    await started();
    expect((await readStandstill(documents))?.ended, 'stands still').to.equal(undefined);
    expect(await readStandstill(documents)).to.deep.include({ claims: 1 });
    expect(signedOf(await findLosses(ports(), anchors.all()))).to.deep.equal([]);
    const forged: string[] = [];
    for await (const one of anchors.all())
      if (one.kind === 'anchor' && one.proof !== 'signed') forged.push(headName(one.anchor));
    await endStandstill(world.world, { user: 'root' }, 'confirmed', [], forged);
    const before = (await world.record(id)).body.entries.length;
    await (await started()).sweep();
    expect((await readStandstill(documents))?.ended).not.to.equal(undefined);
    expect((await world.record(id)).body.entries.length).to.equal(before);
  });

  it('starts where an anchor is damaged or lost, and says the one that is damaged, once to the operators', async () => {
    const id = await world.approved();
    await anchored(id);
    lines[0] = '{"claim":';
    lines.pop();
    for (let start = 0; start < 3; start += 1) await (await started()).sweep();
    expect(errors()).to.include('Anchors are not as the desk wrote them; see npm run desk -- verify');
    expect(await readStandstill(documents)).to.equal(undefined);
    const told = world.messenger.sendings.flatMap(({ to, content }) =>
      content.kind === 'announcement' ? [[to.conversationId, content.what]] : [],
    );
    expect(told).to.deep.equal([[chatOf('otto'), { kind: 'anchorsDoubtful', anchors: 1 }]]);
  });

  it('says nothing of anchors that are of before there was a key to sign with, but how many they are', async () => {
    const id = await world.approved();
    await anchored(id);
    const newer = createSigner([{ seed: SIGNING_SEED, from: world.clock.now() + DAY }]);
    strip('ClaimSubmitted');
    strip('ClaimApproved');
    anchors = signedAnchors(memoryAnchorStore(lines), { signer: newer, clock: world.clock });
    await started();
    expect(errors()).to.deep.equal([]);
    expect(world.logged.map(({ sentence }) => sentence)).to.include('Anchors of earlier versions are not signed');
  });

  it('records each loss once, however often the operator tries', async () => {
    const id = await denialLost();
    await started();
    const losses = await findLosses(ports(), anchors.all());
    await recordLosses(ports(), losses, { replay: true });
    const once = (await world.record(id)).body.entries.length;
    await recordLosses(ports(), losses, { replay: true });
    expect((await world.record(id)).body.entries.length).to.equal(once);
  });
});
