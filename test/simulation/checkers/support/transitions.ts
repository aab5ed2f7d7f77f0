/**
 * Every transition that the rules allow: each event in each stage of a claim, and the stage that it leads to (R10–R33,
 * R40–R60).
 */
import type { From } from '../../../domain/claims/model/law.ts';
import { LIVED_EVENT_TYPES, stepOf } from '../../../domain/claims/model/law.ts';

export function transitionKey(from: From, event: string, declines = 0): string {
  const step = stepOf(event);
  const to = (declines > 0 ? step?.toAgain : undefined) ?? step?.to;
  return `${from} → ${event}${to === undefined ? '' : ` → ${to}`}`;
}

/** Every transition that there can be. */
export const TRANSITIONS: readonly string[] = LIVED_EVENT_TYPES.flatMap((event) =>
  (stepOf(event)?.from ?? []).flatMap((from) => [
    ...new Set([0, 1].map((declines) => transitionKey(from, event, declines))),
  ]),
);
