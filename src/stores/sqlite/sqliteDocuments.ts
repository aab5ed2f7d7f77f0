import type { DatabaseSync } from 'node:sqlite';
import type { Documents, Find, NewDocument, Page, Scan, ScanPage, StoredDocument } from '../../desk/ports/documents.ts';
import { keepMsOf } from '../timeToLive.ts';
import { checkLimit, keysToStore } from '../indexKeys.ts';
import type { SortedKey } from '../indexKeys.ts';
import { openDatabase, inWords } from './database.ts';
import { guardFile, tryDisk } from './databaseFile.ts';
import { createPatience } from './patience.ts';
import { scrubDatabase } from './scrub.ts';

interface DocumentRow {
  readonly id: string;
  readonly body: string;
  /** Counts the writes; the etag is its text. */
  readonly version: number;
}

interface FoundRow extends DocumentRow {
  readonly sort: number;
}

/** The document port, and what one file of this machine can do besides. */
export interface SqliteDocuments extends Documents {
  /**
   * Sees that nothing is left of what was replaced or dropped before: neither in free space of the file nor in its log
   * of writes. Other processes may go on meanwhile. Throws a {@link StoreError} (`store.busy`) where one of them keeps
   * reading for too long; called again it goes on.
   */
  scrub(): Promise<void>;
  /** Throws where the database could not be written to just now: locked, gone, read only, or on a full disk. */
  ready(): Promise<void>;
  close(): void;
}

const FIND = (after: '<' | '>', order: 'ASC' | 'DESC') => `
  SELECT k.sort, k.id, d.body, d.version
  FROM keys k JOIN documents d ON d.kind = k.kind AND d.id = k.id
  WHERE k.kind = ? AND k.name = ? AND k.value = ? AND (k.sort, k.id) ${after} (?, ?) AND k.sort <= ?
  ORDER BY k.sort ${order}, k.id ${order} LIMIT ?`;

/** SQLite's own clock, in ms since 1970. With `null` added to it there is no instant. */
const NOW = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;
/** How many expired documents one write drops at most; more would hold the lock for long. */
const DROPPED_AT_ONCE = 20;

/**
 * The document port on one SQLite file, for a desk on one machine. Creates the file in an existing folder; any number
 * of processes of that machine may have it open. A write that has returned is on the disk. `close` releases the file;
 * after it every call fails.
 *
 * Throws a {@link StoreError}: from opening where the folder is missing or not writable, or the file is not a database
 * of the desk or of a newer version; from any call where another process keeps the file locked for 5 seconds, the disk
 * is full, or the file is no longer the one that was opened. The process goes on while a call waits for the lock.
 */
