/** The document port: the only thing that the desk asks of a database. SQLite and Cosmos DB stand behind it. */

/** What a document may be found by. A key's `sort` orders the finds and pages them; it defaults to 0. */

export interface Key {
  readonly name: string;
  readonly value: string;
  /** A whole number, an instant as a rule; finds come in its order, then by id. */
  readonly sort?: number;
}

/** A document as the desk writes it. `body` is plain JSON. The pair (kind, id) is unique. */
export interface NewDocument<Body> {
  readonly kind: string;
  readonly id: string;
  readonly body: Body;
  readonly keys: readonly Key[];
  /** The store may drop the document so many milliseconds after this write, by its own time, and never before. Absent: it is kept. */
  readonly keepMs?: number;
}

export interface StoredDocument<Body> {
  readonly id: string;
  readonly body: Body;
  /** Changes with every write; what replace-if-unchanged compares. */
  readonly etag: string;
}

/** Where the next page starts: after this (sort, id). */
export interface PageStart {
  readonly sort: number;
  readonly id: string;
}

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

export interface Page<Body> {
  readonly documents: readonly StoredDocument<Body>[];
  /** Absent on the last page. */
  readonly next?: PageStart;
}

export interface Documents {
  /** Writes a document that is not there yet; answers its etag, or `exists`. */
  create<Body>(document: NewDocument<Body>): Promise<{ readonly etag: string } | 'exists'>;
  read<Body>(kind: string, id: string): Promise<StoredDocument<Body> | undefined>;
  /** Replaces a document if nobody wrote it since `etag`; answers the new etag, or `changed` (also when it is gone). */
  replace<Body>(document: NewDocument<Body>, etag: string): Promise<{ readonly etag: string } | 'changed'>;
  /** Finds by one key, in order, page by page. A document with the same key name and value twice is found once. */
  find<Body>(find: Find): Promise<Page<Body>>;
}
