/**
 * The clock decides, not the sweep: whatever is due by an instant happens, in order, each with the time it was due
 * (R44).
 */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim } from './claim.ts';
import type { Firing } from './clock.ts';
import { isClockDue, nextFiring } from './clock.ts';
import { clockChanges } from './clockRules.ts';
import { endConsent, isSilenceNo, passConsent } from './consent.ts';
import type { ClaimEvent, ClockSuspended } from './events.ts';
import { evolve } from './evolve.ts';
import type { Notice } from './notices.ts';
import { noticesOf } from './notices.ts';
import type { Sides } from './parties.ts';
import type { Programme } from './policy.ts';
import { CLOCK_NAMES } from './policy.ts';
import { sideOfClock } from './standing.ts';

/** Events in their order, the claim after them, and whom each of them tells. */
export interface Happenings {
  readonly events: readonly ClaimEvent[];
  readonly notices: readonly Notice[];
  readonly claim: Claim;
}

/**
 * Fires every clock that is due at `now` or earlier. An action at the due instant itself is late (R42). A clock that
 * would decide against a side of which no one could act meanwhile is suspended first, as of that change (R45). `sides`
 * is needed where {@link needsSides} says so; with it, a clock that is not due yet is suspended too.
 */
export function applyDueClocks(claim: Claim, now: Instant, programme: Programme, sides?: Sides): Happenings {
  let result: Happenings = { events: [], notices: [], claim };
  for (;;) {
    const firing = nextFiring(result.claim.clocks);
    const due = firing && firing.at <= now ? firing : undefined;
    if (due && !sides && sideOfClock(due.clock))
      throw new Error(`the ${due.clock} clock of ${claim.id} is due, and nothing is known of its side`);
    const suspended = sides && suspension(result.claim, now, sides);
    // At one instant a clock does what it is due before an absence begins (R42).
    if (suspended && (!due || suspended.at < due.at)) result = withEvent(result, suspended, programme);
    else if (due) result = withEvent(result, fired(result.claim, due, programme), programme);
    else return result;
  }
}

/** Whether a clock that would decide against a side runs, and so whether that side's absences matter (R45). */
export function hasActingClock({ clocks }: Claim): boolean {
  return CLOCK_NAMES.some((name) => sideOfClock(name) !== undefined && clocks[name]?.state === 'running');
}

/** Whether something of a clock that would decide against a side is due: a reminder, or its end. */
export function needsSides({ clocks }: Claim, now: Instant): boolean {
  return CLOCK_NAMES.some((name) => sideOfClock(name) !== undefined && isClockDue({ [name]: clocks[name] }, now));
}

/**
 * The first suspension of a running clock by `now`: by an absence of its side, or because no consent counted, at some
 * time between the instant from which it runs and its due instant. Of two at one instant it is the one that was there
 * before, not the one that begins then.
 */
function suspension(claim: Claim, now: Instant, { standing, barred }: Sides): ClockSuspended | undefined {
  let first: ClockSuspended | undefined;
  let wasThere = false;
  for (const clock of CLOCK_NAMES) {
    const side = sideOfClock(clock);
    const running = claim.clocks[clock];
    if (!side || running?.state !== 'running') continue;
    const since = claim.runsSince[clock] ?? running.startedAt;
    for (const { from, until = Infinity, reason } of [...standing[side], ...(clock === 'consent' ? barred : [])]) {
      if (!(from < running.dueAt && from <= now && until > since)) continue;
      const at = Math.max(from, since);
      const isThere = from < at;
      if (first && (at > first.at || (at === first.at && (wasThere || !isThere)))) continue;
      first = { type: 'ClockSuspended', at, by: { side: 'desk', id: 'desk', name: '' }, clock, reason };
      wasThere = isThere;
    }
  }
  return first;
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
