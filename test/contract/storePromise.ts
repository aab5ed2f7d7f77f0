/** A promise of a document store, and the calls that the promises are made of. */
import { expect } from 'chai';
import type { Documents, Find, Key, NewDocument, PageStart, StoredDocument } from '../../src/desk/ports/documents.ts';

/** One promise: a sentence, and a function that shows that an empty store keeps it. */
export interface StorePromise {
  readonly sentence: string;
  show(documents: Documents): Promise<void>;
}

export const KIND = 'claim';

/** Ids, and values of keys, that trip stores up. */
export const AWKWARD_IDS: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'İı Ünlü 客户 заявка',
  '🙂',
  'a\'b"c`d',
  '%_[]',
  ' ',
  'Å',
];

export function document<Body>(id: string, keys: readonly Key[] = [], body?: Body): NewDocument<Body | object> {
  return { kind: KIND, id, body: body ?? {}, keys };
}

export async function create<Body>(documents: Documents, created: NewDocument<Body>): Promise<string> {
  const answer = await documents.create(created);
  return answer === 'exists' ? expect.fail(`${created.id} was not there yet`) : answer.etag;
}

export async function replace<Body>(documents: Documents, replaced: NewDocument<Body>, etag: string): Promise<string> {
  const answer = await documents.replace(replaced, etag);
  return answer === 'changed' ? expect.fail(`no one wrote ${replaced.id}`) : answer.etag;
}

export async function createSorted(
  documents: Documents,
  sorts: Readonly<Record<string, number | undefined>>,
): Promise<void> {
  for (const [id, sort] of Object.entries(sorts)) {
    await create(documents, document(id, [{ name: 'due', value: '', ...(sort !== undefined && { sort }) }]));
  }
}

export type Sought = Omit<Find, 'kind' | 'limit'> & { readonly kind?: string; readonly limit?: number };

export function page<Body>(documents: Documents, sought: Sought): ReturnType<typeof documents.find<Body>> {
  return documents.find<Body>({ kind: KIND, limit: 100, ...sought });
}

/** The ids of every page, one after the other. */
export async function found(documents: Documents, sought: Sought): Promise<string[]> {
  const all: string[] = [];
  for (let after: PageStart | undefined, more = true; more; ) {
    const { documents: some, next } = await page(documents, { ...sought, ...(after && { after }) });
    expect(some.length).to.be.at.most(sought.limit ?? 100);
    all.push(...ids(some));
    if (all.length > 1_000) expect.fail('paging does not end');
    after = next;
    more = next !== undefined;
  }
  return all;
}

export function ids(documents: readonly StoredDocument<unknown>[]): string[] {
  return documents.map(({ id }) => id);
}

export function start(next: PageStart | undefined): PageStart {
  return next ?? expect.fail('there is another page');
}

export async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  );
}

/** A shuffle that is the same in every run, and not the order of the ids. */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  return [...items.filter((_, index) => index % 2 === 1), ...items.filter((_, index) => index % 2 === 0).reverse()];
}
