import { expect } from 'chai';
import type { ClaimId, PoeId } from '../../../src/domain/claims/values.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import type { ScanAnswer, Scanner } from '../../../src/desk/ports/scanner.ts';
import { inBrowser } from '../../support/inBrowser.ts';
import { createTurnedTimer } from '../../support/turnedTimer.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld, Name } from '../world.ts';
import { chatOf, openWorld, REVIEWS, WHO } from '../world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PENDING: ScanAnswer = { kind: 'unknown', problem: 'pending' };
const DOWN: ScanAnswer = { kind: 'unknown', problem: 'unreachable' };
const CLEAN: ScanAnswer = { kind: 'clean' };
const TOO_LARGE: ScanAnswer = { kind: 'unknown', problem: 'tooLarge' };
const BAD: ScanAnswer = { kind: 'malicious', threat: 'Eicar-Signature' };

/** A desk with a scanner that answers as it is told, for all files or for one. */
async function scannedWorld(kind: Partial<Pick<Scanner, 'isPrompt' | 'recheckMs'>> = {}) {
  const world = await openWorld();
  const timer = createTurnedTimer();
  const says = { all: PENDING, of: new Map<string, ScanAnswer>(), takesMs: 0 };
  const asked: string[] = [];
  const metered = { scans: [] as [waiting: number, overdue: number, isDown: boolean][], malicious: 0 };
  const scanner: Scanner = {
    name: 'defender',
    isPrompt: false,
    recheckMs: 0,
    ...kind,
    look: async (key) => {
      asked.push(key);
      timer.turn(says.takesMs);
      return says.of.get(key) ?? says.all;
    },
    ready: async () => true,
  };
  const desk = world.another({
    scanner,
    timer,
    meters: {
      ...world.world.meters,
      scans: ({ waiting, overdue, isDown }) => void metered.scans.push([waiting, overdue, isDown]),
      maliciousFile: () => void (metered.malicious += 1),
    },
  });
  const id = await world.file();
  return {
    ...world,
    desk,
    plain: world.desk,
    timer,
    says,
    asked,
    metered,
    id,
    async add(content: string, by: Name = 'anna') {
      const taken = await desk.poe.takeFile(WHO[by], id, `${content}.pdf`, bytesOf(content));
      await desk.idle();
      return taken;
    },
    async pass(ms = MINUTE) {
      world.clock.turn(ms);
      timer.turn(ms);
      await desk.sweep();
      await desk.idle();
    },
    async press(name: Name, request: Parameters<Desk['execute']>[2]) {
      const pressed = await desk.execute(WHO[name], id, request, { kind: 'none' });
      await desk.idle();
      return pressed.kind === 'refused' ? pressed.refusal.code : pressed.kind;
    },
    /** What comes of opening a document of the claim. */
    async open(name: Name, poe?: PoeId) {
      const of = poe ?? (await world.claim(id)).poe[0]?.id ?? ('' as PoeId);
      const link = await desk.poe.downloadLink(id, WHO[name], of);
      const opened = await inBrowser(desk.poe).downloads.open(link.split('/').at(-1) ?? '');
      return opened.ok ? 'sent' : opened.problem;
    },
  };
}

const scansOf = async (world: Pick<DeskWorld, 'claim'>, id: ClaimId) =>
  (await world.claim(id)).poe.map(({ scan }) => scan);

