/** The key that links are signed with, where the operator gives none. */

import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key kept in the data folder, made at the first start: links stay good across restarts. `make` answers fresh random text.
 * The key appears whole or not at all, so that two desks that start at once end up with the same one. Only the owner may read it.
 */
export function keptLinkKey(dataDir: string, make: () => string): string {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'link-key');
  const kept = readKept(path);
  if (kept !== undefined) return kept;
  const draft = `${path}.${make()}`;
  writeFileSync(draft, make() + make(), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (fault) {
    if (!hasCode(fault, 'EEXIST')) throw fault;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (fault) {
    if (hasCode(fault, 'ENOENT')) return undefined;
    throw fault;
  }
}

function hasCode(fault: unknown, code: string): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === code;
}
