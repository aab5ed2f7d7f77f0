/** The folder of this machine that the desk keeps everything in, where that is not on Azure. */
import { mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../config/environment.ts';

/**
 * Makes the folder and those above it where they are missing, and sees that it can be written to. Throws a {@link
 * ConfigError} that names DATA_DIR and the problem.
 */
export function prepareDataFolder(dataDir: string): void {
  try {
    makeFolder(resolve(dataDir));
  } catch (cause) {
    throw unusable(dataDir, `a folder that cannot be made (${reasonOf(cause)})`, cause);
  }
  try {
    rmdirSync(mkdtempSync(join(dataDir, '.trial-')));
  } catch (cause) {
    throw unusable(dataDir, `a folder that cannot be written to (${reasonOf(cause)})`, cause);
  }
}

/**
 * Step by step: where a file system will have no new folder and says ENOENT, as /proc does, Node's own `recursive`
 * never ends.
 */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${folder} is not a folder`);
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function unusable(dataDir: string, sentence: string, cause: unknown): ConfigError {
  return new ConfigError(
    [
      {
        variable: 'DATA_DIR',
        kind: 'not-a-folder',
        sentence: `is "${dataDir}", ${sentence}. Name a folder that this user may make and write to, or leave it out for .data.`,
      },
    ],
    { cause },
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
