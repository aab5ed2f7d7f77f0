/**
 * The programme's lengths and rules as named, versioned data (R35–R42, R51). A running clock keeps the version it
 * started with.
 */
import { DeskError } from '../deskError.ts';
import type { BusinessCalendar } from '../calendar/calendar.ts';

/** Every clock, in the order in which those due at one instant fire. */
export const CLOCK_NAMES = [
  'reviewStart',
  'reviewDecision',
  'overallDecision',
  'partnerResponse',
  'consent',
  'disputeWindow',
  'disputeDecision',
] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

/** How long a clock runs, in which unit, and what it does then. */
export interface ClockPolicy {
  readonly length: number;
  readonly unit: 'businessDays' | 'calendarDays';
  /** How long before the due instant people are reminded, in the same unit, the earliest first. */
  readonly reminders: readonly number[];
  /** `escalate`: lateness of the reviewers, decides nothing (R43). `act`: the clock's own command follows. */
  readonly whenDue: 'escalate' | 'act';
  /** The clock runs only from the delivery of the notice that starts it (R45). */
  readonly startsOnDelivery: boolean;
}

/** One version of the lengths and rules. */
export interface Policy {
  readonly version: string;
  readonly zone: string;
  /** The version of the holiday table, `US-2026.1`. */
  readonly calendar: string;
  readonly clocks: Readonly<Record<ClockName, ClockPolicy>>;
  /** R51: a denial after the consent period is recorded and told to the reviewers, or refused. */
  readonly lateDenial: 'record' | 'refuse';
  readonly maxPoe: number;
}

const reviewers = { unit: 'businessDays', whenDue: 'escalate', startsOnDelivery: false } as const;

/** Every version, by its name; a version that clocks have started with stays. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  '2020': {
    version: '2020',
    zone: 'America/Los_Angeles',
    calendar: 'US-2026.1',
    clocks: {
      reviewStart: { ...reviewers, length: 5, reminders: [1] },
      reviewDecision: { ...reviewers, length: 5, reminders: [1] },
      overallDecision: { ...reviewers, length: 10, reminders: [2] },
      partnerResponse: { length: 5, unit: 'businessDays', reminders: [2, 1], whenDue: 'act', startsOnDelivery: true },
      consent: { length: 7, unit: 'calendarDays', reminders: [2], whenDue: 'act', startsOnDelivery: true },
      disputeWindow: { length: 30, unit: 'calendarDays', reminders: [7, 1], whenDue: 'act', startsOnDelivery: true },
      disputeDecision: { ...reviewers, length: 5, reminders: [1] },
    },
    lateDenial: 'record',
    maxPoe: 20,
  },
};

/** A clock runs by a policy that this version of the desk does not know: a newer one started it. */
export class UnknownPolicyError extends DeskError<'claim.unknownPolicy'> {
  constructor(message: string, options?: ErrorOptions) {
    super('claim.unknownPolicy', message, options);
  }
}

/** All that the rules need beside the claim, the command and the time. */
export interface Programme {
  /** For clocks that start now. */
  readonly policy: Policy;
  /** For clocks that run already: the policy and the calendar of a version, as it was. */
  policyOf(version: string): Policy;
  calendarOf(policy: Policy): BusinessCalendar;
  /** Every zone in which days of a policy begin and end: a due instant is the beginning of a day in one of them. */
  readonly zones: readonly string[];
}
