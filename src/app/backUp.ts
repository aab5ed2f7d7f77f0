/** A backup of everything that a desk on one machine keeps in its data folder. */
import { cp, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DeskError } from '../domain/deskError.ts';
import { backUpSqlite } from '../stores/sqlite/backup.ts';
import { errnoOf } from '../shared/errno.ts';

/** A backup that could not be made; nothing of it is left. */
export class BackupError extends DeskError<'backup.inside' | 'backup.exists' | 'backup.failed'> {}

/** What a backup holds. */
export interface Backup {
  readonly folder: string;
  /** The number of files beside the database: proof, assessment records, keys. */
  readonly files: number;
  /** Of all files together, the database too. */
  readonly bytes: number;
}

const DATABASE = 'desk.sqlite';
/**
 * The database and its log are copied by SQLite; files that are being written, and the playground's note of which
 * process runs, are no part of it.
 */
const LEFT_OUT = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, join('files', 'tmp'), 'running'];

/**
 * Copies the data folder to a new folder, while the desk runs. The database is copied first, as of one instant: every
 * document of proof that it knows was stored before, so it is among the files that are copied then. The new folder is
 * there with everything in it, or not at all. It is a data folder itself: a desk starts on it by `DATA_DIR`. Throws a
 * {@link BackupError}, or a StoreError for the database.
 */
export async function backUpDataFolder(dataDir: string, to: string): Promise<Backup> {
  const [from, folder] = [resolve(dataDir), resolve(to)];
  if (isInside(folder, from) || isInside(from, folder))
    throw new BackupError('backup.inside', `The backup and the data folder may not be inside each other: ${folder}`);
  const draft = join(dirname(folder), `.${basename(folder)}.unfinished`);
  try {
    await refuseExisting(folder);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await backUpSqlite(join(from, DATABASE), join(draft, DATABASE));
    await cp(from, draft, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !LEFT_OUT.includes(relative(from, path)),
    });
    const { files, bytes } = await syncAll(draft);
    await rename(draft, folder);
    await sync(dirname(folder));
    return { folder, files: files - 1, bytes };
  } catch (cause) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if (cause instanceof DeskError) throw cause;
    throw new BackupError('backup.failed', `The backup could not be written: ${folder}`, { cause });
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

async function refuseExisting(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found) throw new BackupError('backup.exists', `There is something already; name a new folder: ${folder}`);
}

/** Brings everything below a folder to the disk, and counts it. */
async function syncAll(folder: string): Promise<{ readonly files: number; readonly bytes: number }> {
  let [files, bytes] = [0, 0];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    await sync(path);
    if (!entry.isFile()) continue;
    files += 1;
    bytes += (await stat(path)).size;
  }
  await sync(folder);
  return { files, bytes };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
