/** R35–R42 once more, in the model's own words: how long each clock runs, when it reminds, what its end does. */
import type { ClockName, Policy } from '../../../../src/domain/claims/policy.ts';
import { MAX_POE } from './needs.ts';
import { Wall } from './wall.ts';

export interface Terms {
  readonly length: number;
  readonly unit: 'businessDays' | 'calendarDays';
  /** How many days before the end somebody is reminded, the earliest first. */
  readonly reminders: readonly number[];
  readonly end: 'escalates' | 'acts';
}

/** A policy as the model knows it. */
export interface Book {
  readonly version: string;
  readonly zone: string;
  readonly wall: Wall;
  readonly terms: Readonly<Record<ClockName, Terms>>;
  readonly lateDenial: 'record' | 'refuse';
  readonly maxPoe: number;
}

const ours = (length: number, ...reminders: readonly number[]): Terms => ({
  length,
  unit: 'businessDays',
  reminders,
  end: 'escalates',
});

/** The default, from the seeds. */
export const BOOK_2020: Book = {
  version: '2020',
  zone: 'America/Los_Angeles',
  wall: new Wall('America/Los_Angeles'),
  lateDenial: 'record',
  maxPoe: MAX_POE,
  terms: {
    reviewStart: ours(5, 1),
    reviewDecision: ours(5, 1),
    overallDecision: ours(10, 2),
    partnerResponse: { length: 5, unit: 'businessDays', reminders: [2, 1], end: 'acts' },
    consent: { length: 7, unit: 'calendarDays', reminders: [2], end: 'acts' },
    disputeWindow: { length: 30, unit: 'calendarDays', reminders: [7, 1], end: 'acts' },
    disputeDecision: ours(5, 1),
  },
};

/**
 * A policy in a hurry, on the other side of the date line. Some of its reminders would come before the clock has
 * started.
 */
export const HASTY: Book = {
  version: 'hasty',
  zone: 'Pacific/Auckland',
  wall: new Wall('Pacific/Auckland'),
  lateDenial: 'refuse',
  maxPoe: 3,
  terms: {
    reviewStart: ours(1, 1),
    reviewDecision: ours(2, 1),
    overallDecision: ours(3, 2),
    partnerResponse: { length: 2, unit: 'businessDays', reminders: [2, 1], end: 'acts' },
    consent: { length: 1, unit: 'calendarDays', reminders: [2, 1], end: 'acts' },
    disputeWindow: { length: 3, unit: 'calendarDays', reminders: [7, 1], end: 'acts' },
    disputeDecision: ours(1, 2, 1),
  },
};

/** The book as a policy of the desk, which the desk is then given. */
export function policyOf(book: Book): Policy {
  const { version, zone, lateDenial, maxPoe, terms } = book;
  const clockOf = ({ length, unit, reminders, end }: Terms): Policy['clocks'][ClockName] => {
    const acts = end === 'acts';
    return { length, unit, reminders, whenDue: acts ? 'act' : 'escalate', startsOnDelivery: acts };
  };
  return {
    version,
    zone,
    lateDenial,
    maxPoe,
    calendar: 'US-2026.1',
    clocks: {
      reviewStart: clockOf(terms.reviewStart),
      reviewDecision: clockOf(terms.reviewDecision),
      overallDecision: clockOf(terms.overallDecision),
      partnerResponse: clockOf(terms.partnerResponse),
      consent: clockOf(terms.consent),
      disputeWindow: clockOf(terms.disputeWindow),
      disputeDecision: clockOf(terms.disputeDecision),
    },
  };
}
