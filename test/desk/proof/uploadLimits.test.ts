import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { PersonId, PoeId } from '../../../src/domain/claims/values.ts';
import type { Taken } from '../../../src/desk/proof/intake.ts';
import { createUploadGate } from '../../../src/desk/proof/uploadGate.ts';
import type { ClaimRoom } from '../../../src/desk/proof/uploadSlots.ts';
import { createUploadSlots, UPLOAD_SLOTS } from '../../../src/desk/proof/uploadSlots.ts';
import { RULES } from '../../domain/claims/scenario.ts';
import type { LinkUse } from '../../../src/desk/ports/proof.ts';
import { enterLink } from '../../support/inBrowser.ts';
import { createTurnedTimer } from '../../support/turnedTimer.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, WHO } from '../world.ts';

const MINUTE = 60_000;
const { maxPoe } = RULES.programme.policy;

/** A file that comes when the test lets it. */
function heldFile(text: string) {
  const { promise: until, resolve: come } = Promise.withResolvers<undefined>();
  const read = { isBegun: false };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    read.isBegun = true;
    await until;
    yield* bytesOf(text);
  }
  return { bytes: bytes(), come, read };
}

/** A new link as a browser uses it that has opened it. */
async function linkOf(
  { desk: { poe } }: DeskWorld,
  id: Awaited<ReturnType<DeskWorld['file']>>,
  who: keyof typeof WHO = 'anna',
): Promise<LinkUse> {
  const use = await enterLink(poe.uploads, (await poe.uploadLink(id, WHO[who])).split('/').at(-1) ?? '');
  return use.ok ? use : { link: '' };
}

