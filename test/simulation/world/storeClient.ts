/** The document port of one instance: a remote store whose answers are late, lost, stale or missing. */
import type { Documents, Find, StoredDocument } from '../../../src/desk/ports/documents.ts';
import type { Clock } from '../../../src/desk/ports/system.ts';
import { checkClock, CLOCK_TOLERANCE_MS } from '../../../src/stores/cosmos/clockCheck.ts';
import type { Faults } from './faults.ts';
import { SimulatedError } from './simulatedError.ts';
import type { Connection } from './teams.ts';
import type { StoredVersion, SimulatedStore, Writer } from './simulatedStore.ts';
import { stored } from './simulatedStore.ts';

export interface StoreClientOptions {
  readonly store: SimulatedStore;
  readonly connection: Connection;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly now: () => number;
  readonly off: () => number;
  readonly isSweeping: () => boolean;
  /** A call about a claim was made to fail, or was answered with what was before: a sweep may have left it. */
  readonly disturb: (claim: string) => void;
  /** So was the list of what is due: a sweep may have left any. */
  readonly disturbList: () => void;
}

/** How long a reader may get what a document was before another instance wrote it. */
export const STALE_MS = 5_000;
const TIMED_OUT_MS = 10_000;
const MAX_ON_A_PAGE = 2;
/** Of what a start reads to its end: with a page for every two of all people hardly one would come to it. */
const MAX_OF_OTHERS = 6;
const THROTTLED_MS = 9_000;
/** Now and then more than the desk tries to write a claim. */
const MAX_IN_A_STORM = 30;

export function documentsOf({
  store,
  connection,
  faults,
  clock,
  now,
  off,
  isSweeping,
  disturb,
  disturbList,
}: StoreClientOptions): Documents {
  /** When this process saw a version of a document first. */
  const seen = new Map<string, number>();
  const storms = new Map<string, number>();

  /** The store's own time is looked at as the adapter for Cosmos DB does it. */
  async function asked<Result>(effect: () => Result, hit: () => void): Promise<Result> {
    const from = now();
    const { result, at } = await connection.call(() => {
      if (faults.strikes('readFails')) {
        hit();
        throw new SimulatedError('the store does not answer');
      }
      return { result: effect(), at: now() };
    });
    try {
      checkClock(Math.floor(at / 1_000) * 1_000, clock.now(), now() - from);
    } catch (error) {
      hit();
      if (Math.abs(off()) > CLOCK_TOLERANCE_MS) throw error;
      throw new Error(`a clock that is right to ${off()} ms is taken for wrong`);
    }
    return result;
  }

  const hitOn = (kind: string, id: string) => (): void => {
    if (kind === 'claim') disturb(id);
    // Who is shown an older mark stands still, or does not, for all claims.
    else if (kind === 'standstill') disturbList();
  };
  const hitList =
    ({ kind, name }: Find) =>
    (): void => {
      if (kind === 'claim' && name === 'wake') disturbList();
    };

  /** What another instance wrote a moment ago may not be visible here yet. */
  function visible(kept: StoredVersion | undefined): StoredVersion | undefined {
    // A reader is never shown less than it has seen.
    if (!kept || now() - kept.writtenAt > STALE_MS || seen.has(nameOf(kept)) || !faults.strikes('staleRead'))
      return kept;
    hitOn(kept.kind, kept.id)();
    return kept.before;
  }

  const nameOf = ({ kind, id, version }: Pick<StoredVersion, 'kind' | 'id' | 'version'>): string =>
    `${kind}/${id}@${version}`;
  function note(kept: StoredVersion): void {
    const name = nameOf(kept);
    if (!seen.has(name)) seen.set(name, now());
  }
  const writer = (kind: string, id: string, version: number): Writer => ({
    by: connection.name,
    off: off(),
    readAt: seen.get(nameOf({ kind, id, version })) ?? now(),
  });

  function stormOver(kind: string, id: string, version: number): boolean {
    const name = `${kind}/${id}`;
    const left =
      storms.get(name) ?? (faults.strikes('conflictStorm') ? 1 + ((version * 7919 + now()) % MAX_IN_A_STORM) : 0);
    storms.set(name, left - 1);
    if (left > 0) {
      hitOn(kind, id)();
      return true;
    }
    storms.delete(name);
    return false;
  }

  /** A write: not done, done, or done without an answer. */
  async function written<Done>(
    write: () => StoredVersion | Done,
    hit: () => void,
  ): Promise<{ readonly etag: string } | Done> {
    if (faults.strikes('writeTimedOutNotDone')) return failed('a write timed out, and was not done', undefined, hit);
    if (faults.strikes('storeThrottledGivesUp')) return failed('the store has too much to do', undefined, hit);
    if (faults.strikes('writeTimedOutDone')) return failed('a write timed out, and was done', write, hit);
    if (faults.strikes('crashBeforeWrite') || (isSweeping() && faults.strikes('crashInSweep'))) {
      connection.die();
      return new Promise(() => undefined);
    }
    const there = faults.strikes('storeThrottledLong') ? { there: THROTTLED_MS } : {};
    const done = await connection.call(() => {
      const kept = write();
      if (faults.strikes('crashAfterWrite')) connection.die();
      return kept;
    }, there);
    return isStoredVersion(done) ? { etag: String(done.version) } : done;
  }

  function failed<Result>(what: string, write: (() => unknown) | undefined, hit: () => void): Promise<Result> {
    hit();
    return connection.call(
      () => {
        write?.();
        throw new SimulatedError(what);
      },
      { back: TIMED_OUT_MS },
    );
  }

  return {
    create: (document) =>
      written(
        () => {
          const kept = store.create(document, writer(document.kind, document.id, 0));
          if (kept !== 'exists') note(kept);
          return kept;
        },
        hitOn(document.kind, document.id),
      ),
    async read<Body>(kind: string, id: string): Promise<StoredDocument<Body> | undefined> {
      const kept = await asked(
        () => {
          const found = visible(store.read(kind, id));
          if (found) note(found);
          return found;
        },
        hitOn(kind, id),
      );
      return kept && stored<Body>(kept);
    },
    replace: (document, etag) =>
      written(
        () => {
          const { kind, id } = document;
          if (stormOver(kind, id, Number(etag))) store.touch(kind, id);
          const kept = store.replace(document, Number(etag), writer(kind, id, Number(etag)));
          if (kept !== 'changed') note(kept);
          return kept;
        },
        hitOn(document.kind, document.id),
      ),
    async find(find) {
      const { kept: _, ...page } = await asked(() => {
        if (find.after && faults.strikes('pagingLost')) {
          hitList(find)();
          throw new SimulatedError('the place in the list was lost');
        }
        // Pages are small, so that few claims already make several.
        return store.find({
          ...find,
          limit: find.kind === 'claim' ? Math.min(find.limit, MAX_ON_A_PAGE) : find.limit,
        });
      }, hitList(find));
      return page as never;
    },
    async scan(scan) {
      return (await asked(
        () => {
          if (scan.after !== undefined && faults.strikes('pagingLost'))
            throw new SimulatedError('the place in the scan was lost');
          const most = scan.kind === 'claim' ? MAX_ON_A_PAGE : MAX_OF_OTHERS;
          return store.scan({ ...scan, limit: Math.min(scan.limit, most) });
        },
        () => undefined,
      )) as never;
    },
  };
}

function isStoredVersion(value: unknown): value is StoredVersion {
  return typeof value === 'object' && value !== null && 'version' in value;
}
