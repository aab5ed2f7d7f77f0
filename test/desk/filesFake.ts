/** The file port in memory; a test can set each file's time of writing. */
import { createHash } from 'node:crypto';
import type { FileBytes, Files, StoredFile } from '../../src/desk/ports/files.ts';
import { segmentsOf, segmentsOfPrefix, segmentsToRemove } from '../../src/files/fileKey.ts';

export class FilesFake implements Files {
  readonly kept = new Map<string, { readonly bytes: Buffer; writtenAt: number }>();
  puts = 0;
  /** Runs before a file is stored; may throw. */
  before: (key: string) => void = () => undefined;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async put(key: string, bytes: FileBytes): Promise<{ readonly size: number; readonly sha256: string } | 'exists'> {
    segmentsOf(key);
    this.puts += 1;
    this.before(key);
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    if (this.kept.has(key)) return 'exists';
    const whole = Buffer.concat(chunks);
    this.kept.set(key, { bytes: whole, writtenAt: this.#now() });
    return { size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
  }

  async open(key: string): Promise<StoredFile | undefined> {
    segmentsOf(key);
    const file = this.kept.get(key);
    return file && storedFile(file.bytes);
  }

  async remove(key: string): Promise<void> {
    segmentsToRemove(key);
    this.kept.delete(key);
  }

  async *list(prefix: string): AsyncGenerator<{ readonly key: string; readonly writtenAt: number }> {
    segmentsOfPrefix(prefix);
    for (const [key, { writtenAt }] of [...this.kept]) if (key.startsWith(prefix)) yield { key, writtenAt };
  }

  keys(prefix = ''): readonly string[] {
    return [...this.kept.keys()].filter((key) => key.startsWith(prefix));
  }
}

/** A file that holds these bytes. */
export function storedFile(bytes: Buffer): StoredFile {
  return { size: bytes.length, bytes: bytesOf(bytes), part: (start, end) => bytesOf(bytes.subarray(start, end)) };
}

/** A stream of the given pieces. */
export async function* bytesOf(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
}
