/** A find: every partition of the kind is queried for the beginning of its own order, and the beginnings are merged. */
import pLimit from 'p-limit';
import type { Find, Page } from '../../desk/ports/documents.ts';
import type { Call } from './call.ts';
import { withRetries } from './call.ts';
import { documentOf } from './item.ts';
import type { StoredItem } from './item.ts';
import { placeOf, propertyOf, sortRangeOf } from './sortKey.ts';
import type { SortRange } from './sortKey.ts';
import { partitionsOf } from './partition.ts';

/** How many partitions are queried at the same time. */
const MAX_CONCURRENT_QUERIES = 8;

/** One partition's part of a find: the items fetched so far, and the range that is not fetched yet. */
interface Shard {
  readonly pk: string;
  readonly items: StoredItem[];
  remaining: SortRange | undefined;
}

export async function findItems<Body>(call: Call, find: Find): Promise<Page<Body>> {
  const property = propertyOf(find.name, find.value);
  // One more than the page holds, to know whether there is a next one.
  const wanted = find.limit + 1;
  const remaining = sortRangeOf(find);
  const shards: Shard[] = partitionsOf(find.kind, call.partitions).map((pk) => ({ pk, items: [], remaining }));
  // A little more than an even share: few partitions are queried twice, and little is fetched in vain.
  const size = Math.min(wanted, 2 * Math.ceil(wanted / shards.length) + 2);
  await pLimit(MAX_CONCURRENT_QUERIES).map(shards, (shard) => fetchMore(call, find, property, shard, size));
  const order = (item: StoredItem): string => item.keys[property] ?? '';
  const page: StoredItem[] = [];
  while (page.length < wanted) {
    const first = firstOf(shards, order, find.newestFirst ?? false);
    const item = first?.items.shift();
    if (!first || !item) break;
    page.push(item);
    if (first.items.length === 0)
      await fetchMore(call, find, property, first, Math.min(wanted - page.length, 2 * size));
  }
  const last = page[find.limit - 1];
  return {
    documents: await Promise.all(page.slice(0, find.limit).map((item) => documentOf<Body>(item))),
    ...(last && page.length > find.limit && { next: placeOf(order(last)) }),
  };
}

/** Fetches the next items of a shard, unless its end is reached. */
async function fetchMore(
  call: Call,
  { newestFirst }: Find,
  property: string,
  shard: Shard,
  size: number,
): Promise<void> {
  if (!shard.remaining || size < 1) return;
  const { from, below } = shard.remaining;
  const key = `c["keys"]["${property}"]`;
  const query =
    `SELECT TOP @size * FROM c WHERE c.pk = @pk AND ${key} > @from AND ${key} < @below ORDER BY ${key} ` +
    `${newestFirst ? 'DESC' : 'ASC'}`;
  const parameters = Object.entries({ size, pk: shard.pk, from, below }).map(([name, value]) => ({
    name: `@${name}`,
    value,
  }));
  const { resources } = await withRetries(call, () =>
    call.container.items
      .query<StoredItem>(
        { query, parameters },
        { partitionKey: shard.pk, maxItemCount: size, abortSignal: call.abortSignal },
      )
      .fetchAll(),
  );
  shard.items.push(...resources);
  const last = resources.length < size ? undefined : resources.at(-1)?.keys[property];
  shard.remaining = last === undefined ? undefined : newestFirst ? { from, below: last } : { from: last, below };
}

/** The shard whose next item comes first. */
function firstOf(
  shards: readonly Shard[],
  order: (item: StoredItem) => string,
  newestFirst: boolean,
): Shard | undefined {
  let first: Shard | undefined;
  let firstOrder = '';
  for (const shard of shards) {
    const [item] = shard.items;
    if (!item) continue;
    const own = order(item);
    if (!first || (newestFirst ? own > firstOrder : own < firstOrder)) [first, firstOrder] = [shard, own];
  }
  return first;
}
