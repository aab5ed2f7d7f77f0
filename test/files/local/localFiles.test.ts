import { expect } from 'chai';
import fc from 'fast-check';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileBytes, Files } from '../../../src/desk/ports/files.ts';
import { FilesError } from '../../../src/files/filesError.ts';
import { openLocalFiles } from '../../../src/files/local/localFiles.ts';
import { breaking, describeFiles, faultOf, keys, put, textAt } from '../../contract/files.ts';

const PROCESS = fileURLToPath(new URL('../filesProcess.ts', import.meta.url));

describeFiles('A folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  return { files: await openLocalFiles(folder), close: () => rm(folder, { recursive: true }) };
});

describe('Files in a folder', () => {
  let folder: string;
  let files: Files;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
    files = await openLocalFiles(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('leave nothing half-written where the key is taken or the stream breaks', async () => {
    await put(files, 'poe/one', 'first');
    await put(files, 'poe/one', 'second');
    await faultOf(files.put('poe/two', breaking(Buffer.from('half of it'), new Error('the line went dead'))));
    await Promise.all(Array.from({ length: 8 }, () => put(files, 'same', 'same')));
    expect(await leftovers()).to.deep.equal([]);
    expect(await keys(files, '')).to.deep.equal(['poe/one', 'same']);
  });

  it('are listed with the time of the file system', async () => {
    await put(files, 'top', '1');
    await utimes(join(folder, 'files', 'top'), 1_750_000_000, 1_750_000_000);
    for await (const listed of files.list('top'))
      expect(listed).to.deep.equal({ key: 'top', writtenAt: 1_750_000_000_000 });
  });

  it('are there when the folder is opened again', async () => {
    await put(files, 'poe/one', 'kept');
    expect(await textAt(await openLocalFiles(folder), 'poe/one')).to.equal('kept');
  });

  it('never reach outside their folder, whatever the key', async () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', '%2e', '\0', '-', 'files');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        await put(files, pieces.join(''), 'x').catch(() => undefined);
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
  });

  it('keep what another process is writing when the folder is opened meanwhile', async () => {
    const writer = await writing('poe/one');
    const reopened = await openLocalFiles(folder);
    expect(await leftovers()).to.have.lengthOf(1);
    writer.stdin?.end();
    await once(writer, 'exit');
    expect(await textAt(reopened, 'poe/one')).to.equal('first second');
    expect(await leftovers()).to.deep.equal([]);
  });

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
    expect(await faultOf(openLocalFiles(join(folder, 'plain', 'files'))))
      .to.be.instanceOf(FilesError)
      .with.property('code', 'files.notWritable');
  });

  async function leftovers(): Promise<string[]> {
    return readdir(join(folder, 'tmp'));
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
