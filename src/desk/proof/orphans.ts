/** Orphaned files: those that a crash left between storing a file and adding it to its claim. */
import type { ClaimId } from '../../domain/claims/values.ts';
import { readClaim } from '../records/claimRecord.ts';
import type { World } from '../ports/world.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

/** What the cleaning needs of the outside. */
export type CleanupPorts = Pick<World, 'clock' | 'files' | 'documents' | 'log'>;

/** A younger file may still be in flight to its claim, here or in another instance. */
const AGE_MS = 3_600_000;
/**
 * An upload is given up where its file was not added to the claim within this time, long before another instance may
 * take the file for an orphan.
 */
export const MAX_UNREFERENCED_MS = AGE_MS / 2;

/**
 * Deletes files that no claim refers to, one hour after they were written; returns how many. The first run looks at
 * every file. A claim never loses a reference, so later runs look only at files written since the previous run, and
 * read a claim for each new file, not for each file there is. `inFlight` are the keys that this instance is still
 * writing; `closing` ends a run early.
 */
export function createOrphanCleanup(
  { clock, files, documents, log }: CleanupPorts,
  inFlight: ReadonlySet<string>,
  closing: AbortSignal,
): () => Promise<number> {
  /** Every file written up to here was checked, or is removed. */
  let checkedUntil = -Infinity;

  /**
   * Whether a claim has had a file, even if it was removed since. A claim that cannot be read keeps all of its files.
   */
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
    // A store with a clock of its own refuses a reader whose clock is wrong. By a wrong clock a young file would look
    // old.
    await documents.read('cleaning', 'clock');
    const until = clock.now() - AGE_MS;
    // An hour more than the previous run covered: the clock of the file store may differ from ours.
    const from = checkedUntil - AGE_MS;
    let count = 0;
    let isComplete = true;
    for await (const { key, writtenAt } of files.list('poe/')) {
      if (closing.aborted) return count;
      if (writtenAt > until || writtenAt <= from) continue;
      const [, claimId, poeId] = key.split('/');
      const known = inFlight.has(key) ? 'unsure' : await isKnown(claimId as ClaimId, poeId);
      if (known === 'unsure') isComplete = false;
      if (known !== false) continue;
      if (await removed(key)) count += 1;
      else isComplete = false;
    }
    if (isComplete) checkedUntil = until;
    return count;
  };
}
