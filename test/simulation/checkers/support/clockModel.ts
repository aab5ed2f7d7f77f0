/** What an event must change in the clocks (R35–R46): the checkers' own table and calendar days. */
import type { Day, Days } from './days.ts';
import { countDays, daysIn, later, nthDay, worksBut } from './days.ts';
import type { ClaimState } from './claimState.ts';
import type { ClockName, StoredClock, StoredEvent } from './storedClaim.ts';
import { CLOCKS } from './storedClaim.ts';
import type { ClockLength, ClockLengths } from './clockLengths.ts';
import { isDecline } from '../../../domain/claims/model/law.ts';

/** A policy with one of the sets of free days that its calendar may have. */
export interface Book {
  readonly version: string;
  readonly clockLengths: ClockLengths;
  readonly free: ReadonlySet<Day>;
}

type Change = {
  readonly does:
    | 'start'
    | 'end'
    | 'pause'
    | 'resume'
    | 'run'
    | 'stop'
    | 'remind'
    | 'escalate'
    | 'hush'
    | 'hold'
    | 'letGo';
  /** The consent is agreed to: its clock reminds no more (R59). */
  readonly isAgreed?: boolean;
  /** An objection is open: the clock of the consent does not run (R60). */
  readonly isHeld?: boolean;
  readonly clock: ClockName;
};
const start = (clock: ClockName): Change => ({ does: 'start', clock });
const end = (clock: ClockName): Change => ({ does: 'end', clock });

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  ClaimSubmitted: [start('reviewStart'), start('overallDecision')],
  ReviewStarted: [end('reviewStart'), start('reviewDecision')],
  InformationRequested: [end('reviewDecision'), { does: 'pause', clock: 'overallDecision' }, start('partnerResponse')],
  ClaimResubmitted: [end('partnerResponse'), { does: 'resume', clock: 'overallDecision' }, start('reviewStart')],
  ClaimApproved: [end('reviewDecision'), end('overallDecision'), start('consent')],
  DisputeOverturned: [end('disputeDecision'), start('consent')],
  ConsentPassed: [end('consent')],
  DisputeOpened: [end('disputeWindow'), start('disputeDecision')],
  DisputeUpheld: [end('disputeDecision')],
  DisputeWindowClosed: [end('disputeWindow')],
};
const FALLS: ReadonlySet<string> = new Set([
  'ClaimRejected',
  'RejectionRequested',
  'PartnerDidNotRespond',
  'ConsentDenied',
  'ConsentNotGiven',
]);

/** What an event does to which clocks. A claim that falls stops them all. */
export function changesBy(event: StoredEvent, claim: ClaimState): readonly Change[] {
  if (FALLS.has(event.type)) {
    // The second decline is final: no window opens (R60).
    const isFinal = isDecline(event.type) && claim.declines > 0;
    return [...CLOCKS.filter((name) => claim.clocks.has(name)).map(end), ...(isFinal ? [] : [start('disputeWindow')])];
  }
  const ofConsent = consentChange(event, claim);
  if (ofConsent) return ofConsent;
  if (event.clock === undefined) return CHANGES[event.type] ?? [];
  if (event.type === 'NoticeDelivered')
    return [{ does: 'run', clock: event.clock, ...(event.clock === 'consent' && tiesOf(claim)) }];
  if (event.type === 'ClockSuspended') return [{ does: 'stop', clock: event.clock }];
  if (event.type === 'ClockReminded') return [{ does: 'remind', clock: event.clock }];
  return event.type === 'ClockEscalated' ? [{ does: 'escalate', clock: event.clock }] : [];
}

function tiesOf({ isAgreed, objectors }: ClaimState): Pick<Change, 'isAgreed' | 'isHeld'> {
  return { isAgreed, isHeld: objectors.size > 0 };
}

/** R59, R60: what an agreement and an objection do to the clock of the consent; undefined for any other event. */
function consentChange({ type, by }: StoredEvent, claim: ClaimState): readonly Change[] | undefined {
  const state = claim.clocks.get('consent')?.state;
  switch (type) {
    case 'ConsentAgreed':
      if (state === 'paused') return [{ does: 'letGo', clock: 'consent', isAgreed: true }];
      return state === 'running' ? [{ does: 'hush', clock: 'consent' }] : [];
    case 'ObjectionRecorded':
      return state === 'running' ? [{ does: 'hold', clock: 'consent' }] : [];
    case 'ObjectionWithdrawn': {
      const isLast = [...claim.objectors].every((objector) => objector === by.id);
      return isLast && state === 'paused' ? [{ does: 'letGo', clock: 'consent', isAgreed: claim.isAgreed }] : [];
    }
    default:
      return undefined;
  }
}

