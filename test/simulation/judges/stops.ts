/** Judges that an instance which is told to stop answers every turn that it had in hand, unless its time was over before. */
import type { Asked, Judge } from '../witness.ts';

export function openStops(): Judge {
  /** Of each instance, what it was asked and has not answered. */
  const inHand = new Map<string, Map<number, Asked>>();

  return {
    name: 'stops',
    asked(asked) {
      const here = inHand.get(asked.by) ?? new Map<number, Asked>();
      here.set(asked.number, asked);
      inHand.set(asked.by, here);
      return [];
    },
    answered({ asked: { by, number } }) {
      inHand.get(by)?.delete(number);
      return [];
    },
    stopped({ by, from, inTime }) {
      const left = [...(inHand.get(by)?.values() ?? [])];
      inHand.delete(by);
      if (!inTime) return [];
      return left.map(({ number, person, at }) => `${by} was told to stop at ${new Date(from).toISOString()}, and ended without an answer to ${number}, which ${person} asked at ${new Date(at).toISOString()}`);
    },
  };
}
