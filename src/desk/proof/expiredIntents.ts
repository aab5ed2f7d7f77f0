/**
 * Removes the files whose intent expired, that their claim, which was read, does not name, and of which the files
 * themselves say that no try to add them has begun. This is the only place in which the desk removes a file that it
 * has not just refused.
 */
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { PageStart, StoredDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import type { ClaimPorts } from '../records/claimRecord.ts';
import { claimDocument, readClaim } from '../records/claimRecord.ts';
import { isKnownSchema, isOfNewerVersion } from '../records/schemaVersion.ts';
import type { FileIntent, KeptIntent } from './fileIntents.ts';
import { closeIntent, INTENT, INTENT_KEY, intentDocument, isIncoming } from './fileIntents.ts';
import { everAdded } from './poeFiles.ts';
import type { Quarantine } from './quarantine.ts';

/** What ending intents needs of the outside. */
export type ExpiredIntentPorts = ClaimPorts & Pick<World, 'clock' | 'files' | 'random'>;

/** An intent is left alone for this long after its expiry: the clock of the instance that wrote it may be behind. */
export const GRACE_MS = 3_600_000;
const PAGE = 50;
/** How often the claim of a file is read again that others write at the same time. */
const MAX_TRIES = 10;

/**
 * Ends every intent that has expired; answers how many files were removed. Any number of instances may do so at once,
 * and an instance may die at any step: the next cleaning goes on. `closing` ends it early.
 */
export async function endExpiredIntents(
  ports: ExpiredIntentPorts,
  quarantine: Pick<Quarantine, 'hold'>,
  closing: AbortSignal,
): Promise<number> {
  const { clock, documents, log } = ports;
  const upTo = clock.now() - GRACE_MS;
  let removed = 0;
  let after: PageStart | undefined;
  do {
    const from = after && { after };
    const page = await documents.find<FileIntent>({
      kind: INTENT,
      name: INTENT_KEY,
      value: '',
      upTo,
      limit: PAGE,
      ...from,
    });
    for (const intent of page.documents) {
      if (closing.aborted) return removed;
      try {
        if (await endIntent(ports, quarantine, intent)) removed += 1;
      } catch (error) {
        const { claim, key } = intent.body;
        if (isOfNewerVersion(error))
          log.warn({ claim }, 'Intent of a file kept: its claim was written by a newer version');
        else log.error({ claim, key, error }, 'Could not end the intent of a file; the next cleaning will retry');
      }
    }
    after = page.next;
  } while (after);
  return removed;
}

/** Answers whether it removed a file. */
async function endIntent(
  ports: ExpiredIntentPorts,
  quarantine: Pick<Quarantine, 'hold'>,
  intent: StoredDocument<FileIntent>,
): Promise<boolean> {
  const { files } = ports;
  const { id, body } = intent;
  if (!isKnownSchema(INTENT, body)) return false;
  const record = await readClaim(ports, body.claim);
  const isAdded = record !== undefined && everAdded(record.body, id as PoeId);
  const isIncomingFile = await isIncoming(files, body);
  const isUnneeded = isAdded || (await files.open(body.key)) === undefined;
  if (!isUnneeded && record && isIncomingFile) return removeFile(ports, intent);
  if (!isUnneeded) await quarantine.hold(body.key, record ? 'databaseOlder' : 'claimMissing');
  await closeIntent(ports, intent);
  return false;
}

async function removeFile(ports: ExpiredIntentPorts, intent: KeptIntent): Promise<boolean> {
  const { documents, files } = ports;
  const { id, body } = intent;
  const marked = await markRemoving(documents, intent);
  const fenced = marked && (await fenceOff(ports, body.claim, id as PoeId));
  if (!marked || fenced === 'contended' || fenced === 'claimMissing') return false;
  if (fenced === 'fenced') await files.remove(body.key);
  await closeIntent(ports, marked);
  return fenced === 'fenced';
}

/** From now on no try to add the file begins; undefined where another instance was faster. */
async function markRemoving(documents: World['documents'], intent: KeptIntent): Promise<KeptIntent | undefined> {
  if (intent.body.state === 'removing') return intent;
  const body: FileIntent = { ...intent.body, state: 'removing' };
  const written = await documents.replace(intentDocument(intent.id, body), intent.etag);
  return written === 'changed' ? undefined : { id: intent.id, body, etag: written.etag };
}

/**
 * Writes the claim as it is, so that a try to add the file that began before the intent was marked, and whose writer
 * was held up for however long, comes too late. `added` where the file was added after all.
 */
async function fenceOff(
  ports: ExpiredIntentPorts,
  claim: ClaimId,
  poe: PoeId,
): Promise<'fenced' | 'added' | 'contended' | 'claimMissing'> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const stored = await readClaim(ports, claim);
    if (!stored) return 'claimMissing';
    if (everAdded(stored.body, poe)) return 'added';
    const record = sealedRecord(ports, stored);
    const written = await ports.documents.replace(claimDocument(ports, record.claim, record.body), record.etag);
    if (written !== 'changed') return 'fenced';
  }
  return 'contended';
}
