import { calendarOf } from '../domain/calendar/calendar.ts';
import type { BusinessCalendar } from '../domain/calendar/calendar.ts';
import { CATALOGUE } from '../domain/claims/catalogue.ts';
import type { Rules } from '../domain/claims/decision.ts';
import type { Policy } from '../domain/claims/policy.ts';
import { POLICIES, UnknownPolicyError } from '../domain/claims/policy.ts';
import type { Config } from '../config/config.ts';

/**
 * The programme's rules by configuration: the policy for clocks that start now, and every policy for those that run.
 */
export function rulesOf(config: Config): Rules {
  const policyOf = (version: string): Policy => {
    const policy = POLICIES[version];
    if (!policy)
      throw new UnknownPolicyError(
        `no policy has the version ${JSON.stringify(version)}; known are ${Object.keys(POLICIES).join(', ')}`,
      );
    return policy;
  };
  const calendars = new Map<string, BusinessCalendar>();
  return {
    catalogue: CATALOGUE,
    programme: {
      policy: { ...policyOf(config.policy), maxPoe: config.poe.maxFiles },
      policyOf,
      calendarOf(policy) {
        const known = calendars.get(policy.version) ?? calendarOf(policy.calendar, policy.zone);
        calendars.set(policy.version, known);
        return known;
      },
      zones: [...new Set(Object.values(POLICIES).map((policy) => policy.zone))],
    },
  };
}
