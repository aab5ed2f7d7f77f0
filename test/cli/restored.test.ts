import { expect } from 'chai';
import { erasePersonCommand } from '../../src/cli/commands/erasePerson.ts';
import { restored } from '../../src/cli/commands/restored.ts';
import { verify } from '../../src/cli/commands/verify.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { beginStandstill, readStandstill } from '../../src/desk/life/standstill.ts';
import { anchorOf } from '../../src/desk/records/anchoring.ts';
import { foldEntries } from '../../src/desk/records/claimRecord.ts';
import { RewindableDocuments } from '../fuzz/rewindableDocuments.ts';
import { memoryAnchors } from '../support/memoryAnchors.ts';
import { openWorld, WHO } from '../desk/world.ts';
import { SIGNER } from '../support/signer.ts';
import { contextOf } from './commandContext.ts';

/** A desk whose customer denied after the backup that was restored, and the command line on it. */
async function working({ answer = true, hasAnchors = true, isLost = true } = {}) {
  const documents = new RewindableDocuments();
  const world = await openWorld({ documents });
  const lines: string[] = [];
  const anchors = memoryAnchors(lines);
  const id = await world.approved();
  documents.seal();
  await world.must('dana', id, { type: 'DenyConsent', reason: '' });
  const { entries } = (await world.record(id)).body;
  for (const [index, entry] of entries.entries()) {
    const anchor = anchorOf(foldEntries(entries.slice(0, index + 1)), entry);
    if (anchor) await anchors.append(anchor);
  }
  if (isLost) documents.rewind();
  const shown: { readonly text: string; readonly value: unknown }[] = [];
  const context = contextOf(world, {
    ports: { ...world.world, signer: SIGNER, ...(hasAnchors && { anchors }) },
    operator: { user: 'root', name: 'Otto' },
    show: (text, value) => void shown.push({ text, value }),
    confirm: () => Promise.resolve(answer),
  });
  const acts = async () => (await operatorActs(world.documents)).map(({ what, outcome }) => [what, outcome]);
  return { world, id, context, shown, acts, lines };
}
const LOOK = { confirm: false, replay: false, 'signed-only': false };

