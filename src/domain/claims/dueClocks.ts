/**
 * The clock decides, not the sweep: whatever is due by an instant happens, in order, each with the time it was due
 * (R44).
 */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim } from './claim.ts';
import type { Firing } from './clock.ts';
import { nextFiring } from './clock.ts';
import { clockChanges } from './clockRules.ts';
import { endConsent, isSilenceNo, passConsent } from './consent.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Notice } from './notices.ts';
import { noticesOf } from './notices.ts';
import type { Programme } from './policy.ts';

/** Events in their order, the claim after them, and whom each of them tells. */
export interface Happenings {
  readonly events: readonly ClaimEvent[];
  readonly notices: readonly Notice[];
  readonly claim: Claim;
}

/** Fires every clock that is due at `now` or earlier. An action at the due instant itself is late (R42). */
export function applyDueClocks(claim: Claim, now: Instant, programme: Programme): Happenings {
  let result: Happenings = { events: [], notices: [], claim };
  for (;;) {
    const firing = nextFiring(result.claim.clocks);
    if (!firing || firing.at > now) return result;
    result = withEvent(result, fired(result.claim, firing, programme), programme);
  }
}

/** The happenings with one more event, which carries what it does to the clocks (R42). */
export function withEvent(before: Happenings, event: ClaimEvent, programme: Programme): Happenings {
  const clocks = clockChanges(before.claim, event, programme);
  const complete = clocks ? { ...event, clocks } : event;
  const claim = evolve(before.claim, complete);
  return {
    events: [...before.events, complete],
    notices: [...before.notices, ...noticesOf(complete, claim)],
    claim,
  };
}

function fired(claim: Claim, firing: Firing, programme: Programme): ClaimEvent {
  const { clock, running, at } = firing;
  const facts = { at, by: { side: 'desk', id: 'desk', name: '' } as const };
  const { dueAt } = running;
  const policy = programme.policyOf(running.policy).clocks[clock];
  // The reminders still to come are the last of the policy's: those before them have been, or were too early to be.
  if (firing.kind === 'reminder')
    return {
      type: 'ClockReminded',
      ...facts,
      clock,
      dueAt,
      daysLeft: policy.reminders.at(-running.reminders.length) ?? 0,
    };
  if (policy.whenDue === 'escalate') {
    return { type: 'ClockEscalated', ...facts, clock, dueAt, level: running.level + 1 };
  }
  switch (clock) {
    case 'partnerResponse':
      return { type: 'PartnerDidNotRespond', ...facts };
    case 'disputeWindow':
      return { type: 'DisputeWindowClosed', ...facts };
    case 'consent':
      if (claim.status === 'Approved') return isSilenceNo(claim) ? endConsent(at) : passConsent(claim, at);
      throw new Error(`the consent clock of ${claim.id} runs, but it is ${claim.status}`);
    default:
      throw new Error(`the policy lets ${clock} act, but it has nothing to do`);
  }
}
