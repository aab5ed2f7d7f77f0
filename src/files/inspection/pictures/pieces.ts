/** Reads a stream of bytes from beginning to end in the portions that a format asks for; keeps no more than a piece. */
import type { FileBytes } from '../../../desk/ports/files.ts';
import { bufferOf } from '../buffers.ts';

export class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bytes: FileBytes) {
    this.#source = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes, which should be few; undefined where the stream ends before. */
  async take(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let missing = length;
    for await (const part of this.portions(length)) {
      parts.push(part);
      missing -= part.length;
    }
    return missing === 0 ? Buffer.concat(parts) : undefined;
  }

  /** Passes over bytes; false where the stream ends before. */
  async advance(length: number): Promise<boolean> {
    let missing = length;
    for await (const part of this.portions(length)) missing -= part.length;
    return missing === 0;
  }

  /**
   * Passes over everything up to where `find` says; it is given piece after piece, and returns how much of one is to be
   * passed over where it has found what it looks for. False where the stream ends before.
   */
  async seek(find: (piece: Buffer) => number | undefined): Promise<boolean> {
    while (await this.#more()) {
      const passed = find(this.#rest);
      this.#rest = this.#rest.subarray(passed ?? this.#rest.length);
      if (passed !== undefined) return true;
    }
    return false;
  }

  /** The next bytes as they come; fewer than asked for where the stream ends before. */
  async *portions(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0 && (await this.#more()); ) {
      const portion = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(portion.length);
      left -= portion.length;
      yield portion;
    }
  }

  /** Lets go of the stream, however far it was read. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #more(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#rest = bufferOf(next.value);
    }
    return true;
  }
}
