/** The cleaning: removes files that were given up and notes that tell nothing; quarantines what nothing explains. */
import type { ClaimId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { endExpiredIntents } from './expiredIntents.ts';
import type { FileIntent } from './fileIntents.ts';
import { INCOMING, INTENT } from './fileIntents.ts';
import type { Pair } from './pair.ts';
import { everAdded, partsOf, POE, poeKey } from './poeFiles.ts';
import type { QuarantineReason } from './quarantine.ts';
import { createQuarantine } from './quarantine.ts';

/** What the cleaning needs of the outside. */
export type CleaningPorts = ClaimPorts & Pick<World, 'clock' | 'files' | 'random'>;

/** What a cleaning did. */
export interface CleaningResult {
  /** How many files it removed. */
  readonly removed: number;
  /** How many files are in quarantine now. */
  readonly quarantined: number;
}

/** A younger file may be in flight to its claim, by an instance of a version that stores no intents. */
const AGE_MS = 3_600_000;
const NOTHING: CleaningResult = { removed: 0, quarantined: 0 };

/** What is known of a file. `open`: it may be in flight. `unsure`: its claim could not be read. */
type Finding = 'known' | 'open' | 'unsure' | QuarantineReason;

/**
 * Ends expired intents, and quarantines unknown files one hour after they were written. Does nothing where database and
 * files do not belong together: then absence proves nothing. The first run looks at every file; a claim never loses a
 * reference, so later runs look only at files written since the previous run, and at those in quarantine. `closing`
 * ends a run early.
 */
export function createCleaning(
  ports: CleaningPorts,
  pair: Pick<Pair, 'settle'>,
  closing: AbortSignal,
): () => Promise<CleaningResult> {
  const { clock, files, documents, log, meters } = ports;
  const quarantine = createQuarantine(ports);
  /** Every file written up to here is known, or in quarantine. */
  let checkedUntil = -Infinity;

  return async () => {
    const verdict = await pair.settle();
    if (!verdict.isPaired) {
      log.error({ reason: verdict.reason }, 'Cleaned nothing: database and files do not belong together');
      return NOTHING;
    }
    // A store with a clock of its own refuses a reader whose clock is wrong. By a wrong clock a young file would look
    // old.
    await documents.read('cleaning', 'clock');
    const until = clock.now() - AGE_MS;
    const removed = await endExpiredIntents(ports, quarantine, closing);
    const isComplete = await quarantineUnknown(until);
    await removeForgottenNotes(until);
    if (closing.aborted) return { ...NOTHING, removed };
    if (isComplete) checkedUntil = until;
    const quarantined = (await quarantine.held()).size;
    meters.quarantined(quarantined);
    return { removed, quarantined };
  };

  /** Looks at the files that were not looked at before; answers whether it could judge them all. */
  async function quarantineUnknown(until: number): Promise<boolean> {
    const held = await quarantine.held();
    const examine = createExamination(ports);
    // An hour more than the previous run covered: the clock of the file store may differ from ours.
    const from = checkedUntil - AGE_MS;
    let isComplete = true;
    for await (const { key, writtenAt } of files.list(POE)) {
      if (closing.aborted) return false;
      const holding = held.get(key);
      held.delete(key);
      if (!holding && (writtenAt > until || writtenAt <= from)) continue;
      const finding = await examine(key);
      if (finding === 'known') {
        if (holding) await quarantine.release(holding, 'known');
      } else if (finding === 'open' || finding === 'unsure') isComplete = false;
      // Another instance may have removed it since it was listed.
      else if (!holding && (await files.open(key)) !== undefined) await quarantine.hold(key, finding);
    }
    // What is left was not listed.
    for (const gone of held.values()) await quarantine.release(gone, 'gone');
    return isComplete;
  }

  /**
   * Removes the notes of files that were never written and whose intents are gone, as where the database was put back
   * to before an upload that died. A note whose file is there stays beside it.
   */
  async function removeForgottenNotes(until: number): Promise<void> {
    for await (const { key, writtenAt } of files.list(INCOMING)) {
      if (closing.aborted) return;
      const parts = partsOf(key);
      if (!parts || writtenAt > until) continue;
      const intent = await documents.read<FileIntent>(INTENT, parts.poe);
      if (intent && intent.body.state !== 'closed') continue;
      if ((await files.open(poeKey(parts.claim, parts.poe))) === undefined) await files.remove(key);
    }
  }
}

/** Examines files one after the other; files of one claim in a row take one read of it. */
function createExamination(ports: ClaimPorts): (key: string) => Promise<Finding> {
  const { documents, log } = ports;
  let last: { readonly claim: ClaimId; readonly record: ClaimRecord | undefined | 'unsure' } | undefined;

  async function recordOf(claim: ClaimId): Promise<ClaimRecord | undefined | 'unsure'> {
    try {
      return await readClaim(ports, claim);
    } catch (error) {
      if (isOfNewerVersion(error))
        log.warn({ claim }, 'Files of a claim kept: the claim was written by a newer version');
      else log.error({ claim, error }, 'Could not read a claim; its files are kept');
      return 'unsure';
    }
  }

  return async (key) => {
    const parts = partsOf(key);
    if (!parts) return 'noIntent';
    const { claim, poe } = parts;
    if (last?.claim === claim && last.record === 'unsure') return 'unsure';
    if (last?.claim === claim && isNamed(last.record, poe)) return 'known';
    // Before the claim: a file is added to it first, and then its intent is closed.
    const intent = await documents.read<FileIntent>(INTENT, poe);
    const record = await recordOf(claim);
    last = { claim, record };
    if (isNamed(record, poe)) return 'known';
    if (record === 'unsure') return 'unsure';
    if (intent?.body.key === key && intent.body.state !== 'closed') return 'open';
    return record ? 'noIntent' : 'claimMissing';
  };
}

function isNamed(record: ClaimRecord | undefined | 'unsure', poe: Parameters<typeof everAdded>[1]): boolean {
  return typeof record === 'object' && everAdded(record.body, poe);
}
