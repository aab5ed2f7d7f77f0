/** The keys that the desk makes for itself where the operator configures none: for links, and for histories. */
import { DeskError } from '../domain/deskError.ts';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../shared/errno.ts';

const MIN_LENGTH = 32;

/** The stored key cannot be used; the message names the file and what to do. */
export class LinkKeyError extends DeskError<'linkKey.tooShort'> {
  constructor(message: string, options?: ErrorOptions) {
    super('linkKey.tooShort', message, options);
  }
}

/** The stored key of histories cannot be used; the message names the file and what to do. */
export class HistoryKeyError extends DeskError<'historyKey.tooShort'> {
  constructor(message: string, options?: ErrorOptions) {
    super('historyKey.tooShort', message, options);
  }
}

/**
 * The key that links are signed with, stored in the data folder, created at the first start, so that links stay valid
 * across restarts. `make` returns new random text. The file is created atomically, so that two desks starting at once
 * use the same key; only its owner may read it. Throws a LinkKeyError for a truncated file: a short key can be guessed,
 * and then anyone could sign.
 */
export function readOrCreateSigningKey(dataDir: string, make: () => string): string {
  return readOrCreate(join(dataDir, 'link-key'), {
    draftId: make,
    make: () => make() + make(),
    tooShort(path) {
      throw new LinkKeyError(
        `The key of the links is too short to sign with; remove the file, and the desk makes a new one: ${path}`,
      );
    },
  });
}

/**
 * The key that authenticates histories (R55), likewise. With another key no claim of before could be checked, so a
 * truncated file is never replaced.
 */
export function readOrCreateHistoryKey(dataDir: string, make: () => string): string {
  return readOrCreate(join(dataDir, 'history-key'), {
    draftId: make,
    make: () => make() + make(),
    tooShort(path) {
      throw new HistoryKeyError(
        `The key of the histories is cut off; restore the file from the backup of the data folder: ${path}`,
      );
    },
  });
}

interface KeyFile {
  /** A new name each time. */
  draftId(this: void): string;
  /** The text of a new file. */
  make(this: void): string;
  tooShort(this: void, path: string): never;
}

/** The text of a file that only its owner may read; where there is none, it is made, by one of several processes. */
export function readOrCreate(path: string, { draftId, make, tooShort }: KeyFile): string {
  const kept = textOf(path);
  if (kept !== undefined) return kept.length >= MIN_LENGTH ? kept : tooShort(path);
  const draft = `${path}.${draftId()}`;
  writeFileSync(draft, make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
