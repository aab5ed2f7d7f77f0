import { expect } from 'chai';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUpDataFolder } from '../../src/app/backUp.ts';
import { openLocalFiles } from '../../src/files/local/localFiles.ts';
import { openSqlite } from '../../src/stores/sqlite/sqliteDocuments.ts';
import { makeFolder, removeFolder } from '../support/tempFolders.ts';

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

describe('a backup of the data folder', () => {
  let place: string;
  let dataDir: string;
  beforeEach(() => {
    place = makeFolder(tmpdir(), 'backup-');
    dataDir = join(place, 'data');
    mkdirSync(dataDir);
  });
  afterEach(() => removeFolder(place));

  async function open(folder: string) {
    return { documents: openSqlite(join(folder, 'desk.sqlite')), files: await openLocalFiles(join(folder, 'files')) };
  }

  it('is a data folder with every document, also those in the write-ahead log, every file and the keys', async () => {
    const { documents, files } = await open(dataDir);
    writeFileSync(join(dataDir, 'link-key'), 'k'.repeat(40), { mode: 0o600 });
    await files.put('poe/CPOR-1/a', bytes('proof'));
    await documents.create({ kind: 'claim', id: 'CPOR-1', body: { poe: 'a' }, keys: [{ name: 'wake', value: '' }] });
    expect(statSync(join(dataDir, 'desk.sqlite-wal')).size, 'the log is not empty').to.be.above(0);
    const made = await backUpDataFolder(dataDir, join(place, 'backup'));
    await documents.create({ kind: 'claim', id: 'CPOR-2', body: {}, keys: [] });
    documents.close();

    expect(made.files).to.equal(2);
    const copy = await open(made.folder);
    expect((await copy.documents.read('claim', 'CPOR-1'))?.body).to.deep.equal({ poe: 'a' });
    expect((await copy.documents.find({ kind: 'claim', name: 'wake', value: '', limit: 9 })).documents).to.have.length(
      1,
    );
    expect(await copy.documents.read('claim', 'CPOR-2')).to.be.undefined;
    expect((await copy.files.open('poe/CPOR-1/a'))?.size).to.equal(5);
    expect(readFileSync(join(made.folder, 'link-key'), 'utf8')).to.equal('k'.repeat(40));
    expect(statSync(join(made.folder, 'link-key')).mode & 0o777).to.equal(0o600);
    copy.documents.close();
  });

  it('has every file that its database knows, although both are written all the time', async () => {
    const { documents, files } = await open(dataDir);
    let isOver = false;
    const writing = (async () => {
      for (let number = 0; !isOver; number += 1) {
        await files.put(`poe/CPOR-1/${number}`, bytes('proof'));
        await documents.create({ kind: 'claim', id: `CPOR-${number}`, body: {}, keys: [] });
      }
    })();
    const made = await backUpDataFolder(dataDir, join(place, 'backup'));
    isOver = true;
    await writing;
    documents.close();
    const copy = await open(made.folder);
    const { documents: known } = await copy.documents.scan({ kind: 'claim', limit: 10_000 });
    for (const { id } of known)
      expect(await copy.files.open(`poe/CPOR-1/${id.slice('CPOR-'.length)}`), id).not.to.be.undefined;
    copy.documents.close();
  });

  it('leaves out the note of the process that runs, a link that leads nowhere', async () => {
    const { documents } = await open(dataDir);
    symlinkSync('12345', join(dataDir, 'running'));
    const { folder } = await backUpDataFolder(dataDir, join(place, 'backup'));
    documents.close();
    expect(readdirSync(folder)).to.include('desk.sqlite').and.not.include('running');
  });

  it('is not made over something that is there, nor inside the data folder or around it', async () => {
    (await open(dataDir)).documents.close();
    mkdirSync(join(place, 'there'));
    for (const [to, code] of [
      [join(place, 'there'), 'backup.exists'],
      [join(dataDir, 'backup'), 'backup.inside'],
      [dataDir, 'backup.inside'],
      [place, 'backup.inside'],
    ] as const)
      expect(await codeOf(backUpDataFolder(dataDir, to)), to).to.equal(code);
    expect(readdirSync(place).sort()).to.deep.equal(['data', 'there']);
  });

  it('leaves nothing where the database is damaged, is none, or the place cannot be written to', async () => {
    expect(await codeOf(backUpDataFolder(join(place, 'nothing'), join(place, 'backup')))).to.equal('store.notWritable');
    writeFileSync(join(place, 'file'), '');
    const { documents } = await open(dataDir);
    expect(await codeOf(backUpDataFolder(dataDir, join(place, 'file', 'backup')))).to.equal('backup.failed');
    documents.close();
    writeFileSync(join(dataDir, 'desk.sqlite'), 'not a database, but long enough to be taken for one');
    appendFileSync(join(dataDir, 'desk.sqlite'), ' '.repeat(8_000));
    expect(await codeOf(backUpDataFolder(dataDir, join(place, 'backup')))).to.equal('store.notADatabase');
    expect(existsSync(join(place, 'backup'))).to.be.false;
    expect(readdirSync(place).filter((name) => name.includes('unfinished'))).to.deep.equal([]);
  });
});

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => (error as { code?: unknown }).code,
  );
}
