import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import { StoreError } from '../../../src/stores/storeError.ts';
import { describeDocuments } from '../../contract/documents.ts';

const PROCESS = fileURLToPath(new URL('./sqliteProcess.ts', import.meta.url));

describeDocuments('The SQLite store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  const documents = openSqlite(join(folder, 'desk.db'));
  return {
    documents,
    close: async () => {
      documents.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('The SQLite file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
    file = join(folder, 'desk.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made where it is missing, and keeps what was written until it is opened again', async () => {
    await withStore((documents) =>
      documents.create({ kind: 'claim', id: 'a', body: { kept: true }, keys: [{ name: 'k', value: 'v' }] }),
    );
    await withStore(async (documents) => {
      expect((await documents.read('claim', 'a'))?.body).to.deep.equal({ kept: true });
      expect((await documents.find({ kind: 'claim', name: 'k', value: 'v', limit: 1 })).documents).to.have.lengthOf(1);
    });
  });

  it('writes ahead and waits for the disk', async () => {
    await withStore(async () => undefined);
    const database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA journal_mode').get()).to.deep.include({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA user_version').get()).to.deep.include({ user_version: 2 });
    database.close();
  });

  it('is safe with other processes at work on it: no addition is lost', async () => {
    await withStore((documents) => documents.create({ kind: 'claim', id: 'a', body: { count: 0 }, keys: [] }));
    const others = [start('add', file, '60'), start('add', file, '60'), start('add', file, '60')];
    expect(await Promise.all(others.map(ended))).to.deep.equal([0, 0, 0]);
    await withStore(async (documents) =>
      expect((await documents.read('claim', 'a'))?.body).to.deep.equal({ count: 180 }),
    );
  });

  it('may be made by several processes at once', async () => {
    const others = Array.from({ length: 4 }, () => start('open', file));
    expect(await Promise.all(others.map(ended))).to.deep.equal([0, 0, 0, 0]);
  });

  it('holds whole documents and all that was acknowledged after each kill in the middle of writing', async () => {
    let acknowledged = 0;
    for (const kills of [1, 2, 3, 5, 8, 13]) {
      acknowledged = await killedAfter(kills);
      await withStore(async (documents) => {
        const { number, filling, end } =
          (await documents.read<Record<string, number | string>>('claim', 'a'))?.body ?? {};
        expect(number).to.be.at.least(acknowledged);
        expect(end).to.equal(number);
        expect(filling === String(number).repeat(20_000)).to.be.true;
        expect(await keysFound(documents, Number(number))).to.deep.equal([Number(number)]);
      });
    }
  });

  it('of the first version is brought to the second in its place, by one process or by several at once, and loses nothing', async () => {
    await withStore((documents) =>
      documents.create({ kind: 'claim', id: 'a', body: { old: true }, keys: [{ name: 'k', value: 'v' }] }),
    );
    inFile('DROP INDEX documents_to_drop; ALTER TABLE documents DROP COLUMN expires_at; PRAGMA user_version = 1');
    const others = Array.from({ length: 3 }, () => start('open', file));
    expect(await Promise.all(others.map(ended))).to.deep.equal([0, 0, 0]);
    await withStore(async (documents) => {
      expect((await documents.read('claim', 'a'))?.body).to.deep.equal({ old: true });
      expect(await documents.create({ kind: 'seen', id: 'b', body: {}, keys: [], keepMs: 1_000 })).to.have.property(
        'etag',
      );
    });
    expect(kept()).to.deep.equal(['a', 'b']);
  });

  it('drops documents whose time is over, and their keys, with the next that is not kept for ever, a few at a time', async () => {
    await withStore(async (documents) => {
      for (let number = 0; number < 25; number += 1)
        await documents.create({
          kind: 'seen',
          id: `old${number}`,
          body: {},
          keys: [{ name: 'k', value: 'v' }],
          keepMs: 1_000,
        });
      const etag = await documents.create({ kind: 'seen', id: 'again', body: {}, keys: [], keepMs: 1_000 });
      inFile('UPDATE documents SET expires_at = 1');
      if (etag !== 'exists') await documents.replace({ kind: 'seen', id: 'again', body: {}, keys: [] }, etag.etag);
      await documents.create({ kind: 'seen', id: 'new', body: {}, keys: [], keepMs: 60_000 });
      expect(kept()).to.have.lengthOf(7);
      await documents.create({ kind: 'claim', id: 'claim', body: {}, keys: [] });
      expect(kept(), 'what is kept for ever drops nothing').to.have.lengthOf(8);
      await documents.create({ kind: 'seen', id: 'newer', body: {}, keys: [], keepMs: 60_000 });
      expect(kept()).to.deep.equal(['again', 'claim', 'new', 'newer']);
      expect((await documents.find({ kind: 'seen', name: 'k', value: 'v', limit: 100 })).documents).to.deep.equal([]);
      expect(inFile('SELECT id FROM keys')).to.deep.equal([]);
    });
  });

  it('is refused with a sentence where a newer version has written it, and stays as it was', async () => {
    await withStore(async () => undefined);
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 7');
    database.close();
    const fault = faultOf(() => openSqlite(file));
    expect(fault.code).to.equal('store.newerVersion');
    expect(fault.message).to.match(
      /newer version of the desk \(its version is 7, this one knows up to 2\); run the newer desk/,
    );
  });

  it('is refused where it is no database, and stays as it was', async () => {
    file = join(folder, 'notes.txt');
    for (const text of ['short', 'long enough to be a database '.repeat(400)]) {
      await writeFile(file, text);
      const fault = faultOf(() => openSqlite(file));
      expect(fault.code).to.equal('store.notADatabase');
      expect(fault.message).to.include(file);
      expect(fault.cause).to.be.instanceOf(Error);
      expect(await readFile(file, 'utf8')).to.equal(text);
    }
  });

  it("is refused where it is another program's database, and stays as it was", async () => {
    file = join(folder, 'other.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    const before = await readFile(file);
    expect(faultOf(() => openSqlite(file)).code).to.equal('store.notADatabase');
    expect((await readFile(file)).equals(before)).to.be.true;
  });

  it('is refused with a code where its folder is none or is missing, or it is a folder itself', async () => {
    await writeFile(join(folder, 'data'), 'a file where the folder should be');
    expect(faultOf(() => openSqlite(join(folder, 'data', 'desk.db'))).code).to.equal('store.notWritable');
    expect(faultOf(() => openSqlite(join(folder, 'missing', 'desk.db'))).code).to.equal('store.notWritable');
    expect(faultOf(() => openSqlite(folder)).code).to.equal('store.notWritable');
  });

  it('holds nothing of a write that failed half-way, and goes on', async () => {
    await withStore((documents) => documents.create({ kind: 'claim', id: 'a', body: {}, keys: [] }));
    const spoiler = new DatabaseSync(file);
    spoiler.exec("CREATE TRIGGER no_room BEFORE INSERT ON keys BEGIN SELECT RAISE(ABORT, 'refused'); END");
    spoiler.close();
    await withStore(async (documents) => {
      const etag = (await documents.read('claim', 'a'))?.etag ?? '';
      const written = documents.replace(
        { kind: 'claim', id: 'a', body: { half: true }, keys: [{ name: 'k', value: 'v' }] },
        etag,
      );
      expect(
        await written.then(
          () => 'written',
          (error: unknown) => error,
        ),
      )
        .to.be.instanceOf(StoreError)
        .with.property('code', 'store.failed');
      expect((await documents.read('claim', 'a'))?.body).to.deep.equal({});
      expect(await documents.create({ kind: 'claim', id: 'b', body: {}, keys: [] })).to.have.property('etag');
    });
  });

  async function withStore(work: (documents: ReturnType<typeof openSqlite>) => Promise<unknown>): Promise<void> {
    const documents = openSqlite(file);
    try {
      await work(documents);
    } finally {
      documents.close();
    }
  }

  /** Looks into the file, or alters it, past the store. */
  function inFile(sql: string): unknown[] {
    const database = new DatabaseSync(file);
    try {
      if (sql.startsWith('SELECT')) return database.prepare(sql).all();
      database.exec(sql);
      return [];
    } finally {
      database.close();
    }
  }

  function kept(): string[] {
    return (inFile('SELECT id FROM documents ORDER BY id') as { readonly id: string }[]).map(({ id }) => id);
  }

  /** Kills a writer once it has acknowledged some writes; answers the last number that it acknowledged. */
  async function killedAfter(lines: number): Promise<number> {
    const writer = start('write', file);
    const said: number[] = [];
    for await (const line of createInterface({ input: writer.stdout ?? expect.fail('no output') })) {
      said.push(Number(line));
      if (said.length === lines) writer.kill('SIGKILL');
    }
    return said.at(-1) ?? expect.fail('nothing was written');
  }
});

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function ended(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, 'exit')) as unknown[];
  return code;
}

/** The numbers near the last one that a key leads to. */
async function keysFound(documents: ReturnType<typeof openSqlite>, last: number): Promise<number[]> {
  const near = [last - 1, last, last + 1];
  const pages = await Promise.all(
    near.map((number) => documents.find({ kind: 'claim', name: 'number', value: String(number), limit: 2 })),
  );
  return near.filter((_, index) => (pages[index]?.documents.length ?? 0) > 0);
}

function faultOf(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  return expect.fail('it was not refused');
}
