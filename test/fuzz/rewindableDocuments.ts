/** The document port in memory, which can be taken back to a saved point and lists what was written since. */
import type {
  Documents,
  Find,
  NewDocument,
  Page,
  Scan,
  ScanPage,
  StoredDocument,
} from '../../src/desk/ports/documents.ts';
import { keepMsOf } from '../../src/stores/timeToLive.ts';
import { checkLimit, keysToStore } from '../../src/stores/indexKeys.ts';
import type { SortedKey } from '../../src/stores/indexKeys.ts';

interface Resting {
  readonly id: string;
  readonly json: string;
  readonly version: number;
  readonly keys: readonly SortedKey[];
}

/** One write: the document's body before and after it. */
export interface Write {
  readonly kind: string;
  readonly id: string;
  readonly before?: unknown;
  readonly after: unknown;
}

type Shelf = Map<string, Resting>;

export class RewindableDocuments implements Documents {
  #shelves = new Map<string, Shelf>();
  #sealed = new Map<string, Shelf>();
  /** The writes since this was last emptied. */
  readonly writes: Write[] = [];

  /** From now on this is what `rewind` comes back to. */
  seal(): void {
    this.#sealed = copyOf(this.#shelves);
  }

  rewind(): void {
    this.#shelves = copyOf(this.#sealed);
    this.writes.length = 0;
  }

  /** Takes a document out, as no port can. */
  lose(kind: string, id: string): void {
    this.#shelves.get(kind)?.delete(id);
  }

  /** The body of a document, at once. */
  peek(kind: string, id: string): unknown {
    const resting = this.#shelves.get(kind)?.get(id);
    return resting && JSON.parse(resting.json);
  }

  ids(kind: string): readonly string[] {
    return [...(this.#shelves.get(kind)?.keys() ?? [])];
  }

  async create<Body>(document: NewDocument<Body>): Promise<{ readonly etag: string } | 'exists'> {
    return this.#shelf(document.kind).has(document.id) ? 'exists' : this.#write(document, 1);
  }

  async read<Body>(kind: string, id: string): Promise<StoredDocument<Body> | undefined> {
    const resting = this.#shelves.get(kind)?.get(id);
    return resting && awake<Body>(resting);
  }

  async replace<Body>(document: NewDocument<Body>, etag: string): Promise<{ readonly etag: string } | 'changed'> {
    const version = this.#shelves.get(document.kind)?.get(document.id)?.version;
    return version !== undefined && String(version) === etag ? this.#write(document, version + 1) : 'changed';
  }

  async find<Body>(find: Find): Promise<Page<Body>> {
    checkLimit(find);
    const { name, upTo = Infinity, after, newestFirst } = find;
    const value = find.value.toWellFormed();
    const turn = newestFirst ? -1 : 1;
    const found: { readonly sort: number; readonly resting: Resting }[] = [];
    for (const resting of this.#shelves.get(find.kind)?.values() ?? []) {
      const key = resting.keys.find((one) => one.name === name && one.value === value);
      if (!key || key.sort > upTo) continue;
      if (after && turn * (key.sort - after.sort || byBytes(resting.id, after.id)) <= 0) continue;
      found.push({ sort: key.sort, resting });
    }
    found.sort((one, other) => turn * (one.sort - other.sort || byBytes(one.resting.id, other.resting.id)));
    const last = found[find.limit - 1];
    return {
      documents: found.slice(0, find.limit).map(({ resting }) => awake<Body>(resting)),
      ...(last && found.length > find.limit && { next: { sort: last.sort, id: last.resting.id } }),
    };
  }

  async scan<Body>(scan: Scan): Promise<ScanPage<Body>> {
    checkLimit(scan);
    const { kind, limit, after } = scan;
    const all = [...(this.#shelves.get(kind)?.values() ?? [])]
      .filter(({ id }) => after === undefined || byBytes(id, after) > 0)
      .sort((one, other) => byBytes(one.id, other.id));
    const last = all[limit - 1];
    return {
      documents: all.slice(0, limit).map((resting) => awake<Body>(resting)),
      ...(last && all.length > limit && { next: last.id }),
    };
  }

  #shelf(kind: string): Shelf {
    const shelf = this.#shelves.get(kind) ?? new Map<string, Resting>();
    this.#shelves.set(kind, shelf);
    return shelf;
  }

  #write<Body>(document: NewDocument<Body>, version: number): { readonly etag: string } {
    const { kind, id, body, keys } = document;
    keepMsOf(document);
    const shelf = this.#shelf(kind);
    const before = shelf.get(id);
    const json = JSON.stringify(body);
    shelf.set(id, { id, json, version, keys: keysToStore(keys) });
    this.writes.push({ kind, id, after: JSON.parse(json), ...(before && { before: JSON.parse(before.json) }) });
    return { etag: String(version) };
  }
}

function awake<Body>({ id, json, version }: Resting): StoredDocument<Body> {
  return { id, body: JSON.parse(json) as Body, etag: String(version) };
}

function copyOf(shelves: ReadonlyMap<string, Shelf>): Map<string, Shelf> {
  return new Map([...shelves].map(([kind, shelf]) => [kind, new Map(shelf)]));
}

/** By UTF-8, as the databases order. */
function byBytes(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}
