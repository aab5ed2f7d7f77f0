/** The real SQLite store of one instance: its own connection, calls that take virtual time, each counted. */
import type { Documents, NewDocument, StoredDocument } from '../../../src/desk/ports/documents.ts';
import type { Chance } from '../../support/random.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Json, DocumentWritten } from '../checkers/observations.ts';

export interface StoreCounts {
  reads: number;
  writes: number;
  finds: number;
  /** Writes that came too late. */
  conflicts: number;
}

export interface WatchedStoreParts {
  readonly inner: Documents;
  readonly by: string;
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  /** Hears of every read of a claim, and of every write that was done. */
  readonly looked: (by: string, claim: string) => void;
  readonly tell: (wrote: DocumentWritten) => void;
  /** Hears of a write that came too late: the document, and the body that it would have replaced. */
  readonly refused: (document: NewDocument<unknown>, before: Json | undefined) => void;
}

const MAX_MS = 4;

export function watchedStore({ inner, by, scheduler, chance, looked, tell, refused }: WatchedStoreParts): {
  readonly documents: Documents;
  readonly counts: StoreCounts;
} {
  const counts: StoreCounts = { reads: 0, writes: 0, finds: 0, conflicts: 0 };
  /** What this instance read or wrote last of a document that it may write next. */
  const known = new Map<string, { readonly etag: string; readonly body: Json; readonly at: number }>();
  const waited = (): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(1 + chance.below(MAX_MS), resolve);
    });

  function heard<Body>({ kind, id, body, keys }: NewDocument<Body>, before: string | undefined, etag: string): void {
    const name = `${kind}/${id}`;
    const read = known.get(name);
    const after = body as unknown as Json;
    tell({
      at: scheduler.now(),
      by,
      off: 0,
      kind,
      id,
      before: read?.etag === before ? read?.body : undefined,
      after,
      keys,
      readAt: read?.at ?? scheduler.now(),
    });
    known.set(name, { etag, body: after, at: scheduler.now() });
  }

  const documents: Documents = {
    async create(document) {
      await waited();
      counts.writes += 1;
      const written = await inner.create(document);
      if (written !== 'exists') heard(document, undefined, written.etag);
      return written;
    },
    async read<Body>(kind: string, id: string): Promise<StoredDocument<Body> | undefined> {
      await waited();
      counts.reads += 1;
      if (kind === 'claim') looked(by, id);
      const stored = await inner.read<Body>(kind, id);
      const name = `${kind}/${id}`;
      if (stored && known.get(name)?.etag !== stored.etag)
        known.set(name, { etag: stored.etag, body: stored.body as unknown as Json, at: scheduler.now() });
      return stored;
    },
    async replace(document, etag) {
      await waited();
      const written = await inner.replace(document, etag);
      if (written === 'changed') {
        counts.conflicts += 1;
        refused(document, known.get(`${document.kind}/${document.id}`)?.body);
        return written;
      }
      counts.writes += 1;
      heard(document, etag, written.etag);
      return written;
    },
    async find(find) {
      await waited();
      counts.finds += 1;
      return inner.find(find);
    },
    async scan(scan) {
      await waited();
      return inner.scan(scan);
    },
  };
  return { documents, counts };
}