/** The clock after the change, null for one that ended, undefined where there is nothing to change. */
export function changed(
  { does, clock: name, isAgreed = false, isHeld = false }: Change,
  before: StoredClock | undefined,
  at: number,
  book: Book,
): StoredClock | null | undefined {
  const change = new ClockChange(book, book.clockLengths.clocks[name]);
  if (does === 'start') return change.started(at);
  if (!before) return undefined;
  switch (does) {
    case 'end':
      return null;
    case 'pause':
      return change.paused(before, at);
    case 'resume':
      return change.resumed(before, at);
    case 'run': {
      const begun = change.running(before, at);
      if (isHeld) return change.held(begun, at);
      return isAgreed ? { ...begun, reminders: [] } : begun;
    }
    case 'hush':
      return { ...before, reminders: [] };
    case 'hold':
      return change.held(before, at);
    case 'letGo':
      return change.letGo(before, at, isAgreed);
    case 'stop':
      return { ...change.started(at), policy: before.policy };
    case 'remind':
      return { ...before, reminders: before.reminders.slice(1) };
    case 'escalate':
      return change.escalated(before);
  }
}

class ClockChange {
  readonly #book: Book;
  readonly #term: ClockLength;
  readonly #days: Days;
  readonly #works: (day: Day) => boolean;

  constructor(book: Book, clockLength: ClockLength) {
    this.#book = book;
    this.#term = clockLength;
    this.#days = daysIn(book.clockLengths.zone);
    this.#works = worksBut(book.free);
  }

  /** Against whom it ends, it waits until they were told (R45). */
  started(at: number): StoredClock {
    const still: StoredClock = {
      state: 'awaitingDelivery',
      policy: this.#book.version,
      startedAt: at,
      reminders: [],
      level: 0,
    };
    return this.#term.acts ? still : this.running(still, at);
  }

  /** The start day never counts; due is the end of the last day (R42). */
  running(clock: StoredClock, from: number): StoredClock {
    const { length, unit } = this.#term;
    const today = this.#days.of(from);
    const day = unit === 'businessDays' ? nthDay(today, length, 1, this.#works) : later(today, length);
    const dueAt = this.#days.endOf(day);
    return { ...clock, state: 'running', dueAt, nextAt: dueAt, reminders: this.#reminders(day, from) };
  }

  /** What is left are the business days after the day of the pause; what was overdue stays so (R46). */
  paused({ dueAt, nextAt = NaN, ...clock }: StoredClock, at: number): StoredClock {
    const remaining = countDays(this.#days.of(at), this.#days.of(nextAt - 1), this.#works);
    return {
      ...clock,
      ...(clock.level > 0 && dueAt !== undefined && { dueAt }),
      state: 'paused',
      reminders: [],
      remaining,
    };
  }

  /** What is left are the calendar days after the day of the objection (R60). */
  held({ dueAt = NaN, nextAt: _, ...clock }: StoredClock, at: number): StoredClock {
    const remaining = countDays(this.#days.of(at), this.#days.of(dueAt - 1), () => true);
    return { ...clock, state: 'paused', reminders: [], remaining };
  }

  /** With none left, due with the day on which it goes on (R60). */
  letGo({ remaining = NaN, ...clock }: StoredClock, at: number, isAgreed: boolean): StoredClock {
    const day = later(this.#days.of(at), remaining);
    const dueAt = this.#days.endOf(day);
    return { ...clock, state: 'running', dueAt, nextAt: dueAt, reminders: isAgreed ? [] : this.#reminders(day, at) };
  }

  /** With none left, due with the day of resumption or the next business day (R46). */
  resumed({ remaining = NaN, ...clock }: StoredClock, at: number): StoredClock {
    const today = this.#days.of(at);
    const day =
      remaining > 0
        ? nthDay(today, remaining, 1, this.#works)
        : this.#works(today)
          ? today
          : nthDay(today, 1, 1, this.#works);
    const nextAt = this.#days.endOf(day);
    if (clock.level > 0) return { ...clock, state: 'running', nextAt };
    return { ...clock, state: 'running', dueAt: nextAt, nextAt, reminders: this.#reminders(day, at) };
  }

  /** Each level one business day after the one before (R43). */
  escalated(clock: StoredClock): StoredClock {
    const lastDay = this.#days.of((clock.nextAt ?? NaN) - 1);
    return { ...clock, level: clock.level + 1, nextAt: this.#days.endOf(nthDay(lastDay, 1, 1, this.#works)) };
  }

  /** At the start of the nth last day, the due day counted; none before the clock runs. */
  #reminders(dueDay: Day, from: number): readonly number[] {
    const { unit, reminders } = this.#term;
    const onDay = (n: number): Day =>
      unit === 'businessDays' ? nthDay(later(dueDay, 1), n, -1, this.#works) : later(dueDay, 1 - n);
    return reminders.map((n) => this.#days.startOf(onDay(n))).filter((at) => at > from);
  }
}
