/**
 * The document store of a run. Every write is reported to the checkers. Bodies are frozen, so that no reader changes
 * what others read.
 */
import type { Find, Key, NewDocument, Page, Scan, ScanPage } from '../../../src/desk/ports/documents.ts';
import type { Json, DocumentWritten } from '../checkers/observations.ts';

export interface StoredVersion {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly body: Json;
  readonly keys: readonly Key[];
  readonly writtenAt: number;
  /** The version that it replaced, for stale reads. */
  readonly before?: StoredVersion;
}

/** All documents by their kind and id. */
export type Backup = ReadonlyMap<string, ReadonlyMap<string, StoredVersion>>;
/** The kinds of documents that say who may what. */
const RIGHTS: ReadonlySet<string> = new Set(['person', 'organisation', 'channel']);

export type SimulatedStore = ReturnType<typeof createSimulatedStore>;
export type Writer = Pick<DocumentWritten, 'by' | 'off' | 'readAt'>;

export function createSimulatedStore(now: () => number, tell: (wrote: DocumentWritten) => void) {
  const kinds = new Map<string, Map<string, StoredVersion>>();
  const of = (kind: string): Map<string, StoredVersion> => {
    const known = kinds.get(kind) ?? new Map<string, StoredVersion>();
    kinds.set(kind, known);
    return known;
  };

  function write<Body>(document: NewDocument<Body>, before: StoredVersion | undefined, writer: Writer): StoredVersion {
    const { kind, id, keys } = document;
    const body = frozen(document.body) as unknown as Json;
    const { before: _, ...last } = before ?? {};
    const kept: StoredVersion = {
      kind,
      id,
      body,
      keys: frozen(keys),
      version: (before?.version ?? 0) + 1,
      writtenAt: now(),
      ...(before && { before: last as StoredVersion }),
    };
    of(kind).set(id, kept);
    tell({ ...writer, at: now(), kind, id, before: before?.body, after: body, keys: kept.keys });
    return kept;
  }

  return {
    read: (kind: string, id: string): StoredVersion | undefined => of(kind).get(id),
    all: (kind: string): Iterable<StoredVersion> => of(kind).values(),
    create<Body>(document: NewDocument<Body>, writer: Writer): StoredVersion | 'exists' {
      return of(document.kind).has(document.id) ? 'exists' : write(document, undefined, writer);
    },
    replace<Body>(document: NewDocument<Body>, version: number, writer: Writer): StoredVersion | 'changed' {
      const known = of(document.kind).get(document.id);
      return known && known.version === version ? write(document, known, writer) : 'changed';
    },
    /**
     * Another version of the same content, as if another instance had written it: a writer who read it before is too
     * late.
     */
    touch(kind: string, id: string): void {
      const known = of(kind).get(id);
      if (!known) return;
      // A stale read gets this content and not the one before, which the reader may have seen.
      const { before: _, ...last } = known;
      of(kind).set(id, { ...known, version: known.version + 1, before: last });
    },
    /** A row is gone, as from a damaged database; the returned function brings it back as it was. */
    lose(kind: string, id: string): (() => void) | undefined {
      const known = of(kind).get(id);
      if (!known) return undefined;
      of(kind).delete(id);
      return () => void of(kind).set(id, known);
    },
    /** A row is as it was in an older state; the returned function puts the newer one back. */
    makeOld(kind: string, id: string, backup: Backup): (() => void) | undefined {
      const [known, then] = [of(kind).get(id), backup.get(kind)?.get(id)];
      if (!known || !then || known.body === then.body) return undefined;
      of(kind).set(id, { ...then, version: known.version + 1 });
      return () => void of(kind).set(id, { ...known, version: known.version + 2 });
    },
    /** Everything as it is now, to which {@link restore} goes back. */
    backUp: (): Backup => new Map([...kinds].map(([kind, documents]) => [kind, new Map(documents)])),
    /**
     * The store is again as it was; answers the claims that were other. The directory is told of as of a write, because
     * rights go by it.
     */
    restore(backup: Backup, writer: Writer): readonly string[] {
      const changed: string[] = [];
      for (const kind of new Set([...kinds.keys(), ...backup.keys()])) {
        const [held, then] = [of(kind), backup.get(kind) ?? new Map<string, StoredVersion>()];
        kinds.set(kind, new Map(then));
        for (const id of new Set([...held.keys(), ...then.keys()])) {
          const [before, after] = [held.get(id), then.get(id)];
          if (before?.body === after?.body) continue;
          if (kind === 'claim') changed.push(id);
          else if (RIGHTS.has(kind))
            tell({
              ...writer,
              at: now(),
              kind,
              id,
              before: before?.body,
              after: after?.body ?? {},
              keys: after?.keys ?? [],
              restoredFrom: after?.writtenAt ?? -Infinity,
            });
        }
      }
      return changed;
    },
    find(find: Find): Page<Json> & { readonly kept: readonly StoredVersion[] } {
      const found = [...of(find.kind).values()].flatMap((kept) => {
        const key = kept.keys.find(
          ({ name, value, sort = 0 }) =>
            name === find.name &&
            value === find.value &&
            sort <= (find.upTo ?? Infinity) &&
            isPast(sort, kept.id, find),
        );
        return key ? [{ sort: key.sort ?? 0, kept }] : [];
      });
      found.sort(
        (one, other) => (one.sort - other.sort || (one.kept.id < other.kept.id ? -1 : 1)) * (find.newestFirst ? -1 : 1),
      );
      const page = found.slice(0, find.limit);
      const last = page.at(-1);
      return {
        kept: page.map(({ kept }) => kept),
        documents: page.map(({ kept }) => stored(kept)),
        ...(last && found.length > find.limit && { next: { sort: last.sort, id: last.kept.id } }),
      };
    },
    scan({ kind, limit, after }: Scan): ScanPage<Json> {
      const all = [...of(kind).values()]
        .filter(({ id }) => after === undefined || id > after)
        .sort((one, other) => (one.id < other.id ? -1 : 1));
      const last = all[limit - 1];
      return {
        documents: all.slice(0, limit).map((kept) => stored<Json>(kept)),
        ...(last && all.length > limit && { next: last.id }),
      };
    },
  };
}

function isPast(sort: number, id: string, { after, newestFirst }: Find): boolean {
  if (!after) return true;
  const isLater = sort > after.sort || (sort === after.sort && id > after.id);
  return newestFirst ? !isLater && (sort !== after.sort || id !== after.id) : isLater;
}

export function stored<Body>({ id, body, version }: StoredVersion): {
  readonly id: string;
  readonly body: Body;
  readonly etag: string;
} {
  return { id, body: body as unknown as Body, etag: String(version) };
}

/** Frozen in depth. What is frozen already is not visited again. */
function frozen<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) frozen(member);
  return value;
}
