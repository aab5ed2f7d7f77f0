/** A find: every partition of the kind is asked for the beginning of its own order, and the beginnings are merged. */
import type { Find, Page } from '../../desk/ports/documents.ts';
import type { Call } from './call.ts';
import { withRetries } from './call.ts';
import { documentOf } from './item.ts';
import type { StoredItem } from './item.ts';
import { placeOf, propertyOf, sortRangeOf } from './sortKey.ts';
import type { SortRange } from './sortKey.ts';
import { partitionsOf } from './partition.ts';

/** So many partitions are asked at the same time. */
const AT_ONCE = 8;

/** What one partition has of a find: the items fetched so far, and the stretch that was not looked at yet. */
interface Shard {
  readonly pk: string;
  readonly items: StoredItem[];
  stretch: SortRange | undefined;
}

export async function findItems<Body>(call: Call, find: Find): Promise<Page<Body>> {
  const property = propertyOf(find.name, find.value);
  // One more than the page holds, to know whether there is a next one.
  const wanted = find.limit + 1;
  const stretch = sortRangeOf(find);
  const shards: Shard[] = partitionsOf(find.kind, call.partitions).map((pk) => ({ pk, items: [], stretch }));
  // Some more than each would have if they were all alike: few are asked twice, and little is fetched in vain.
  const size = Math.min(wanted, 2 * Math.ceil(wanted / shards.length) + 2);
  await allAtOnce(shards, (shard) => fetchMore(call, find, property, shard, size));
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

/** Fetches the next items of a shard, unless its end was reached. */
async function fetchMore(
  call: Call,
  { newestFirst }: Find,
  property: string,
  shard: Shard,
  size: number,
): Promise<void> {
  if (!shard.stretch || size < 1) return;
  const { from, below } = shard.stretch;
  const key = `c["keys"]["${property}"]`;
  const query = `SELECT TOP @size * FROM c WHERE c.pk = @pk AND ${key} > @from AND ${key} < @below ORDER BY ${key} ${newestFirst ? 'DESC' : 'ASC'}`;
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
  shard.stretch = last === undefined ? undefined : newestFirst ? { from, below: last } : { from: last, below };
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

async function allAtOnce<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const queue = [...all];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
    }),
  );
}
