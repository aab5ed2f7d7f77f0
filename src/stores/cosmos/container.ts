/** The account, database and container of the desk's documents: found, created where they are missing, or refused. */
import {
  type Container,
  type ContainerDefinition,
  CosmosClient,
  type CosmosClientOptions,
  PartitionKeyDefinitionVersion,
  PartitionKeyKind,
} from '@azure/cosmos';
import type { Call, RetryPolicy } from './call.ts';
import { withRetries } from './call.ts';
import { asStoreError, isNotFound, statusOf } from './errors.ts';
import type { HttpClient } from './http.ts';
import { MAX_PARTITIONS } from './partition.ts';
import { StoreError } from '../storeError.ts';
import { isLoopbackHost } from '../../shared/loopback.ts';

export type TokenCredential = NonNullable<CosmosClientOptions['aadCredentials']>;

export interface Account {
  /** `https://account.documents.azure.com`; of the emulator `http://127.0.0.1:port`. */
  readonly endpoint: string;
  /** One of the two: an account key, or the credential of a managed identity. */
  readonly key?: string;
  readonly credential?: TokenCredential;
  readonly database: string;
  readonly container: string;
  /** Into how many logical partitions each kind of document is spread; see {@link partitionOf}. */
  readonly partitions: number;
  /** Sends the requests. Default: the SDK's own client. */
  readonly http?: HttpClient;
}

/** Only what finds query is indexed: an index of everything would make each write more expensive. */
export const CONTAINER: Pick<ContainerDefinition, 'partitionKey' | 'indexingPolicy' | 'defaultTtl'> = {
  partitionKey: { paths: ['/pk'], version: PartitionKeyDefinitionVersion.V2, kind: PartitionKeyKind.Hash },
  indexingPolicy: {
    indexingMode: 'consistent',
    automatic: true,
    includedPaths: [{ path: '/pk/?' }, { path: '/keys/*' }],
    excludedPaths: [{ path: '/*' }],
  },
  /** Items are kept unless they say otherwise themselves. */
  defaultTtl: -1,
};

/** How documents are laid out in a container. Written by the first process that opens it, and never changed. */
interface Layout {
  readonly id: typeof LAYOUT;
  readonly pk: typeof LAYOUT;
  readonly schema: number;
  readonly partitions: number;
}

/** No kind's partition has this name, since those end with a number. */
const LAYOUT = 'layout';
const SCHEMA = 1;

/** A client of the account, or a {@link StoreError} that names the invalid setting. Sends nothing yet. */
export function clientOf(
  account: Account,
  http: HttpClient,
  { requestTimeoutMs, maxThrottledRetries, maxThrottledWaitSeconds }: RetryPolicy,
): CosmosClient {
  const { key, credential, partitions } = account;
  const endpoint = URL.parse(account.endpoint);
  const isLoopback = isLoopbackHost(endpoint?.hostname ?? '');
  if (!endpoint || !(endpoint.protocol === 'https:' || (endpoint.protocol === 'http:' && isLoopback))) {
    throw misconfigured(
      'COSMOS_ENDPOINT is not the https address of an account, such as https://name.documents.azure.com',
    );
  }
  if (!key && !credential)
    throw misconfigured('Cosmos DB has neither COSMOS_KEY nor a managed identity to sign in with');
  if (!Number.isSafeInteger(partitions) || partitions < 1 || partitions > MAX_PARTITIONS) {
    throw misconfigured(`COSMOS_PARTITIONS is ${partitions}; it takes a whole number from 1 to ${MAX_PARTITIONS}`);
  }
  return new CosmosClient({
    endpoint: endpoint.href,
    ...(key ? { key } : credential && { aadCredentials: credential }),
    httpClient: http,
    connectionPolicy: {
      requestTimeout: requestTimeoutMs,
      // An emulator announces addresses that are not its own.
      enableEndpointDiscovery: !isLoopback,
      enablePartitionLevelFailover: false,
      retryOptions: {
        maxRetryAttemptCount: maxThrottledRetries,
        fixedRetryIntervalInMilliseconds: 0,
        maxWaitTimeInSeconds: maxThrottledWaitSeconds,
      },
    },
  });
}

/**
 * The container, ready for documents. Throws a {@link StoreError} where it is not the desk's, or does not match the
 * account's settings.
 */
export async function ensureContainer(call: Call, client: CosmosClient, account: Account): Promise<void> {
  await refuseUnsafe(call, client);
  const definition = (await definitionOf(call)) ?? (await makeContainer(call, client, account));
  refuseOther(definition, account);
  const { schema, partitions } = (await layoutOf(call)) ?? (await writeLayout(call));
  if (schema > SCHEMA) {
    throw new StoreError(
      'store.newerVersion',
      `The container was laid out by a newer version of the desk (${schema}, this one knows ${SCHEMA}); run the newer desk`,
    );
  }
  if (partitions !== account.partitions) {
    throw misconfigured(
      `COSMOS_PARTITIONS is ${account.partitions}, but the container ${account.container} was made with ` +
        `${partitions}; set it back to ${partitions}`,
    );
  }
}

