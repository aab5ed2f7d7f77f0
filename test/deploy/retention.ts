/**
 * Logs outlive the longest dispute of a consent that the rules allow: who did what can be looked up while it matters.
 */
import { POLICIES } from '../../src/domain/claims/policy.ts';
import type { ClockName, Policy } from '../../src/domain/claims/policy.ts';
import type { BicepFile } from './bicep.ts';

/**
 * From the notice that opens a consent to the last word on it: denied on the last day, disputed on the last day,
 * decided on the last day, and the consent that is opened anew.
 */
const LONGEST: readonly ClockName[] = ['consent', 'disputeWindow', 'disputeDecision', 'consent'];

/** A week has five business days at most, and holidays may take some of them. */
const HOLIDAYS = 4;

/** The days in which a consent may be disputed and decided anew, by the policy that allows most. */
export function longestDisputeDays(policies: readonly Policy[] = Object.values(POLICIES)): number {
  const daysOf = ({ clocks }: Policy, clock: ClockName): number => {
    const { length, unit } = clocks[clock];
    return unit === 'calendarDays' ? length : Math.ceil((length / 5) * 7) + HOLIDAYS;
  };
  const sums = policies.map((policy) => LONGEST.reduce((days, clock) => days + daysOf(policy, clock), 0));
  return Math.max(...sums);
}

/** Reviewers may be late, and a person may be out of reach: half as long again. */
const MARGIN = 1.5;

export function retentionFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const needed = Math.ceil(longestDisputeDays() * MARGIN);
  const main = files.get('main.bicep');
  const days = main?.parameters.find(({ name }) => name === 'logRetentionDays');
  if (!main || !days) return ['main.bicep does not say for how long logs are kept'];
  const fallback = Number(days.fallback?.text ?? Number.NaN);
  return [
    ...((days.lowest ?? 0) >= needed
      ? []
      : [`main.bicep:${days.line} logs may be gone after ${days.lowest ?? 0} days, before ${needed} are over`]),
    ...(fallback >= needed ? [] : [`main.bicep:${days.line} logs are gone before ${needed} days are over`]),
  ];
}
