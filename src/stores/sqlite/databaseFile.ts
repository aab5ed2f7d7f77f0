/** The file of a database, as the disk has it: whether it is still the one that was opened, and whom it is open to. */
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { StoreError } from '../storeError.ts';

const OWN = 0o600;
const OTHERS = 0o077;
const TRIAL_BYTES = 1_024 * 1_024;

/**
 * Makes the file where it is missing, and takes it from everyone but its owner. SQLite gives its log of writes the
 * rights of the file. A file of another user stays as it is: then SQLite says whether it can be used.
 */
export function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', OWN));
    for (const path of [file, `${file}-wal`, `${file}-shm`]) {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats && (stats.mode & OTHERS) !== 0) chmodSync(path, OWN);
    }
  } catch {
    // What is wrong with the file, SQLite says better.
  }
}

/** Whether a database is still where it was opened. */
export interface FileGuard {
  /** Throws a {@link StoreError} where another file, or none, has its place: what is written now would be lost. */
  check(): void;
}

/** For a database that is open: its file and its log of writes are there now. */
export function guardFile(file: string): FileGuard {
  const guarded = [file, `${file}-wal`].map((path) => ({ path, id: idOf(path) }));
  return {
    check() {
      if (guarded.every(({ path, id }) => idOf(path) === id)) return;
      throw new StoreError(
        'store.gone',
        `The database was moved, removed or replaced while it was open; put it back, or start the desk again: ${file}`,
      );
    },
  };
}

/** A file keeps these two for as long as it is there, and a removed one that is still open shares them with none. */
function idOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}/${stats.ino}`;
}

/** Throws the system's error where a new file beside the database, as large as a claim may be, cannot be written. */
export async function tryDisk(file: string, trial: string): Promise<void> {
  const path = `${file}-trial-${trial}`;
  try {
    await writeFile(path, new Uint8Array(TRIAL_BYTES), { mode: OWN });
  } finally {
    await rm(path, { force: true });
  }
}