/** With these a read may be of any age and may go back in time: a process might not see its own writes. */
const TOO_WEAK = ['Eventual', 'ConsistentPrefix'];

/**
 * With several write regions each compares a write with its own items only: two could replace the same version. A
 * process that does not read its own writes would go on from the version before them.
 */
async function refuseUnsafe(call: Call, client: CosmosClient): Promise<void> {
  const { resource } = await withRetries(call, () => client.getDatabaseAccount({ abortSignal: call.abortSignal }));
  if (resource?.enableMultipleWritableLocations) {
    throw misconfigured(
      'The account of COSMOS_ENDPOINT writes in several regions, where a write of one could be lost; turn its multi-region writes off',
    );
  }
  if (resource && TOO_WEAK.includes(resource.consistencyPolicy)) {
    throw misconfigured(
      `The account of COSMOS_ENDPOINT has the consistency ${resource.consistencyPolicy}, ` +
        `with which the desk would not see what it has just written; set it to Strong`,
    );
  }
}

async function definitionOf(call: Call): Promise<ContainerDefinition | undefined> {
  return withRetries(call, async () => {
    try {
      return (await call.container.read({ abortSignal: call.abortSignal })).resource;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

/** Another process may create them at the same time; the second one uses what the first has created. */
async function makeContainer(
  call: Call,
  client: CosmosClient,
  { database, container }: Account,
): Promise<ContainerDefinition> {
  const { abortSignal } = call;
  try {
    await withRetries(call, () => client.databases.create({ id: database }, { abortSignal }).catch(unlessThere));
    await withRetries(call, () =>
      client
        .database(database)
        .containers.create({ id: container, ...CONTAINER }, { abortSignal })
        .catch(unlessThere),
    );
  } catch (cause) {
    if (asStoreError(cause).code !== 'store.notWritable') throw cause;
    throw new StoreError(
      'store.notWritable',
      `The container ${container} of the database ${database} is not there, ` +
        `and this process may not make it; deploy it, or see COSMOS_DATABASE and COSMOS_CONTAINER`,
      { cause },
    );
  }
  const definition = await definitionOf(call);
  if (!definition) throw misconfigured(`The container ${container} was made, and is not there`);
  return definition;
}

function unlessThere(error: unknown): undefined {
  if (statusOf(error) !== 409) throw error;
}

function refuseOther(
  { id, partitionKey, defaultTtl, indexingPolicy }: ContainerDefinition,
  { database }: Account,
): void {
  const name = `The container ${id} of the database ${database}`;
  const paths = partitionKey?.paths ?? [];
  if (paths.length !== 1 || paths[0] !== '/pk') {
    throw new StoreError(
      'store.notADatabase',
      `${name} is not the desk's: its partition key is ${paths.join(', ')}, not /pk; name another in COSMOS_CONTAINER`,
    );
  }
  if (defaultTtl === undefined) {
    throw misconfigured(
      `${name} never drops what has had its time, and would grow for ever; set its default time to live to -1 (on, no default)`,
    );
  }
  if (defaultTtl > 0) {
    throw misconfigured(
      `${name} drops every item after ${defaultTtl} seconds; set its default time to live to -1 (on, no default)`,
    );
  }
  const indexed = indexingPolicy?.includedPaths?.map(({ path }) => path);
  if (indexed && !indexed.includes('/keys/*') && !indexed.includes('/*')) {
    throw misconfigured(`${name} does not index /keys/*, which documents are found by; add it to its indexing policy`);
  }
}

async function layoutOf(call: Call): Promise<Layout | undefined> {
  return withRetries(call, async () => {
    const { resource, statusCode, substatus } = await layoutItem(call.container).read<Layout>({
      abortSignal: call.abortSignal,
    });
    if (!resource && !isNotFound({ code: statusCode, substatus }))
      throw Object.assign(new Error('The layout could not be read'), { code: statusCode });
    return resource;
  });
}

async function writeLayout(call: Call): Promise<Layout> {
  const layout: Layout = { id: LAYOUT, pk: LAYOUT, schema: SCHEMA, partitions: call.partitions };
  await withRetries(call, () =>
    call.container.items.create<Layout>(layout, { abortSignal: call.abortSignal }).catch(unlessThere),
  );
  return (await layoutOf(call)) ?? layout;
}

function layoutItem(container: Container) {
  return container.item(LAYOUT, LAYOUT);
}

function misconfigured(sentence: string): StoreError {
  return new StoreError('store.misconfigured', sentence);
}
