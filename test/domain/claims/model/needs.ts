/**
 * What the forms need, written by hand from RULES.md as the law is: the fields of a claim (R7, R9), and the reasons to
 * choose from (R30, R31).
 */
import type { PartnerRequestReason, RequestReason, ReviewerReason } from '../../../../src/domain/claims/catalogue.ts';
import type { FieldName } from '../../../../src/domain/claims/values.ts';

/** R30. */
export const REQUEST_REASONS: readonly RequestReason[] = [
  'missingAllPoe',
  'missingCustomerAcknowledgement',
  'missingOrOldDates',
  'missingPartnerSolution',
  'missingProducts',
];
/** R31: what a reviewer may choose. */
export const REVIEWER_REASONS: readonly ReviewerReason[] = [
  'insufficientPoe',
  'missingCustomerConsent',
  'missingProducts',
  'poeUnavailable',
];
/** R22. */
export const PARTNER_REASONS: readonly PartnerRequestReason[] = [
  'incorrectMpn',
  'incorrectActivity',
  'noLongerWorking',
  'other',
];
/** Whether what a form said is one of the reasons. */
export function isReason(reasons: readonly string[], said: string): boolean {
  return reasons.includes(said);
}

/** R9. */
export const MAX_POE = 20;
/** R9: to a draft, for each PoE that a claim may hold, PoE is added this often at most, removed ones included. */
export const ADDITIONS_FOR_EACH_POE = 3;

const REQUIRED: readonly FieldName[] = [
  'mpnId',
  'customerName',
  'customerDomain',
  'customerTenantId',
  'customerContactName',
  'customerContactTitle',
  'customerContactEmail',
  'partnerContactName',
  'partnerContactEmail',
  'area',
  'activity',
  'products',
];

/** The first field that a claim lacks to be submitted (R7); undefined where the form is filled in. */
export function missingField(form: Readonly<Record<string, unknown>>): FieldName | undefined {
  const { area, activity } = form;
  const isUsed = area === 'businessApplications' && (activity === 'usage' || activity === 'revenueAssociation');
  return [...REQUIRED, ...(isUsed ? (['subscriptionIds'] as const) : [])].find((name) => isEmpty(form[name]));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
