/** A scan: the partitions of a kind one after the other, the items of each in the order of their ids. */
import type { Scan, ScanPage } from '../../desk/ports/documents.ts';
import { StoreError } from '../storeError.ts';
import type { Call } from './call.ts';
import { withRetries } from './call.ts';
import { documentOf } from './item.ts';
import type { StoredItem } from './item.ts';
import { partitionsOf } from './partition.ts';

/** Where a scan continues: in this partition (by its place among those of the kind), after this id of an item. */
interface Place {
  readonly shard: number;
  readonly id: string;
}

/** Throws a {@link StoreError} `store.failed` where `after` is not the `next` of a scan. */
export async function scanItems<Body>(call: Call, { kind, limit, after }: Scan): Promise<ScanPage<Body>> {
  const partitions = partitionsOf(kind, call.partitions);
  const items: StoredItem[] = [];
  let place: Place | undefined = after === undefined ? { shard: 0, id: '' } : placeOf(after);
  // One more than the page holds, to know whether there is a next one.
  while (place && items.length <= limit) {
    const pk: string | undefined = partitions[place.shard];
    if (pk === undefined) break;
    const wanted = limit + 1 - items.length;
    const found = await itemsAfter(call, pk, place.id, wanted);
    items.push(...found);
    place = { shard: place.shard + 1, id: '' };
  }
  const last = items[limit - 1];
  return {
    documents: await Promise.all(items.slice(0, limit).map((item) => documentOf<Body>(item))),
    ...(last && items.length > limit && { next: `${partitions.indexOf(last.pk)} ${last.id}` }),
  };
}

function placeOf(next: string): Place {
  const [shard = '', id = ''] = next.split(' ');
  if (/^\d+$/.test(shard) && id !== '') return { shard: Number(shard), id };
  throw new StoreError('store.failed', `A scan cannot continue at ${JSON.stringify(next)}`);
}

async function itemsAfter(call: Call, pk: string, id: string, size: number): Promise<readonly StoredItem[]> {
  const query = 'SELECT TOP @size * FROM c WHERE c.pk = @pk AND c.id > @id ORDER BY c.id ASC';
  const parameters = Object.entries({ size, pk, id }).map(([name, value]) => ({ name: `@${name}`, value }));
  const { resources } = await withRetries(call, () =>
    call.container.items
      .query<StoredItem>({ query, parameters }, { partitionKey: pk, maxItemCount: size, abortSignal: call.abortSignal })
      .fetchAll(),
  );
  return resources;
}
