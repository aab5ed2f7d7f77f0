/** The document port: all that the desk asks of a database. SQLite and Cosmos DB implement it. */

/** What a document may be found by. Queries are ordered and paged by `sort`, which defaults to 0. */
export interface Key {
  readonly name: string;
  readonly value: string;
  /** A whole number, usually an instant (ms since 1970). Documents with the same `sort` are ordered by id. */
  readonly sort?: number;
}

/** A document as the desk writes it. `body` is plain JSON. The pair (kind, id) is unique. */
export interface NewDocument<Body> {
  readonly kind: string;
  readonly id: string;
  readonly body: Body;
  readonly keys: readonly Key[];
  /**
   * The store may drop the document this many milliseconds after the write, by its own clock, never before. Absent:
   * kept.
   */
  readonly keepMs?: number;
}

/** A document as the store returns it. */
export interface StoredDocument<Body> {
  readonly id: string;
  readonly body: Body;
  /** Changes with every write; what replace-if-unchanged compares. */
  readonly etag: string;
}

/** Where the next page starts: after this pair of sort and id. */
export interface PageStart {
  readonly sort: number;
  readonly id: string;
}

/**
 * A query on one index key, in key order: `kind` of document, `name` and `value` of the key, at most `limit` documents.
 */
export interface Find {
  readonly kind: string;
  readonly name: string;
  readonly value: string;
  /** Only documents whose key sorts at or before this. */
  readonly upTo?: number;
  readonly after?: PageStart;
  readonly limit: number;
  /** Highest sort first. Default: lowest first. */
  readonly newestFirst?: boolean;
}

/** One page of results; `next` continues it. */
export interface Page<Body> {
  readonly documents: readonly StoredDocument<Body>[];
  /** Absent on the last page. */
  readonly next?: PageStart;
}

/** A part of all documents of a kind: at most `limit` of them, after what `after` names. */
export interface Scan {
  readonly kind: string;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** One page of a scan; `next` continues it, also in another process. */
export interface ScanPage<Body> {
  readonly documents: readonly StoredDocument<Body>[];
  /** Absent on the last page. */
  readonly next?: string;
}

/**
 * The document store: create, read and replace with optimistic concurrency (etag), query by one index key, and
 * read all of a kind. Throws
 * where the store fails, or where the outcome is unknown. Implemented by SQLite and Cosmos DB; the contract is
 * test/contract/documents.ts.
 */
export interface Documents {
  /** Writes a new document; returns its etag, or `exists` where (kind, id) is taken. */
  create<Body>(document: NewDocument<Body>): Promise<{ readonly etag: string } | 'exists'>;
  /** The document, or undefined where there is none. */
  read<Body>(kind: string, id: string): Promise<StoredDocument<Body> | undefined>;
  /**
   * Replaces a document not written since `etag`; returns the new etag, or `changed` (also when the document is gone).
   */
  replace<Body>(document: NewDocument<Body>, etag: string): Promise<{ readonly etag: string } | 'changed'>;
  /** Finds by one key, in order, page by page. A document with the same key name and value twice is found once. */
  find<Body>(find: Find): Promise<Page<Body>>;
  /**
   * Reads all documents of a kind, page by page, in an order of the store's own. A document that is there from the
   * first page to the last is on exactly one of them. For work on the whole store: it costs what all documents cost.
   */
  scan<Body>(scan: Scan): Promise<ScanPage<Body>>;
}
