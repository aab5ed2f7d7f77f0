/** Files that no claim knows: what a crash left between a file and its claim. */
import type { ClaimId } from '../../domain/claims/values.ts';
import { readClaim } from '../records/claimRecord.ts';
import type { World } from '../ports/world.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

/** What the cleaning needs of the outside. */
export type CleanupPorts = Pick<World, 'clock' | 'files' | 'documents' | 'log'>;

/** A file that is younger may still be on its way to its claim, here or in another instance. */
const AGE_MS = 3_600_000;
/** Whoever takes a file in gives it up where the claim was not told within this, long before another instance may take it for a leftover. */
export const MAX_UNREFERENCED_MS = AGE_MS / 2;

/**
 * The cleaning: removes files that no claim knows, an hour after they were written, and answers how many. The first look after a start
 * is at every file. A claim never forgets a file that it knew, so later looks are only at files written since the look before, and cost
 * a reading of the claim for each new file, not for each file there is. `inHand` are the keys of files that this instance is taking in;
 * `closing` ends a look early.
 */
export function createOrphanCleanup(
  { clock, files, documents, log }: CleanupPorts,
  inHand: ReadonlySet<string>,
  closing: AbortSignal,
): () => Promise<number> {
  /** Every file written up to here was looked at, or is removed. */
  let lookedUntil = -Infinity;

  /** Whether a claim knows a file, be it removed since. A claim that cannot be read keeps all of its files. */
  async function isKnown(claimId: ClaimId, poeId: string | undefined): Promise<boolean | 'unsure'> {
    try {
      const record = await readClaim(documents, claimId);
      return record?.body.entries.some(({ event }) => event.type === 'PoeAdded' && event.poe.id === poeId) ?? false;
    } catch (error) {
      if (isOfNewerVersion(error))
        log.warn({ claim: claimId }, 'Files of a claim kept: the claim was written by a newer version');
      else log.error({ claim: claimId, error }, 'Could not read a claim; its files are kept');
      return 'unsure';
    }
  }

  async function removed(key: string): Promise<boolean> {
    try {
      await files.remove(key);
      return true;
    } catch (error) {
      log.warn({ key, error }, 'Could not delete an orphaned file; the next cleanup will retry');
      return false;
    }
  }

  return async () => {
    // A store that tells its own time lets nobody read whose clock is wrong: what is young must not look old by it.
    await documents.read('cleaning', 'clock');
    const until = clock.now() - AGE_MS;
    // An hour more than the look before has seen: the clock of the files may differ from ours.
    const from = lookedUntil - AGE_MS;
    let count = 0;
    let isComplete = true;
    for await (const { key, writtenAt } of files.list('poe/')) {
      if (closing.aborted) return count;
      if (writtenAt > until || writtenAt <= from) continue;
      const [, claimId, poeId] = key.split('/');
      const known = inHand.has(key) ? 'unsure' : await isKnown(claimId as ClaimId, poeId);
      if (known === 'unsure') isComplete = false;
      if (known !== false) continue;
      if (await removed(key)) count += 1;
      else isComplete = false;
    }
    if (isComplete) lookedUntil = until;
    return count;
  };
}