const outcomes = (all: readonly Taken[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const one of all) {
    const name = one.ok ? 'taken' : one.problem;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

async function settled(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await nextTurn();
}

async function slotsOf({ documents }: DeskWorld, id: string): Promise<number> {
  const stored = await documents.inner.read<{ readonly slots: readonly unknown[] }>(UPLOAD_SLOTS, id);
  return stored?.body.slots.length ?? 0;
}

describe('Uploads are bounded (R9)', () => {
  it(`reads of 50 files at once at three instances only as many as the claim takes, ${maxPoe}`, async () => {
    const world = await openWorld();
    const id = await world.file();
    const instances = [world.another(), world.another(), world.another()] as const;
    const files = Array.from({ length: 50 }, (_, number) => heldFile(`file ${number}`));
    const taking = files.map(async ({ bytes }, number): Promise<Taken> => {
      const { poe } = instances[number % 3] ?? instances[0];
      return poe.uploads.take(await linkOf(world, id, number % 2 ? 'anna' : 'boris'), `${number}.pdf`, bytes);
    });
    await settled();
    expect(files.filter(({ read }) => read.isBegun)).to.have.length(maxPoe);
    expect(await slotsOf(world, id)).to.equal(maxPoe);
    for (const { come } of files) {
      come(undefined);
      await settled();
    }
    const { taken, ...refused } = outcomes(await Promise.all(taking));
    expect(taken).to.equal(maxPoe);
    expect(Object.keys(refused)).to.have.members(['placesTaken', 'tooManyAtOnce']);
    expect(await slotsOf(world, id)).to.equal(0);
    expect((await world.claim(id)).poe).to.have.length(maxPoe);
  });

  it('keeps the last places of a claim for those that came first', async () => {
    const world = await openWorld();
    const id = await world.file();
    for (let there = 0; there < maxPoe - 1; there += 1) await world.prove(id, `file ${there}`);
    const [first, second] = [heldFile('one'), heldFile('two')];
    const one = world.desk.poe.uploads.take(await linkOf(world, id), 'one.pdf', first.bytes);
    await settled();
    const other = await world.desk.poe.uploads.take(await linkOf(world, id, 'boris'), 'two.pdf', second.bytes);
    expect(other).to.deep.equal({ ok: false, problem: 'placesTaken' });
    expect(second.read.isBegun, 'nothing of it was read').to.equal(false);
    first.come(undefined);
    expect((await one).ok).to.equal(true);
    expect(await world.desk.poe.takeFile(WHO.boris, id, 'two.pdf', bytesOf('two'))).to.have.property(
      'problem',
      'tooMany',
    );
  });

  it('takes two at once by one link, wherever they come, and more when one has ended', async () => {
    const world = await openWorld();
    const id = await world.file();
    const other = world.another();
    const link = await linkOf(world, id);
    const [first, second] = [heldFile('one'), heldFile('two')];
    const one = world.desk.poe.uploads.take(link, 'one.pdf', first.bytes);
    const two = other.poe.uploads.take(link, 'two.pdf', second.bytes);
    await settled();
    for (const desk of [world.desk, other])
      expect(await desk.poe.uploads.take(link, 'three.pdf', bytesOf('three'))).to.deep.equal({
        ok: false,
        problem: 'tooManyAtOnce',
      });
    first.come(undefined);
    await one;
    expect((await world.desk.poe.uploads.take(link, 'three.pdf', bytesOf('three'))).ok).to.equal(true);
    second.come(undefined);
    expect((await two).ok).to.equal(true);
  });

  it('takes as many files of a chat', async () => {
    const world = await openWorld();
    const id = await world.file();
    const held = [heldFile('one'), heldFile('two')];
    const taking = held.map(({ bytes }, number) => world.desk.poe.takeFile(WHO.anna, id, `${number}.pdf`, bytes));
    await settled();
    const third = heldFile('three');
    expect(await world.desk.poe.takeFile(WHO.anna, id, 'three.pdf', third.bytes)).to.have.property(
      'problem',
      'tooManyAtOnce',
    );
    expect(third.read.isBegun).to.equal(false);
    for (const { come } of held) come(undefined);
    expect(outcomes(await Promise.all(taking))).to.deep.equal({ taken: 2 });
  });

  it('takes so many at once in a process, and so many bytes; what is announced counts, and the largest where nothing is', async () => {
    const world = await openWorld();
    const id = await world.file();
    const { settings } = world.world;
    const uploads = { ...settings.uploads, atOnce: 3, bytesAtOnce: 1_500 };
    const metered: [number, number][] = [];
    const desk = world.another({
      settings: { ...settings, uploads },
      meters: { ...world.world.meters, uploading: (files, bytes) => void metered.push([files, bytes]) },
    });
    const [large, small] = [heldFile('large'), heldFile('small')];
    const one = desk.poe.uploads.take(await linkOf(world, id), 'large.pdf', large.bytes);
    await settled();
    const link = await linkOf(world, id);
    expect(await desk.poe.uploads.take(link, 'a.pdf', bytesOf('a'))).to.have.property('problem', 'busy');
    expect(await desk.poe.uploads.take(link, 'a.pdf', bytesOf('a'), 501)).to.have.property('problem', 'busy');
    const two = desk.poe.uploads.take(link, 'small.pdf', small.bytes, 400);
    await settled();
    expect(metered).to.deep.equal([
      [1, 1_000],
      [2, 1_400],
    ]);
    expect((await desk.poe.uploads.take(link, 'third.pdf', bytesOf('third'), 5)).ok).to.equal(true);
    large.come(undefined);
    small.come(undefined);
    expect(outcomes(await Promise.all([one, two]))).to.deep.equal({ taken: 2 });
    expect(metered.at(-1)).to.deep.equal([0, 0]);
  });

  it('lets go of room and place however a file ends', async () => {
    const world = await openWorld();
    const id = await world.file();
    const timer = createTurnedTimer();
    const { settings } = world.world;
    const desk = world.another({ timer, settings: { ...settings, uploads: { ...settings.uploads, atOnce: 1 } } });
    const take = async (bytes: AsyncIterable<Uint8Array>, name = 'proof.pdf') =>
      desk.poe.uploads.take(await linkOf(world, id), name, bytes);
    async function* broken() {
      yield new Uint8Array(10);
      throw new Error('connection lost');
    }
    expect(await take(broken())).to.have.property('problem', 'interrupted');
    expect(await take(bytesOf('x'.repeat(1_001)))).to.have.property('problem', 'tooLarge');
    expect(await take(bytesOf('MZ'), 'proof.exe')).to.have.property('problem', 'kindNotAccepted');
    const stalled = take(heldFile('never').bytes);
    await settled();
    expect(await take(bytesOf('other'))).to.have.property('problem', 'busy');
    timer.turn(settings.uploads.patienceMs);
    expect(await stalled).to.deep.equal({ ok: false, problem: 'stalled' });
    world.inspection.answer = () => Promise.reject(new Error('no such program'));
    expect(await take(bytesOf('fault')).catch((error: unknown) => error)).to.be.instanceOf(Error);
    world.inspection.answer = async () => ({ ok: true, kind: 'pdf' });
    world.files.before = (key) => {
      if (key.startsWith('poe/')) throw new Error('disk full');
    };
    expect(await take(bytesOf('no disk'))).to.have.property('problem', 'interrupted');
    world.files.before = () => undefined;
    expect(await slotsOf(world, id)).to.equal(0);
    expect((await take(bytesOf('at last'))).ok).to.equal(true);
  });

  it('gives back the places of an instance that died, once they expire', async () => {
    const world = await openWorld();
    const id = await world.file();
    for (let there = 0; there < maxPoe - 1; there += 1) await world.prove(id, `file ${there}`);
    void world.another().poe.uploads.take(await linkOf(world, id), 'lost.pdf', heldFile('lost').bytes);
    await settled();
    const again = async () => world.desk.poe.takeFile(WHO.boris, id, 'new.pdf', bytesOf('new'));
    expect(await again()).to.have.property('problem', 'placesTaken');
    world.clock.turn(20 * MINUTE);
    expect((await again()).ok).to.equal(true);
  });

  it('counts a file once that is added while its place could not be given back', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id, 'a file');
    const added = (await world.claim(id)).poe;
    const poe = added[0]?.id as PoeId;
    const slots = createUploadSlots(world.world);
    expect(await slots.reserve(id, poe, 'link:1', async () => ({ claim: { poe: [] }, left: 2 }))).to.equal('reserved');
    const look = async (): Promise<ClaimRoom> => ({ claim: { poe: added }, left: 1 });
    expect(await slots.reserve(id, 'another' as PoeId, 'link:2', look)).to.equal('reserved');
    expect(await slots.reserve(id, 'a third' as PoeId, 'link:3', look)).to.equal('placesTaken');
  });

  it('takes no place where the claim takes nothing of the sender, and reads nothing', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const file = heldFile('more');
    expect(await world.desk.poe.takeFile(WHO.anna, id, 'more.pdf', file.bytes)).to.have.property('problem', 'closed');
    expect(await world.desk.poe.takeFile(WHO.tomas, id, 'more.pdf', file.bytes)).to.have.property('problem', 'foreign');
    expect(
      await world.desk.poe.takeFile(WHO.anna, 'CPOR-000000' as typeof id, 'more.pdf', file.bytes),
    ).to.have.property('problem', 'foreign');
    expect(file.read.isBegun).to.equal(false);
    expect(await slotsOf(world, id)).to.equal(0);
  });

  it('asks to send again where the store keeps no place', async () => {
    const world = await openWorld();
    const id = await world.file();
    world.documents.beforeWrite = async ({ kind }) => {
      if (kind === UPLOAD_SLOTS) throw new Error('out of order');
    };
    const file = heldFile('more');
    expect(await world.desk.poe.takeFile(WHO.anna, id, 'more.pdf', file.bytes)).to.have.property(
      'problem',
      'interrupted',
    );
    expect(file.read.isBegun).to.equal(false);
  });
});

