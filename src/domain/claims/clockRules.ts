/** Which clocks run, when each is due, and what an event does to them (R35–R46). */
import type { Instant } from '../calendar/calendar.ts';
import {
  businessDaysBefore,
  calendarDaysBefore,
  dueAfterBusinessDays,
  dueAfterCalendarDays,
  dueAfterRemaining,
  dueAfterRemainingCalendarDays,
  remainingBusinessDays,
  remainingCalendarDays,
} from '../calendar/calendar.ts';
import type { Claim, OpenConsent } from './claim.ts';
import type { ClaimEvent } from './events.ts';
import type { ClockName, Programme } from './policy.ts';
import { CLOCK_NAMES } from './policy.ts';
import type { AwaitingDelivery, Clock, ClockChanges, Paused, Running } from './clock.ts';
import { isOverdue } from './clock.ts';
import { sideOfClock } from './standing.ts';

/** What an event does to the clocks of the claim that it happens to. */
export function clockChanges(
  claim: Claim | undefined,
  event: ClaimEvent,
  programme: Programme,
): ClockChanges | undefined {
  const start = (name: ClockName): Clock => startClock(name, event.at, programme);
  switch (event.type) {
    case 'ClaimSubmitted':
      return { reviewStart: start('reviewStart'), overallDecision: start('overallDecision') };
    case 'ReviewStarted':
      return { reviewStart: null, reviewDecision: start('reviewDecision') };
    case 'InformationRequested':
      return {
        reviewDecision: null,
        ...change(claim, 'overallDecision', 'running', (clock) => pauseClock(clock, event.at, programme)),
        partnerResponse: start('partnerResponse'),
      };
    case 'ClaimResubmitted':
      return {
        partnerResponse: null,
        ...change(claim, 'overallDecision', 'paused', (clock) => resumeClock(clock, event.at, programme)),
        reviewStart: start('reviewStart'),
      };
    case 'ClaimApproved':
      return { reviewDecision: null, overallDecision: null, consent: start('consent') };
    case 'DisputeOverturned':
      return { disputeDecision: null, consent: start('consent') };
    case 'ClaimRejected':
    case 'RejectionRequested':
    case 'PartnerDidNotRespond':
      return { ...endAll(claim), disputeWindow: start('disputeWindow') };
    case 'ConsentDenied':
    case 'ConsentNotGiven':
      // The second time is final: no window for a dispute opens (R60).
      return { ...endAll(claim), ...(!claim?.declines && { disputeWindow: start('disputeWindow') }) };
    case 'ConsentAgreed':
      return agreedConsent(claim, event.at, programme);
    case 'ObjectionRecorded':
      return change(claim, 'consent', 'running', (clock) => pauseConsent(clock, event.at, programme));
    case 'ObjectionWithdrawn':
      return leavesNone(claim, event)
        ? change(claim, 'consent', 'paused', (clock) => resumeConsent(clock, event.at, programme, !isAgreed(claim)))
        : {};
    case 'ConsentPassed':
      return { consent: null };
    case 'DisputeOpened':
      return { disputeWindow: null, disputeDecision: start('disputeDecision') };
    case 'DisputeUpheld':
      return { disputeDecision: null };
    case 'DisputeWindowClosed':
      return { disputeWindow: null };
    case 'NoticeDelivered':
      return change(claim, event.clock, 'awaitingDelivery', (clock) => {
        const running = runClock(event.clock, clock, event.at, programme);
        return event.clock === 'consent' ? deliveredConsent(claim, running, event.at, programme) : running;
      });
    case 'ClockSuspended':
      return change(claim, event.clock, 'running', (clock) => stopped(clock, event.at));
    case 'StateRestored':
      return Object.assign(
        {},
        ...CLOCK_NAMES.filter(sideOfClock).map((name) =>
          change(claim, name, 'running', (clock) => stopped(clock, event.at)),
        ),
      ) as ClockChanges;
    case 'ClockReminded':
      return change(claim, event.clock, 'running', (clock) => ({ ...clock, reminders: clock.reminders.slice(1) }));
    case 'ClockEscalated':
      return change(claim, event.clock, 'running', (clock) => ({
        ...clock,
        level: clock.level + 1,
        nextAt: nextEscalation(clock, programme),
      }));
    default:
      return undefined;
  }
}

/** A clock that was stopped waits for a new notice, which starts it anew (R45). */
function stopped({ policy }: Running, at: Instant): AwaitingDelivery {
  return { state: 'awaitingDelivery', policy, startedAt: at, reminders: [], level: 0 };
}

/** What becomes of a clock that is in a state; no change where it is in another. */
function change<State extends Clock['state']>(
  claim: Claim | undefined,
  name: ClockName,
  state: State,
  alter: (clock: Extract<Clock, { state: State }>) => Clock,
): ClockChanges {
  const clock = claim?.clocks[name];
  return clock && isIn(clock, state) ? { [name]: alter(clock) } : {};
}

function isIn<State extends Clock['state']>(clock: Clock, state: State): clock is Extract<Clock, { state: State }> {
  return clock.state === state;
}

function endAll(claim: Claim | undefined): ClockChanges {
  return Object.fromEntries(CLOCK_NAMES.filter((name) => claim?.clocks[name]).map((name) => [name, null]));
}

