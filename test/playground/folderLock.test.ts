import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { prefixOf, thisOwner } from '../../src/files/local/processOwner.ts';
import { MARK, lockFolder } from '../../src/playground/folderLock.ts';
import { PlaygroundError } from '../../src/playground/playgroundError.ts';
import { startPlayground } from '../../src/playground/playground.ts';

describe('The folder of the local Teams', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'cpor-folder-')), 'made');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  it("is one's at a time: a second is told who has it, and how to end that", async () => {
    const { release } = await lockFolder(folder);
    const fault = await lockFolder(folder).catch((error: unknown) => error);
    expect(fault)
      .to.be.instanceOf(PlaygroundError)
      .with.property('message')
      .that.includes(folder)
      .and.includes(`"kill ${process.pid}"`);
    await release();
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('is taken over from one that was killed', async () => {
    await (await lockFolder(folder)).release();
    await symlink(prefixOf({ ...(await thisOwner()), boot: '000000000000' }), join(folder, MARK));
    await (await lockFolder(folder)).release();
  });

  it('keeps all that is in it when a second would start afresh', async () => {
    const { release } = await lockFolder(folder);
    await symlink('something kept', join(folder, 'kept'));
    const fault = await startPlayground({ folder, fresh: true, anyPorts: true }).catch((error: unknown) => error);
    expect(fault).to.be.instanceOf(PlaygroundError);
    expect(await readdir(folder)).to.have.members(['kept', MARK]);
    await release();
  });
});
