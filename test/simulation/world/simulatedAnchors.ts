/** The anchors of one instance: a list outside the store to which is only added, and that cannot always be reached. */
import type { Anchor, Anchors } from '../../../src/desk/ports/anchors.ts';
import type { Faults } from './faults.ts';
import { SimulatedError } from './simulatedError.ts';
import type { Connection } from './teams.ts';

export function anchorsOf(kept: Anchor[], connection: Connection, faults: Faults): Anchors {
  return {
    append: (anchor) =>
      connection.call(() => {
        if (faults.strikes('anchorsFail')) throw new SimulatedError('the anchors do not answer');
        kept.push(anchor);
      }),
    newest: (count) => connection.call(() => kept.slice(-count)),
    async *all() {
      yield* await connection.call(() => [...kept]);
    },
  };
}
