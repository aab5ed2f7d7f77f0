/** Copies of the project to plant bugs in; the project itself is only read. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, removeFolder } from '../support/tempFolders.ts';
import type { Mutant } from './mutant.ts';
import { withFault } from './mutant.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const LEFT_OUT: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.data',
  '.playground',
  'screenshots',
  'coverage',
]);

export interface Copies {
  /** Does `work` in a fresh copy of the project as it was when the copies were opened, with a bug in it or without. */
  within<Answer>(mutant: Mutant | undefined, work: (folder: string) => Promise<Answer>): Promise<Answer>;
  /** Removes all that is left. */
  close(): void;
}

/**
 * Records the project as it is now, so that all bugs are planted in the same state even if files change meanwhile. A
 * signal removes the copies too.
 */
export function openCopies(): Copies {
  const root = makeFolder(tmpdir(), 'mutants-');
  const pattern = join(root, 'pattern');
  cpSync(PROJECT, pattern, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(PROJECT, path)) });
  return {
    async within(mutant, work) {
      const folder = mkdtempSync(join(root, 'copy-'));
      try {
        cpSync(pattern, folder, { recursive: true });
        symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
        if (mutant) plant(folder, mutant);
        return await work(folder);
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
    close: () => removeFolder(root),
  };
}

function plant(folder: string, mutant: Mutant): void {
  const path = join(folder, mutant.file);
  writeFileSync(path, withFault(readFileSync(path, 'utf8'), mutant));
}
