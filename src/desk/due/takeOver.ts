/**
 * Takes the claims on which something is still to be done from the version before, which may run beside this one for a
 * while and does not know what holds a clock by now: from then on it leaves them alone (R5, R45, R60).
 */
import type { Claim } from '../../domain/claims/claim.ts';
import { hasActingClock } from '../../domain/claims/dueClocks.ts';
import { DESK } from '../../domain/claims/permission.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { SidesSource } from '../directory/sides.ts';
import type { PageStart } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM, claimDocument, readClaim } from '../records/claimRecord.ts';
import { HistoryBrokenError, isUnsealed } from '../records/historyCheck.ts';
import { migrate } from '../records/migrations.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

/** What taking over needs of the outside. */
export type TakeOverPorts = HandlePorts & Pick<World, 'log'>;

/** The name under which it is known that it was done. */
export const CLAIMS_TAKEN_OVER = 'claims';

const PAGE = 100;
const AT_ONCE = 8;

/**
 * Seals every claim of an earlier schema that has a clock or a notice, and looks at its clocks: a consent that R5 bars
 * goes back to waiting at once. One that the version before is delivering just now is left until its next write. Done
 * once, and once more at the first start that is a day later; a claim that cannot be read is logged and never stops the
 * others. `stop` ends it early, to be done at the next start.
 */
export async function takeOver(ports: TakeOverPorts, people: SidesSource, stop: AbortSignal): Promise<void> {
  let claims = 0;
  const done = await migrate(ports, CLAIMS_TAKEN_OVER, async () => {
    let after: PageStart | undefined;
    do {
      const page = await ports.documents.find<ClaimBody>({
        kind: CLAIM,
        name: 'wake',
        value: '',
        limit: PAGE,
        ...(after && { after }),
      });
      const old = page.documents.filter(({ body }) => isUnsealed(body)).map(({ id }) => id as ClaimId);
      const worker = async (): Promise<void> => {
        for (let id = old.shift(); id !== undefined && !stop.aborted; id = old.shift())
          if (await takeOne(ports, people, id)) claims += 1;
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      after = page.next;
    } while (after && !stop.aborted);
    return !stop.aborted;
  });
  if (done) ports.log.info({ claims, ...done }, 'Took over the open claims of earlier versions');
}

/** Seals a claim; whether it is sealed then. One that cannot be read is logged. */
export async function sealClaim(ports: TakeOverPorts, id: ClaimId): Promise<boolean> {
  try {
    if (await seal(ports, id)) return true;
    const stored = await ports.documents.read<ClaimBody>(CLAIM, id);
    return !stored || !isUnsealed(stored.body);
  } catch (error) {
    if (!(error instanceof HistoryBrokenError))
      ports.log.error({ claim: id, error }, 'Could not seal a claim of an earlier version; the others continue');
    return false;
  }
}

async function takeOne(ports: TakeOverPorts, people: SidesSource, id: ClaimId): Promise<boolean> {
  try {
    const claim = await seal(ports, id);
    if (claim && hasActingClock(claim))
      await handle(ports, people, id, () => ({ type: 'Wake', by: DESK, at: ports.clock.now() }));
    return claim !== undefined;
  } catch (error) {
    // A broken history was logged where it was read.
    if (!isOfNewerVersion(error) && !(error instanceof HistoryBrokenError))
      ports.log.error({ claim: id, error }, 'Could not take over a claim of an earlier version; the others continue');
    return false;
  }
}

/** Writes the claim as it is, with an authenticated head, which has a schema that earlier versions do not know. */
async function seal(ports: TakeOverPorts, id: ClaimId): Promise<Claim | undefined> {
  for (;;) {
    const stored = await readClaim(ports, id);
    if (!stored || !isUnsealed(stored.body) || (stored.body.lease?.until ?? 0) > ports.clock.now()) return undefined;
    const { claim, body, etag } = sealedRecord(ports, stored);
    if ((await ports.documents.replace(claimDocument(ports, claim, body), etag)) !== 'changed') return claim;
  }
}
