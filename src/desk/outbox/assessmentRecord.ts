/** The hand-over for assessment: one record, written once for each consent period (R53). */
import type { AssessmentRecord } from '../../domain/claims/values.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { canonical } from '../../domain/claims/history.ts';
import { ASSESSMENTS } from '../ports/files.ts';
import type { World } from '../ports/world.ts';

/** What handing over for assessment needs of the outside. */
export type AssessmentRecordPorts = Pick<World, 'files'>;

/** The key of the file that hands a consent period over. */
export function assessmentKey(record: AssessmentRecord): string {
  return `${ASSESSMENTS}${record.claimId}-${record.period}.json`;
}

/**
 * Writes the record of a consent that passed, even if the claim was rejected since. A record that is there stays as it
 * is: create-only, so exactly once.
 */
export async function writeAssessmentRecord({ files }: AssessmentRecordPorts, entry: Entry | undefined): Promise<void> {
  if (entry?.event.type !== 'ConsentPassed') return;
  const { record } = entry.event;
  await files.put(assessmentKey(record), bytesOf(`${canonical(record)}\n`));
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}
