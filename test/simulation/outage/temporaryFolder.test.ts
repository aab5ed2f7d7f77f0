import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { withTemporaryFolder } from './temporaryFolder.ts';

describe('A folder of its own', () => {
  it('is there while something is done in it, and not afterwards, however that ends', async () => {
    const seen = await withTemporaryFolder(tmpdir(), 'own-', async (folder) => ({
      folder,
      isThere: existsSync(folder),
    }));
    expect(seen.isThere).to.equal(true);
    expect(existsSync(seen.folder)).to.equal(false);
    let known = tmpdir();
    const broken = withTemporaryFolder(tmpdir(), 'own-', async (folder) => {
      known = folder;
      throw new Error('it broke off');
    });
    expect(await broken.catch(String)).to.equal('Error: it broke off');
    expect(existsSync(known)).to.equal(false);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`is removed by ${signal}, which ends the process`, async () => {
      const program = `
        import { withTemporaryFolder } from ${JSON.stringify(new URL('./temporaryFolder.ts', import.meta.url).href)};
        await withTemporaryFolder(${JSON.stringify(tmpdir())}, 'own-', (folder) => {
          process.stdout.write(folder);
          return new Promise((resolve) => { setTimeout(resolve, 60_000); });
        });`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let folder = '';
      child.stdout.on('data', (chunk: Buffer) => {
        folder = chunk.toString('utf8');
        expect(existsSync(folder)).to.equal(true);
        child.kill(signal);
      });
      const ended = await new Promise((resolve) => {
        child.once('close', (_code, by) => resolve(by));
      });
      expect(ended).to.equal(signal);
      expect(existsSync(folder)).to.equal(false);
    });
  }
});