export function openSqlite(file: string): SqliteDocuments {
  const database = openDatabase(file);
  const guard = guardFile(file);
  const patience = createPatience();
  const failed = (error: unknown): never => {
    throw inWords(file, error);
  };
  const reading = <Answer>(work: () => Answer): Promise<Answer> =>
    patience
      .read(() => {
        guard.check();
        return work();
      })
      .catch(failed);
  const writing = <Answer>(work: () => Answer): Promise<Answer> =>
    patience
      .write(() => {
        guard.check();
        const answer = immediately(database, work);
        // What was committed to a file that is no longer there is lost: it is not acknowledged.
        guard.check();
        return answer;
      })
      .catch(failed);
  const insert = database.prepare(
    `INSERT INTO documents (kind, id, version, body, expires_at) VALUES (?, ?, 1, ?, ${NOW} + ?) ON CONFLICT DO NOTHING`,
  );
  const select = database.prepare('SELECT id, body, version FROM documents WHERE kind = ? AND id = ?');
  const update = database.prepare(
    `UPDATE documents SET body = ?, expires_at = ${NOW} + ?, version = version + 1 WHERE kind = ? AND id = ? ` +
      'AND version = ? RETURNING version',
  );
  const selectKeys = database.prepare('SELECT name, value, sort FROM keys WHERE kind = ? AND id = ?');
  const insertKey = database.prepare('INSERT INTO keys (kind, name, value, sort, id) VALUES (?, ?, ?, ?, ?)');
  const deleteKey = database.prepare(
    'DELETE FROM keys WHERE kind = ? AND name = ? AND value = ? AND sort = ? AND id = ?',
  );
  const selectExpired = database.prepare(
    `SELECT kind, id FROM documents WHERE expires_at < ${NOW} LIMIT ${DROPPED_AT_ONCE}`,
  );
  const dropKeys = database.prepare('DELETE FROM keys WHERE kind = ? AND id = ?');
  const drop = database.prepare('DELETE FROM documents WHERE kind = ? AND id = ?');
  const selectAll = database.prepare(
    'SELECT id, body, version FROM documents WHERE kind = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const selectFirst = database.prepare('SELECT id, body, version FROM documents WHERE kind = ? ORDER BY id LIMIT ?');
  const findUpwards = database.prepare(FIND('>', 'ASC'));
  const findDownwards = database.prepare(FIND('<', 'DESC'));

  /** Writes only what differs: most writes of a claim leave most of its keys as they are. */
  function writeKeys(kind: string, id: string, keys: readonly SortedKey[]): void {
    const stored = new Map(selectKeys.all(kind, id).map((row) => [JSON.stringify(Object.values(row)), row]));
    for (const { name, value, sort } of keys) {
      if (!stored.delete(JSON.stringify([name, value, sort]))) insertKey.run(kind, name, value, sort, id);
    }
    for (const { name, value, sort } of stored.values())
      deleteKey.run(kind, name ?? null, value ?? null, sort ?? null, id);
  }

  /** Makes room for a document that expires, by dropping some that have expired. */
  function dropExpired(): void {
    for (const { kind = null, id = null } of selectExpired.all()) {
      dropKeys.run(kind, id);
      drop.run(kind, id);
    }
  }

  return {
    async create<Body>(document: NewDocument<Body>) {
      const { kind, id } = document;
      const json = JSON.stringify(document.body);
      const keysNow = keysToStore(document.keys);
      const keepMs = keepMsOf(document);
      return writing(() => {
        if (keepMs !== undefined) dropExpired();
        if (insert.run(kind, id, json, keepMs ?? null).changes === 0) return 'exists';
        writeKeys(kind, id, keysNow);
        return { etag: '1' };
      });
    },
    async read<Body>(kind: string, id: string) {
      const row = (await reading(() => select.get(kind, id))) as DocumentRow | undefined;
      return row && fromRow<Body>(row);
    },
    async replace<Body>(document: NewDocument<Body>, etag: string) {
      const { kind, id } = document;
      const json = JSON.stringify(document.body);
      const keysNow = keysToStore(document.keys);
      const keepMs = keepMsOf(document);
      return writing(() => {
        const row = update.get(json, keepMs ?? null, kind, id, etag);
        if (!row) return 'changed';
        writeKeys(kind, id, keysNow);
        return { etag: String(row['version']) };
      });
    },
    async find<Body>(find: Find): Promise<Page<Body>> {
      checkLimit(find);
      const { kind, name, value, limit, upTo = Infinity, newestFirst } = find;
      // Downwards the first page starts just above `upTo`: SQLite seeks to this bound alone.
      const { sort, id } = find.after ?? { sort: newestFirst ? Math.floor(upTo) + 1 : -Infinity, id: '' };
      const statement = newestFirst ? findDownwards : findUpwards;
      const rows = (await reading(() =>
        statement.all(kind, name, value, sort, id, upTo, limit + 1),
      )) as unknown as FoundRow[];
      const last = rows[limit - 1];
      return {
        documents: rows.slice(0, limit).map((row) => fromRow<Body>(row)),
        ...(last && rows.length > limit && { next: { sort: last.sort, id: last.id } }),
      };
    },
    async scan<Body>(scan: Scan): Promise<ScanPage<Body>> {
      checkLimit(scan);
      const { kind, limit, after } = scan;
      const rows = (await reading(() =>
        after === undefined ? selectFirst.all(kind, limit + 1) : selectAll.all(kind, after, limit + 1),
      )) as unknown as DocumentRow[];
      const last = rows[limit - 1];
      return {
        documents: rows.slice(0, limit).map((row) => fromRow<Body>(row)),
        ...(last && rows.length > limit && { next: last.id }),
      };
    },
    scrub: () => scrubDatabase(file, database, patience),
    async ready() {
      await writing(() => undefined);
      await tryDisk(file, String(process.pid));
    },
    close() {
      database.close();
    },
  };
}

/**
 * Runs one write whole or not at all. `work` must not await: the lock would be held while the rest of the program runs.
 */
function immediately<Answer>(database: DatabaseSync, work: () => Answer): Answer {
  database.exec('BEGIN IMMEDIATE');
  try {
    const answer = work();
    database.exec('COMMIT');
    return answer;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function fromRow<Body>({ id, body, version }: DocumentRow): StoredDocument<Body> {
  return { id, body: JSON.parse(body) as Body, etag: String(version) };
}
