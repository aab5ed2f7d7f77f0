import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openSqlite } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import type { SqliteDocuments } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import { StoreError } from '../../../src/stores/storeError.ts';

const WORD = 'a-word-that-nothing-else-has';

describe('A scrubbed SQLite file', function () {
  this.timeout(30_000);
  let folder: string;
  let documents: SqliteDocuments;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scrub-'));
    documents = openSqlite(join(folder, 'desk.db'));
  });
  afterEach(async () => {
    documents.close();
    await rm(folder, { recursive: true });
  });

  /** Which files have the word in their bytes. */
  async function filesWithWord(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const name of await readdir(folder)) if ((await readFile(join(folder, name))).includes(WORD)) found.push(name);
    return found;
  }

  /** Large bodies fill pages of their own, so that pages become free; the word is in keys too. */
  async function writeAndErase(): Promise<void> {
    for (let number = 0; number < 20; number += 1) {
      const id = String(number);
      const body = { text: `${WORD} `.repeat(number * 100) };
      const keys = [{ name: 'email', value: `${WORD}-${id}` }];
      await documents.create({ kind: 'claim', id, body, keys });
      const read = await documents.read('claim', id);
      await documents.replace({ kind: 'claim', id, body: { text: '' }, keys: [] }, read?.etag ?? '');
    }
  }

  it('has nothing of what was replaced, in file and log, and all that is stored', async () => {
    await writeAndErase();
    expect(await filesWithWord()).not.to.deep.equal([]);
    await documents.scrub();
    expect(await filesWithWord()).to.deep.equal([]);
    expect((await documents.scan({ kind: 'claim', limit: 100 })).documents).to.have.length(20);
  });

  it('has nothing of what another program left in its free pages', async () => {
    const careless = new DatabaseSync(join(folder, 'desk.db'));
    careless.exec('PRAGMA secure_delete = OFF');
    careless.exec(`CREATE TABLE t (x); INSERT INTO t VALUES ('${WORD} ' || hex(zeroblob(20000))); DROP TABLE t`);
    careless.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    careless.close();
    expect(await filesWithWord()).to.deep.equal(['desk.db']);
    await documents.scrub();
    expect(await filesWithWord()).to.deep.equal([]);
  });

  it('is scrubbed while another process writes, and says so where one keeps reading', async () => {
    await writeAndErase();
    const other = openSqlite(join(folder, 'desk.db'));
    const writes = Promise.all(
      Array.from({ length: 20 }, (_, number) => other.create({ kind: 'other', id: `${number}`, body: {}, keys: [] })),
    );
    await documents.scrub();
    await writes;
    expect(await filesWithWord()).to.deep.equal([]);
    other.close();

    const reader = new DatabaseSync(join(folder, 'desk.db'));
    reader.exec('BEGIN; SELECT * FROM documents LIMIT 1');
    await writeAndEraseMore();
    const failed = await documents.scrub().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(StoreError).with.property('code', 'store.busy');
    reader.exec('COMMIT');
    reader.close();
    await documents.scrub();
    expect(await filesWithWord()).to.deep.equal([]);
  });

  async function writeAndEraseMore(): Promise<void> {
    await documents.create({ kind: 'more', id: 'more', body: { text: WORD }, keys: [] });
    await documents.replace({ kind: 'more', id: 'more', body: {}, keys: [] }, '1');
  }
});
