/** The file port: stores proof of execution and assessment records. A folder and Blob Storage implement it. */

/** The content of a file in pieces of any size, in order; throws where it cannot be read to the end. */
export type FileBytes = AsyncIterable<Uint8Array>;

/** The prefix of the records handed over for assessment. They are never removed (R53). */
export const ASSESSMENTS = 'assessments/';

/** A file as it is read: piece by piece, never whole in memory. */
export interface StoredFile {
  /** In bytes. */
  readonly size: number;
  readonly bytes: FileBytes;
  /** The bytes from `start` up to, but without, `end`; both count from 0 and are within the file. */
  part(start: number, end: number): FileBytes;
}

/**
 * The file store. Keys are slash-separated names that the desk makes (`poe/CPOR-7F3K9Q/01J...`), never a person's text.
 * Throws where the store fails. The contract is test/contract/files.ts.
 */
export interface Files {
  /**
   * Stores a new file whole or not at all: after a crash or a broken stream nothing is left of it.
   * Returns `exists`, and stores nothing, where the key is taken. Passes on the error of the stream.
   */
  put(key: string, bytes: FileBytes): Promise<{ readonly size: number; readonly sha256: string } | 'exists'>;
  /** The file, or undefined where there is none. */
  open(key: string): Promise<StoredFile | undefined>;
  /** Removes a file; no complaint where there is none. Refuses a key below {@link ASSESSMENTS}. */
  remove(key: string): Promise<void>;
  /**
   * Every key below a prefix, with the time it was last written (ms since 1970), in no order. What is there from the
   * beginning to the end of the listing is in it, whatever comes and goes meanwhile.
   */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly writtenAt: number }>;
}
