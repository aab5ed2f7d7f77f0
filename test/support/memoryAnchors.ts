import type { Anchor, Anchors, AnchorStore, FoundAnchor } from '../../src/desk/ports/anchors.ts';
import { signedAnchors } from '../../src/desk/records/signedAnchors.ts';
import { SIGNER } from './signer.ts';

/** What was appended stays as it was, whatever is done to the object that was handed in. `lines` can be changed. */
export function memoryAnchorStore(lines: string[] = []): AnchorStore {
  const stored = () => lines.map((text, index) => ({ where: `line ${index + 1}`, text }));
  return {
    async append(anchor) {
      lines.push(JSON.stringify(anchor));
    },
    async newest(count) {
      return stored().slice(Math.max(0, lines.length - count));
    },
    async *all() {
      for (const one of stored()) yield await Promise.resolve(one);
    },
  };
}

/** Anchors in memory, signed with the key of the tests. */
export function memoryAnchors(lines: string[] = []): Anchors {
  return signedAnchors(memoryAnchorStore(lines), { signer: SIGNER, clock: { now: () => 0 } });
}

/** The anchors among what was found; fails where one is not signed. */
export function signedOf(found: readonly FoundAnchor[]): readonly Anchor[] {
  return found.map((one) => {
    if (one.kind === 'damaged' || one.proof !== 'signed') throw new Error(`not signed: ${JSON.stringify(one)}`);
    return one.anchor;
  });
}
