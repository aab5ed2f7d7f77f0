/** The decision on a command: one event, nothing, or a refusal. */
import type { Instant } from '../calendar/calendar.ts';
import type { Catalogue } from './catalogue.ts';
import type { Claim } from './claim.ts';
import type { Party } from './values.ts';
import type { ClaimEvent } from './events.ts';
import type { Actor } from './permission.ts';
import { partyOf } from './permission.ts';
import type { Programme } from './policy.ts';
import type { Refusal } from './refusal.ts';
import { cleanText, MAX_COMMENT } from './text.ts';

/** What a rule answers. */
export type Decision =
  | { readonly kind: 'happened'; readonly event: ClaimEvent }
  /** Already so: nothing to do and nothing wrong. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What the rules go by: the programme's lengths and its catalogue. */
export interface Rules {
  readonly programme: Programme;
  readonly catalogue: Catalogue;
}

/** The decision that an event happens. */
export function happened(event: ClaimEvent): Decision {
  return { kind: 'happened', event };
}

/** The decision that nothing happens, and why. */
export function refuse(refusal: Refusal): Decision {
  return { kind: 'refused', refusal };
}

/** The decision that it is so already. */
export const NOTHING: Decision = { kind: 'nothing' };

/** Who did it and when, as an event carries it. */
export function stamp(
  command: { readonly by: Actor; readonly at: Instant },
  claim: Claim,
): { readonly at: Instant; readonly by: Party } {
  return { at: command.at, by: partyOf(command.by, claim) };
}

/**
 * The version that a card showed (R57). No card can show a version still to come: a request that names one is taken to
 * have seen nothing.
 */
export function shownVersion(claim: Claim, seen: number): number {
  return seen > claim.version ? 0 : seen;
}

/** A comment that must be there (R18, R21, R27, R28), or the refusal that says so. */
export function requiredComment(text: unknown): { readonly text: string } | { readonly refusal: Refusal } {
  const comment = optionalComment(text);
  if ('text' in comment && comment.text === '') return { refusal: { code: 'commentNeeded' } };
  return comment;
}

/** A comment that may be empty; only one that is too long is refused. */
export function optionalComment(text: unknown): { readonly text: string } | { readonly refusal: Refusal } {
  const comment = typeof text === 'string' ? cleanText(text) : '';
  return comment.length > MAX_COMMENT ? { refusal: { code: 'textTooLong', most: MAX_COMMENT } } : { text: comment };
}
