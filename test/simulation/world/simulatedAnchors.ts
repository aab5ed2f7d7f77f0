/** The anchors of one instance: lines outside the store to which is only added, and that cannot always be reached. */
import type { Anchors, AnchorStore, StoredAnchor } from '../../../src/desk/ports/anchors.ts';
import type { Clock } from '../../../src/desk/ports/system.ts';
import { signedAnchors } from '../../../src/desk/records/signedAnchors.ts';
import { SIGNER } from '../../support/signer.ts';
import type { Faults } from './faults.ts';
import { SimulatedError } from './simulatedError.ts';
import type { Connection } from './teams.ts';

export function anchorsOf(kept: string[], connection: Connection, faults: Faults, clock: Clock): Anchors {
  const stored = (from: number): readonly StoredAnchor[] =>
    kept.slice(from).map((text, index) => ({ where: `line ${from + index + 1}`, text }));
  const reached: AnchorStore = {
    append: (anchor) =>
      connection.call(() => {
        if (faults.strikes('anchorsFail')) throw new SimulatedError('the anchors do not answer');
        kept.push(JSON.stringify(anchor));
      }),
    newest: (count) => connection.call(() => stored(Math.max(0, kept.length - count))),
    async *all() {
      yield* await connection.call(() => stored(0));
    },
  };
  return signedAnchors(reached, { signer: SIGNER, clock });
}
