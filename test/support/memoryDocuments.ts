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

/** A stored document. The body is its JSON text, so that what is read is exactly what a real database would return. */
interface Resting {
  readonly kind: string;
  readonly id: string;
  readonly json: string;
  /** Counts the writes; the etag is its text. */
  readonly version: number;
  readonly keys: readonly SortedKey[];
}

interface Found {
  readonly sort: number;
  readonly document: Resting;
}

/**
 * The document port in memory, for tests: everything is gone when the process ends, and nothing before; `keepMs` is
 * checked and then left aside.
 */
export function memoryDocuments(): Documents {
  const documents = new Map<string, Resting>();

  function write<Body>(document: NewDocument<Body>, version: number): { readonly etag: string } {
    const { kind, id, body, keys } = document;
    keepMsOf(document);
    documents.set(place(kind, id), { kind, id, json: JSON.stringify(body), version, keys: keysToStore(keys) });
    return { etag: String(version) };
  }

  return {
    async create(document) {
      return documents.has(place(document.kind, document.id)) ? 'exists' : write(document, 1);
    },
    async read<Body>(kind: string, id: string) {
      const document = documents.get(place(kind, id));
      return document && wake<Body>(document);
    },
    async replace(document, etag) {
      const version = documents.get(place(document.kind, document.id))?.version;
      return version !== undefined && String(version) === etag ? write(document, version + 1) : 'changed';
    },
    async find<Body>(find: Find): Promise<Page<Body>> {
      checkLimit(find);
      const all = [...documents.values()].flatMap((document) => matches(document, find)).sort(inOrder);
      const page = find.newestFirst ? all.reverse() : all;
      const last = page[find.limit - 1];
      return {
        documents: page.slice(0, find.limit).map((found) => wake<Body>(found.document)),
        ...(last && page.length > find.limit && { next: { sort: last.sort, id: last.document.id } }),
      };
    },
    async scan<Body>(scan: Scan): Promise<ScanPage<Body>> {
      checkLimit(scan);
      const { kind, limit, after } = scan;
      const all = [...documents.values()]
        .filter((one) => one.kind === kind && (after === undefined || byBytes(one.id, after) > 0))
        .sort((one, other) => byBytes(one.id, other.id));
      const last = all[limit - 1];
      return {
        documents: all.slice(0, limit).map((one) => wake<Body>(one)),
        ...(last && all.length > limit && { next: last.id }),
      };
    },
  };
}

function place(kind: string, id: string): string {
  return JSON.stringify([kind, id]);
}

function wake<Body>({ id, json, version }: Resting): StoredDocument<Body> {
  return { id, body: JSON.parse(json) as Body, etag: String(version) };
}

function matches(document: Resting, find: Find): Found[] {
  if (document.kind !== find.kind) return [];
  return document.keys
    .filter((key) => key.name === find.name && key.value === find.value.toWellFormed())
    .map(({ sort }) => ({ sort, document }))
    .filter((found) => found.sort <= (find.upTo ?? Infinity) && isPast(found, find));
}

function isPast(found: Found, { after, newestFirst }: Find): boolean {
  if (!after) return true;
  const side = found.sort - after.sort || byBytes(found.document.id, after.id);
  return newestFirst ? side < 0 : side > 0;
}

function inOrder(one: Found, other: Found): number {
  return one.sort - other.sort || byBytes(one.document.id, other.document.id);
}

/** The order of SQLite's text: by UTF-8 bytes, not by UTF-16 units. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
