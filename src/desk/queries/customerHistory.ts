/**
 * What the customer's contact reads of a claim's history: the entries of the consent, without what partner and
 * reviewers wrote to each other (R6, R56).
 */
import type { ClaimEvent } from '../../domain/claims/events.ts';
import type { Entry } from '../../domain/claims/history.ts';

/** From the first consent on; a claim without one has nothing that concerns the customer. */
export function customerHistory(entries: readonly Entry[]): readonly Entry[] {
  const opened = entries.findIndex(({ event }) => event.type === 'ClaimApproved' || event.type === 'DisputeOverturned');
  return entries.slice(opened < 0 ? entries.length : opened).flatMap((entry) => {
    const event = forCustomer(entry.event);
    return event ? [{ ...entry, event }] : [];
  });
}

function forCustomer(event: ClaimEvent): ClaimEvent | undefined {
  switch (event.type) {
    case 'ConsentDenied':
    case 'ConsentAgreed':
    case 'ConsentNotGiven':
    case 'ObjectionRecorded':
    case 'ObjectionWithdrawn':
    case 'LateDenialRecorded':
    case 'ConsentPassed':
      return event;
    case 'DisputeOverturned':
    case 'RejectionRequested':
      return { ...event, comment: '' };
    case 'ClaimApproved': {
      const { comment: _, ...approved } = event;
      return approved;
    }
    default:
      return undefined;
  }
}
