import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../storeError.ts';
import { inSqliteWords, inWords } from './database.ts';
import { BUSY_MS } from './patience.ts';
import type { Patience } from './patience.ts';

const PAUSE_MS = 100;
const TRIES = BUSY_MS / PAUSE_MS;

/**
 * Writes the file anew from what it holds, and empties its log of writes, in which former states of pages would stay.
 * A log that is being read cannot be emptied at once: it is tried for five seconds.
 */
export async function scrubDatabase(file: string, database: DatabaseSync, patience: Patience): Promise<void> {
  await patience
    .write(() => database.exec('VACUUM'))
    .catch((error: unknown) => {
      throw inWords(file, error);
    });
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (inSqliteWords(file, () => isEmptied(database))) return;
    await pause(PAUSE_MS);
  }
  throw new StoreError('store.busy', `Another process keeps reading the database; try again: ${file}`);
}

/** Whether every write is in the file itself now, and the log is of no length. Does not wait for who reads it. */
function isEmptied(database: DatabaseSync): boolean {
  return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
}
