/** The key that links are signed with, where the operator gives none. */
import { DeskError } from '../domain/deskError.ts';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../shared/errno.ts';

const SHORTEST = 32;

/** The kept key is not one that can be signed with; the message names the file and what to do. */
export class LinkKeyError extends DeskError<'linkKey.tooShort'> {
  constructor(message: string, options?: ErrorOptions) {
    super('linkKey.tooShort', message, options);
  }
}

/**
 * The key kept in the data folder, made at the first start: links stay good across restarts. `make` answers fresh random text.
 * The key appears whole or not at all, so that two desks that start at once end up with the same one. Only the owner may read it.
 * Throws a LinkKeyError for a file that was emptied or cut off: with such a key anybody could sign.
 */
export function readOrCreateSigningKey(dataDir: string, make: () => string): string {
  const path = join(dataDir, 'link-key');
  const kept = readKept(path);
  if (kept !== undefined) return kept;
  const draft = `${path}.${make()}`;
  writeFileSync(draft, make() + make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (fault) {
    if (errnoOf(fault) !== 'EEXIST') throw fault;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function readKept(path: string): string | undefined {
  const key = textOf(path);
  if (key === undefined || key.length >= SHORTEST) return key;
  throw new LinkKeyError(
    `The key of the links is too short to sign with; remove the file, and the desk makes a new one: ${path}`,
  );
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (fault) {
    if (errnoOf(fault) === 'ENOENT') return undefined;
    throw fault;
  }
}
