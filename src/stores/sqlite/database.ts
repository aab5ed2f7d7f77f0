import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../storeError.ts';
import type { StoreErrorCode } from '../storeError.ts';
import { keepPrivate } from './databaseFile.ts';

/** Marks the file as the desk's own ("CPOR"), so that no other program's database is written to by mistake. */
const APPLICATION = 0x43504f52;
const VERSION = 2;
/** How long opening waits for the lock of another process, in milliseconds; nothing else goes on then anyway. */
const OPENING_MS = 5_000;
const OPENING_TRIES = 100;

/** Version 1: documents are kept for ever. */
const SCHEMA = `
  CREATE TABLE documents (
    kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  CREATE TABLE keys (
    kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, sort INTEGER NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (kind, name, value, sort, id)
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX keys_of_document ON keys (kind, id);
  PRAGMA application_id = ${APPLICATION};`;
/** Version 2: a document may be dropped at an instant, in ms since 1970 by this machine's clock. */
const EXPIRY = `
  ALTER TABLE documents ADD COLUMN expires_at INTEGER;
  CREATE INDEX documents_to_drop ON documents (expires_at) WHERE expires_at IS NOT NULL;`;

/**
 * Opens the file, creates it where it is missing, for its owner alone, and checks that it is the desk's before anything
 * is written to it. The connection waits for no lock: whoever works with it does.
 */
export function openDatabase(file: string): DatabaseSync {
  keepPrivate(file);
  const database = inSqliteWords(file, () => new DatabaseSync(file, { timeout: OPENING_MS }));
  try {
    inSqliteWords(file, () => {
      refuseWhatIsNotOurs(file, database);
      database.exec('PRAGMA busy_timeout = 0');
      patiently(() => database.exec('PRAGMA journal_mode = WAL'));
      database.exec(`PRAGMA busy_timeout = ${OPENING_MS}; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON`);
      database.exec('BEGIN IMMEDIATE');
      // Checked again under the lock: another process may have created the tables since, perhaps of a newer version.
      refuseWhatIsNotOurs(file, database);
      const version = number(database, 'user_version');
      if (version < 1) database.exec(SCHEMA);
      if (version < 2) database.exec(EXPIRY);
      if (version < VERSION) database.exec(`PRAGMA user_version = ${VERSION}`);
      database.exec('COMMIT; PRAGMA busy_timeout = 0');
    });
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Passes SQLite's errors on as a {@link StoreError} that says what the operator can do. */
export function inSqliteWords<Answer>(file: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    throw inWords(file, error);
  }
}

/** The error as a {@link StoreError}, if it is one of SQLite. */
export function inWords(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const [faultCode, words] = FAULTS[code] ?? ['store.failed', 'The database failed'];
  return new StoreError(faultCode, `${words}: ${file}`, { cause: error });
}

/** By SQLite's primary result code. */
const FAULTS: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  3: [
    'store.notWritable',
    'The database may not be opened; give this user the right to read and write the file and its folder',
  ],
  5: ['store.busy', 'Another process keeps the database locked; end it, or try again'],
  8: [
    'store.notWritable',
    'The database may not be written to; give this user the right to write the file and its folder',
  ],
  11: ['store.notADatabase', 'The database is damaged; restore it from a backup'],
  13: ['store.full', 'The disk is full; make room for the database'],
  14: [
    'store.notWritable',
    'The database cannot be opened; the path must be a file in a folder that this user may write to',
  ],
  26: ['store.notADatabase', 'The file is not an SQLite database; name another file, or move this one away'],
};

function refuseWhatIsNotOurs(file: string, database: DatabaseSync): void {
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  if (!hasTables) return;
  if (number(database, 'application_id') !== APPLICATION) {
    throw new StoreError('store.notADatabase', `The file is another program's database; name another file: ${file}`);
  }
  const version = number(database, 'user_version');
  if (version > VERSION) {
    throw new StoreError(
      'store.newerVersion',
      `The database was written by a newer version of the desk ` +
        `(its version is ${version}, this one knows up to ${VERSION}); run the newer desk: ${file}`,
    );
  }
}

function number(database: DatabaseSync, pragma: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

/**
 * SQLite does not always wait for the lock when a file is switched to WAL, so one of two processes that create it at
 * the same time could fail. Waits for it, as long as SQLite itself would; the connection must not wait as well.
 */
function patiently(work: () => void): void {
  const neverNotified = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 1; ; tries += 1) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || tries === OPENING_TRIES) throw error;
      Atomics.wait(neverNotified, 0, 0, OPENING_MS / OPENING_TRIES);
    }
  }
}

/** Whether another process has the lock: the same may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === 5;
}

/** The primary result code, without the extension in the higher bits. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}