function startClock(name: ClockName, at: Instant, programme: Programme): Clock {
  const { policy } = programme;
  const waiting: AwaitingDelivery = {
    state: 'awaitingDelivery',
    policy: policy.version,
    startedAt: at,
    reminders: [],
    level: 0,
  };
  return policy.clocks[name].startsOnDelivery ? waiting : runClock(name, waiting, at, programme);
}

/** A clock runs from an instant: its start, or the delivery of its notice (R45). */
function runClock(name: ClockName, clock: AwaitingDelivery, from: Instant, programme: Programme): Running {
  const policy = programme.policyOf(clock.policy);
  const { length, unit } = policy.clocks[name];
  const dueAt =
    unit === 'businessDays'
      ? dueAfterBusinessDays(programme.calendarOf(policy), from, length)
      : dueAfterCalendarDays(policy.zone, from, length);
  return {
    ...clock,
    state: 'running',
    dueAt,
    nextAt: dueAt,
    reminders: remindersOf(name, clock, from, dueAt, programme),
  };
}

function remindersOf(
  name: ClockName,
  clock: Clock,
  from: Instant,
  dueAt: Instant,
  programme: Programme,
): readonly Instant[] {
  const policy = programme.policyOf(clock.policy);
  const { unit, reminders } = policy.clocks[name];
  return reminders
    .map((days) =>
      unit === 'businessDays'
        ? businessDaysBefore(programme.calendarOf(policy), dueAt, days)
        : calendarDaysBefore(policy.zone, dueAt, days),
    )
    .filter((reminder) => reminder > from);
}

function openConsentOf(claim: Claim | undefined): OpenConsent | undefined {
  return claim?.status === 'Approved' && claim.consent.state === 'open' ? claim.consent : undefined;
}

function isAgreed(claim: Claim | undefined): boolean {
  return openConsentOf(claim)?.agreed !== undefined;
}

/** Whether no one's objection is left after this one was taken back. */
function leavesNone(claim: Claim | undefined, { by }: ClaimEvent): boolean {
  return openConsentOf(claim)?.objections.every((objection) => objection.by.id === by.id) ?? false;
}

/** An agreement ends the reminders, and lets a clock that an objection held go on (R59, R60). */
function agreedConsent(claim: Claim | undefined, at: Instant, programme: Programme): ClockChanges {
  const clock = claim?.clocks.consent;
  if (clock?.state === 'paused') return { consent: resumeConsent(clock, at, programme, false) };
  return change(claim, 'consent', 'running', (running) => ({ ...running, reminders: [] }));
}

/** Who has agreed before the notice came needs no reminder; an objection that came before it holds the clock (R60). */
function deliveredConsent(claim: Claim | undefined, clock: Running, at: Instant, programme: Programme): Clock {
  const consent = openConsentOf(claim);
  if (consent && consent.objections.length > 0) return pauseConsent(clock, at, programme);
  return consent?.agreed ? { ...clock, reminders: [] } : clock;
}

/** R60: what is left are the calendar days after the day of the objection. */
function pauseConsent(clock: Running, at: Instant, programme: Programme): Paused {
  const { nextAt: _, dueAt, ...rest } = clock;
  const remaining = remainingCalendarDays(programme.policyOf(clock.policy).zone, at, dueAt);
  return { ...rest, state: 'paused', reminders: [], remaining };
}

/** R60: with none left, the end of the day on which it goes on. */
function resumeConsent(clock: Paused, at: Instant, programme: Programme, reminds: boolean): Running {
  const { remaining, dueAt: _, ...rest } = clock;
  const dueAt = dueAfterRemainingCalendarDays(programme.policyOf(clock.policy).zone, at, remaining);
  const reminders = reminds ? remindersOf('consent', clock, at, dueAt, programme) : [];
  return { ...rest, state: 'running', dueAt, nextAt: dueAt, reminders };
}

/** R46: what is left are the business days after the day of the pause; a clock that was overdue stays so. */
function pauseClock(clock: Running, at: Instant, programme: Programme): Paused {
  const { nextAt, dueAt, ...rest } = clock;
  const calendar = programme.calendarOf(programme.policyOf(clock.policy));
  return {
    ...rest,
    state: 'paused',
    ...(isOverdue(clock) && { dueAt }),
    reminders: [],
    remaining: remainingBusinessDays(calendar, at, nextAt),
  };
}

function resumeClock(clock: Paused, at: Instant, programme: Programme): Running {
  const { remaining, dueAt, ...rest } = clock;
  const nextAt = dueAfterRemaining(programme.calendarOf(programme.policyOf(clock.policy)), at, remaining);
  if (dueAt !== undefined) return { ...rest, state: 'running', dueAt, nextAt };
  return {
    ...rest,
    state: 'running',
    dueAt: nextAt,
    nextAt,
    reminders: remindersOf('overallDecision', clock, at, nextAt, programme),
  };
}

/** Level 2 one business day after level 1, level 3 two after it, then one a business day (R43). */
function nextEscalation(clock: Running, programme: Programme): Instant {
  const calendar = programme.calendarOf(programme.policyOf(clock.policy));
  return dueAfterRemaining(calendar, clock.nextAt, 0);
}
