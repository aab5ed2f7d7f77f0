/**
 * Anchors in one file of this machine, outside the data folder: a line of JSON each, only ever added to. Nothing here
 * keeps the desk's own user from rewriting it; the operator can (an append-only attribute, another owner, a copy
 * elsewhere), and only then does it show what the store has lost.
 */
import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import type { AnchorStore, StoredAnchor } from '../../desk/ports/anchors.ts';
import { FilesError } from '../filesError.ts';
import { errnoOf } from '../../shared/errno.ts';

const LINE_END = '\n'.charCodeAt(0);
const BLOCK = 65_536;
/** In bytes; an anchor has less than one in sixteen of it. */
const MAX_LINE = 16_384;

/**
 * The file is created at the first anchor. A line that has returned from `append` is on the disk; any number of
 * processes may append, because each line is one write. A line that a crash tore off is passed over: it is the
 * beginning of another, which was added anew, or the end of the file.
 */
export function openAnchorFile(path: string): AnchorStore {
  async function lines(): Promise<readonly StoredAnchor[]> {
    try {
      return wholeLines(numbered((await readFile(path, 'utf8')).split('\n'), 1));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  return {
    async append(anchor) {
      const file = await open(path, 'a+', 0o600);
      try {
        const { size } = await file.stat();
        const last = new Uint8Array(1);
        if (size > 0) await file.read(last, 0, 1, size - 1);
        const isTorn = size > 0 && last[0] !== LINE_END;
        const line = Buffer.from(`${isTorn ? '\n' : ''}${JSON.stringify(anchor)}\n`);
        const { bytesWritten } = await file.write(line);
        // On a full disk a part may be written without an error. The next line begins anew.
        if (bytesWritten < line.length) throw new FilesError('files.full', `The disk of the anchors is full: ${path}`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async newest(count) {
      // Of a line that was torn off, the whole one is near it.
      const known = wholeLines(await lastLines(path, 2 * count + 1));
      return known.slice(Math.max(0, known.length - count));
    },
    async *all() {
      yield* await lines();
    },
  };
}

const numbered = (texts: readonly string[], first: number): readonly StoredAnchor[] =>
  texts.map((text, index) => ({ where: `line ${first + index}`, text }));

/** The last lines of the file, in their order; what follows the last line end is one. */
async function lastLines(path: string, count: number): Promise<readonly StoredAnchor[]> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
  try {
    const { texts, from } = await readBackwards(file, count);
    return numbered(texts, 1 + (await countLineEnds(file, from)));
  } finally {
    await file.close();
  }
}

/** The last lines, from a byte of the file on. Of a line that is longer than any anchor only the beginning is kept. */
async function readBackwards(file: FileHandle, count: number): Promise<{ texts: readonly string[]; from: number }> {
  const block = Buffer.alloc(BLOCK);
  const newestFirst: string[] = [];
  let [position, line] = [(await file.stat()).size, Buffer.alloc(0)];
  const prepend = (part: Buffer): void => void (line = Buffer.concat([part, line]).subarray(0, MAX_LINE));
  while (position > 0) {
    const from = Math.max(0, position - BLOCK);
    const part = block.subarray(0, await readAt(file, block, from, position - from));
    let end = part.length;
    for (let at = part.lastIndexOf(LINE_END); at !== -1; at = at === 0 ? -1 : part.lastIndexOf(LINE_END, at - 1)) {
      prepend(part.subarray(at + 1, end));
      newestFirst.push(line.toString('utf8'));
      if (newestFirst.length === count) return { texts: newestFirst.reverse(), from: from + at + 1 };
      [end, line] = [at, Buffer.alloc(0)];
    }
    prepend(part.subarray(0, end));
    position = from;
  }
  return { texts: [...newestFirst, line.toString('utf8')].reverse(), from: 0 };
}

/** How many lines end before a byte of the file. They are only counted, so it costs no memory. */
async function countLineEnds(file: FileHandle, before: number): Promise<number> {
  const block = Buffer.alloc(BLOCK);
  let ends = 0;
  for (let from = 0; from < before; from += BLOCK) {
    const part = block.subarray(0, await readAt(file, block, from, Math.min(BLOCK, before - from)));
    for (let at = part.indexOf(LINE_END); at !== -1; at = part.indexOf(LINE_END, at + 1)) ends += 1;
  }
  return ends;
}

/** Reads so many bytes, fewer only where the file has become shorter; answers how many. */
async function readAt(file: FileHandle, into: Buffer, from: number, length: number): Promise<number> {
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(into, read, length - read, from + read);
    if (bytesRead === 0) return read;
    read += bytesRead;
  }
  return read;
}

function wholeLines(lines: readonly StoredAnchor[]): readonly StoredAnchor[] {
  const whole = new Set(lines.filter((line) => isJson(line.text)));
  const sorted = [...whole].map((line) => line.text).sort();
  return lines.filter(
    (line) =>
      whole.has(line) ||
      // What follows the last line end is being written just now, or was torn off.
      (line !== lines.at(-1) && line.text !== '' && !isTornOff(line.text, sorted)),
  );
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** A crash leaves the beginning of a line, and the outbox adds the same line again. */
function isTornOff(line: string, sorted: readonly string[]): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') < line) from = middle + 1;
    else to = middle;
  }
  return sorted[from]?.startsWith(line) === true;
}
