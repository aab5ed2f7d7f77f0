/** What a claim had lost when an older state of it was restored. */
import type { LostDecision } from './events.ts';

/** Whether the customer had said no, in whatever way: after that silence is no consent (R60). */
export function isObjection({ type }: LostDecision): boolean {
  return ['ConsentDenied', 'ConsentNotGiven', 'ObjectionRecorded'].includes(type);
}

/** Those that are not recorded yet. */
export function unrecorded(known: readonly LostDecision[], lost: readonly LostDecision[]): readonly LostDecision[] {
  return lost.filter((one) => !known.some((other) => isSame(one, other)));
}

function isSame(one: LostDecision, other: LostDecision): boolean {
  return one.version === other.version && one.type === other.type && one.at === other.at && one.by === other.by;
}
