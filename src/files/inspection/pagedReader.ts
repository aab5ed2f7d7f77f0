import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { RandomAccessReader } from 'yauzl';
import type { StoredFile } from '../../desk/ports/files.ts';
import { bufferOf } from './buffers.ts';

const PAGE_BYTES = 256 * 1024;
const MAX_PAGES = 4;

/**
 * Random access to a stored file for the zip reader, which reads a few bytes at a time, mostly side by side: whole
 * pages are fetched, and the last few are kept. That is at most one MiB, whatever the size of the file.
 */
export class PagedReader extends RandomAccessReader {
  readonly #file: StoredFile;
  readonly #pages = new LRUCache<number, Promise<Buffer>>({ max: MAX_PAGES });
  /** Set where the file could not be read: what the zip reader then says of its bytes means nothing. */
  fault: Error | undefined;

  constructor(file: StoredFile) {
    super();
    this.#file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#copy(buffer, offset, length, position).then(
      (copied) => callback(null, copied),
      (error: unknown) => callback(errorOf(error)),
    );
  }

  /** The bytes of a short range; fewer where the file ends before it does. */
  async bytes(start: number, end: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.#pieces(start, end)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end));
  }

  /** Copies the range; fewer bytes where the file ends before it does. */
  async #copy(buffer: Buffer, offset: number, length: number, position: number): Promise<number> {
    let copied = 0;
    for await (const piece of this.#pieces(position, position + length)) copied += piece.copy(buffer, offset + copied);
    return copied;
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < Math.min(end, this.#file.size); ) {
      const number = Math.floor(at / PAGE_BYTES);
      const page = await this.#page(number);
      const piece = page.subarray(at - number * PAGE_BYTES, end - number * PAGE_BYTES);
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  #page(number: number): Promise<Buffer> {
    const known = this.#pages.get(number);
    if (known) return known;
    const page = this.#fetch(number);
    this.#pages.set(number, page);
    return page;
  }

  async #fetch(number: number): Promise<Buffer> {
    try {
      const pieces: Buffer[] = [];
      const start = number * PAGE_BYTES;
      for await (const piece of this.#file.part(start, Math.min(start + PAGE_BYTES, this.#file.size)))
        pieces.push(bufferOf(piece));
      return Buffer.concat(pieces);
    } catch (error) {
      this.fault = errorOf(error);
      throw this.fault;
    }
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('the file could not be read', { cause: error });
}
