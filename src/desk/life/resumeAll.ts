/**
 * After a standstill every parked notice is tried again: whom it waits for may have come back meanwhile, when no claim
 * could be written (R45, R55).
 */
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isParked } from '../records/outboxEntry.ts';
import { resumeParked } from '../outbox/outbox.ts';
import type { AlterPorts } from './claimScan.ts';
import { alterClaim, scanClaims } from './claimScan.ts';

/**
 * Makes the parked notices of all claims due now; who still cannot be reached lets them be parked again. A claim that
 * this version cannot write is left as it is. Can be repeated.
 */
export async function resumeAllParked(ports: AlterPorts): Promise<void> {
  for await (const found of scanClaims(ports)) {
    if (found.kind !== 'read' || !found.record.body.outbox.some(isParked)) continue;
    try {
      await alterClaim(ports, found.id, ({ claim, body }) =>
        body.outbox.some(isParked) ? { claim, body: resumeParked(body, () => true, ports.clock.now()) } : undefined,
      );
    } catch (error) {
      if (!isOfNewerVersion(error) && !(error instanceof HistoryBrokenError)) throw error;
    }
  }
}
