import { chmod, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { SqliteDocuments } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import { openSqlite } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import { StoreError } from '../../../src/stores/storeError.ts';

const documentOf = (id: string) => ({ kind: 'claim', id, body: { id }, keys: [{ name: 'k', value: 'v' }] });
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof StoreError ? error.code : error),
  );

describe('The SQLite store in trouble', () => {
  let folder: string;
  let file: string;
  let documents: SqliteDocuments;
  let other: DatabaseSync | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
    file = join(folder, 'desk.sqlite');
    documents = openSqlite(file);
  });
  afterEach(async () => {
    other?.close();
    other = undefined;
    documents.close();
    await rm(folder, { recursive: true, force: true });
  });

  const lock = (): DatabaseSync => {
    other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    return other;
  };

  it('locked by another process, lets this one go on, and then writes in the order of the calls', async () => {
    const locked = lock();
    const order: string[] = [];
    const writes = ['a', 'b', 'c'].map((id) => documents.create(documentOf(id)).then(() => order.push(id)));
    let turns = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      await pause(1);
      turns += 1;
    }
    expect([turns, order]).to.deep.equal([20, []]);
    expect(await documents.read('claim', 'a')).to.equal(undefined);
    locked.exec('ROLLBACK');
    await Promise.all(writes);
    expect(order).to.deep.equal(['a', 'b', 'c']);
  });

  for (const [what, spoil] of [
    ['removed', () => rm(folder, { recursive: true })],
    ['moved away', () => rename(folder, `${folder}-moved`)],
    ['without its log of writes', () => rm(`${file}-wal`)],
    [
      'replaced by another one',
      async () => {
        await rename(file, `${file}-old`);
        openSqlite(file).close();
      },
    ],
  ] as const) {
    it(`${what} acknowledges no write, shows nothing that is lost, and is not ready`, async () => {
      await documents.create(documentOf('a'));
      await documents.ready();
      await spoil();
      expect(await codeOf(documents.create(documentOf('b')))).to.equal('store.gone');
      expect(await codeOf(documents.replace(documentOf('a'), '1'))).to.equal('store.gone');
      expect(await codeOf(documents.read('claim', 'a'))).to.equal('store.gone');
      expect(await codeOf(documents.find({ kind: 'claim', name: 'k', value: 'v', limit: 9 }))).to.equal('store.gone');
      expect(await codeOf(documents.ready())).to.equal('store.gone');
      await rm(`${folder}-moved`, { recursive: true, force: true });
    });
  }

  it('put back where it was goes on', async () => {
    await documents.create(documentOf('a'));
    await rename(folder, `${folder}-moved`);
    expect(await codeOf(documents.create(documentOf('b')))).to.equal('store.gone');
    await rename(`${folder}-moved`, folder);
    expect(await codeOf(documents.create(documentOf('b')))).to.equal('done');
    await documents.ready();
  });

  it('is its owner’s alone, also where a version before left it open to others, and leaves no trial behind', async () => {
    const modes = async (): Promise<readonly string[]> =>
      Promise.all(
        (await readdir(folder)).map(
          async (name) => `${name} ${((await stat(join(folder, name))).mode & 0o777).toString(8)}`,
        ),
      );
    await documents.create(documentOf('a'));
    await documents.ready();
    const mine = ['desk.sqlite 600', 'desk.sqlite-shm 600', 'desk.sqlite-wal 600'];
    expect(await modes()).to.have.members(mine);
    for (const name of await readdir(folder)) await chmod(join(folder, name), 0o644);
    const again = openSqlite(file);
    expect(await modes()).to.have.members(mine);
    again.close();
  });

  it('is not ready where another process has the lock', async () => {
    const locked = lock();
    const ready = codeOf(documents.ready());
    expect(await Promise.race([ready, pause(50, 'waits')])).to.equal('waits');
    locked.exec('COMMIT');
    expect(await ready).to.equal('done');
  });
});
