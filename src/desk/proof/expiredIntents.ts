/**
 * Removes the files whose intent expired and that their claim, which was read, does not name. This is the only place in
 * which the desk removes a file that it has not just refused.
 */
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { PageStart, StoredDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { claimDocument, readClaim } from '../records/claimRecord.ts';
import { isKnownSchema, isOfNewerVersion } from '../records/schemaVersion.ts';
import type { FileIntent, KeptIntent } from './fileIntents.ts';
import { closeIntent, INTENT, INTENT_KEY, intentDocument } from './fileIntents.ts';
import { everAdded } from './poeFiles.ts';
import type { Quarantine, QuarantineReason } from './quarantine.ts';

/** What ending intents needs of the outside. */
export type ExpiredIntentPorts = Pick<World, 'clock' | 'documents' | 'files' | 'log'>;

/** An intent is left alone for this long after its expiry: the clock of the instance that wrote it may be behind. */
export const GRACE_MS = 3_600_000;
/**
 * The cleaning runs every hour, so an intent that expired longer ago comes from an outage or from a restored backup,
 * whose claims may be older than their files. Such a file is quarantined.
 */
export const MAX_OVERDUE_MS = 86_400_000;
const PAGE = 50;
/** How often the claim of a file is read again that others write at the same time. */
const MAX_TRIES = 10;

type Outcome = 'removed' | 'added' | 'noFile' | 'left' | QuarantineReason;

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
        if ((await endIntent(ports, quarantine, intent)) === 'removed') removed += 1;
      } catch (error) {
        const { claim, key } = intent.body;
        if (isOfNewerVersion(error))
          log.warn({ claim }, 'Files of a claim kept: the claim was written by a newer version');
        else log.error({ claim, key, error }, 'Could not end the intent of a file; the next cleaning will retry');
      }
    }
    after = page.next;
  } while (after);
  return removed;
}

async function endIntent(
  ports: ExpiredIntentPorts,
  quarantine: Pick<Quarantine, 'hold'>,
  intent: StoredDocument<FileIntent>,
): Promise<Outcome> {
  const { clock, documents, files } = ports;
  const { id, body } = intent;
  if (!isKnownSchema(body)) return 'left';
  const record = await readClaim(documents, body.claim);
  const isKnown = record !== undefined && everAdded(record.body, id as PoeId);
  const unexplained: QuarantineReason | undefined = !record
    ? 'claimMissing'
    : clock.now() - body.expiresAt > MAX_OVERDUE_MS
      ? 'overdue'
      : undefined;
  const isThere = !isKnown && (await files.open(body.key)) !== undefined;
  if (!isThere || unexplained) {
    if (isThere && unexplained) await quarantine.hold(body.key, unexplained);
    await closeIntent(documents, intent);
    return isKnown ? 'added' : isThere && unexplained ? unexplained : 'noFile';
  }
  const marked = await markRemoving(documents, intent);
  if (!marked) return 'left';
  const fenced = await fenceOff(documents, body.claim, id as PoeId);
  if (fenced === 'contended' || fenced === 'claimMissing') return 'left';
  if (fenced === 'fenced') await files.remove(body.key);
  await closeIntent(documents, marked);
  return fenced === 'fenced' ? 'removed' : 'added';
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
  documents: World['documents'],
  claim: ClaimId,
  poe: PoeId,
): Promise<'fenced' | 'added' | 'contended' | 'claimMissing'> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const record = await readClaim(documents, claim);
    if (!record) return 'claimMissing';
    if (everAdded(record.body, poe)) return 'added';
    const written = await documents.replace(claimDocument(record.claim, record.body), record.etag);
    if (written !== 'changed') return 'fenced';
  }
  return 'contended';
}