describe('desk restored', () => {
  it('says what is lost, and changes nothing', async () => {
    const { world, id, context, shown, acts } = await working();
    const before = await world.record(id);
    expect(await restored.run(context, LOOK)).to.equal('failed');
    expect(shown[0]?.text).to.include('1 claim lacks 1 decision').and.include(id).and.include('ConsentDenied');
    expect(await world.record(id)).to.deep.equal(before);
    expect(await acts()).to.deep.equal([]);
  });

  it('asks, records, ends the standstill, and is journaled', async () => {
    const { world, id, context, acts } = await working();
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    expect(await restored.run(context, { ...LOOK, replay: true })).to.equal('done');
    expect((await world.record(id)).claim.status).to.equal('Rejected');
    expect((await readStandstill(world.documents))?.ended).to.deep.include({ how: 'replayed' });
    expect(await acts()).to.deep.equal([
      ['endStandstill', 'begun'],
      ['endStandstill', 'done'],
    ]);
    expect(await restored.run(context, LOOK)).to.equal('done');
  });

  it('changes nothing where the question is answered with no', async () => {
    const { world, id, context, acts } = await working({ answer: false });
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    expect(await restored.run(context, { ...LOOK, confirm: true })).to.equal('failed');
    expect((await world.record(id)).claim.lost).to.deep.equal([]);
    expect((await readStandstill(world.documents))?.ended).to.be.undefined;
    expect(await acts()).to.deep.equal([['endStandstill', 'declined']]);
  });

  it('leaves the standstill to the version that wrote one of the claims, and goes on once that can be read', async () => {
    const { world, id, context, shown, acts } = await working();
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    const stored = await world.documents.read<object>('claim', id);
    if (!stored) throw new Error('there is no claim');
    const put = async (body: object): Promise<void> => {
      const now = await world.documents.read('claim', id);
      await world.documents.replace({ ...stored, kind: 'claim', body, keys: [] }, now?.etag ?? '');
    };
    await put({ ...stored.body, schema: 99 });
    for (const choice of [LOOK, { ...LOOK, confirm: true }, { ...LOOK, replay: true }]) {
      expect(await restored.run(context, choice)).to.equal('failed');
      expect(shown.at(-1)?.text).to.include(`A newer version of the desk wrote ${id}.`);
    }
    expect((await readStandstill(world.documents))?.ended).to.equal(undefined);
    expect(await acts()).to.deep.equal([
      ['endStandstill', 'refused'],
      ['endStandstill', 'refused'],
    ]);
    await put(stored.body);
    expect(await restored.run(context, { ...LOOK, replay: true })).to.equal('done');
    expect((await world.record(id)).claim.status).to.equal('Rejected');
  });

  it('says that there are no anchors, and that nothing is lost', async () => {
    const without = await working({ hasAnchors: false });
    expect(await restored.run(without.context, LOOK)).to.equal('failed');
    expect(without.shown[0]?.text).to.include('ANCHORS_FILE');
    const well = await working({ isLost: false });
    expect(await restored.run(well.context, LOOK)).to.equal('done');
  });

  it('marks what an anchor tells that the desk did not sign, and leaves it out for good where it is told to', async () => {
    const { world, id, context, shown, lines } = await working();
    for (const [index, line] of lines.entries()) {
      const { signature: _, ...anchor } = JSON.parse(line) as { readonly signature: object };
      lines[index] = JSON.stringify(anchor);
    }
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    expect(await restored.run(context, LOOK)).to.equal('failed');
    expect(shown[0]?.text).to.match(/ConsentDenied {2}by \S+ {2}NOT SIGNED by this desk/);
    expect(await restored.run(context, { ...LOOK, confirm: true, 'signed-only': true })).to.equal('done');
    expect((await world.record(id)).claim.lost).to.deep.equal([]);
    expect(await restored.run(context, LOOK)).to.equal('done');
    expect((await readStandstill(world.documents))?.ended).to.deep.include({ how: 'confirmed' });
  });

  it('leaves out what it listed, and not what came among the anchors while the operator read', async () => {
    const { context, lines, shown, world } = await working({ isLost: false });
    const { signature: _, ...last } = JSON.parse(lines.at(-1) ?? '') as { readonly version: number; signature: object };
    const newest = last.version;
    const made = (version: number, hash: string): string =>
      JSON.stringify({ ...last, version, hash: hash.repeat(64), event: 'ConsentDenied' });
    lines.push(made(newest + 1, 'e'));
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    const confirm = (): Promise<boolean> => {
      lines.push(made(newest + 2, 'f'));
      return Promise.resolve(true);
    };
    const choice = { ...LOOK, confirm: true, 'signed-only': true };
    expect(await restored.run({ ...context, confirm }, choice)).to.equal('done');
    const unsigned = (await readStandstill(world.documents))?.unsigned ?? [];
    expect(unsigned.map((name) => name.includes('e'.repeat(64)))).to.deep.equal([true]);
    expect(await restored.run(context, LOOK), 'what was not shown is told of').to.equal('failed');
    expect(shown.at(-1)?.text)
      .to.include(`version ${newest + 2}`)
      .and.not.include(`version ${newest + 1} `);
  });

  it('goes on by the mark of the list that was looked at, and by no other', async () => {
    const { world, id, context, shown, lines } = await working();
    await restored.run(context, LOOK);
    const { list } = shown.at(-1)?.value as { readonly list: string };
    expect(shown.at(-1)?.text).to.include(`--shown ${list}`);
    const { signature: _, ...last } = JSON.parse(lines.at(-1) ?? '') as { readonly version: number; signature: object };
    lines.push(JSON.stringify({ ...last, version: last.version + 1, hash: 'f'.repeat(64) }));
    const before = await world.record(id);
    expect(await restored.run(context, { ...LOOK, confirm: true, shown: list })).to.equal('failed');
    expect(shown.at(-1)?.text).to.include('not the list that was looked at');
    expect(await world.record(id)).to.deep.equal(before);
    const { list: now } = shown.at(-1)?.value as { readonly list: string };
    expect(now).not.to.equal(list);
    expect(await restored.run(context, { ...LOOK, confirm: true, shown: now })).to.equal('done');
  });

  it('is not let go on unasked without the mark of the list that was seen', () => {
    for (const how of [{ confirm: true }, { replay: true }, { confirm: true, 'signed-only': true }]) {
      const values = { ...LOOK, ...how, json: false, yes: true };
      expect(restored.program.check?.(values)).to.include('give --shown MARK with --yes').and.include('restored');
      expect(restored.program.check?.({ ...values, shown: '0123456789abcdef' })).to.equal(undefined);
      expect(restored.program.check?.({ ...values, yes: false }), 'who is asked sees the list').to.equal(undefined);
    }
    expect(restored.program.check?.({ ...LOOK, json: false, yes: true }), 'it changes nothing').to.equal(undefined);
  });

  it('says what no anchor tells of, and the operator does again', async () => {
    const { context, shown } = await working();
    await restored.run(context, LOOK);
    for (const what of ['erase-person', 'legal holds', 'directory file']) expect(shown[0]?.text).to.include(what);
  });

  it('takes one of --confirm and --replay', () => {
    expect(restored.program.check?.({ ...LOOK, confirm: true, replay: true, json: false, yes: false })).to.include(
      'not both',
    );
  });

  it('is asked for first where a store is behind its anchors that no desk has been started on yet', async () => {
    const { world, context, shown, acts } = await working();
    const before = (await world.people.personOf(WHO.emil)).email;
    expect(await erasePersonCommand.run(context, { person: WHO.emil, plan: false })).to.equal('failed');
    expect(shown[0]?.text).to.include('see `npm run desk -- restored` first');
    expect((await world.people.personOf(WHO.emil)).email).to.equal(before);
    expect(await acts()).to.deep.equal([['erasePerson', 'refused']]);
  });
});

describe('desk verify', () => {
  it('is well on a clean store, and names the older state and the first broken entry', async () => {
    const well = await working({ isLost: false });
    expect(await verify.run(well.context, {})).to.equal('done');
    expect(well.shown[0]?.text).to.include('All is as the desk wrote it.');
    const older = await working();
    expect(await verify.run(older.context, {})).to.equal('failed');
    expect(older.shown[0]?.text).to.include(older.id).and.include('an older state').and.include('ConsentDenied');
    const stored = await older.world.documents.read<{ entries: { event: { at: number } }[] }>('claim', older.id);
    const body = structuredClone(stored?.body ?? expect.fail('the claim is there'));
    const second = body.entries[1] ?? expect.fail('it has entries');
    second.event.at += 1;
    await older.world.documents.replace({ kind: 'claim', id: older.id, body, keys: [] }, stored?.etag ?? '');
    expect(await verify.run(older.context, {})).to.equal('failed');
    expect(older.shown[1]?.text).to.include(`${older.id}: entry 2 is the first`);
  });

  it('finds nothing in an older state once what it lacks is recorded in its claims', async () => {
    const { world, id, context, shown } = await working();
    await beginStandstill(world.world, { claims: 1, decisions: 1 });
    expect(await restored.run(context, { ...LOOK, confirm: true })).to.equal('done');
    expect((await world.types(id)).at(-1)).to.equal('StateRestored');
    expect(await verify.run(context, {}), shown.at(-1)?.text).to.equal('done');
  });
});
