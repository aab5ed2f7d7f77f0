import { expect } from 'chai';
import type { Desk } from '../../../src/desk/desk.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import type { Files } from '../../../src/desk/ports/files.ts';
import type { ClaimId, PoeId } from '../../../src/domain/claims/values.ts';
import { claimDocument } from '../../../src/desk/records/claimRecord.ts';
import { ClockError } from '../../../src/stores/cosmos/clockCheck.ts';
import { DAY, HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, WHO } from '../world.ts';

const INTENT = 'fileIntent';

const take = (desk: Desk, id: ClaimId, content = 'proof') =>
  desk.poe.takeFile(WHO.anna, id, 'proof.pdf', bytesOf(content));

/** What the history of a claim names, and what there is. */
async function namedAndThere(world: DeskWorld, id: ClaimId) {
  const named = (await world.record(id)).body.entries.flatMap(({ event }) =>
    event.type === 'PoeAdded' ? [`poe/${id}/${event.poe.id}`] : [],
  );
  return { named: named.sort(), there: [...world.files.keys('poe/')].sort() };
}

/** An instance whose n-th call to store or files, counted from 1, never returns: before it took effect, or after. */
function dyingAt(world: DeskWorld, nth: number, when: 'before' | 'after') {
  let calls = 0;
  let isDead = false;
  const reached: { readonly died: Promise<void>; die(): void } = withResolver();
  const never = new Promise<never>(() => undefined);
  const counted = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (isDead) return never;
    calls += 1;
    if (calls !== nth) return call();
    if (when === 'after') await call();
    isDead = true;
    reached.die();
    return never;
  };
  const { documents, files } = world.world;
  const dying: { readonly documents: Documents; readonly files: Files } = {
    documents: {
      ...documents,
      create: (document) => counted(() => documents.create(document)),
      read: (kind, id) => counted(() => documents.read(kind, id)),
      replace: (document, etag) => counted(() => documents.replace(document, etag)),
      find: (find) => counted(() => documents.find(find)),
      scan: (scan) => counted(() => documents.scan(scan)),
    },
    files: {
      put: (key, bytes) => counted(() => files.put(key, bytes)),
      open: (key) => counted(() => files.open(key)),
      remove: (key) => counted(() => files.remove(key)),
      list: (prefix) => files.list(prefix),
    },
  };
  return { desk: world.another(dying), died: reached.died };
}

function withResolver() {
  let die = (): void => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  return { died, die: () => die() };
}

/** Ends by `work`, or by the death of the instance. */
async function untilDeath(work: Promise<unknown>, died: Promise<void>): Promise<'done' | 'died'> {
  return Promise.race([work.then(() => 'done' as const), died.then(() => 'died' as const)]);
}

