import type { Call } from './call.ts';
import { withRetries } from './call.ts';
import { isNotFound } from './errors.ts';
import type { Item, StoredItem } from './item.ts';

/** One point read. Undefined where there is no such item. */
export async function readItem(call: Call, { id, pk }: Pick<Item, 'id' | 'pk'>): Promise<StoredItem | undefined> {
  return withRetries(call, async () => {
    const { resource, statusCode, substatus } = await call.container
      .item(id, pk)
      .read<Item>({ abortSignal: call.abortSignal });
    if (resource) return resource;
    // The SDK answers every 404 like this, also where the whole container is gone.
    const missing = { code: statusCode, ...(substatus !== undefined && { substatus }) };
    if (isNotFound(missing)) return undefined;
    throw Object.assign(new Error('An item was answered without its content'), missing);
  });
}
