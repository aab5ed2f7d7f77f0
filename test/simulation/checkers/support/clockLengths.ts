/**
 * The lengths of the clocks: the checkers' own table of R35–R41 for the programme's policy, and those of the simulated
 * policies.
 */
import { SIMULATED_POLICIES } from '../../world/policies.ts';
import type { ClockName } from './storedClaim.ts';

export interface ClockLength {
  readonly length: number;
  readonly unit: 'businessDays' | 'calendarDays';
  /** How long before it is due, in the same unit, the earliest first. */
  readonly reminders: readonly number[];
  /** It decides by itself when it runs out, and runs only from the delivery of its notice (R43, R45). */
  readonly acts: boolean;
}

export interface ClockLengths {
  readonly zone: string;
  readonly clocks: Readonly<Record<ClockName, ClockLength>>;
}

const business = (length: number, ...reminders: number[]): ClockLength => ({
  length,
  unit: 'businessDays',
  reminders,
  acts: false,
});
const calendar = (length: number, ...reminders: number[]): ClockLength => ({
  length,
  unit: 'calendarDays',
  reminders,
  acts: true,
});

const CLOCK_LENGTHS_2020: ClockLengths = {
  zone: 'America/Los_Angeles',
  clocks: {
    reviewStart: business(5, 1),
    reviewDecision: business(5, 1),
    overallDecision: business(10, 2),
    partnerResponse: { ...business(5, 2, 1), acts: true },
    consent: calendar(7, 2),
    disputeWindow: calendar(30, 7, 1),
    disputeDecision: business(5, 1),
  },
};

/** The clock lengths of a policy by its version; undefined for an unknown one. */
export function clockLengthsOf(version: string): ClockLengths | undefined {
  if (version === '2020') return CLOCK_LENGTHS_2020;
  const simulated = SIMULATED_POLICIES[version];
  if (!simulated) return undefined;
  const clocks = Object.entries(simulated.clocks).map(([name, { length, unit, reminders, whenDue }]) => [
    name,
    { length, unit, reminders, acts: whenDue === 'act' },
  ]);
  return { zone: simulated.zone, clocks: Object.fromEntries(clocks) as ClockLengths['clocks'] };
}
