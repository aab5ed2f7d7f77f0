/**
 * Intents: what store and files say of a file before it is written. A file without a claim proves nothing, for the
 * claim may be what was lost; only an intent that expired, beside a claim that was read and does not name the file,
 * shows that the file was given up. The store, or the claim alone, may have been put back to what it was during the
 * upload, so the files keep a note of their own until the file is about to be added, and removal needs both: from then
 * on, a file that its claim does not name is quarantined.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';
import { DeskError } from '../../domain/deskError.ts';
import type { Key, NewDocument, StoredDocument } from '../ports/documents.ts';
import type { FileBytes } from '../ports/files.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema, schemaOf } from '../records/schemaVersion.ts';

/** What keeping intents needs of the outside. */
export type IntentPorts = Pick<World, 'clock' | 'documents' | 'files' | 'log'>;

/** The kind of the documents of intents; the id of one is that of its PoE. */
export const INTENT = 'fileIntent';
/** How long a file may take from its first byte until it is added to its claim; then it is given up. */
export const MAX_INTENT_MS = 3_600_000;
/** A closed intent is remembered for as long as a cleaning that is at its file may take. */
const KEPT_CLOSED_MS = 86_400_000;

/** The body of the document. */
export interface FileIntent {
  readonly schema: number;
  /** The key of the file. */
  readonly key: string;
  readonly claim: ClaimId;
  readonly person: PersonId;
  readonly expiresAt: Instant;
  /**
   * `open`: the file may be added to its claim. `removing`: the cleaning has begun to remove it, so it may not any
   * more. `closed`: the file was added, or is gone.
   */
  readonly state: 'open' | 'removing' | 'closed';
}

/** A file took too long, or the cleaning has begun to remove it: it must not be added to its claim. */
export class ExpiredIntentError extends DeskError<'proof.intentExpired'> {
  constructor(key: string) {
    super('proof.intentExpired', `the intent to store ${key} has expired`);
  }
}

/** An intent as it was read or written; the etag is what its next write compares. */
export type KeptIntent = Pick<StoredDocument<FileIntent>, 'id' | 'body' | 'etag'>;

export interface FileIntents {
  /**
   * Stores the intent to write a file, and the note of the files; `exists` where the id is taken, and nothing may be
   * written.
   */
  open(poe: PoeId, key: string, claim: ClaimId, person: PersonId): Promise<KeptIntent | 'exists'>;
  /** The file is about to be added: removes the note of the files, so that no cleaning removes the file any more. */
  beginAdding(intent: KeptIntent): Promise<void>;
  /** Throws {@link ExpiredIntentError} unless the file may still be added to its claim. Read again at every try. */
  requireOpen(intent: KeptIntent): Promise<void>;
  /** The file was added, and the note is gone. Never throws: what stays open is closed by the cleaning. */
  closeAdded(intent: KeptIntent): Promise<void>;
  /** The file is gone. Never throws: what stays open is closed by the cleaning. */
  close(intent: KeptIntent): Promise<void>;
}

export function createFileIntents(ports: IntentPorts): FileIntents {
  const { clock, documents, files, log } = ports;

  async function attempt({ body: { key } }: KeptIntent, closing: Promise<void>): Promise<void> {
    try {
      await closing;
    } catch (error) {
      log.warn({ key, error }, 'Could not close the intent of a file; the cleaning will close it');
    }
  }

  return {
    async open(poe, key, claim, person) {
      const body: FileIntent = {
        schema: schemaOf(INTENT),
        key,
        claim,
        person,
        expiresAt: clock.now() + MAX_INTENT_MS,
        state: 'open',
      };
      const written = await documents.create(intentDocument(poe, body));
      if (written === 'exists') return 'exists';
      await files.put(noteOf(key), NO_BYTES);
      return { id: poe, body, etag: written.etag };
    },
    async requireOpen({ id, body: { key } }) {
      const stored = await documents.read<FileIntent>(INTENT, id);
      const isOpen = stored !== undefined && isKnownSchema(INTENT, stored.body) && stored.body.state === 'open';
      if (!isOpen || clock.now() >= stored.body.expiresAt) throw new ExpiredIntentError(key);
    },
    beginAdding: ({ body: { key } }) => files.remove(noteOf(key)),
    closeAdded: (intent) => attempt(intent, markClosed(ports, intent)),
    close: (intent) => attempt(intent, closeIntent(ports, intent)),
  };
}

/** The file was added or is gone: removes the note; the intent is found no more, and forgotten after a day. */
export async function closeIntent(ports: Pick<World, 'documents' | 'files'>, intent: KeptIntent): Promise<void> {
  await ports.files.remove(noteOf(intent.body.key));
  await markClosed(ports, intent);
}

async function markClosed({ documents }: Pick<World, 'documents'>, { id, body, etag }: KeptIntent): Promise<void> {
  await documents.replace({ ...intentDocument(id, { ...body, state: 'closed' }), keepMs: KEPT_CLOSED_MS }, etag);
}

/** The document of an intent; found by its expiry until it is closed. */
export function intentDocument(id: string, body: FileIntent): NewDocument<FileIntent> {
  const keys: readonly Key[] = body.state === 'closed' ? [] : [{ name: INTENT_KEY, value: '', sort: body.expiresAt }];
  return { kind: INTENT, id, body, keys };
}

/** Whether the files, too, say that no try to add the file has begun. */
export async function isIncoming(files: World['files'], { key }: FileIntent): Promise<boolean> {
  return (await files.open(noteOf(key))) !== undefined;
}

/** The prefix of all notes of the files. */
export const INCOMING = 'incoming/';

/** The key of the note: {@link INCOMING}, and the key of the file without its first part. */
function noteOf(key: string): string {
  return `${INCOMING}${key.slice(key.indexOf('/') + 1)}`;
}

const NO_BYTES: FileBytes = {
  async *[Symbol.asyncIterator]() {
    // A note is empty: that it is there says all.
  },
};

/** The key that intents are found by, the earliest to expire first. */
export const INTENT_KEY = 'intent';
