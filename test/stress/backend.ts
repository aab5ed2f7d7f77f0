/**
 * The backend of a stress run: a store of claims and files, as its environment says, and a folder for what else a desk
 * needs.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../src/app/storage.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Documents } from '../../src/desk/ports/documents.ts';
import { DIRECTORY } from '../acceptance/support/personas.ts';

export interface Backend {
  readonly documents: Documents;
  /** The settings that lead a process to the store. */
  readonly env: Readonly<Record<string, string>>;
  /** The records that were handed over for assessment, by claim and period. */
  assessments(): Promise<ReadonlyMap<string, unknown>>;
  stop(): Promise<void>;
}

/** A backend on an existing store; without settings of its own, a folder. */
export async function openBackend(settings: Readonly<Record<string, string>> = {}): Promise<Backend> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stress-'));
  const directory = join(dataDir, 'directory.json');
  await writeFile(directory, JSON.stringify(DIRECTORY));
  const env = {
    DATA_DIR: dataDir,
    DIRECTORY_FILE: directory,
    LINK_KEY: 'a key of the stress tests that is long enough',
    HISTORY_KEYS: 'a key of histories of the stress tests that is long enough',
    SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
    ...settings,
  };
  const storage = await openStorage(readConfig(env));
  return {
    documents: storage.documents,
    env,
    async assessments() {
      const records = new Map<string, unknown>();
      for await (const { key } of storage.files.list('assessments/'))
        records.set(key.slice('assessments/'.length, -'.json'.length), JSON.parse(await textOf(key)));
      return records;
    },
    async stop() {
      storage.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };

  async function textOf(key: string): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await storage.files.open(key))?.bytes ?? []) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  }
}
