import type { Documents, Find, NewDocument } from '../../desk/ports/documents.ts';
import type { Account } from './container.ts';
import { clientOf, openContainer } from './container.ts';
import type { Asking, Call, RetryPolicy } from './call.ts';
import { withTimeout, DEFAULT_RETRY_POLICY } from './call.ts';
import { findItems } from './find.ts';
import { carrier } from './http.ts';
import { addressOf, documentOf } from './item.ts';
import { readItem } from './read.ts';
import { createItem, replaceItem } from './write.ts';
import { checkLimit } from '../indexKeys.ts';
import { StoreError } from '../storeError.ts';
import type { MachineTime } from './clockCheck.ts';

export interface CosmosOptions extends Account {
  /** Chance: names each write, so that it is known again. */
  readonly newId: () => string;
  /** Waits for so many milliseconds of real time. */
  readonly pause: (ms: number) => Promise<void>;
  /** What the service's own time is held against. */
  readonly machine: MachineTime;
  readonly patience?: Partial<RetryPolicy>;
}

/**
 * The document port on one container of Azure Cosmos DB, for any number of instances of the desk. Makes the database and the
 * container where they are missing and this process may. What a call has answered is stored; how long others may read what was
 * there before is the account's consistency (see deploy/cosmos.md).
 * Throws a {@link StoreError}: at once where the account does not let this process in, or the container is another's, a newer
 * version's or of another number of partitions; from any call where no clear answer comes (`store.unreachable`: a write may then
 * have happened or not), where the throughput does not suffice (`store.busy`), or where a document is larger than 2 MB
 * (`store.tooLarge`). Throws a {@link ClockError} from opening, a read or a find where this machine's clock is not the service's: nothing
 * can then be judged by it, nor written, since whoever writes has read before. `close` ends it; after it every call fails.
 */
export async function openCosmos(options: CosmosOptions): Promise<Documents & { close(): void }> {
  const { database, container, partitions, newId, pause } = options;
  const patience = { ...DEFAULT_RETRY_POLICY, ...options.patience };
  const http = carrier(options.machine, options.http);
  const client = clientOf(options, http, patience);
  const asking: Asking = {
    container: client.database(database).container(container),
    partitions,
    patience,
    newId,
    pause,
    lastFailure: http.lastFailure,
  };
  let isClosed = false;

  async function within<Answer>(work: (call: Call) => Promise<Answer>): Promise<Answer> {
    if (isClosed) throw new StoreError('store.failed', 'The store was closed');
    return withTimeout(asking, work);
  }

  function close(): void {
    isClosed = true;
    client.dispose();
  }

  try {
    await within((call) => openContainer(call, client, options));
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
      // What Cosmos DB takes no id for was never written.
      const address = addressOf(kind, id, partitions);
      const item = address && (await within((call) => readItem(call, address)));
      return item && documentOf<Body>(item);
    },
    async find<Body>(find: Find) {
      checkLimit(find);
      return within((call) => findItems<Body>(call, find));
    },
    close,
  };
}

/** Who opens the store may have given a wrong address; later it was the right one. */
function atOpening(error: unknown, endpoint: string): unknown {
  if (!(error instanceof StoreError) || error.code !== 'store.unreachable') return error;
  return new StoreError(error.code, `COSMOS_ENDPOINT is ${JSON.stringify(endpoint)}. ${error.message}`, {
    cause: error.cause,
  });
}
