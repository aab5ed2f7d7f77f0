import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import {
  access,
  constants,
  link,
  mkdir,
  mkdtemp,
  open,
  opendir,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileBytes, Files } from '../../desk/ports/files.ts';
import { FilesError } from '../filesError.ts';
import { segmentsOf, segmentsOfPrefix, segmentsToRemove } from '../fileKey.ts';
import { isAlive, ownerOf, prefixOf, thisOwner } from './processOwner.ts';
import type { Owner } from './processOwner.ts';
import { errnoOf } from '../../shared/errno.ts';

/** The file port, and whether it could take a file. */
export interface LocalFiles extends Files {
  /** Throws the system's error where a file could not be written just now: the folder is gone, read only, or full. */
  ready(): Promise<void>;
}

const TRIAL_BYTES = 1_024 * 1_024;
/** For how long a temporary file of another host is left alone: no upload takes that long. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/**
 * The file port on a folder of the local disk, which several processes may share: `files/` holds the files by their
 * keys, `tmp/` those that are being written. Temporary files of processes that have ended are removed here. A file is
 * on the disk when `put` returns. Throws a {@link FilesError}: here where the folder is not writable or its file system
 * has no hard links, later for an invalid key.
 */
export async function openLocalFiles(folder: string): Promise<LocalFiles> {
  const root = join(folder, 'files');
  const tmp = join(folder, 'tmp');
  const owner = await thisOwner();
  const temporary = (): Promise<string> => mkdtemp(join(tmp, prefixOf(owner)));

  await makeFolders(root, tmp);
  await removeLeftovers(tmp, owner, await tryFileSystem(folder, temporary));

  return {
    async put(key, bytes) {
      const path = join(root, ...segmentsOf(key));
      const place = await temporary();
      try {
        const written = join(place, 'bytes');
        const measured = await writeThrough(written, bytes);
        await makeFolder(dirname(path), root);
        // A link, unlike a rename, never replaces a file that is there already.
        if (!(await linkIfFree(written, path))) return 'exists';
        await syncFolder(dirname(path));
        return measured;
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    async ready() {
      const place = await temporary();
      try {
        await writeFile(join(place, 'trial'), new Uint8Array(TRIAL_BYTES), { mode: 0o600 });
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    async open(key) {
      const path = join(root, ...segmentsOf(key));
      const stats = await statIfThere(path);
      if (!stats?.isFile()) return undefined;
      await access(path, constants.R_OK).catch((cause: unknown) => {
        if (errnoOf(cause) === 'ENOENT') return;
        throw new FilesError(
          'files.forbidden',
          `This user may not read a file in ${dirname(path)}; give DATA_DIR, with all that is in it, to the user of the desk`,
          { cause },
        );
      });
      return { size: stats.size, bytes: partOf(path, 0, stats.size), part: (start, end) => partOf(path, start, end) };
    },
    async remove(key) {
      const path = join(root, ...segmentsToRemove(key));
      if (!(await statIfThere(path))?.isFile()) return;
      await rm(path, { force: true });
      await syncFolder(dirname(path));
    },
    async *list(prefix) {
      const folders = segmentsOfPrefix(prefix).slice(0, -1);
      for await (const key of keysBelow(root, folders)) {
        const stats = key.startsWith(prefix) ? await statIfThere(join(root, key)) : undefined;
        if (stats) yield { key, writtenAt: Math.floor(stats.mtimeMs) };
      }
    },
  };
}

async function makeFolders(...folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new FilesError(
      'files.notWritable',
      `The folder of the files cannot be made; name one that this user may write to: ${folders.join(', ')}`,
      { cause },
    );
  }
}

/**
 * Writes and links a file to check that both work. Returns the time of the file system, which may be another machine's.
 */
async function tryFileSystem(folder: string, temporary: () => Promise<string>): Promise<number> {
  const place = await temporary().catch((cause: unknown) => {
    throw new FilesError(
      'files.notWritable',
      `The folder of the files cannot be written to; give this user the right to: ${folder}`,
      { cause },
    );
  });
  try {
    const [one, other] = [join(place, 'one'), join(place, 'other')];
    await writeFile(one, '');
    await link(one, other).catch((cause: unknown) => {
      throw new FilesError(
        'files.noHardLinks',
        'The folder of the files is on a file system without hard links; name one on a disk of this machine',
        { cause },
      );
    });
    return (await stat(other)).mtimeMs;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Removes the temporary files of processes that have ended, and leaves those that another process is writing. */
async function removeLeftovers(tmp: string, owner: Owner, now: number): Promise<void> {
  for await (const { name } of await opendir(tmp)) {
    const left = ownerOf(name);
    if (!left) continue;
    const alive = await isAlive(left, owner);
    const writtenAt = alive === 'unknown' ? (await statIfThere(join(tmp, name)))?.mtimeMs : undefined;
    const abandoned = writtenAt !== undefined && now - writtenAt > ABANDONED_MS;
    if (alive === false || abandoned) await rm(join(tmp, name), { recursive: true, force: true });
  }
}

/** Writes the stream to the disk as it arrives. Throws the stream's own error. */
async function writeThrough(
  path: string,
  bytes: FileBytes,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of bytes) {
      await writeWhole(file, chunk);
      hash.update(chunk);
      size += chunk.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** One write may take only a part of the bytes. */
async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.byteLength; ) done += (await file.write(chunk, done)).bytesWritten;
}

/** Creates a folder and syncs each parent that got a new one, so that a power cut does not remove it with its file. */
async function makeFolder(folder: string, root: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) === undefined) return;
  for (let parent = dirname(folder); parent.length >= root.length; parent = dirname(parent)) await syncFolder(parent);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function linkIfFree(written: string, path: string): Promise<boolean> {
  try {
    await link(written, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function* partOf(path: string, start: number, end: number): FileBytes {
  if (start < end) yield* createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Buffer>;
}

async function* keysBelow(root: string, folders: readonly string[]): AsyncGenerator<string> {
  const entries = await opendir(join(root, ...folders)).catch(ifThere);
  if (!entries) return;
  for await (const entry of entries) {
    const path = [...folders, entry.name];
    if (entry.isFile()) yield path.join('/');
    if (entry.isDirectory()) yield* keysBelow(root, path);
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  return stat(path).catch(ifThere);
}

/** Undefined where nothing exists: no such file, or a part of its path is a file. */
function ifThere(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw error;
  return undefined;
}
