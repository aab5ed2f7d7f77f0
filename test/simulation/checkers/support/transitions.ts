/**
 * Every transition that the rules allow: each event in each stage of a claim, and the stage that it leads to (R10–R33,
 * R40–R53).
 */
import type { From } from '../../../domain/claims/model/law.ts';
import { EVENT_TYPES, stepOf } from '../../../domain/claims/model/law.ts';

export function transitionKey(from: From, event: string): string {
  const to = stepOf(event)?.to;
  return `${from} → ${event}${to === undefined ? '' : ` → ${to}`}`;
}

/** Every transition that there can be. */
export const TRANSITIONS: readonly string[] = EVENT_TYPES.flatMap((event) =>
  (stepOf(event)?.from ?? []).map((from) => transitionKey(from, event)),
);
