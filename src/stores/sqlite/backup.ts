/** A copy of the database as it is at one instant, while processes go on to write to it. */
import { existsSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreError } from '../storeError.ts';
import { inSqliteWords, openDatabase } from './database.ts';

/**
 * Copies the desk's database to a new file and checks that the copy is whole. What is in the write-ahead log is in the
 * copy too. Throws a {@link StoreError} where the file is not a database of the desk, the copy exists, cannot be
 * written, or is damaged.
 */
export async function backUpSqlite(file: string, copy: string): Promise<void> {
  if (existsSync(copy)) throw new StoreError('store.notWritable', `The copy exists already; name a new file: ${copy}`);
  const database = openDatabase(file);
  try {
    await backup(database, copy);
  } catch (cause) {
    throw new StoreError('store.notWritable', `The copy of the database could not be written: ${copy}`, { cause });
  } finally {
    database.close();
  }
  inSqliteWords(copy, () => refuseDamaged(copy));
}

function refuseDamaged(copy: string): void {
  const database = new DatabaseSync(copy);
  try {
    const { integrity_check: answer } = database.prepare('PRAGMA integrity_check').get() ?? {};
    if (answer !== 'ok')
      throw new StoreError(
        'store.notADatabase',
        `The copy is damaged (${String(answer)}); the database is too: ${copy}`,
      );
  } finally {
    database.close();
  }
}
