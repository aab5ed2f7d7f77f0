/**
 * Anchors in one file of this machine, outside the data folder: a line of JSON each, only ever added to. Nothing here
 * keeps the desk's own user from rewriting it; the operator can (an append-only attribute, another owner, a copy
 * elsewhere), and only then does it show what the store has lost.
 */
import { open, readFile } from 'node:fs/promises';
import type { AnchorStore, StoredAnchor } from '../../desk/ports/anchors.ts';
import { FilesError } from '../filesError.ts';
import { errnoOf } from '../../shared/errno.ts';

const LINE_END = '\n'.charCodeAt(0);

/**
 * The file is created at the first anchor. A line that has returned from `append` is on the disk; any number of
 * processes may append, because each line is one write. A line that a crash tore off is passed over: it is the
 * beginning of another, which was added anew, or the end of the file.
 */
export function openAnchorFile(path: string): AnchorStore {
  async function lines(): Promise<readonly StoredAnchor[]> {
    try {
      return wholeLines(await readFile(path, 'utf8'));
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
      const all = await lines();
      return all.slice(Math.max(0, all.length - count));
    },
    async *all() {
      yield* await lines();
    },
  };
}

function wholeLines(text: string): readonly StoredAnchor[] {
  const lines = text.split('\n').map((line, index) => ({ where: `line ${index + 1}`, text: line }));
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
