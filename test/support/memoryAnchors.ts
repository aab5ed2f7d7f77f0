import type { Anchor, Anchors } from '../../src/desk/ports/anchors.ts';

/** Anchors in memory: what was appended stays as it was, whatever is done to the object that was handed in. */
export function memoryAnchors(): Anchors {
  const lines: string[] = [];
  const read = (line: string): Anchor => JSON.parse(line) as Anchor;
  return {
    async append(anchor) {
      lines.push(JSON.stringify(anchor));
    },
    async newest(count) {
      return lines.slice(Math.max(0, lines.length - count)).map(read);
    },
    async *all() {
      for (const line of [...lines]) yield await Promise.resolve(read(line));
    },
  };
}