describe('The intent to store a file', () => {
  it('is stored before the file is, and closed once the claim names the file', async () => {
    const world = await openWorld();
    const id = await world.file();
    const written: string[] = [];
    world.documents.afterWrite = ({ kind, body, keys, keepMs }) => {
      if (kind === INTENT) written.push(`${(body as { state: string }).state} ${keys.length} ${keepMs ?? 'kept'}`);
      if (kind === 'claim') written.push('claim');
    };
    world.files.before = (key) => void written.push(key.split('/')[0] ?? '');
    const remove = world.files.remove.bind(world.files);
    world.files.remove = async (key) => {
      written.push(`without ${key.split('/')[0] ?? ''}`);
      await remove(key);
    };
    await world.prove(id);
    expect(written.slice(0, 5)).to.deep.equal(['open 1 kept', 'incoming', 'poe', 'without incoming', 'claim']);
    expect(written).to.include(`closed 0 ${DAY}`);
    expect(world.files.keys('incoming/')).to.deep.equal([]);
  });

  it('keeps a file out of its claim once it has expired, at every try', async () => {
    const world = await openWorld();
    const id = await world.file();
    world.documents.beforeWrite = async ({ kind }) => {
      if (kind !== 'claim') return;
      world.documents.beforeWrite = () => undefined;
      // Someone else writes first, and an hour passes before the second try.
      const stored = await world.documents.inner.read<object>('claim', id);
      const { claim, body } = await world.record(id);
      await world.documents.inner.replace(claimDocument(world.world, claim, body), stored?.etag ?? '');
      world.clock.turn(HOUR);
    };
    expect(await take(world.desk, id)).to.deep.equal({ ok: false, problem: 'interrupted' });
    expect(await namedAndThere(world, id)).to.deep.equal({ named: [], there: [] });
  });

  it('of half an hour ago is good', async () => {
    const world = await openWorld();
    const id = await world.file();
    world.inspection.answer = async () => {
      world.clock.turn(HOUR / 2);
      expect(await world.another().poe.clean()).to.deep.equal({ removed: 0, quarantined: 0 });
      return { ok: true, kind: 'pdf' };
    };
    await world.prove(id);
    world.clock.turn(3 * HOUR);
    expect(await world.another().poe.clean()).to.deep.equal({ removed: 0, quarantined: 0 });
    expect((await namedAndThere(world, id)).there).to.have.length(1);
  });

  for (const when of ['before', 'after'] as const) {
    it(`lets an upload die at any call, ${when} it took effect: the claim names what is there, and else a file stays only in quarantine`, async () => {
      let deaths = 0;
      let begun = 0;
      for (let nth = 1; ; nth += 1) {
        const world = await openWorld();
        const id = await world.file();
        const { desk, died } = dyingAt(world, nth, when);
        if ((await untilDeath(take(desk, id), died)) === 'done') break;
        deaths += 1;
        world.clock.turn(2 * HOUR);
        const { quarantined } = await world.desk.poe.clean();
        begun += quarantined;
        const { named, there } = await namedAndThere(world, id);
        expect(there, `at call ${nth}`).to.have.length(named.length + quarantined);
        expect(there, `at call ${nth}`).to.include.members(named);
        const left = await world.documents.find({ kind: INTENT, name: 'intent', value: '', limit: 9 });
        expect(left.documents, `at call ${nth}`).to.deep.equal([]);
      }
      expect(deaths).to.be.above(5);
      // Between the note of the files and the claim lie the reads before the claim is written.
      expect(begun).to.be.within(1, 6);
    });

    it(`lets a cleaning die at any call, ${when} it took effect: the next one ends what it began`, async () => {
      let deaths = 0;
      for (let nth = 1; ; nth += 1) {
        const world = await openWorld();
        const id = await world.file();
        await world.prove(id);
        await leaveOrphan(world, id);
        world.clock.turn(3 * HOUR);
        const { desk, died } = dyingAt(world, nth, when);
        if ((await untilDeath(desk.poe.clean(), died)) === 'done') break;
        deaths += 1;
        await world.desk.poe.clean();
        const { named, there } = await namedAndThere(world, id);
        expect([named.length, there], `at call ${nth}`).to.deep.equal([1, named]);
      }
      expect(deaths).to.be.above(8);
    });
  }

  it('holds against the cleaning for a writer who is held up at any call, and whose clock stands still meanwhile', async () => {
    for (let nth = 1; ; nth += 1) {
      const world = await openWorld();
      const id = await world.file();
      const slow = { now: () => world.clock.now() };
      const frozenAt = world.clock.now();
      let calls = 0;
      let isPast = false;
      const cleanMeanwhile = async (): Promise<void> => {
        calls += 1;
        if (calls !== nth) return;
        isPast = true;
        world.clock.turn(5 * HOUR);
        await world.another().poe.clean();
      };
      const { documents, files } = world.world;
      const writer = world.another({
        clock: { now: () => (isPast ? frozenAt : slow.now()) },
        documents: {
          ...documents,
          create: (document) => cleanMeanwhile().then(() => documents.create(document)),
          read: (kind, key) => cleanMeanwhile().then(() => documents.read(kind, key)),
          replace: (document, etag) => cleanMeanwhile().then(() => documents.replace(document, etag)),
          find: (find) => documents.find(find),
          scan: (scan) => documents.scan(scan),
        },
        files: {
          put: (key, bytes) => cleanMeanwhile().then(() => files.put(key, bytes)),
          open: (key) => files.open(key),
          remove: (key) => cleanMeanwhile().then(() => files.remove(key)),
          list: (prefix) => files.list(prefix),
        },
      });
      await take(writer, id);
      const { named, there } = await namedAndThere(world, id);
      expect(there, `at call ${nth}`).to.include.members(named);
      if (!isPast) break;
    }
  });
});

/** As a crash leaves it between file and claim. */
async function leaveOrphan(world: DeskWorld, id: ClaimId): Promise<string> {
  const before = new Set(world.files.keys('poe/'));
  world.inspection.answer = () => new Promise(() => undefined);
  void take(world.desk, id, `orphan ${before.size}`);
  for (let key: string | undefined; ; ) {
    await new Promise((resolve) => setImmediate(resolve));
    key = world.files.keys('poe/').find((one) => !before.has(one));
    if (key === undefined) continue;
    world.inspection.answer = async () => ({ ok: true, kind: 'pdf' });
    return key;
  }
}

