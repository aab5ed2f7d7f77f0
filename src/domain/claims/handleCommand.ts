/** A command comes in: what is due fires first, then the command is decided on what is left (R44). */
import type { Claim } from './claim.ts';
import type { ClaimCommand, CreateClaim } from './commands.ts';
import { decide } from './decide.ts';
import type { Rules } from './decision.ts';
import { createClaim } from './drafting.ts';
import type { Happenings } from './dueClocks.ts';
import { applyDueClocks, withEvent } from './dueClocks.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { noticesOf } from './notices.ts';
import type { Sides } from './parties.ts';
import type { Refusal } from './refusal.ts';

/** The result of a command: all that happened, and what to answer. */
export interface CommandOutcome extends Happenings {
  readonly answer:
    | { readonly kind: 'done'; readonly event: ClaimEvent }
    | { readonly kind: 'nothing' }
    | { readonly kind: 'refused'; readonly refusal: Refusal };
}

/**
 * Fires what is due at the command's time, then decides the command. A refused command adds no event of its own.
 * `sides` as for {@link applyDueClocks}.
 */
export function handleCommand(claim: Claim, command: ClaimCommand, rules: Rules, sides?: Sides): CommandOutcome {
  const due = applyDueClocks(claim, command.at, rules.programme, sides);
  const decision = decide(command, due.claim, rules);
  if (decision.kind !== 'happened') return { ...due, answer: decision };
  const after = withEvent(due, decision.event, rules.programme);
  return { ...after, answer: { kind: 'done', event: after.events.at(-1) ?? decision.event } };
}

/** The first command of a claim (R10): a refusal, or the draft and its first event. */
export function handleCreation(
  command: CreateClaim,
  rules: Rules,
): { readonly refusal: Refusal } | (Happenings & { readonly event: ClaimEvent }) {
  const decision = createClaim(command, rules);
  if (decision.kind === 'refused') return { refusal: decision.refusal };
  if (decision.kind === 'nothing') throw new Error('a creation happens or is refused');
  const { event } = decision;
  const claim = evolve(undefined, event);
  return { event, events: [event], notices: noticesOf(event, claim), claim };
}
