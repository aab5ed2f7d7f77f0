/** The key that links are signed with, where the operator configures none. */
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

/**
 * The key stored in the data folder, created at the first start, so that links stay valid across restarts. `make`
 * returns new random text. The file is created atomically, so that two desks starting at once use the same key; only
 * its owner may read it. Throws a LinkKeyError for a truncated file: a short key can be guessed, and then anyone could
 * sign.
 */
export function readOrCreateSigningKey(dataDir: string, make: () => string): string {
  const path = join(dataDir, 'link-key');
  const kept = readKept(path);
  if (kept !== undefined) return kept;
  const draft = `${path}.${make()}`;
  writeFileSync(draft, make() + make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function readKept(path: string): string | undefined {
  const key = textOf(path);
  if (key === undefined || key.length >= MIN_LENGTH) return key;
  throw new LinkKeyError(
    `The key of the links is too short to sign with; remove the file, and the desk makes a new one: ${path}`,
  );
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
