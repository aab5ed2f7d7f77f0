/** Every way in which a database that is away, old or short has cost its documents before. */
import { expect } from 'chai';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config/config.ts';
import { randomBytes, randomId } from '../../../src/runtime/random.ts';
import { createPair } from '../../../src/desk/proof/pair.ts';
import { openStorage } from '../../../src/app/storage.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import { memoryDocuments } from '../../support/memoryDocuments.ts';
import { DAY, HOUR } from '../../domain/claims/scenario.ts';
import type { Written } from '../documentsHooked.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld } from '../world.ts';

/** Everything that was written to a store, so that it can be restored as it was. */
async function recorded() {
  const written: Written[] = [];
  const world = await openWorld({ documents: recording(memoryDocuments(), written) });
  return { world, written };
}

function recording(documents: Documents, written: Written[]): Documents {
  return {
    ...documents,
    async create(document) {
      const answer = await documents.create(document);
      if (answer !== 'exists') written.push(document);
      return answer;
    },
    async replace(document, etag) {
      const answer = await documents.replace(document, etag);
      if (answer !== 'changed') written.push(document);
      return answer;
    },
  };
}

/** A store that has had these writes, in their order. */
async function restored(written: readonly Written[]): Promise<Documents> {
  const documents = memoryDocuments();
  for (const document of written) {
    const before = await documents.read(document.kind, document.id);
    await (before ? documents.replace(document, before.etag) : documents.create(document));
  }
  return documents;
}

/** A desk that has worked for a while: paired, with three claims and five files. */
async function working() {
  const { world, written } = await recorded();
  await world.desk.poe.clean();
  const ids = [await world.submitted(), await world.approved(), await world.file()];
  await world.prove(ids[2] as (typeof ids)[0], 'one');
  await world.prove(ids[2] as (typeof ids)[0], 'two');
  world.clock.turn(DAY);
  await world.desk.poe.clean();
  return { world, written, ids, files: [...world.files.keys('poe/')] };
}

/** Cleans again and again for a month, by new instances on another store. */
async function cleanForAMonth(world: DeskWorld, documents: Documents): Promise<number> {
  let quarantined = 0;
  for (const ms of [0, HOUR, 2 * HOUR, DAY, 7 * DAY, 30 * DAY]) {
    world.clock.turn(ms);
    quarantined = (await world.another({ documents }).poe.clean()).quarantined;
  }
  return quarantined;
}

describe('No document of proof is lost', () => {
  it('where the database was moved away', async () => {
    const { world, files } = await working();
    await cleanForAMonth(world, memoryDocuments());
    expect(world.files.keys('poe/')).to.have.members(files);
  });

  it('where the database was restored as it was before any of its writes, also in the middle of an upload', async () => {
    const { world, written, files } = await working();
    for (let first = 0; first <= written.length; first += 1) {
      const documents = await restored(written.slice(0, first));
      // Once within the time in which the cleaning removes what it saw begin, and then later.
      await world.another({ documents }).poe.clean();
      world.clock.turn(3 * HOUR);
      await world.another({ documents }).poe.clean();
      expect(world.files.keys('poe/'), `restored to write ${first}`).to.have.members(files);
    }
  });

  it('where the database was restored within the hour: what it does not know is quarantined', async () => {
    const { world, written, files } = await working();
    const upTo = written.length;
    const late = await world.file();
    await world.prove(late, 'after the backup');
    const documents = await restored(written.slice(0, upTo));
    expect(await cleanForAMonth(world, documents)).to.equal(1);
    expect(world.files.keys('poe/')).to.have.length(files.length + 1);
  });

  it('where the database is one row short', async () => {
    const { world, written, ids, files } = await working();
    for (const id of ids) {
      const documents = await restored(written.filter((document) => document.id !== id));
      const own = files.filter((key) => key.startsWith(`poe/${id}/`)).length;
      expect(await cleanForAMonth(world, documents), 'its files are quarantined').to.equal(own);
      expect(world.files.keys('poe/')).to.have.members(files);
    }
  });

  it('where any one document of the database is missing', async () => {
    const { world, written, files } = await working();
    for (const place of new Set(written.map(({ kind, id }) => JSON.stringify([kind, id])))) {
      const short = written.filter(({ kind, id }) => JSON.stringify([kind, id]) !== place);
      await cleanForAMonth(world, await restored(short));
      expect(world.files.keys('poe/'), place).to.have.members(files);
    }
  });

  it('where two databases work on one folder', async () => {
    const { world, files } = await working();
    const other = await openWorld();
    await other.prove(await other.file(), 'of the other');
    await cleanForAMonth(world, other.world.documents);
    await cleanForAMonth(world, world.world.documents);
    expect(world.files.keys('poe/')).to.have.members(files);
  });

  describe('in a folder of this machine', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'desk-evidence-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const opened = async (dataDir: string) => openStorage(readConfig({ DATA_DIR: dataDir }));
    async function keysOf(dataDir: string): Promise<readonly string[]> {
      const { files, close } = await opened(dataDir);
      const keys: string[] = [];
      for await (const { key } of files.list('poe/')) keys.push(key);
      close();
      return keys;
    }
    /** A desk with one claim and its file, started and ended in a data folder. */
    async function lived(dataDir: string): Promise<void> {
      const { documents, files, close } = await opened(dataDir);
      const world = await openWorld({ documents, files });
      await createPair({ ...world.world, random: { randomId, randomBytes } }).settle();
      await world.submitted();
      close();
    }
    async function cleaned(dataDir: string) {
      const { documents, files, close } = await opened(dataDir);
      const world = await openWorld({ documents, files });
      // The files of a real folder were written now, by the machine's clock.
      world.clock.turn(Date.now() - world.clock.now() + 30 * DAY);
      const result = await world.desk.poe.clean();
      const verdict = await world.desk.poe.pair.settle();
      close();
      return { ...result, reason: verdict.isPaired ? 'paired' : verdict.reason };
    }

    it('whose database was mistyped, moved away or is another', async () => {
      const [one, other] = [join(folder, 'one'), join(folder, 'other')];
      await mkdir(one);
      await mkdir(other);
      await lived(one);
      await lived(other);
      const files = await keysOf(one);
      expect(files).to.have.length(1);
      await rename(join(one, 'desk.sqlite'), join(folder, 'away.sqlite'));
      expect(await cleaned(one)).to.deep.equal({ removed: 0, quarantined: 0, reason: 'databaseUnmarked' });
      await rm(join(one, 'desk.sqlite'));
      await copyFile(join(other, 'desk.sqlite'), join(one, 'desk.sqlite'));
      expect(await cleaned(one)).to.deep.equal({ removed: 0, quarantined: 0, reason: 'different' });
      await rename(join(folder, 'away.sqlite'), join(one, 'desk.sqlite'));
      expect(await cleaned(one)).to.deep.equal({ removed: 0, quarantined: 0, reason: 'paired' });
      expect(await keysOf(one)).to.deep.equal(files);
    });
  });
});
