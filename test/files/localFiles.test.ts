import { expect } from 'chai';
import fc from 'fast-check';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileBytes, Files } from '../../src/desk/files.ts';
import { FilesFault } from '../../src/files/filesFault.ts';
import { openLocalFiles } from '../../src/files/localFiles.ts';

const PROCESS = fileURLToPath(new URL('filesProcess.ts', import.meta.url));

describe('Files in a folder', () => {
  let folder: string;
  let files: Files;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
    files = await openLocalFiles(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are read as they were put, with their size and SHA-256', async () => {
    const bytes = Buffer.from('proof of execution');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await files.put('poe/CPOR-7F3K9Q/01J', streamOf(bytes.subarray(0, 5), bytes.subarray(5)))).to.deep.equal({ size: 18, sha256 });
    const opened = (await files.open('poe/CPOR-7F3K9Q/01J')) ?? expect.fail('there is none');
    expect(opened.size).to.equal(18);
    expect(await textOf(opened.bytes)).to.equal('proof of execution');
  });

  it('may be empty, and may come in empty pieces', async () => {
    expect(await files.put('a', streamOf())).to.include({ size: 0 });
    expect(await files.put('b', streamOf(Buffer.alloc(0), Buffer.from('x'), Buffer.alloc(0)))).to.include({ size: 1 });
    expect((await files.open('a'))?.size).to.equal(0);
  });

  it('may be of 25 MiB, and are read piece by piece', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    await files.put('big', streamOf(...Array<Buffer>(25).fill(piece)));
    let size = 0;
    for await (const chunk of (await files.open('big'))?.bytes ?? streamOf()) {
      expect(chunk.byteLength).to.be.at.most(piece.byteLength);
      size += chunk.byteLength;
    }
    expect(size).to.equal(25 * piece.byteLength);
  });

  it('are undefined where there is none: no file, a folder of files, below a file', async () => {
    await files.put('poe/one', streamOf(Buffer.from('1')));
    for (const key of ['none', 'poe', 'poe/two', 'poe/one/two']) expect(await files.open(key), key).to.be.undefined;
  });

  it('are never overwritten', async () => {
    await files.put('poe/one', streamOf(Buffer.from('first')));
    expect(await files.put('poe/one', streamOf(Buffer.from('second')))).to.equal('exists');
    expect(await textOf((await files.open('poe/one'))?.bytes)).to.equal('first');
    expect(await leftovers()).to.deep.equal([]);
  });

  it('are put once where many put the same key at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, by) => files.put('same', streamOf(Buffer.from(`by ${by}`)))));
    expect(answers.filter((answer) => answer !== 'exists')).to.have.lengthOf(1);
    expect(await leftovers()).to.deep.equal([]);
  });

  it('leave nothing behind where the stream breaks half-way, and the error is passed on', async () => {
    const broken = new Error('the line went dead');
    expect(await faultOf(files.put('poe/one', breaking(broken)))).to.equal(broken);
    expect(await files.open('poe/one')).to.be.undefined;
    expect(await keys('')).to.deep.equal([]);
    expect(await leftovers()).to.deep.equal([]);
    expect(await files.put('poe/one', streamOf(Buffer.from('again')))).to.include({ size: 5 });
  });

  it('are removed, and removing what is not there is no fault', async () => {
    await files.put('poe/one', streamOf(Buffer.from('1')));
    await files.remove('poe/one');
    for (const key of ['poe/one', 'poe', 'none/at/all']) await files.remove(key);
    expect(await files.open('poe/one')).to.be.undefined;
    expect(await files.put('poe/one', streamOf(Buffer.from('2')))).to.include({ size: 1 });
  });

  it('are listed by a prefix, each with the time it was written', async () => {
    for (const key of ['poe/A/1', 'poe/A/2', 'poe/AB/1', 'poe/B/1', 'exports/1', 'top']) await files.put(key, streamOf(Buffer.from(key)));
    expect(await keys('')).to.deep.equal(['exports/1', 'poe/A/1', 'poe/A/2', 'poe/AB/1', 'poe/B/1', 'top']);
    expect(await keys('poe/A/')).to.deep.equal(['poe/A/1', 'poe/A/2']);
    expect(await keys('poe/A')).to.deep.equal(['poe/A/1', 'poe/A/2', 'poe/AB/1']);
    expect(await keys('none/')).to.deep.equal([]);
    await utimes(join(folder, 'files', 'top'), 1_750_000_000, 1_750_000_000);
    for await (const listed of files.list('top')) expect(listed).to.deep.equal({ key: 'top', writtenAt: 1_750_000_000_000 });
  });

  it('are there when the folder is opened again', async () => {
    await files.put('poe/one', streamOf(Buffer.from('kept')));
    expect(await textOf((await (await openLocalFiles(folder)).open('poe/one'))?.bytes)).to.equal('kept');
  });

  for (const key of ['', '/', '.', '..', '../out', 'a/../../out', '/etc/passwd', 'a//b', 'a/', 'a\\b', 'a\0b', 'ключ', 'a b', 'x'.repeat(201), 'x/'.repeat(600)]) {
    it(`refuse the key ${JSON.stringify(key.slice(0, 20))}`, async () => {
      for (const refused of [files.put(key, streamOf()), files.open(key), files.remove(key)]) {
        expect(await faultOf(refused)).to.be.instanceOf(FilesFault).with.property('code', 'files.bad_key');
      }
    });
  }

  it('refuse a prefix that leads out of the folder', async () => {
    for (const prefix of ['../', 'a/../', '/', './']) expect(await faultOf(keys(prefix))).to.have.property('code', 'files.bad_key');
  });

  it('never reach outside their folder, whatever the key', async () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', '%2e', '\0', '-', 'files');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        await files.put(pieces.join(''), streamOf(Buffer.from('x'))).catch(() => undefined);
        expect((await readdir(folder)).sort()).to.deep.equal(['files', 'tmp']);
        expect(await leftovers()).to.deep.equal([]);
      }),
      { numRuns: 100 },
    );
  });

  it('lose what a killed process was writing when the folder is opened again', async () => {
    const writer = await writing('poe/one');
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    expect(await leftovers()).to.have.lengthOf(1);
    const reopened = await openLocalFiles(folder);
    expect(await leftovers()).to.deep.equal([]);
    expect(await reopened.open('poe/one')).to.be.undefined;
  }).timeout(30_000);

  it('keep what another process is writing when the folder is opened meanwhile', async () => {
    const writer = await writing('poe/one');
    const reopened = await openLocalFiles(folder);
    expect(await leftovers()).to.have.lengthOf(1);
    writer.stdin?.end();
    await once(writer, 'exit');
    expect(await textOf((await reopened.open('poe/one'))?.bytes)).to.equal('first second');
    expect(await leftovers()).to.deep.equal([]);
  }).timeout(30_000);

  it('lose what an earlier run under the same process id was writing, as after each restart of a container', async () => {
    const [host, boot] = (await ownName()).split('-');
    await mkdir(join(folder, 'tmp', `${host}-${boot}-${process.pid}-1-abcdef`));
    await mkdir(join(folder, 'tmp', `${host}-${'0'.repeat(12)}-${process.pid}-1-abcdef`));
    await openLocalFiles(folder);
    expect(await leftovers()).to.deep.equal([]);
  });

  it('keep what another machine is writing for a day', async () => {
    const elsewhere = join(folder, 'tmp', `${'f'.repeat(12)}-${'0'.repeat(12)}-1-1-abcdef`);
    await mkdir(elsewhere);
    await openLocalFiles(folder);
    expect(await leftovers()).to.have.lengthOf(1);
    const { mtimeMs } = await stat(elsewhere);
    await utimes(elsewhere, mtimeMs / 1000, mtimeMs / 1000 - 25 * 60 * 60);
    await openLocalFiles(folder);
    expect(await leftovers()).to.deep.equal([]);
  });

  it('say with a code that their folder cannot be made', async () => {
    await writeFile(join(folder, 'plain'), '');
    expect(await faultOf(openLocalFiles(join(folder, 'plain', 'files')))).to.be.instanceOf(FilesFault).with.property('code', 'files.not_writable');
  });

  async function leftovers(): Promise<string[]> {
    return readdir(join(folder, 'tmp'));
  }

  async function keys(prefix: string): Promise<string[]> {
    const listed: string[] = [];
    for await (const { key } of files.list(prefix)) listed.push(key);
    return listed.sort();
  }

  /** Another process that has put the first half of a file and waits for its input to end. */
  async function writing(key: string): Promise<ChildProcess> {
    const writer = spawn(process.execPath, [PROCESS, folder, key], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    return writer;
  }

  /** What this process names its temporary files after, seen while it writes one. */
  async function ownName(): Promise<string> {
    let name = '';
    async function* looking(): FileBytes {
      name = (await leftovers())[0] ?? expect.fail('nothing is being written');
      yield Buffer.from('x');
    }
    await files.put('looking', looking());
    return name;
  }
});

async function* streamOf(...pieces: readonly Uint8Array[]): FileBytes {
  yield* pieces;
}

async function* breaking(error: Error): FileBytes {
  yield Buffer.from('half of it');
  throw error;
}

async function textOf(bytes: FileBytes | undefined): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes ?? expect.fail('there is no such file')) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => expect.fail('it was not refused'), (error: unknown) => error);
}
