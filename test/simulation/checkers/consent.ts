/**
 * Checks consent periods, what is handed over, and disputes: each period ends once, as passed and handed over, denied,
 * or over (R24, R25, R51, R53).
 */
import type { Checker, GroundTruth } from './observations.ts';
import { sameJson } from './support/canonical.ts';
import type { Turn } from './support/claimWrites.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import type { ClaimState } from './support/claimState.ts';
import type { StoredEvent } from './support/storedClaim.ts';

interface Period {
  readonly end?: 'passed' | 'denied' | 'over';
  readonly deniedLate: readonly string[];
}
interface Ends {
  /** By the number of the period. */
  readonly periods: Map<number, Period>;
  /** The state of the last rejection's dispute. */
  dispute?: 'possible' | 'open' | 'answered' | 'closed';
}

const RECORDED = ['mpnId', 'customerTenantId', 'subscriptionIds', 'products', 'activity'];

export function createConsentChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites<Ends>(groundTruth, () => ({ periods: new Map() }));
  return {
    name: 'consent',
    wrote: (wrote) =>
      claims.wrote(wrote, {
        before: (turn) => [...ofTheConsent(turn), ...ofTheDispute(turn)].filter((wrong) => wrong !== ''),
      }),
  };
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
    case 'ConsentDenied':
      own.dispute = 'possible';
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
