/** A new folder for what is exported. */
import { mkdirSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errnoOf } from '../shared/errno.ts';
import { ExportFolderError } from './exportFolderError.ts';

/** Writes new files into the folder. They can be read by this user alone: what is exported is about people. */
export interface ExportFolder {
  readonly path: string;
  /** Writes a file of a name that the desk made. */
  write(name: string, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
}

/** Makes the folder. Throws an {@link ExportFolderError} where it cannot be made, or has something in it. */
export function createExportFolder(path: string): ExportFolder {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (readdirSync(folder).length > 0)
      throw new ExportFolderError(`The folder is not empty; name a new one: ${folder}`);
  } catch (cause) {
    if (cause instanceof ExportFolderError) throw cause;
    const code = errnoOf(cause) ?? 'unknown';
    throw new ExportFolderError(`The folder cannot be made (${code}); name another: ${folder}`, { cause });
  }
  return {
    path: folder,
    async write(name, bytes) {
      await writeFile(join(folder, name), bytes, { flag: 'wx', mode: 0o600 });
    },
  };
}
