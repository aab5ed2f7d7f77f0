/**
 * The desk's own roles are enough, and none of their data actions is idle: the stores keep their promises while every
 * request that the role does not allow is answered 403. Which action a request needs is written here from Microsoft's
 * references; an account of Azure was never asked.
 */
import { createDefaultHttpClient, createHttpHeaders, type PipelineRequest } from '@azure/core-rest-pipeline';
import { expect } from 'chai';
import { openBlobFiles } from '../../src/files/blob/blobFiles.ts';
import { createBlobScanner } from '../../src/files/blob/blobScanner.ts';
import type { BlobFiles } from '../../src/files/blob/blobFiles.ts';
import { randomBytes, randomId } from '../../src/runtime/random.ts';
import { storePromises } from '../contract/documents.ts';
import { filePromises } from '../contract/files.ts';
import { startProxy } from '../files/faultyProxy.ts';
import type { Asked, FaultyProxy } from '../files/faultyProxy.ts';
import { openOn } from '../stores/cosmos/requests.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { startCosmosEmulator } from '../support/cosmosEmulator.ts';
import type { CosmosEmulator } from '../support/cosmosEmulator.ts';
import { ADDS, COSMOS_ACTIONS, KEEPS } from './rights.ts';
import type { OwnRole } from './rights.ts';

/** Promises that only do often, or with much, what others do once. */
const LONG = /eight writers|paging loses|may be large|where many put/;

const isShort = ({ sentence }: { readonly sentence: string }): boolean => !LONG.test(sentence);

/** The actions that were needed, by whether the role allows them. */
class Actions {
  readonly used = new Set<string>();
  readonly denied = new Set<string>();

  isAllowed(action: string, { actions, dataActions }: OwnRole): boolean {
    const isAllowed = actions.includes(action) || dataActions.includes(action);
    (isAllowed ? this.used : this.denied).add(action);
    return isAllowed;
  }
}

const ITEMS = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers';

function cosmosActionOf({ method, url, headers }: PipelineRequest): string {
  const isOfItems = /\/docs(\/|$)/.test(new URL(url).pathname);
  if (!isOfItems) return method === 'GET' ? 'Microsoft.DocumentDB/databaseAccounts/readMetadata' : 'none';
  if (headers.has('x-ms-documentdb-isquery')) return `${ITEMS}/executeQuery`;
  if (method === 'POST') return `${ITEMS}/items/${headers.has('x-ms-documentdb-is-upsert') ? 'upsert' : 'create'}`;
  const verb = new Map([
    ['GET', 'read'],
    ['PUT', 'replace'],
    ['DELETE', 'delete'],
  ]).get(method);
  return `${ITEMS}/items/${verb ?? method}`;
}

/** Sends what the role for documents allows, and answers 403 to anything else. */
function asWriter() {
  const http = createDefaultHttpClient();
  const actions = new Actions();
  return {
    actions,
    async sendRequest(request: PipelineRequest) {
      if (actions.isAllowed(cosmosActionOf(request), { actions: [], dataActions: COSMOS_ACTIONS }))
        return http.sendRequest(request);
      return { status: 403, request, headers: createHttpHeaders(), bodyAsText: '{"message":"as the role says"}' };
    },
  };
}

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers';

function blobActionOf({ method, path }: Asked): string {
  const { searchParams } = new URL(path, 'http://account');
  const isRead = method === 'GET' || method === 'HEAD';
  if (searchParams.get('restype') === 'container' && searchParams.get('comp') !== 'list')
    return `${BLOBS}/${isRead ? 'read' : method === 'PUT' ? 'write' : 'delete'}`;
  if (searchParams.get('comp') === 'tags') return `${BLOBS}/blobs/tags/${isRead ? 'read' : 'write'}`;
  if (isRead) return `${BLOBS}/blobs/read`;
  if (method !== 'DELETE') return `${BLOBS}/blobs/write`;
  return `${BLOBS}/blobs/${searchParams.has('versionid') ? 'deleteBlobVersion/action' : 'delete'}`;
}

describe('The role for documents', () => {
  let emulator: CosmosEmulator;
  before(async () => {
    emulator = await startCosmosEmulator();
  });
  after(() => emulator.close());

  it('is enough for every promise of the store, and every action of it is needed', async () => {
    const http = asWriter();
    for (const [number, { sentence, show }] of storePromises.filter(isShort).entries()) {
      const place = { database: `claims-${number}`, container: 'desk' };
      // The template makes the container; the desk's identity may not.
      (await openOn(emulator, place)).close();
      const documents = await openOn(emulator, { ...place, http });
      await show(documents).catch((error: unknown) => {
        throw new Error(`${sentence}: ${String(error)}`);
      });
      documents.close();
    }
    expect([...http.actions.denied]).to.deep.equal([]);
    expect([...http.actions.used].sort()).to.deep.equal([...COSMOS_ACTIONS].sort());
  });

  it('makes no container', async () => {
    const http = asWriter();
    const opened = await openOn(emulator, { database: 'none', http }).catch((error: unknown) => error);
    expect(opened).to.be.instanceOf(Error).with.property('code', 'store.notWritable');
    expect([...http.actions.denied]).to.deep.equal(['none']);
  });
});

describe('The roles for files', () => {
  let azurite: Azurite;
  let proxy: FaultyProxy;
  before(async () => {
    azurite = await startAzurite();
    proxy = await startProxy(azurite);
  });
  after(async () => {
    await proxy.close();
    await azurite.close();
  });

  const roleAt = ({ path }: Asked): OwnRole => (path.startsWith('/records-') ? ADDS : KEEPS);

  /** Files whose containers are there, as the template makes them, and then as the desk's identity may use them. */
  async function opened(number: number, actions = new Actions()): Promise<BlobFiles> {
    const options = {
      endpoint: proxy.endpoint,
      key: azurite.key,
      container: `files-${number}`,
      assessments: `records-${number}`,
      ids: { randomId, randomBytes },
    };
    await openBlobFiles({ ...options, endpoint: azurite.endpoint });
    proxy.mischief = (asked) =>
      actions.isAllowed(blobActionOf(asked), roleAt(asked))
        ? undefined
        : { answer: 403, code: 'AuthorizationPermissionMismatch' };
    return openBlobFiles(options);
  }

  it('are enough for every promise of files, and every action of theirs is needed', async () => {
    const actions = new Actions();
    for (const [number, { sentence, show }] of filePromises.filter(isShort).entries()) {
      const files = await opened(number, actions);
      await show(files).catch((error: unknown) => {
        throw new Error(`${sentence}: ${String(error)}`);
      });
    }
    const scanner = createBlobScanner({
      endpoint: proxy.endpoint,
      key: azurite.key,
      container: 'files-0',
      ids: { randomBytes },
    });
    expect(await scanner.ready(), 'the scanner may read tags').to.equal(true);
    expect([...actions.denied]).to.deep.equal([]);
    expect([...actions.used].sort()).to.deep.equal([...KEEPS.actions, ...KEEPS.dataActions].sort());
  });
});