describe('The gate of a process, in any order of comings and goings', () => {
  it('never has more files or bytes in it than it may, nor more of a sender', () => {
    const acts = fc.array(
      fc.record({ person: fc.nat(3), source: fc.nat(3), bytes: fc.nat(60), leaves: fc.option(fc.nat(9)) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(acts, (all) => {
        let seen: [number, number] = [0, 0];
        const gate = createUploadGate(
          { atOnce: 5, bytesAtOnce: 100 },
          { uploading: (files, bytes) => void (seen = [files, bytes]) },
        );
        const inside: { person: number; source: string; bytes: number; release: () => void }[] = [];
        for (const { person, source, bytes, leaves } of all) {
          if (leaves !== null) {
            const [gone] = inside.splice(leaves % (inside.length || 1), 1);
            gone?.release();
            gone?.release();
          }
          const name = `link:${person}-${source}` as const;
          const entered = gate.enter(String(person) as PersonId, name, bytes);
          const own = inside.filter((one) => one.person === person);
          const isOwnFull = own.length >= 4 || own.filter((one) => one.source === name).length >= 2;
          const sum = inside.reduce((total, one) => total + one.bytes, 0);
          const isFull = inside.length >= 5 || sum + bytes > 100;
          expect(typeof entered === 'string' ? entered : 'in').to.equal(
            isOwnFull ? 'tooManyAtOnce' : isFull ? 'busy' : 'in',
          );
          if (typeof entered !== 'string')
            inside.push({ person, source: name, bytes, release: () => entered.release() });
          expect(seen[0]).to.equal(inside.length);
          expect(seen[1]).to.equal(inside.reduce((total, one) => total + one.bytes, 0));
        }
      }),
    );
  });
});
