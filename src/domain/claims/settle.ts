/** The clock decides, not the sweep: whatever is due by an instant happens, in its order, each with the time it was due (R44). */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim } from './claim.ts';
import type { Firing } from './clock.ts';
import { clockChanges } from './clockRules.ts';
import { nextFiring } from './clock.ts';
import type { ClaimCommand, CreateClaim } from './commands.ts';
import { passConsent } from './consent.ts';
import { decide } from './decide.ts';
import type { Decision, Rules } from './decision.ts';
import { createClaim } from './drafting.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Programme } from './policy.ts';
import type { Refusal } from './refusal.ts';

/** What came of a command: the events in their order, the claim after them, and what to answer. */
export interface CommandOutcome {
  readonly events: readonly ClaimEvent[];
  readonly claim: Claim;
  readonly answer:
    | { readonly kind: 'done'; readonly event: ClaimEvent }
    | { readonly kind: 'nothing' }
    | { readonly kind: 'refused'; readonly refusal: Refusal };
}

/** Fire what is due, then decide the command on what is left. A refused command adds no event of its own. */
export function handleCommand(claim: Claim, command: ClaimCommand, rules: Rules): CommandOutcome {
  const settled = applyDueClocks(claim, command.at, rules.programme);
  return conclude(settled.events, settled.claim, decide(command, settled.claim, rules), rules.programme);
}

/** The first command of a claim (R10): a refusal, or its first event. */
export function handleCreation(
  command: CreateClaim,
  rules: Rules,
): { readonly refusal: Refusal } | { readonly event: ClaimEvent; readonly claim: Claim } {
  const decision = createClaim(command, rules);
  if (decision.kind === 'refused') return { refusal: decision.refusal };
  if (decision.kind === 'nothing') throw new Error('a creation happens or is refused');
  return { event: decision.event, claim: evolve(undefined, decision.event) };
}

/** The claim as it stands at an instant, with the events of all that fell due until then. At the due instant is late (R42). */
export function applyDueClocks(
  claim: Claim,
  now: Instant,
  programme: Programme,
): { readonly events: readonly ClaimEvent[]; readonly claim: Claim } {
  const events: ClaimEvent[] = [];
  let settled = claim;
  for (;;) {
    const firing = nextFiring(settled.clocks);
    if (!firing || firing.at > now) return { events, claim: settled };
    const event = withClockChanges(settled, fired(settled, firing, programme), programme);
    events.push(event);
    settled = evolve(settled, event);
  }
}

function conclude(
  fired: readonly ClaimEvent[],
  claim: Claim,
  decision: Decision,
  programme: Programme,
): CommandOutcome {
  if (decision.kind !== 'happened') return { events: fired, claim, answer: decision };
  const event = withClockChanges(claim, decision.event, programme);
  return { events: [...fired, event], claim: evolve(claim, event), answer: { kind: 'done', event } };
}

function withClockChanges(claim: Claim, event: ClaimEvent, programme: Programme): ClaimEvent {
  const clocks = clockChanges(claim, event, programme);
  return clocks ? { ...event, clocks } : event;
}

function fired(claim: Claim, firing: Firing, programme: Programme): ClaimEvent {
  const { clock, at } = firing;
  const running = claim.clocks[clock];
  const facts = { at, by: { side: 'desk', id: 'desk', name: '' } as const };
  const dueAt = running?.dueAt ?? at;
  const policy = programme.policyOf(running?.policy ?? programme.policy.version).clocks[clock];
  // The reminders still to come are the last of the policy's: those before them have been, or were too early to be.
  if (firing.kind === 'reminder')
    return {
      type: 'ClockReminded',
      ...facts,
      clock,
      dueAt,
      daysLeft: policy.reminders.at(-(running?.reminders.length ?? 1)) ?? 0,
    };
  if (policy.whenDue === 'escalate') {
    return { type: 'ClockEscalated', ...facts, clock, dueAt, level: (running?.level ?? 0) + 1 };
  }
  switch (clock) {
    case 'partnerResponse':
      return { type: 'PartnerDidNotRespond', ...facts };
    case 'disputeWindow':
      return { type: 'DisputeWindowClosed', ...facts };
    case 'consent':
      if (claim.status === 'Approved') return passConsent(claim, at);
      throw new Error(`the consent clock of ${claim.id} runs, but it is ${claim.status}`);
    default:
      throw new Error(`the policy lets ${clock} act, but it has nothing to do`);
  }
}
