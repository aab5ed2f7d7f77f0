/**
 * The programme of a differential run: the product's own, or the same without holidays in a zone that never moves its
 * clock, so that all weeks are alike.
 */
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import { POLICIES } from '../../../src/domain/claims/policy.ts';
import type { Policy } from '../../../src/domain/claims/policy.ts';

const EVEN_ZONES = ['Asia/Tokyo', 'Asia/Kolkata', 'America/Phoenix', 'UTC'] as const;

/** The programme's own rules. */
export function ownRules(): Rules {
  const policy = own();
  const calendar = calendarOf(policy.calendar, policy.zone);
  return {
    catalogue: CATALOGUE,
    programme: { policy, policyOf: () => policy, calendarOf: () => calendar, zones: [policy.zone] },
  };
}

/** The same lengths, where one week is like another. */
export function evenRules(pick: (zones: typeof EVEN_ZONES) => string): Rules {
  const policy: Policy = { ...own(), zone: pick(EVEN_ZONES) };
  const calendar = { ...calendarOf(policy.calendar, policy.zone), holidays: new Set<string>() };
  return {
    catalogue: CATALOGUE,
    programme: { policy, policyOf: () => policy, calendarOf: () => calendar, zones: [policy.zone] },
  };
}

function own(): Policy {
  const found = POLICIES['2020'];
  if (!found) throw new Error('there is no policy 2020');
  return found;
}
