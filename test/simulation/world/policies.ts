/** The policies of the simulation: the programme's own, and one that replaces it in the middle of a run (R42). */
import type { Policy } from '../../../src/domain/claims/policy.ts';
import { POLICIES } from '../../../src/domain/claims/policy.ts';

const reviewers = { unit: 'businessDays', whenDue: 'escalate', startsOnDelivery: false } as const;

/** Shorter, in another zone, with another calendar; a late denial is refused (R51). */
const SHORTER: Policy = {
  version: 'shorter',
  zone: 'Europe/Berlin',
  calendar: 'DE-2026.1',
  clocks: {
    reviewStart: { ...reviewers, length: 3, reminders: [1] },
    reviewDecision: { ...reviewers, length: 4, reminders: [1] },
    overallDecision: { ...reviewers, length: 8, reminders: [2] },
    partnerResponse: { length: 3, unit: 'businessDays', reminders: [2, 1], whenDue: 'act', startsOnDelivery: true },
    consent: { length: 5, unit: 'calendarDays', reminders: [2], whenDue: 'act', startsOnDelivery: true },
    disputeWindow: { length: 14, unit: 'calendarDays', reminders: [7, 1], whenDue: 'act', startsOnDelivery: true },
    disputeDecision: { ...reviewers, length: 3, reminders: [1] },
  },
  lateDenial: 'refuse',
  maxPoe: 20,
};

export const SIMULATED_POLICIES: Readonly<Record<string, Policy>> = { ...POLICIES, shorter: SHORTER };
