/**
 * Seals what earlier versions left without an authenticated head, and marks that nothing of theirs is left: from then
 * on a document without one is not believed (R55).
 */
import type { ClaimId } from '../../domain/claims/values.ts';
import { raiseAll } from '../directory/openJournals.ts';
import type { People } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM } from '../records/claimRecord.ts';
import { isUnsealed } from '../records/historyCheck.ts';
import { isRolledOut } from '../records/migrations.ts';
import { scanAll } from '../records/scanAll.ts';
import { lookForSealMark, markAllSealed } from '../records/sealMark.ts';
import type { TakeOverPorts } from './takeOver.ts';
import { CLAIMS_TAKEN_OVER, sealClaim } from './takeOver.ts';

/** What sealing everything needs of the outside. */
export type SealAllPorts = TakeOverPorts & Pick<World, 'files'>;

/**
 * Reads every claim and everyone in the directory, once the version before has ended for a day, and seals what it left.
 * Where one could not be sealed, because its history is broken or it is just being delivered, nothing is marked, and
 * the next time goes on. Does nothing once it is marked. `stop` ends it early.
 */
export async function sealAll(ports: SealAllPorts, people: Pick<People, 'raise'>, stop: AbortSignal): Promise<void> {
  const { inDatabase, amongFiles } = await lookForSealMark(ports);
  if (inDatabase && amongFiles) return;
  if (inDatabase) return markAllSealed(ports, ports.clock.now());
  if (!(await isRolledOut(ports, CLAIMS_TAKEN_OVER))) return;
  let left = 0;
  for await (const { id, body } of scanAll<ClaimBody>(ports.documents, CLAIM)) {
    if (stop.aborted) return;
    if (isUnsealed(body) && !(await sealClaim(ports, id as ClaimId))) left += 1;
  }
  if (!(await raiseAll(ports, people, stop))) return;
  if (left > 0) {
    ports.log.warn({ claims: left }, 'Could not seal some claims of earlier versions; will retry');
    return;
  }
  await markAllSealed(ports, ports.clock.now());
  ports.log.info({}, 'Every document has an authenticated head from here on');
}
