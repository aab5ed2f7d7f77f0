/**
 * Writes whose outcome is known afterwards.
 *
 * Every write has an id of its own, which is stored in the item. Where the outcome is unknown, or a conflict may come
 * from our own write sent twice, the item is read back: with our id in it the write happened. With the old etag still
 * on it the same write is sent again, and If-Match makes sure that it happens at most once, even if the first is still
 * in flight.
 */
import type { ItemResponse, RequestOptions } from '@azure/cosmos';
import type { NewDocument } from '../../desk/ports/documents.ts';
import { pauseBeforeRetry } from './call.ts';
import type { Call } from './call.ts';
import { asStoreError, isOutcomeUnknown, statusOf } from './errors.ts';
import { etagOf, itemOf, partsOf } from './item.ts';
import type { Item, StoredItem } from './item.ts';
import { readItem } from './read.ts';

type Written = { readonly etag: string };

/** How a write is sent, and how its refusal is told from a fault. */
interface Write<Refused> {
  readonly item: Item;
  send(options: RequestOptions): Promise<ItemResponse<Item>>;
  /** The statuses with which Cosmos DB refuses it. */
  readonly refusals: readonly number[];
  readonly refused: Refused;
  /** Whether it can still happen, after what is stored. */
  canStill(stored: StoredItem | undefined): boolean;
}

export async function createItem<Body>(call: Call, document: NewDocument<Body>): Promise<Written | 'exists'> {
  const item = await itemOf(document, [call.newId()], call.partitions);
  return writeUntilKnown(call, {
    item,
    refusals: [409],
    refused: 'exists',
    send: (options) => call.container.items.create<Item>(item, options),
    canStill: (stored) => stored === undefined,
  });
}

export async function replaceItem<Body>(
  call: Call,
  document: NewDocument<Body>,
  etag: string,
): Promise<Written | 'changed'> {
  const parts = partsOf(etag);
  // Without an etag to compare Cosmos DB would overwrite whatever is stored.
  if (!parts) return 'changed';
  const { revision, writes } = parts;
  const item = await itemOf(document, [call.newId(), ...writes], call.partitions);
  return writeUntilKnown(call, {
    item,
    refusals: [412, 404],
    refused: 'changed',
    send: (options) =>
      call.container
        .item(item.id, item.pk)
        .replace<Item>(item, { ...options, accessCondition: { type: 'IfMatch', condition: revision } }),
    canStill: (stored) => stored?._etag === revision,
  });
}

async function writeUntilKnown<Refused>(call: Call, write: Write<Refused>): Promise<Written | Refused> {
  const { item, refused, refusals } = write;
  for (let attempts = 1; ; attempts += 1) {
    let failure: unknown;
    try {
      const { resource, etag } = await write.send({ abortSignal: call.abortSignal });
      return { etag: etagOf({ _etag: resource?._etag ?? etag, writes: item.writes }) };
    } catch (error) {
      failure = error;
    }
    const isRefused = refusals.includes(statusOf(failure) ?? 0);
    if (call.abortSignal.aborted || (!isRefused && !isOutcomeUnknown(failure))) throw asStoreError(failure);
    const stored = await readItem(call, item);
    if (stored && happened(item, stored))
      return { etag: stored.writes[0] === item.writes[0] ? etagOf(stored) : overtaken(item) };
    if (!write.canStill(stored)) return refused;
    if (attempts >= call.retryPolicy.maxAttempts) {
      // A replica that lags behind shows the version before; the conflict is the newer information.
      if (isRefused) return refused;
      throw asStoreError(failure);
    }
    await pauseBeforeRetry(call, attempts);
  }
}

function happened({ writes: [own = ''] }: Item, stored: StoredItem): boolean {
  return stored.writes.includes(own);
}

/** The etag of a write that others have overwritten since: one that Cosmos DB will never match again. */
function overtaken({ writes }: Item): string {
  return etagOf({ _etag: 'overtaken', writes });
}
