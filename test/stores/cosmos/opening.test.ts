import { type ContainerDefinition, CosmosClient } from '@azure/cosmos';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { CosmosOptions } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { openCosmos } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { CONTAINER } from '../../../src/stores/cosmos/container.ts';
import { StoreError } from '../../../src/stores/storeError.ts';
import { create, document, KIND } from '../../contract/storePromise.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';
import { startCosmosEmulator } from '../../support/cosmosEmulator.ts';
import { answered, openOn, Requests, THIS_MACHINE } from './requests.ts';
import type { Hand } from './requests.ts';

describe('Opening a container of Cosmos DB', () => {
  let emulator: CosmosEmulator;
  let client: CosmosClient;
  let database: string;
  before(async () => {
    emulator = await startCosmosEmulator();
    client = new CosmosClient({
      endpoint: emulator.endpoint,
      key: emulator.key,
      connectionPolicy: { enableEndpointDiscovery: false },
    });
  });
  after(async () => {
    client.dispose();
    await emulator.close();
  });
  beforeEach(() => {
    database = randomUUID();
  });

  async function made(definition: Partial<ContainerDefinition> = {}): Promise<void> {
    await client.databases.create({ id: database });
    await client.database(database).containers.create({ id: 'desk', ...CONTAINER, ...definition });
  }

  async function opened(options: Partial<CosmosOptions> = {}): Promise<void> {
    (await openOn(emulator, { database, ...options })).close();
  }

  async function faultOf(options: Partial<CosmosOptions> = {}): Promise<StoreError> {
    const fault = await opened(options).then(
      () => expect.fail('it was not refused'),
      (error: unknown) => error,
    );
    return fault instanceof StoreError ? fault : expect.fail(String(fault));
  }

  it('makes a missing database and container: an index of just what finds look for, items kept unless they say otherwise', async () => {
    await opened();
    const { resource } = await client.database(database).container('desk').read();
    expect(resource?.partitionKey?.paths).to.deep.equal(['/pk']);
    expect(resource?.indexingPolicy?.includedPaths).to.deep.equal([{ path: '/pk/?' }, { path: '/keys/*' }]);
    expect(resource?.indexingPolicy?.excludedPaths).to.deep.equal([{ path: '/*' }]);
    expect(resource?.defaultTtl).to.equal(-1);
  });

  it('may be done by many at once', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openOn(emulator, { database })));
    const answers = await Promise.all(stores.map((store) => store.create(document('a'))));
    expect(answers.filter((answer) => answer !== 'exists')).to.have.lengthOf(1);
    for (const store of stores) store.close();
  });

  it('takes a container that others have made, and asks for nothing that only they may do', async () => {
    await made();
    const http = new Requests();
    await opened({ http });
    await opened({ http });
    expect(
      http.seen.map(({ request: { method, url } }) => `${method} ${new URL(url).pathname.replace(database, 'claims')}`),
    ).to.deep.equal([
      'GET /',
      'GET /dbs/claims/colls/desk',
      'GET /dbs/claims/colls/desk/docs/layout',
      'POST /dbs/claims/colls/desk/docs',
      'GET /dbs/claims/colls/desk/docs/layout',
      'GET /',
      'GET /dbs/claims/colls/desk',
      'GET /dbs/claims/colls/desk/docs/layout',
    ]);
  });

  it('is refused where the container is missing and this process may not make it', async () => {
    const http = new Requests();
    http.hand = (seen, send) => (/(dbs|colls)$/.test(seen.request.url) ? answered(403) : sentOn)(seen, send);
    const fault = await faultOf({ http });
    expect(fault.code).to.equal('store.notWritable');
    expect(fault.message).to.match(
      /^The container desk of the database \S+ is not there, and this process may not make it; .* COSMOS_DATABASE and COSMOS_CONTAINER$/,
    );
    expect(fault).to.have.nested.property('cause.code');
  });

  it('is refused where the container was made with another number of partitions, and finds what is there with the right one', async () => {
    const store = await openOn(emulator, { database, partitions: 4 });
    await create(store, document('a', [], { count: 1 }));
    store.close();
    const fault = await faultOf({ partitions: 16 });
    expect(fault.code).to.equal('store.misconfigured');
    expect(fault.message).to.equal('COSMOS_PARTITIONS is 16, but the container desk was made with 4; set it back to 4');
    const again = await openOn(emulator, { database, partitions: 4 });
    expect((await again.read(KIND, 'a'))?.body).to.deep.equal({ count: 1 });
    again.close();
  });

  it("is refused where the container is another program's, drops items by itself, keeps all for ever or lacks the index", async () => {
    await made({ partitionKey: { paths: ['/tenant'] } });
    const foreign = await faultOf();
    expect(foreign.code).to.equal('store.notADatabase');
    expect(foreign.message).to.match(/partition key is \/tenant, not \/pk; name another in COSMOS_CONTAINER/);
    database = randomUUID();
    await made({ defaultTtl: 3600 });
    expect((await faultOf()).message).to.match(
      /drops every item after 3600 seconds; set its default time to live to -1/,
    );
    database = randomUUID();
    const { defaultTtl: _, ...kept } = CONTAINER;
    await client.databases.create({ id: database });
    await client.database(database).containers.create({ id: 'desk', ...kept });
    expect((await faultOf()).message).to.match(/would grow for ever; set its default time to live to -1/);
    database = randomUUID();
    await made({ indexingPolicy: { includedPaths: [{ path: '/pk/?' }], excludedPaths: [{ path: '/*' }] } });
    expect((await faultOf()).message).to.match(/does not index \/keys\/\*/);
  });

  it('is refused where the account writes in several regions: If-Match holds in one alone', async () => {
    const http = new Requests();
    http.hand = (seen, send) =>
      (new URL(seen.request.url).pathname === '/'
        ? answered(200, {}, '{"enableMultipleWriteLocations":true}')
        : sentOn)(seen, send);
    const fault = await faultOf({ http });
    expect(fault.code).to.equal('store.misconfigured');
    expect(fault.message).to.match(/writes in several regions.*turn its multi-region writes off/);
  });

  for (const consistency of ['Eventual', 'ConsistentPrefix']) {
    it(`is refused where the account has the consistency ${consistency}: the desk would not see what it has written`, async () => {
      const fault = await faultOf({ http: withConsistency(consistency) });
      expect(fault.code).to.equal('store.misconfigured');
      expect(fault.message).to.match(new RegExp(`has the consistency ${consistency}.*set it to Strong$`));
    });
  }

  for (const consistency of ['Strong', 'BoundedStaleness', 'Session']) {
    it(`is done where the account has the consistency ${consistency}`, async () => {
      await opened({ http: withConsistency(consistency) });
    });
  }

  it('is refused where a newer version laid it out', async () => {
    await made();
    await client
      .database(database)
      .container('desk')
      .items.create({ id: 'layout', pk: 'layout', schema: 2, partitions: 4 });
    const fault = await faultOf();
    expect(fault.code).to.equal('store.newerVersion');
    expect(fault.message).to.match(/newer version of the desk \(2, this one knows 1\); run the newer desk/);
  });

  it('is refused with the name of the setting where it cannot be right', async () => {
    const cases: readonly [Partial<CosmosOptions>, RegExp][] = [
      [{ endpoint: 'http://account.documents.azure.com' }, /COSMOS_ENDPOINT/],
      [{ endpoint: 'account' }, /COSMOS_ENDPOINT/],
      [{ endpoint: 'ftp://127.0.0.1' }, /COSMOS_ENDPOINT/],
      [{ key: '' }, /COSMOS_KEY/],
      [{ partitions: 0 }, /COSMOS_PARTITIONS is 0/],
      [{ partitions: 257 }, /COSMOS_PARTITIONS is 257/],
      [{ partitions: 1.5 }, /COSMOS_PARTITIONS/],
    ];
    for (const [options, words] of cases) {
      const fault = await faultOf(options);
      expect(fault.code).to.equal('store.misconfigured');
      expect(fault.message).to.match(words);
    }
  });

  it('is a fault where no one is there, with the address and what was said about it', async () => {
    const gone = await startCosmosEmulator();
    await gone.close();
    const fault = await faultOf({ endpoint: gone.endpoint });
    expect(fault.code).to.equal('store.unreachable');
    expect(fault.message).to.include(`COSMOS_ENDPOINT is "${gone.endpoint}". `);
    expect(fault).to.have.nested.property('cause.code', 'ECONNREFUSED');
  });

  it("ends within its time where the address is no one's, with what was said about it", async () => {
    const http = new Requests();
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    http.hand = async ({ request }) => {
      throw request.abortSignal?.aborted ? Object.assign(new Error('given up'), { name: 'AbortError' }) : unknown;
    };
    const fault = await faultOf({ endpoint: 'https://nobody.example', http, retryPolicy: { totalTimeoutMs: 1_000 } });
    expect(fault.code).to.equal('store.unreachable');
    expect(fault.message).to.match(/COSMOS_ENDPOINT/);
    expect(fault).to.have.nested.property('cause.code', 'ENOTFOUND');
  });

  it('signs in with the tokens of a managed identity, on an account that names its own regions', async () => {
    const http = new Requests();
    http.hand = asAccount(emulator.endpoint);
    const options = {
      endpoint: 'https://account.example',
      database,
      container: 'desk',
      partitions: 4,
      newId: randomUUID,
      pause: () => Promise.resolve(),
      machine: THIS_MACHINE,
    };
    const scopes: unknown[] = [];
    const credential: NonNullable<CosmosOptions['credential']> = {
      getToken: async (scope) => {
        scopes.push(scope);
        return { token: 'token-of-an-identity', expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
      },
    };
    const store = await openCosmos({ ...options, http, credential });
    await create(store, document('a'));
    expect(await store.read(KIND, 'a')).to.have.property('id', 'a');
    store.close();
    expect(scopes[0]).to.deep.equal(['https://account.example/.default']);
    const [asked, ...more] = http.seen.map(({ request }) => request);
    expect(new URL(asked?.url ?? '').href).to.equal('https://account.example/');
    for (const { url, headers } of more.filter(({ url: asked }) => new URL(asked).pathname !== '/')) {
      expect(new URL(url).host).to.equal('account-westeurope.example');
      expect(headers.get('authorization')).to.match(/token-of-an-identity$/);
    }
  });
});

/** An account that answers so when it is asked about itself. */
function withConsistency(defaultConsistencyLevel: string): Requests {
  const http = new Requests();
  const account = JSON.stringify({ userConsistencyPolicy: { defaultConsistencyLevel } });
  http.hand = (seen, send) =>
    (new URL(seen.request.url).pathname === '/' ? answered(200, {}, account) : sentOn)(seen, send);
  return http;
}

function sentOn(...[{ request }, send]: Parameters<Hand>): ReturnType<Hand> {
  return send(request);
}

/** An https account with one region, carried by the emulator. */
function asAccount(endpoint: string): Hand {
  return async ({ request }, send) => {
    const url = new URL(request.url);
    if (url.pathname === '/') {
      const region = { name: 'West Europe', databaseAccountEndpoint: 'https://account-westeurope.example/' };
      const account = {
        id: 'account',
        writableLocations: [region],
        readableLocations: [region],
        enableMultipleWriteLocations: false,
      };
      return { request, status: 200, headers: createHttpHeaders(), bodyAsText: JSON.stringify(account) };
    }
    const { agent: _, ...carried } = request;
    return send({ ...carried, url: new URL(url.pathname, endpoint).href, allowInsecureConnection: true });
  };
}
