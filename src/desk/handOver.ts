/** The hand-over for assessment: one record, written once for each consent period (R53). */
import type { AssessmentRecord, Claim } from '../claims/claim.ts';
import { canonical } from '../claims/history.ts';
import type { World } from './ports.ts';

export function assessmentKey(record: AssessmentRecord): string {
  return `assessments/${record.claimId}-${record.period}.json`;
}

/** Writes the record of a claim whose consent passed. A record that is there stays as it is: create-only, so exactly once. */
export async function handOver(world: World, claim: Claim): Promise<void> {
  const record = claim.assessment?.record;
  if (!record) return;
  await world.files.put(assessmentKey(record), bytesOf(`${canonical(record)}\n`));
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}
