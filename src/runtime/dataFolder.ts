/** The folder of this machine that the desk keeps everything in, where that is not on Azure. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../config/environment.ts';

/** What is in a folder that is the desk's own. */
const DATABASE = 'desk.sqlite';
const OWN_FOLDERS = ['files'];
const OTHERS = 0o077;
const OWNER_ALONE = 0o700;

/**
 * Makes the folder and those above it where they are missing, and sees that it can be written to. Throws a {@link
 * ConfigError} that names DATA_DIR and the problem. A folder that holds nothing but a desk is closed to others. Answers
 * whether it is closed; what the desk writes in it is its owner's alone in any case.
 */
export function prepareDataFolder(dataDir: string): boolean {
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
  return closeToOthers(dataDir);
}

/** Whether the folder is closed to others now. A folder with other things in it, or of another user, stays as it is. */
function closeToOthers(folder: string): boolean {
  if ((statSync(folder).mode & OTHERS) === 0) return true;
  const entries = readdirSync(folder);
  if (entries.length > 0 && !entries.includes(DATABASE)) return false;
  try {
    chmodSync(folder, OWNER_ALONE);
    for (const name of OWN_FOLDERS.filter((one) => entries.includes(one))) chmodSync(join(folder, name), OWNER_ALONE);
  } catch {
    // Of another user, or on a file system without rights.
  }
  return (statSync(folder).mode & OTHERS) === 0;
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
    mkdirSync(folder, { mode: OWNER_ALONE });
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
