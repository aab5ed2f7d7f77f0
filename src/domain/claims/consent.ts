/** The customer's consent: denied in time, denied too late, or passed (R24, R25, R51). */
import type { Instant } from '../calendar/calendar.ts';
import type { Approved } from './claim.ts';
import type { DenyConsent } from './commands.ts';
import type { Decision, Rules } from './decision.ts';
import { happened, optionalComment, refuse, stamp } from './decision.ts';
import type { ConsentPassed } from './events.ts';

/**
 * Deny consent while it is open; afterwards the denial is recorded and changes no status, once for each person (R24,
 * R51).
 */
export function denyConsent(command: DenyConsent, claim: Approved, { programme }: Rules): Decision {
  const reason = optionalComment(command.reason);
  if ('refusal' in reason) return refuse(reason.refusal);
  const { at, by: party } = stamp(command, claim);
  // Also a person who is a reviewer or a partner denies as the customer.
  const by = { at, by: { ...party, side: 'customer' } } as const;
  if (claim.consent.state === 'open') return happened({ type: 'ConsentDenied', ...by, reason: reason.text });
  if (programme.policy.lateDenial === 'refuse')
    return refuse({ code: 'wrongStage', stage: 'ConsentPassed', changes: [] });
  if (claim.consent.lateDenials.some((denial) => denial.by.id === by.by.id)) return refuse({ code: 'alreadyDenied' });
  return happened({ type: 'LateDenialRecorded', ...by, reason: reason.text });
}

/** No one denied in time: the consent passes, and the claim is handed over for assessment (R25, R53). */
export function passConsent(claim: Approved, at: Instant): ConsentPassed {
  const { fields, consent } = claim;
  return {
    type: 'ConsentPassed',
    at,
    by: { side: 'desk', id: 'desk', name: '' },
    record: {
      claimId: claim.id,
      period: consent.period,
      mpnId: fields.mpnId,
      customerTenantId: fields.customerTenantId,
      subscriptionIds: fields.subscriptionIds,
      products: fields.products,
      activity: fields.activity,
      approvedAt: claim.approval.at,
      consentPassedAt: at,
    },
  };
}
