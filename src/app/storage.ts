/**
 * Where claims and files are stored: in a folder of this machine, or on Azure for any number of instances. Azure's
 * libraries are a third of the start-up time, so they are loaded only where they are used.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { steadyClock, systemClock } from '../runtime/clock.ts';
import type { Config } from '../config/config.ts';
import type { AnchorStore } from '../desk/ports/anchors.ts';
import type { Documents } from '../desk/ports/documents.ts';
import type { Files } from '../desk/ports/files.ts';
import type { Scanner } from '../desk/ports/scanner.ts';
import { openAnchorFile } from '../files/local/anchorFile.ts';
import { openLocalFiles } from '../files/local/localFiles.ts';
import { requireAnchorsOutside } from '../runtime/anchorsPlace.ts';
import { randomBytes, randomId } from '../runtime/random.ts';
import { openSqlite } from '../stores/sqlite/sqliteDocuments.ts';

export interface Storage {
  readonly documents: Documents;
  readonly files: Files;
  /** Absent where none are configured. */
  readonly anchors?: AnchorStore;
  /** What looks for viruses in the files; absent where nothing does. */
  readonly scanner?: Scanner;
  /** Whether each of the two answers just now; fails or never ends where it does not. */
  readonly ready: { store(): Promise<unknown>; files(): Promise<unknown> };
  /**
   * Sees that nothing is left of what was replaced in the store: `scrubbed`. On Azure there is nothing to do but to
   * wait for its backups to end: `inBackups`.
   */
  scrub(): Promise<'scrubbed' | 'inBackups'>;
  /** Lets go of both. */
  close(): void;
}

/**
 * Opens both where the configuration says. Throws where either cannot be had, or where the anchors would be inside the
 * data folder. On Azure the store's time is held against
 * this machine's own clock, never against one that is set by hand: in production the desk goes by the same, so that it
 * does nothing where that is wrong. On one machine there is no other time than the machine's.
 */
export async function openStorage(
  config: Pick<Config, 'azure' | 'dataDir' | 'anchorsFile' | 'scanner'>,
): Promise<Storage> {
  const storage = config.azure
    ? await onAzure(config.azure, config.scanner?.kind === 'defender')
    : await onThisMachine(config);
  if (config.scanner?.kind !== 'clamd') return storage;
  const { createClamd } = await import('../files/scan/clamd.ts');
  return { ...storage, scanner: createClamd({ address: config.scanner.address, files: storage.files }) };
}

async function onAzure({ cosmos, blob, clientId }: NonNullable<Config['azure']>, isScanned: boolean): Promise<Storage> {
  const [{ openCosmos }, { openBlobFiles }, { openBlobAnchors }, { createBlobScanner }, { azureCredential }] =
    await Promise.all([
      import('../stores/cosmos/cosmosDocuments.ts'),
      import('../files/blob/blobFiles.ts'),
      import('../files/blob/blobAnchors.ts'),
      import('../files/blob/blobScanner.ts'),
      import('../runtime/azureIdentity.ts'),
    ]);
  const credential = cosmos.key === undefined || blob.key === undefined ? azureCredential(clientId) : undefined;
  const asWhom = credential && { credential };
  const documents = await openCosmos({
    ...cosmos,
    ...asWhom,
    newId: randomId,
    pause: (ms) => pause(ms),
    machine: { clock: systemClock, steady: steadyClock },
  });
  try {
    const ids = { randomId, randomBytes };
    const files = await openBlobFiles({ ...blob, ...asWhom, ids });
    const anchors = await openBlobAnchors({ ...blob, ...asWhom, container: blob.anchors, ids });
    return {
      documents,
      files,
      anchors,
      ...(isScanned && { scanner: createBlobScanner({ ...blob, ...asWhom, ids }) }),
      ready: { store: () => askFor(documents), files: () => files.ready() },
      scrub: () => Promise.resolve('inBackups'),
      close: () => documents.close(),
    };
  } catch (error) {
    documents.close();
    throw error;
  }
}

async function onThisMachine({ dataDir, anchorsFile }: Pick<Config, 'dataDir' | 'anchorsFile'>): Promise<Storage> {
  if (anchorsFile !== undefined) requireAnchorsOutside(anchorsFile, dataDir);
  const documents = openSqlite(join(dataDir, 'desk.sqlite'));
  try {
    const files = await openLocalFiles(join(dataDir, 'files'));
    return {
      documents,
      files,
      ...(anchorsFile !== undefined && { anchors: openAnchorFile(anchorsFile) }),
      ready: { store: () => documents.ready(), files: () => files.ready() },
      scrub: () => documents.scrub().then(() => 'scrubbed'),
      close: () => documents.close(),
    };
  } catch (error) {
    documents.close();
    throw error;
  }
}

/** Any read will do: this document never exists. */
function askFor(documents: Documents): Promise<unknown> {
  return documents.read('ready', 'ready');
}
