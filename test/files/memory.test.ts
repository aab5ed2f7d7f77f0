import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';

const MIB = 1024 * 1024;
const SIZE_MIB = 64;
const PROCESS = fileURLToPath(new URL('./memoryProcess.ts', import.meta.url));

interface Used {
  readonly size: number;
  readonly read: number;
  readonly verdict: unknown;
  readonly most: { readonly held: number; readonly rss: number };
}

describe(`A file of ${SIZE_MIB} MiB`, () => {
  let azurite: Azurite;
  let folder: string;
  before(async () => {
    azurite = await startAzurite();
    folder = await mkdtemp(join(tmpdir(), 'large-'));
  });
  after(async () => {
    await azurite.close();
    await rm(folder, { recursive: true });
  });

  const cases: readonly [kind: string, place: string, environment: () => Promise<NodeJS.ProcessEnv>][] = [
    ['pdf', 'in a folder', async () => ({ FOLDER: await mkdtemp(join(folder, 'pdf-')) })],
    ['docx', 'in a folder', async () => ({ FOLDER: await mkdtemp(join(folder, 'docx-')) })],
    ['pdf', 'in Blob Storage', async () => ({ ENDPOINT: azurite.endpoint, KEY: azurite.key })],
  ];
  for (const [kind, place, environment] of cases) {
    const part = kind === 'pdf' ? 'its bytes once' : 'a small part of it';
    it(`that is a ${kind} ${place} is stored, looked into and read with ${part} in memory`, async () => {
      const env = { ...process.env, ...(await environment()), KIND: kind, MIBS: String(SIZE_MIB) };
      const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=48', PROCESS], { env });
      const { size, read, verdict, most } = JSON.parse(stdout) as Used;
      expect(size).to.be.above(SIZE_MIB * MIB);
      expect(read).to.equal(size);
      expect(verdict).to.deep.equal({ ok: true, kind });
      // What the collector has not come round to is in it, too. A PDF is examined whole.
      expect(most.held, 'in heap and buffers').to.be.below((kind === 'pdf' ? 1.75 : 0.75) * SIZE_MIB * MIB);
      process.stdout.write(
        `      most beyond the start: ${(most.held / MIB).toFixed(1)} MiB of heap and buffers, ` +
          `${(most.rss / MIB).toFixed(1)} MiB resident\n`,
      );
    });
  }
});
