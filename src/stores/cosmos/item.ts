/** A document as an item of Cosmos DB. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { NewDocument, StoredDocument } from '../../desk/ports/documents.ts';
import { propertiesOf } from './sortKey.ts';
import { idOfItem, itemIdOf } from './itemId.ts';
import { keepMsOf } from '../timeToLive.ts';
import { keysToStore } from '../indexKeys.ts';
import { partitionOf } from './partition.ts';
import { StoreError } from '../storeError.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * A body of this many characters or more is compressed: from about here the price of a write grows with each kilobyte.
 */
const PACKED_FROM = 32 * 1024;
/** Cosmos DB takes 2 MB; the rest is for what it adds itself. */
const MAX_BYTES = 2_000_000;
/** The longest `ttl` that Cosmos DB knows, 68 years. */
const MAX_SECONDS = 2 ** 31 - 1;
/** How many ids of writes a document holds, by which a process finds out whether its own write happened. */
const WRITES_KEPT = 10;

export interface Item {
  readonly id: string;
  readonly pk: string;
  readonly kind: string;
  /** The JSON text of the body, which is read back unchanged: the hash chain of a claim's history depends on it. */
  readonly body: string;
  /** Present where the body is the base64 of its gzip. */
  readonly packed?: true;
  /** By {@link propertiesOf}. */
  readonly keys: Readonly<Record<string, string>>;
  /** The ids of the newest writes, the newest first. */
  readonly writes: readonly string[];
  /** Whole seconds after which Cosmos DB drops the item. */
  readonly ttl?: number;
}

export interface StoredItem extends Item {
  readonly _etag: string;
}

/** The address of an item. Undefined where the id is too long for Cosmos DB. */
export function addressOf(kind: string, id: string, partitions: number): Pick<Item, 'id' | 'pk'> | undefined {
  const itemId = itemIdOf(id);
  return itemId === undefined ? undefined : { id: itemId, pk: partitionOf(kind, id.toWellFormed(), partitions) };
}

/**
 * The item to write. `writes` begins with this write's own id. Throws a RangeError for a sort or a time to keep that no
 * store takes, a {@link StoreError} `store.tooLarge` for an id or an item that is too large for Cosmos DB.
 */
export async function itemOf<Body>(
  document: NewDocument<Body>,
  writes: readonly string[],
  partitions: number,
): Promise<Item> {
  const { kind, id } = document;
  const json = JSON.stringify(document.body);
  const keys = propertiesOf(keysToStore(document.keys), id);
  const ttl = secondsToKeep(keepMsOf(document));
  const address = addressOf(kind, id, partitions);
  if (!address)
    throw new StoreError('store.tooLarge', `The id of a ${kind} is longer than the 1023 bytes that Cosmos DB takes`);
  const isPacked = json.length >= PACKED_FROM;
  const item: Item = {
    ...address,
    kind,
    body: isPacked ? (await pack(json)).toString('base64') : json,
    ...(isPacked && { packed: true }),
    keys,
    writes: writes.slice(0, WRITES_KEPT),
    ...(ttl !== undefined && { ttl }),
  };
  const bytes = Buffer.byteLength(JSON.stringify(item));
  if (bytes > MAX_BYTES)
    throw new StoreError(
      'store.tooLarge',
      `The ${kind} ${id} takes ${bytes} bytes, more than the 2 MB that Cosmos DB takes`,
    );
  return item;
}

/** Cosmos DB counts from the second in which the item was written, so that one more is needed for none to be lost. */
function secondsToKeep(keepMs: number | undefined): number | undefined {
  const seconds = keepMs === undefined ? Infinity : Math.ceil(keepMs / 1000) + 1;
  return seconds > MAX_SECONDS ? undefined : seconds;
}

export async function documentOf<Body>(item: StoredItem): Promise<StoredDocument<Body>> {
  const json = item.packed ? (await unpack(Buffer.from(item.body, 'base64'))).toString('utf8') : item.body;
  return { id: idOfItem(item.id), body: JSON.parse(json) as Body, etag: etagOf(item) };
}

/**
 * The etag of a document: Cosmos DB's own and the ids of the newest writes, so that the next write can carry them on
 * without reading the item again.
 */
export function etagOf({ _etag, writes }: Pick<StoredItem, '_etag' | 'writes'>): string {
  return [_etag, ...writes].join(' ');
}

/** Cosmos DB's own etag and the ids of the newest writes. Undefined for a text that is none of this store's etags. */
export function partsOf(etag: string): { readonly revision: string; readonly writes: readonly string[] } | undefined {
  const [revision = '', ...writes] = etag.split(' ');
  return revision === '' || writes.length === 0 ? undefined : { revision, writes };
}
