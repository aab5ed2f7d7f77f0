import type { Documents, Find, NewDocument, Scan } from '../../desk/ports/documents.ts';
import type { Account } from './container.ts';
import { clientOf, ensureContainer } from './container.ts';
import type { Call, CallContext, RetryPolicy } from './call.ts';
import { withTimeout, DEFAULT_RETRY_POLICY } from './call.ts';
import { findItems } from './find.ts';
import { createHttpClient } from './http.ts';
import { addressOf, documentOf } from './item.ts';
import { readItem } from './read.ts';
import { scanItems } from './scan.ts';
import { createItem, replaceItem } from './write.ts';
import { checkLimit } from '../indexKeys.ts';
import { StoreError } from '../storeError.ts';
import type { MachineTime } from './clockCheck.ts';

export interface CosmosOptions extends Account {
  /** A new random id for each write, by which it is recognised afterwards. */
  readonly newId: () => string;
  /** Waits, in real time. */
  readonly pause: (ms: number) => Promise<void>;
  /** This machine's clocks, which are compared with the service's time. */
  readonly machine: MachineTime;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

/**
 * The document port on one container of Azure Cosmos DB, for any number of instances of the desk. Creates the database
 * and the container where they are missing, if this process may. A write that has returned is stored; for how long
 * others may read the version before it depends on the account's consistency (see deploy/cosmos.md).
 *
 * Throws a {@link StoreError}: from opening where the account does not let this process in, or the container is not the
 * desk's, a newer version's or of another number of partitions; from any call where the outcome is unknown
 * (`store.unreachable`: a write may have happened or not), where the throughput does not suffice (`store.busy`), or
 * where a document is larger than 2 MB (`store.tooLarge`). Throws a {@link ClockError} from opening, a read or a find
 * where this machine's clock differs from the service's: then nothing can be judged by it, nor written, since every
 * write follows a read. `close` ends it; after that every call fails.
 */
export async function openCosmos(options: CosmosOptions): Promise<Documents & { close(): void }> {
  const { database, container, partitions, newId, pause } = options;
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, ...options.retryPolicy };
  const http = createHttpClient(options.machine, options.http);
  const client = clientOf(options, http, retryPolicy);
  const context: CallContext = {
    container: client.database(database).container(container),
    partitions,
    retryPolicy,
    newId,
    pause,
    lastFailure: http.lastFailure,
  };
  let isClosed = false;

  async function within<Result>(work: (call: Call) => Promise<Result>): Promise<Result> {
    if (isClosed) throw new StoreError('store.failed', 'The store was closed');
    return withTimeout(context, work);
  }

  function close(): void {
    isClosed = true;
    client.dispose();
  }

  try {
    await within((call) => ensureContainer(call, client, options));
  } catch (error) {
    close();
    throw atOpening(error, options.endpoint);
  }
  return {
    create: <Body>(document: NewDocument<Body>) => within((call) => createItem(call, document)),
    replace: <Body>(document: NewDocument<Body>, etag: string) =>
      addressOf(document.kind, document.id, partitions)
        ? within((call) => replaceItem(call, document, etag))
        : Promise.resolve('changed'),
    async read<Body>(kind: string, id: string) {
      // A document whose id Cosmos DB does not take was never written.
      const address = addressOf(kind, id, partitions);
      const item = address && (await within((call) => readItem(call, address)));
      return item && documentOf<Body>(item);
    },
    async find<Body>(find: Find) {
      checkLimit(find);
      return within((call) => findItems<Body>(call, find));
    },
    async scan<Body>(scan: Scan) {
      checkLimit(scan);
      return within((call) => scanItems<Body>(call, scan));
    },
    close,
  };
}

/** At opening the address may be wrong, so the error names it; later it is known to be right. */
function atOpening(error: unknown, endpoint: string): unknown {
  if (!(error instanceof StoreError) || error.code !== 'store.unreachable') return error;
  return new StoreError(error.code, `COSMOS_ENDPOINT is ${JSON.stringify(endpoint)}. ${error.message}`, {
    cause: error.cause,
  });
}