describe('The virus scan of files (R9)', () => {
  it('holds a file back until its scanner has said that it is clean: no one opens it, and it is no proof', async () => {
    const world = await scannedWorld();
    expect(await world.add('one')).to.deep.include({ ok: true, waits: true });
    expect(await scansOf(world, world.id)).to.deep.equal(['waiting']);
    expect(await world.open('anna')).to.equal('quarantined');
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('poeWaits');
    await world.pass();
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('poeWaits');
    world.says.all = CLEAN;
    await world.pass();
    expect(await scansOf(world, world.id)).to.deep.equal(['clean']);
    expect(await world.open('anna')).to.equal('sent');
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('done');
    expect(await world.open('arun')).to.equal('sent');
  });

  it('makes nothing clean because no one said otherwise, however long that lasts and whatever the scanner does', async () => {
    const world = await scannedWorld();
    await world.add('one');
    for (const answer of [PENDING, DOWN, { kind: 'unknown', problem: 'garbled' } as const]) {
      world.says.all = answer;
      for (let hours = 0; hours < 30; hours += 1) await world.pass(HOUR);
      expect(await scansOf(world, world.id)).to.deep.equal(['waiting']);
      expect(await world.open('anna')).to.equal('quarantined');
    }
  });

  it('asks again later and later, up to an hour, and of a scanner that is down for one file only', async () => {
    const world = await scannedWorld();
    await world.add('one');
    await world.add('two');
    world.asked.length = 0;
    const at: number[] = [];
    for (let minutes = 1; minutes <= 200; minutes += 1) {
      const before = world.asked.length;
      await world.pass();
      if (world.asked.length > before) at.push(minutes);
    }
    expect(at).to.deep.equal([1, 2, 4, 8, 16, 32, 64, 124, 184]);
    world.says.all = DOWN;
    world.asked.length = 0;
    for (let minutes = 0; minutes < 61; minutes += 1) await world.pass();
    const perRun = world.asked.length;
    expect(perRun).to.be.within(1, 4);
    expect(world.metered.scans).to.deep.include([2, 2, true]);
    expect(world.metered.scans.at(0)).to.deep.equal([2, 0, false]);
  });

  it('asks a scanner that hangs for one file only in each run, so that no sweep waits for all of them', async () => {
    const world = await scannedWorld();
    for (const name of ['one', 'two', 'three']) await world.add(name);
    world.says.all = { kind: 'unknown', problem: 'stalled' };
    world.asked.length = 0;
    await world.pass();
    expect(world.asked).to.have.length(1);
    expect(world.metered.scans.at(-1)).to.deep.equal([3, 0, true]);
  });

  it('leaves the rest to the next run where each answer takes long, so that no sweep waits for all of them', async () => {
    const world = await scannedWorld();
    for (const name of ['one', 'two', 'three', 'four']) await world.add(name);
    world.says.all = CLEAN;
    world.says.takesMs = 20_000;
    await world.pass();
    expect((await scansOf(world, world.id)).filter((scan) => scan === 'clean')).to.have.length(2);
    await world.pass();
    expect(await scansOf(world, world.id)).to.deep.equal(['clean', 'clean', 'clean', 'clean']);
  });

  it('looks at once where the scanner can: what is clean counts, what is bad is not taken, and the rest waits', async () => {
    const world = await scannedWorld({ isPrompt: true });
    world.says.all = CLEAN;
    expect(await world.add('one')).to.deep.equal({ ok: true, name: 'one.pdf', size: 3, kind: 'pdf' });
    world.says.all = BAD;
    expect(await world.add('two')).to.deep.equal({ ok: false, problem: 'malicious', culprit: 'Eicar-Signature' });
    world.says.all = DOWN;
    expect(await world.add('three')).to.deep.include({ ok: true, waits: true });
    expect(await scansOf(world, world.id)).to.deep.equal(['clean', 'waiting']);
    expect(world.files.keys('poe/')).to.have.length(2);
    expect(world.metered.malicious).to.equal(1);
  });

  it('refuses at once what is too large for a scanner that looks at once, and keeps nothing of it', async () => {
    const world = await scannedWorld({ isPrompt: true });
    world.says.all = TOO_LARGE;
    expect(await world.add('one')).to.deep.equal({ ok: false, problem: 'tooLargeToScan' });
    expect(world.files.keys('poe/')).to.deep.equal([]);
  });

  it('withdraws what waited and is too large: its submitter is told, and a smaller copy goes on', async () => {
    const world = await scannedWorld({ isPrompt: true });
    world.says.all = DOWN;
    await world.add('one');
    const [poe] = (await world.claim(world.id)).poe;
    expect(world.messenger.said(chatOf('anna'))).to.deep.equal([]);
    world.says.all = TOO_LARGE;
    await world.pass(HOUR);
    expect(await scansOf(world, world.id)).to.deep.equal(['tooLarge']);
    expect((await world.desk.look(WHO.anna, world.id))?.view.poe).to.deep.equal([]);
    expect(await world.open('anna', poe?.id)).to.equal('unscannable');
    expect(world.messenger.said(chatOf('anna'))).to.have.length(1);
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('poeMissing');
    world.says.all = CLEAN;
    await world.add('smaller');
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('done');
  });

  it('keeps closed what counted before there was a scanner and is too large for it; its proof is not taken away', async () => {
    const world = await scannedWorld({ isPrompt: true });
    await world.plain.poe.takeFile(WHO.anna, world.id, 'old.pdf', bytesOf('old'));
    world.says.all = TOO_LARGE;
    expect(await world.open('anna')).to.equal('notScannable');
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('done');
    expect(await world.open('arun')).to.equal('notScannable');
    await world.pass(HOUR);
    expect(await scansOf(world, world.id)).to.deep.equal([undefined]);
  });

  it('takes the same file again once it was withdrawn, and its scanner takes larger ones', async () => {
    const world = await scannedWorld({ isPrompt: true });
    world.says.all = DOWN;
    await world.add('one');
    expect(await world.add('one')).to.deep.include({ ok: false, problem: 'duplicate' });
    world.says.all = TOO_LARGE;
    await world.pass(HOUR);
    world.says.all = CLEAN;
    expect(await world.add('one')).to.deep.include({ ok: true });
    expect(await scansOf(world, world.id)).to.deep.equal(['tooLarge', 'clean']);
    expect(await world.add('one')).to.deep.include({ ok: false, problem: 'duplicate' });
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('done');
    expect(await world.open('arun', (await world.claim(world.id)).poe[1]?.id)).to.equal('sent');
  });

  it('takes no file again in which a virus was found, whatever its scanner says by now, and says so', async () => {
    const world = await scannedWorld();
    world.says.all = BAD;
    await world.add('one');
    await world.pass();
    expect(await scansOf(world, world.id)).to.deep.equal(['malicious']);
    for (const answer of [CLEAN, DOWN, BAD]) {
      world.says.all = answer;
      expect(await world.add('one')).to.deep.equal({ ok: false, problem: 'foundBadBefore' });
    }
    const bare = await world.plain.poe.takeFile(WHO.anna, world.id, 'other.pdf', bytesOf('one'));
    expect(bare).to.deep.equal({ ok: false, problem: 'foundBadBefore' });
    world.says.all = CLEAN;
    expect(await world.add('two')).to.deep.include({ ok: true });
  });

  it('withdraws from every view what is found bad later; its entry stays, and both sides are told', async () => {
    const world = await scannedWorld();
    world.says.all = CLEAN;
    await world.add('one');
    await world.pass();
    await world.press('anna', { type: 'SubmitClaim' });
    const [poe] = (await world.claim(world.id)).poe;
    world.says.all = BAD;
    expect(await world.open('arun', poe?.id)).to.equal('infected');
    await world.desk.idle();
    expect(await world.open('anna', poe?.id)).to.equal('infected');
    for (const name of ['anna', 'arun', 'lena'] as const)
      expect((await world.desk.look(WHO[name], world.id))?.view.poe, name).to.deep.equal([]);
    expect(await world.types(world.id)).to.include.members(['PoeAdded', 'PoeScanned']);
    for (const home of [REVIEWS, chatOf('anna')])
      expect(
        world.messenger.said(home).some((said) => said.includes('PoeScanned')),
        home,
      ).to.equal(true);
    // It was found clean once; that counts no more, and never again.
    world.says.all = CLEAN;
    await world.pass(HOUR);
    expect(await world.open('arun', poe?.id)).to.equal('infected');
  });

  it('is asked for when a file is opened that was never scanned; without an answer it stays closed', async () => {
    const world = await scannedWorld();
    const taken = await world.plain.poe.takeFile(WHO.anna, world.id, 'old.pdf', bytesOf('old'));
    expect(taken).to.not.have.property('waits');
    expect(await scansOf(world, world.id)).to.deep.equal([undefined]);
    world.says.all = DOWN;
    expect(await world.open('anna')).to.equal('quarantined');
    // What was proof before there was a scanner is proof still.
    expect(await world.press('anna', { type: 'SubmitClaim' })).to.equal('done');
    world.says.all = CLEAN;
    expect(await world.open('arun')).to.equal('sent');
    world.says.all = BAD;
    expect(await world.open('arun')).to.equal('infected');
  });

  it('goes by what it knew of a clean file while its scanner is down', async () => {
    const world = await scannedWorld();
    world.says.all = CLEAN;
    await world.add('one');
    await world.pass();
    world.says.all = DOWN;
    expect(await world.open('anna')).to.equal('sent');
  });

  it('is repeated, where it is dear, for files of some age only', async () => {
    const world = await scannedWorld({ isPrompt: true, recheckMs: 24 * HOUR });
    world.says.all = CLEAN;
    await world.add('one');
    world.says.all = BAD;
    world.clock.turn(23 * HOUR);
    expect(await world.open('anna')).to.equal('sent');
    world.clock.turn(HOUR);
    expect(await world.open('anna')).to.equal('infected');
  });

  it('keeps waiting what waited when scanning is switched off', async () => {
    const world = await scannedWorld();
    await world.add('one');
    const [poe] = (await world.claim(world.id)).poe;
    const link = await world.plain.poe.downloadLink(world.id, WHO.anna, poe?.id ?? ('' as PoeId));
    const opened = await inBrowser(world.plain.poe).downloads.open(link.split('/').at(-1) ?? '');
    expect(opened).to.deep.include({ ok: false, problem: 'quarantined' });
    await world.plain.sweep();
    expect(await scansOf(world, world.id)).to.deep.equal(['waiting']);
  });

  it('of a draft that was discarded is asked for no more', async () => {
    const world = await scannedWorld();
    await world.add('one');
    await world.press('anna', { type: 'DiscardDraft' });
    world.asked.length = 0;
    await world.pass(HOUR);
    expect(world.asked).to.deep.equal([]);
  });

  it('goes on with the others where one claim cannot be read, and never fails a sweep', async () => {
    const world = await scannedWorld();
    await world.add('one');
    const other = await world.file();
    await world.desk.poe.takeFile(WHO.anna, other, 'two.pdf', bytesOf('two'));
    await world.breakBody(world.id);
    world.says.all = CLEAN;
    await world.pass();
    expect(await scansOf(world, other)).to.deep.equal(['clean']);
  });
});
