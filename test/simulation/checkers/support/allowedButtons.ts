/** Which buttons a claim's card may have: by its stage, and by the side that reads it (R10–R33, R52). */
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import { LAW } from '../../../domain/claims/model/law.ts';
import { COMMAND_OF, isClaimVerb } from './verbs.ts';

export const SIDES = ['partner', 'review', 'customer'] as const;
export type CardSide = (typeof SIDES)[number];

/** What only shows something. */
const SHOWS: ReadonlySet<string> = new Set(['show', 'history', 'documents', 'follow', 'mute', 'commentOn']);

/** Who opened the documents of a claim: for staff and operators alone (R55). */
const READINGS = 'readings';

/** Whether a card of this side may have the button, for a claim in this stage. */
export function isButtonAllowed(verb: string, stage: Stage, sides: readonly CardSide[] = SIDES): boolean {
  if (SHOWS.has(verb)) return true;
  if (verb === READINGS) return sides.includes('review');
  if (!isClaimVerb(verb)) return false;
  const { from, who } = LAW[COMMAND_OF[verb]];
  return from.includes(stage) && sides.some((side) => who.sides.includes(side));
}
