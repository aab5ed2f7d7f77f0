import { expect } from 'chai';
import { doctor } from '../../src/cli/commands/doctor.ts';
import { scans } from '../../src/cli/commands/scans.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import type { ScanAnswer, Scanner } from '../../src/desk/ports/scanner.ts';
import { bytesOf } from '../desk/filesFake.ts';
import { chatOf, openWorld, WHO } from '../desk/world.ts';
import { contextOf } from './commandContext.ts';

const HOUR = 3_600_000;
const DOWN: ScanAnswer = { kind: 'unknown', problem: 'unreachable' };

/** Two claims with a file each that waits, and the command line on their desk, with its scanner or without. */
async function waiting({ isScanned = false, answer = true, hours = 2 } = {}) {
  const world = await openWorld();
  const says = new Map<string, ScanAnswer>();
  const scanner: Scanner = {
    name: 'clamd',
    isPrompt: true,
    recheckMs: HOUR,
    look: async (key) => says.get(key) ?? DOWN,
    ready: async () => true,
  };
  const desk = world.another({ scanner });
  const ids = [await world.file(), await world.file()] as const;
  for (const id of ids) await desk.poe.takeFile(WHO.anna, id, 'proof.pdf', bytesOf(id));
  await desk.idle();
  world.clock.turn(hours * HOUR);
  const shown: { readonly text: string; readonly value: unknown }[] = [];
  const asked: string[] = [];
  const context = contextOf(world, {
    ports: { ...contextOf(world, { show: () => undefined }).ports, ...(isScanned && { scanner }) },
    show: (text, value) => void shown.push({ text, value }),
    confirm: async (question) => {
      asked.push(question);
      return answer;
    },
  });
  const scanned = async () =>
    Promise.all(ids.map(async (id) => (await world.claim(id)).poe.map(({ scan }) => scan).join()));
  const keyOf = async (id: (typeof ids)[number]) => `poe/${id}/${(await world.claim(id)).poe[0]?.id ?? ''}`;
  const acts = async () =>
    (await operatorActs(world.documents)).map(({ what, about, outcome, detail }) => [what, about, outcome, detail]);
  return { world, desk, ids, says, context, shown, asked, scanned, keyOf, acts };
}

const nothing = { accept: false, claim: undefined };

