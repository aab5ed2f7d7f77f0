/**
 * The backend of an acceptance test: where the desk keeps its claims and files, and whose tokens it trusts. One
 * machine, unless the variable `ACCEPTANCE_ON` is `azure`: then the emulators of Cosmos DB and Blob Storage, and
 * messages signed by an issuer of our own.
 */
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../../src/config/config.ts';
import type { Clock } from '../../../src/desk/ports/system.ts';
import type { Environment } from '../../../src/config/environment.ts';
import type { DeskOverrides } from '../../../src/app/startDesk.ts';
import { openStorage } from '../../../src/app/storage.ts';
import type { Storage } from '../../../src/app/storage.ts';
import { startAzurite } from '../../support/azurite.ts';
import type { Azurite } from '../../support/azurite.ts';
import { startCosmosEmulator } from '../../support/cosmosEmulator.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';
import { APP_ID, startIssuer } from '../../support/tokenIssuer.ts';
import { PERSONAS } from './personas.ts';
import { deskOverridesFrom } from './deskOverrides.ts';

/** Opens the metrics where the desk has a key for them, as on Azure. */
export const METRICS_KEY = 'a key of the metrics of the acceptance tests';
export const ON_AZURE = process.env['ACCEPTANCE_ON'] === 'azure';

export interface Backend {
  /** The settings that lead the desk to it. */
  readonly env: Environment;
  readonly deskOverrides: Pick<DeskOverrides, 'cloud' | 'token'>;
  /** The Authorization header of an activity from this service; none where nothing is signed. */
  authorization(serviceUrl: string): string | undefined;
  /** The claims and files, as another process sees them. */
  open(): Promise<Storage>;
  /** How many bytes are stored of a file that is being written. */
  halfWritten(): Promise<number>;
  close(): Promise<void>;
}

/** A new, empty backend. `dataDir` is a folder of its own, `clock` the desk's. */
export function createBackend(dataDir: string, clock: Clock): Promise<Backend> {
  return ON_AZURE ? onAzure(dataDir, clock) : onOneMachine(dataDir);
}

async function onOneMachine(dataDir: string): Promise<Backend> {
  const env = { DATA_DIR: dataDir };
  const tmp = join(dataDir, 'files', 'tmp');
  return {
    env,
    deskOverrides: {},
    authorization: () => undefined,
    open: () => openStorage(readConfig(env)),
    async halfWritten() {
      const [written] = (await readdir(tmp, { recursive: true })).filter((name) => name.endsWith('bytes'));
      return written === undefined ? 0 : (await stat(join(tmp, written))).size;
    },
    close: () => Promise.resolve(),
  };
}

interface Emulators {
  readonly cosmos: CosmosEmulator;
  readonly azurite: Azurite;
}

let emulators: Promise<Emulators> | undefined;
let backends = 0;

/** One account of each for all tests of this process; every scenario has a database and containers of its own. */
function startedEmulators(): Promise<Emulators> {
  emulators ??= Promise.all([startCosmosEmulator(), startAzurite()]).then(([cosmos, azurite]) => ({ cosmos, azurite }));
  return emulators;
}

after(async () => {
  const started = await emulators;
  await Promise.all([started?.cosmos.close(), started?.azurite.close()]);
});

async function onAzure(dataDir: string, clock: Clock): Promise<Backend> {
  const { cosmos, azurite } = await startedEmulators();
  const issuer = await startIssuer({ clock });
  backends += 1;
  const container = `files-${backends}`;
  const env = {
    DATA_DIR: dataDir,
    ACCEPTANCE_ISSUER: issuer.url,
    LINK_KEY: 'a key of the acceptance tests that is long enough',
    HISTORY_KEYS: 'a key of histories of the acceptance tests that is long enough',
    SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
    PUBLIC_URL: 'https://desk.example',
    METRICS_KEY,
    COSMOS_ENDPOINT: cosmos.endpoint,
    COSMOS_KEY: cosmos.key,
    COSMOS_DATABASE: `acceptance-${backends}`,
    COSMOS_PARTITIONS: '4',
    BLOB_ENDPOINT: azurite.endpoint,
    BLOB_KEY: azurite.key,
    BLOB_CONTAINER: container,
    BLOB_ASSESSMENTS: `records-${backends}`,
    BLOB_ANCHORS: `anchors-${backends}`,
    MICROSOFT_APP_ID: APP_ID,
    MICROSOFT_APP_TYPE: 'MultiTenant',
    MICROSOFT_APP_PASSWORD: 'the secret of the acceptance tests',
    ALLOWED_TENANTS: [...new Set(Object.values(PERSONAS).map(({ tenantId }) => tenantId))].join(','),
  };
  const blobs = new BlobServiceClient(
    azurite.endpoint,
    new StorageSharedKeyCredential(azurite.account, azurite.key),
  ).getContainerClient(container);
  return {
    env,
    deskOverrides: deskOverridesFrom(env),
    authorization: (serviceUrl) => issuer.authorization({ serviceUrl }),
    open: () => openStorage(readConfig(env)),
    async halfWritten() {
      let size = 0;
      for await (const { name } of blobs.listBlobsFlat({ includeUncommitedBlobs: true })) {
        const { uncommittedBlocks } = await blobs.getBlockBlobClient(name).getBlockList('uncommitted');
        for (const block of uncommittedBlocks ?? []) size += block.size;
      }
      return size;
    },
    close: () => issuer.close(),
  };
}

/** Every key below a prefix, in order. */
export async function keysIn({ files }: Pick<Storage, 'files'>, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of files.list(prefix)) keys.push(key);
  return keys.sort();
}

/** The JSON in a file. */
export async function jsonIn({ files }: Pick<Storage, 'files'>, key: string): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await files.open(key))?.bytes ?? []) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
}
