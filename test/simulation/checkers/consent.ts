/**
 * Checks consent periods, what is handed over, and disputes: each period ends once, as passed and handed over, denied,
 * not given, or over (R24, R25, R51, R53); silence counts for nothing after a denial, nor while an objection is open
 * (R59, R60).
 */
import type { Checker, GroundTruth } from './observations.ts';
import { sameJson } from './support/canonical.ts';
import type { Turn } from './support/claimWrites.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import type { ClaimState } from './support/claimState.ts';
import type { StoredEvent } from './support/storedClaim.ts';

interface Period {
  readonly end?: 'passed' | 'denied' | 'notGiven' | 'over';
  readonly deniedLate: readonly string[];
  /** Its customer has agreed in it (R59). */
  readonly isAgreed?: boolean;
  /** Who has objected in words, and has neither confirmed nor taken it back (R60). */
  readonly objectors?: readonly string[];
}
interface Ends {
  /** By the number of the period. */
  readonly periods: Map<number, Period>;
  /** In how many periods the customer has declined, in words or by silence (R60). */
  declines?: number;
  /** The state of the last rejection's dispute. */
  dispute?: 'possible' | 'open' | 'answered' | 'closed' | 'excluded';
}

const RECORDED = ['mpnId', 'customerTenantId', 'subscriptionIds', 'products', 'activity'];

export function createConsentChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites<Ends>(groundTruth, () => ({ periods: new Map() }));
  return {
    name: 'consent',
    wrote: (wrote) =>
      claims.wrote(wrote, {
        before: (turn) =>
          [...ofSilence(turn), ...ofTheConsent(turn), ...ofTheDispute(turn)].filter((wrong) => wrong !== ''),
      }),
  };
}

/** R59, R60: what each of the customer's words and silences may lead to. */
function ofSilence({ entry: { event }, claim, own }: Turn<Ends>): readonly string[] {
  const { isAgreed = false, objectors = [], ...period } = own.periods.get(claim.period) ?? { deniedLate: [] };
  const remember = (more: Partial<Period>): void => {
    own.periods.set(claim.period, { ...period, isAgreed, objectors, ...more });
  };
  const declines = own.declines ?? 0;
  const held =
    objectors.length > 0 ? [`${event.type}, but an objection is open, so nothing ends by silence (R60)`] : [];
  switch (event.type) {
    case 'ConsentAgreed':
      remember({ isAgreed: true, objectors: [] });
      return isAgreed && objectors.length === 0 ? ['ConsentAgreed, but that is known already (R59)'] : [];
    case 'ObjectionRecorded':
      remember({ objectors: [...objectors, event.by.id] });
      return objectors.includes(event.by.id) ? ['ObjectionRecorded of who has objected already (R60)'] : [];
    case 'ObjectionWithdrawn':
      remember({ objectors: objectors.filter((objector) => objector !== event.by.id) });
      return objectors.includes(event.by.id) ? [] : ['ObjectionWithdrawn by who has not objected (R60)'];
    case 'ConsentPassed':
      return [
        ...held,
        ...(declines > 0 && !isAgreed ? ['ConsentPassed by silence after the customer had denied (R60)'] : []),
      ];
    case 'ConsentNotGiven':
      own.declines = declines + 1;
      return [
        ...held,
        ...(declines === 0 ? ['ConsentNotGiven, but silence was consent (R60)'] : []),
        ...(isAgreed ? ['ConsentNotGiven, but the customer has agreed (R59)'] : []),
      ];
    case 'ConsentDenied':
      own.declines = declines + 1;
      return [];
    case 'ClockReminded':
      return event.clock === 'consent' && isAgreed ? ['a reminder of the consent to who has agreed (R59)'] : [];
    default:
      return [];
  }
}

function ofTheConsent({ wrote, entry: { event }, claim, own }: Turn<Ends>): readonly string[] {
  const period = own.periods.get(claim.period) ?? { deniedLate: [] };
  const ends = (end: NonNullable<Period['end']>): string => {
    own.periods.set(claim.period, { ...period, end });
    return period.end === undefined ? '' : `${event.type}, but consent period ${claim.period} is ${period.end} already`;
  };
  switch (event.type) {
    case 'ConsentPassed':
      return [
        ends('passed'),
        ...(sameJson(event.record, recordOf(wrote.id, claim, event))
          ? []
          : [`the record handed over is not what the claim says (R53): ${JSON.stringify(event.record)}`]),
      ];
    case 'ConsentDenied':
      return [ends('denied')];
    case 'ConsentNotGiven':
      return [ends('notGiven')];
    case 'RejectionRequested':
      return claim.stage === 'ConsentOpen' ? [ends('over')] : [];
    case 'LateDenialRecorded':
      own.periods.set(claim.period, { ...period, deniedLate: [...period.deniedLate, event.by.id] });
      return [
        period.end === 'passed' ? '' : `${event.type}, but consent period ${claim.period} has not passed (R51)`,
        period.deniedLate.includes(event.by.id)
          ? `${event.type} by the same person for the second time in period ${claim.period} (R51)`
          : '',
      ];
    default:
      return [];
  }
}

function recordOf(id: string, claim: ClaimState, event: StoredEvent): Readonly<Record<string, unknown>> {
  const fields = Object.fromEntries(RECORDED.map((name) => [name, claim.fields[name]]));
  return { ...fields, claimId: id, period: claim.period, approvedAt: claim.approvedAt, consentPassedAt: event.at };
}

/** R26–R29: one dispute for each rejection, and one answer. */
function ofTheDispute({ entry: { event }, own }: Turn<Ends>): readonly string[] {
  const from = (needed: Ends['dispute'], next: Ends['dispute']): readonly string[] => {
    const was = own.dispute;
    if (next) own.dispute = next;
    return was === needed ? [] : [`${event.type}, but the dispute of the rejection is ${was ?? 'none'}`];
  };
  switch (event.type) {
    case 'ClaimRejected':
    case 'RejectionRequested':
    case 'PartnerDidNotRespond':
      own.dispute = 'possible';
      return [];
    case 'ConsentDenied':
    case 'ConsentNotGiven':
      // R60: the second time there is nothing to dispute.
      own.dispute = (own.declines ?? 0) > 1 ? 'excluded' : 'possible';
      return [];
    case 'DisputeOpened':
      return from('possible', 'open');
    case 'DisputeUpheld':
    case 'DisputeOverturned':
      return from('open', 'answered');
    case 'DisputeWindowClosed':
      return from('possible', 'closed');
    default:
      return [];
  }
}