describe('desk scans (R9)', () => {
  it('says that no file waits', async () => {
    const world = await openWorld();
    await world.submitted();
    const shown: string[] = [];
    expect(await scans.run(contextOf(world, { show: (text) => void shown.push(text) }), nothing)).to.equal('done');
    expect(shown).to.deep.equal(['No file waits for its virus scan.']);
  });

  it('lists what waits where scanning was switched off, since when and why, and the way out; it changes nothing', async () => {
    const { context, shown, asked, scanned, acts } = await waiting();
    expect(await scans.run(context, nothing)).to.equal('failed');
    expect(shown[0]?.text).to.match(
      /^CPOR-\w{6} \S+: waits for 2 hours; the desk has no scanner: see MALWARE_SCAN\nCPOR-[^]*scans --accept$/,
    );
    expect([asked, await acts(), await scanned()]).to.deep.equal([[], [], ['waiting', 'waiting']]);
  });

  it('lets them count, asks first and is journaled; both sides are told, and a claim that waited is submitted', async () => {
    const { world, ids, context, asked, scanned, acts } = await waiting();
    const [id] = ids;
    expect(world.messenger.said(chatOf('anna'))).to.deep.equal([]);
    expect(await scans.run(context, { accept: true, claim: undefined })).to.equal('done');
    expect(asked[0]).to.contain('Let 2 files count without a virus scan?');
    expect(await scanned()).to.deep.equal(['unscanned', 'unscanned']);
    expect(await acts()).to.deep.equal([
      ['acceptUnscanned', 'desk', 'begun', '2'],
      ['acceptUnscanned', 'desk', 'done', '2'],
    ]);
    await world.desk.sweep();
    await world.desk.idle();
    expect(world.messenger.said(chatOf('anna'))).to.have.length(2);
    const pressed = await world.desk.execute(WHO.anna, id, { type: 'SubmitClaim' }, { kind: 'none' });
    expect(pressed.kind).to.equal('done');
  });

  it('changes nothing where the answer is no, and is journaled too', async () => {
    const { context, scanned, acts } = await waiting({ answer: false });
    expect(await scans.run(context, { accept: true, claim: undefined })).to.equal('failed');
    expect(await scanned()).to.deep.equal(['waiting', 'waiting']);
    expect(await acts()).to.deep.equal([['acceptUnscanned', 'desk', 'declined', '2']]);
  });

  it('lets only those of the claim that is named count', async () => {
    const { ids, context, scanned, acts } = await waiting();
    expect(await scans.run(context, { accept: true, claim: ids[1] })).to.equal('done');
    expect(await scanned()).to.deep.equal(['waiting', 'unscanned']);
    expect((await acts()).at(-1)).to.deep.equal(['acceptUnscanned', ids[1], 'done', '1']);
  });

  it('overrules nothing that the scanner has found: a virus, a clean file and one too large are left to the desk', async () => {
    const answers: readonly (readonly [ScanAnswer, RegExp])[] = [
      [{ kind: 'malicious' }, /a virus was found/],
      [{ kind: 'clean' }, /it is clean/],
      [{ kind: 'unknown', problem: 'tooLarge' }, /larger than its scanner takes/],
    ];
    for (const [found, why] of answers) {
      const { ids, says, keyOf, context, shown, scanned } = await waiting({ isScanned: true });
      says.set(await keyOf(ids[0]), found);
      expect(await scans.run(context, { accept: true, claim: ids[0] })).to.equal('failed');
      expect(shown[0]?.text).to.match(why);
      expect(await scans.run(context, { accept: true, claim: undefined })).to.equal('done');
      expect(await scanned()).to.deep.equal(['waiting', 'unscanned']);
    }
  });

  it('lets a file of a named claim be opened that counted before there was a scanner, which finds it too large', async () => {
    const { world, ids, says, context, shown, acts } = await waiting({ isScanned: true });
    const [id] = ids;
    await world.desk.poe.takeFile(WHO.anna, id, 'old.pdf', bytesOf('old'));
    const [, old] = (await world.claim(id)).poe;
    says.set(`poe/${id}/${old?.id ?? ''}`, { kind: 'unknown', problem: 'tooLarge' });
    await scans.run(context, nothing);
    expect(shown[0]?.text).to.not.contain(old?.id);
    await scans.run(context, { accept: false, claim: id });
    expect(shown[1]?.text)
      .to.contain(`${id} ${old?.id ?? ''}: `)
      .and.contain('it counts, but it is larger than its scanner');
    expect(await scans.run(context, { accept: true, claim: id })).to.equal('done');
    expect((await world.claim(id)).poe.map(({ scan }) => scan)).to.deep.equal(['unscanned', 'unscanned']);
    expect((await acts()).at(-1)).to.deep.equal(['acceptUnscanned', id, 'done', '2']);
  });

  it('is named by doctor where files wait and no scanner is there, or wait for long', async () => {
    const lineOf = async (isScanned: boolean, hours = 2): Promise<string> => {
      const { context, shown } = await waiting({ isScanned, hours });
      await doctor.run(context, {});
      return (shown[0]?.text ?? '').split('\n').find((line) => line.includes('wait for their virus scan')) ?? '';
    };
    expect(await lineOf(false)).to.match(
      /^problem .*: 2, the oldest for 2 hours; there is no scanner.*`scans` says why/,
    );
    expect(await lineOf(true)).to.match(/^problem .*: 2, the oldest for 2 hours; `scans` says why/);
    expect(await lineOf(true, 0.5)).to.match(/^note .*: 2, the oldest for 30 minutes$/);
  });
});
