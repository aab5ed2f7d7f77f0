/**
 * The policies and free days that the operator of a run has set, each with its instant: what an instance goes by once
 * it was restarted.
 */
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { SIMULATED_POLICIES } from './policies.ts';

/** A change of the rules reaches the last instance within this. */
const LONGEST_ROLL_MS = 4 * 3_600_000;

interface Decreed<What> {
  readonly since: number;
  readonly what: What;
}

export type Rulebook = ReturnType<typeof createRulebook>;

export function createRulebook(now: () => number) {
  const policies: Decreed<string>[] = [{ since: -Infinity, what: '2020' }];
  const freed: Decreed<readonly string[]>[] = [{ since: -Infinity, what: [] }];

  return {
    decreePolicy(version: string): void {
      if (policies.at(-1)?.what !== version) policies.push({ since: now(), what: version });
    },
    /** Makes these days free, in place of those that were decreed before. */
    decreeFreeDays(days: readonly string[]): void {
      freed.push({ since: now(), what: days });
    },
    policies: (from: number, to: number): readonly string[] => inForce(policies, from, to),
    freeDays(policy: string, from: number, to: number): readonly ReadonlySet<string>[] {
      const found = SIMULATED_POLICIES[policy];
      if (!found) return [];
      const { holidays } = calendarOf(found.calendar, found.zone);
      return inForce(freed, from, to).map((days) => new Set([...holidays, ...days]));
    },
  };
}

/** What some instance may have gone by at any time between two instants. */
function inForce<What>(decreed: readonly Decreed<What>[], from: number, to: number): readonly What[] {
  return decreed
    .filter(({ since }, index) => since <= to && (decreed[index + 1]?.since ?? Infinity) + LONGEST_ROLL_MS >= from)
    .map(({ what }) => what);
}