/** As a crash leaves it between note and file. */
async function leaveNote(world: DeskWorld, id: ClaimId): Promise<void> {
  const { files } = world.world;
  const { died: noted, die } = withResolver();
  const dying: Files = {
    put: async (key, bytes) => {
      await files.put(key, bytes);
      die();
      return new Promise<never>(() => undefined);
    },
    open: (key) => files.open(key),
    remove: (key) => files.remove(key),
    list: (prefix) => files.list(prefix),
  };
  void take(world.another({ files: dying }), id);
  await noted;
}

describe('The cleaning', () => {
  it('removes a file whose intent expired two hours ago, and no other', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    await world.prove(id, 'removed');
    const removed = (await world.claim(id)).poe[1]?.id ?? ('' as PoeId);
    await world.must('anna', id, { type: 'RemovePoe', id: removed });
    const orphan = await leaveOrphan(world, id);
    world.clock.turn(2 * HOUR - 1);
    expect(await world.desk.poe.clean(), 'an hour, and one of grace').to.deep.equal({ removed: 0, quarantined: 0 });
    world.clock.turn(1);
    const young = await leaveOrphan(world, id);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    expect(world.files.keys('poe/')).to.include(young).and.not.to.include(orphan);
    expect(world.files.keys('poe/')).to.have.length(3);
  });

  it('changes nothing of a claim whose orphan it removes', async () => {
    const world = await openWorld();
    const id = await world.file();
    const before = await world.record(id);
    await leaveOrphan(world, id);
    world.clock.turn(2 * HOUR);
    await world.desk.poe.clean();
    expect((await world.record(id)).body).to.deep.equal(before.body);
  });

  it('removes nothing where the claim is missing: the file is quarantined', async () => {
    const world = await openWorld();
    const [id, other] = [await world.file(), await world.file()];
    await world.prove(other);
    const orphan = await leaveOrphan(world, id);
    world.clock.turn(2 * HOUR);
    const { documents } = world.world;
    const without = { ...hidden(documents, (kind, key) => kind === 'claim' && key === id) };
    expect(await world.another({ documents: without }).poe.clean()).to.deep.equal({ removed: 0, quarantined: 1 });
    expect(world.files.keys('poe/')).to.include(orphan);
  });

  it('removes nothing of a claim that cannot be read, and goes on with the others', async () => {
    const world = await openWorld();
    const [broken, sound] = [await world.file(), await world.file()];
    const kept = await leaveOrphan(world, broken);
    await leaveOrphan(world, sound);
    await world.breakBody(broken);
    world.clock.turn(2 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    expect(world.files.keys('poe/')).to.deep.equal([kept]);
    expect(world.logged.some(({ level, fields }) => level === 'error' && 'claim' in fields)).to.equal(true);
  });

  it('removes a file also days later, once it can', async () => {
    const world = await openWorld();
    await leaveOrphan(world, await world.file());
    world.clock.turn(30 * DAY);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    expect(world.files.keys()).to.deep.equal(['pair']);
  });

  it('removes nothing of which the files say that it was added: the database is older', async () => {
    const world = await openWorld();
    const orphan = await leaveOrphan(world, await world.file());
    await world.files.remove(orphan.replace('poe/', 'incoming/'));
    world.clock.turn(2 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 1 });
    expect(world.files.keys('poe/')).to.deep.equal([orphan]);
  });

  it('removes nothing of a claim that was put back to before the file, while no intent of it could be closed', async () => {
    const world = await openWorld();
    const id = await world.file();
    const before = await world.documents.inner.read<object>('claim', id);
    const remove = world.files.remove.bind(world.files);
    let isAdded = false;
    world.documents.afterWrite = ({ kind }) => {
      isAdded ||= kind === 'claim';
    };
    world.documents.beforeWrite = ({ kind }) => {
      if (kind === INTENT && isAdded) throw new Error('no store');
    };
    world.files.remove = async (key) => (isAdded ? Promise.reject(new Error('no files')) : remove(key));
    await world.prove(id);
    world.documents.beforeWrite = () => undefined;
    world.files.remove = remove;
    const [file] = world.files.keys('poe/');
    const now = await world.documents.inner.read<object>('claim', id);
    await world.documents.inner.replace({ kind: 'claim', id, body: before?.body ?? {}, keys: [] }, now?.etag ?? '');
    world.clock.turn(3 * HOUR);
    expect(await world.another().poe.clean()).to.deep.equal({ removed: 0, quarantined: 1 });
    expect(world.files.keys('poe/')).to.deep.equal([file]);
  });

  it('removes the note of a file that was never written, once a restore has lost its intent; and no younger one', async () => {
    const world = await openWorld();
    const id = await world.file();
    await leaveNote(world, id);
    const [note, ...more] = world.files.keys('incoming/');
    expect([more, world.files.keys('poe/')]).to.deep.equal([[], []]);
    const documents = hidden(world.world.documents, (kind) => kind === INTENT);
    const restored = world.another({ documents });
    world.clock.turn(HOUR - 1);
    await restored.poe.clean();
    expect(world.files.keys('incoming/'), 'too young').to.deep.equal([note]);
    world.clock.turn(1);
    expect(await restored.poe.clean()).to.deep.equal({ removed: 0, quarantined: 0 });
    expect(world.files.keys('incoming/')).to.deep.equal([]);
  });

  it('leaves a note alone whose intent is open, or whose file is there, and what the desk has not made', async () => {
    const world = await openWorld();
    const id = await world.file();
    const orphan = await leaveOrphan(world, id);
    await leaveNote(world, id);
    await world.files.put('incoming/odd', bytesOf(''));
    const notes = [...world.files.keys('incoming/')];
    expect(notes).to.have.length(3).and.include(orphan.replace('poe/', 'incoming/'));
    world.clock.turn(HOUR);
    await world.desk.poe.clean();
    expect(world.files.keys('incoming/'), 'of open intents').to.deep.equal(notes);
    const documents = hidden(world.world.documents, (kind) => kind === INTENT);
    await world.another({ documents }).poe.clean();
    expect(world.files.keys('incoming/')).to.have.members([orphan.replace('poe/', 'incoming/'), 'incoming/odd']);
  });

  it('by several instances at once, at whatever call of the other, removes it once', async () => {
    for (let nth = 1; ; nth += 1) {
      const world = await openWorld();
      const id = await world.file();
      await world.prove(id);
      await leaveOrphan(world, id);
      world.clock.turn(3 * HOUR);
      let calls = 0;
      world.documents.beforeWrite = async () => {
        calls += 1;
        if (calls === nth) await world.another().poe.clean();
      };
      await world.desk.poe.clean();
      world.documents.beforeWrite = () => undefined;
      const { named, there } = await namedAndThere(world, id);
      expect([named.length, there], `at write ${nth}`).to.deep.equal([1, named]);
      if (calls < nth) break;
    }
  });

  it('tries again later where a file cannot be removed, and goes on with the others', async () => {
    const world = await openWorld();
    const id = await world.file();
    const stubborn = await leaveOrphan(world, id);
    await leaveOrphan(world, id);
    const remove = world.files.remove.bind(world.files);
    world.files.remove = async (key) => (key === stubborn ? Promise.reject(new Error('kept')) : remove(key));
    world.clock.turn(2 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    world.files.remove = remove;
    world.clock.turn(5 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    expect(world.files.keys('poe/')).to.deep.equal([]);
  });

  it("looks at no file while the store says that this machine's clock is wrong: what is young would look old", async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.desk.poe.clean();
    await leaveOrphan(world, id);
    const right = world.clock.now();
    world.clock.turn(2 * HOUR);
    let isWrong = true;
    world.documents.beforeRead = (kind) => {
      if (!isWrong || kind !== 'cleaning') return;
      // Put right between the look at the clock and the look at the claim.
      isWrong = false;
      throw new ClockError(world.clock.now() - right);
    };
    const fault: unknown = await world.desk.poe.clean().catch((error: unknown) => error);
    expect(fault).to.be.instanceOf(ClockError);
    expect(world.files.keys('poe/')).to.have.length(1);
  });

  it('ends early when the desk closes', async () => {
    const world = await openWorld();
    const id = await world.file();
    await leaveOrphan(world, id);
    world.clock.turn(2 * HOUR);
    world.desk.close();
    expect((await world.desk.poe.clean()).removed).to.equal(0);
    expect(world.files.keys('poe/')).to.have.length(1);
  });
});

