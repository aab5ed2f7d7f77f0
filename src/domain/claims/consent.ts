/** The customer's consent: denied, agreed to, objected to in words, passed, or not given (R24, R25, R51, R59, R60). */
import type { Instant } from '../calendar/calendar.ts';
import type { Approved } from './claim.ts';
import type { AgreeConsent, DenyConsent, RecordObjection, WithdrawObjection } from './commands.ts';
import type { Decision, Rules } from './decision.ts';
import { happened, NOTHING, optionalComment, refuse, requiredComment, stamp } from './decision.ts';
import type { ConsentNotGiven, ConsentPassed, LostDecision } from './events.ts';
import { mayConsent } from './permission.ts';
import type { Party } from './values.ts';

/**
 * Deny consent while it is open; afterwards the denial is recorded and changes no status, once for each person (R24,
 * R51).
 */
export function denyConsent(command: DenyConsent, claim: Approved, { programme }: Rules): Decision {
  const reason = optionalComment(command.reason);
  if ('refusal' in reason) return refuse(reason.refusal);
  const by = asCustomer(command, claim);
  if (claim.consent.state === 'open') return happened({ type: 'ConsentDenied', ...by, reason: reason.text });
  if (programme.policy.lateDenial === 'refuse')
    return refuse({ code: 'wrongStage', stage: 'ConsentPassed', changes: [] });
  if (claim.consent.lateDenials.some((denial) => denial.by.id === by.by.id)) return refuse({ code: 'alreadyDenied' });
  return happened({ type: 'LateDenialRecorded', ...by, reason: reason.text });
}

/**
 * Agree to an open consent, for one side only (R5, R59). It ends what objections there are (R60); a second agreement
 * has nothing to add.
 */
export function agreeConsent(command: AgreeConsent, claim: Approved): Decision {
  const denied = mayConsent(command.by, claim, command.parties);
  if (denied) return refuse(denied);
  const { consent } = claim;
  if (consent.agreed && consent.objections.length === 0) return NOTHING;
  return happened({ type: 'ConsentAgreed', ...asCustomer(command, claim) });
}

/** A contact's words were understood as a denial (R60): kept until they are confirmed or taken back, once for each. */
export function recordObjection(command: RecordObjection, claim: Approved): Decision {
  const words = requiredComment(command.text);
  if ('refusal' in words) return refuse(words.refusal);
  const by = asCustomer(command, claim);
  if (claim.consent.objections.some((objection) => objection.by.id === by.by.id)) return NOTHING;
  return happened({ type: 'ObjectionRecorded', ...by, text: words.text });
}

/** "That was not meant as a no" (R60): only who wrote the words can say so. */
export function withdrawObjection(command: WithdrawObjection, claim: Approved): Decision {
  const by = asCustomer(command, claim);
  const { objections } = claim.consent;
  const [other] = objections;
  if (objections.some((objection) => objection.by.id === by.by.id))
    return happened({ type: 'ObjectionWithdrawn', ...by });
  return other ? refuse({ code: 'objectionNotYours', by: other.by }) : NOTHING;
}

/** The customer has denied before, and nobody has agreed since: silence ends the claim (R60). */
export function isSilenceNo({ consent }: Approved): boolean {
  return consent.needsAgreement && !consent.agreed;
}

/** The period is over without the agreement that it needed: the claim is rejected again, and finally (R60). */
export function endConsent(at: Instant): ConsentNotGiven {
  return { type: 'ConsentNotGiven', at, by: { side: 'desk', id: 'desk', name: '' } };
}

/** Also a person who is a reviewer as well acts as the customer. */
function asCustomer(
  command: AgreeConsent | DenyConsent | RecordObjection | WithdrawObjection,
  claim: Approved,
): { readonly at: Instant; readonly by: Party } {
  const { at, by } = stamp(command, claim);
  return { at, by: { ...by, side: 'customer' } };
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

/** Whether the customer had said no with a lost decision, in whatever way: after that silence is no consent (R60). */
export function isObjection({ type }: LostDecision): boolean {
  return ['ConsentDenied', 'ConsentNotGiven', 'ObjectionRecorded'].includes(type);
}