describe('A file that no claim refers to', () => {
  const UNKNOWN = ['poe/CPOR-000000/orphan', 'poe/odd', 'poe/a/b/c'];

  async function withUnknown() {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    await world.desk.poe.clean();
    for (const key of [`poe/${id}/stray`, ...UNKNOWN]) await world.files.put(key, bytesOf('left'));
    return { world, id };
  }
  const lines = ({ logged }: DeskWorld, word: string) => logged.filter(({ sentence }) => sentence.startsWith(word));

  it('is quarantined an hour after it was written: it stays where it is, and is counted and logged once', async () => {
    const { world } = await withUnknown();
    const gauge: number[] = [];
    const desk = world.another({ meters: { ...world.world.meters, quarantined: (files) => void gauge.push(files) } });
    const before = [...world.files.keys()];
    world.clock.turn(HOUR - 1);
    expect(await desk.poe.clean(), 'too young').to.deep.equal({ removed: 0, quarantined: 0 });
    world.clock.turn(1);
    expect(await desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 4 });
    world.clock.turn(30 * DAY);
    expect(await desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 4 });
    expect(await world.another().poe.clean(), 'by another instance').to.deep.equal({ removed: 0, quarantined: 4 });
    expect([...world.files.keys()]).to.deep.equal(before);
    expect(gauge).to.deep.equal([0, 4, 4]);
    expect(lines(world, 'Quarantined')).to.have.length(4);
  });

  it('is no finding where another instance removed it since the files were listed', async () => {
    const { world } = await withUnknown();
    world.clock.turn(2 * HOUR);
    const { files } = world.world;
    const listing: Files = {
      put: (key, bytes) => files.put(key, bytes),
      open: (key) => files.open(key),
      remove: (key) => files.remove(key),
      async *list(prefix) {
        for await (const listed of files.list(prefix)) {
          if (listed.key === 'poe/CPOR-000000/orphan') await files.remove(listed.key);
          yield listed;
        }
      },
    };
    expect((await world.another({ files: listing }).poe.clean()).quarantined).to.equal(3);
    expect(lines(world, 'Quarantined')).to.have.length(3);
  });

  it('leaves quarantine when a claim names it again, and when it is gone', async () => {
    const { world, id } = await withUnknown();
    world.clock.turn(2 * HOUR);
    const poe = (await world.claim(id)).poe[0]?.id ?? '';
    const lost = hidden(world.world.documents, (kind, key) => kind === 'claim' && key === id);
    expect((await world.another({ documents: lost }).poe.clean()).quarantined, 'its row is lost').to.equal(5);
    await world.files.remove('poe/odd');
    expect((await world.another().poe.clean()).quarantined).to.equal(3);
    expect(lines(world, 'Released').map(({ fields }) => fields)).to.deep.equal([
      { key: `poe/${id}/${poe}`, state: 'known' },
      { key: 'foreign', state: 'gone' },
    ]);
    world.clock.turn(2 * HOUR);
    expect((await world.another({ documents: lost }).poe.clean()).quarantined, 'lost again').to.equal(4);
  });

  it('is not judged while its claim cannot be read, and is looked at again', async () => {
    const { world, id } = await withUnknown();
    world.clock.turn(2 * HOUR);
    let isDown = true;
    world.documents.beforeRead = (kind, key) => {
      if (isDown && kind === 'claim' && key === id) throw new Error('the store does not answer');
    };
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 3 });
    isDown = false;
    world.clock.turn(5 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 4 });
  });

  it('takes a read of its claim once, not at every cleaning', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id, 'one');
    await world.prove(id, 'two');
    await world.desk.poe.clean();
    let reads = 0;
    world.documents.beforeRead = (kind) => void (kind === 'claim' && (reads += 1));
    for (const expected of [1, 1, 1]) {
      world.clock.turn(3 * HOUR);
      expect((await world.desk.poe.clean()).quarantined).to.equal(0);
      expect(reads, 'one for both files').to.equal(expected);
    }
    await world.files.put(`poe/${id}/stray`, bytesOf('left'));
    world.clock.turn(2 * HOUR + MINUTE);
    expect((await world.desk.poe.clean()).quarantined).to.equal(1);
  });
});

/** The same store without some of its documents. */
function hidden(documents: Documents, isHidden: (kind: string, id: string) => boolean): Documents {
  return {
    create: (document) => documents.create(document),
    replace: (document, etag) => documents.replace(document, etag),
    find: (find) => documents.find(find),
    scan: (scan) => documents.scan(scan),
    read: async (kind, id) => (isHidden(kind, id) ? undefined : documents.read(kind, id)),
  };
}
