/**
 * Quarantine: files of proof that no claim refers to and whose writing no intent explains. Each is recorded and counted
 * and stays where it is: the claim that named it may be what was lost. An operator decides.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Documents, NewDocument, PageStart, StoredDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema, schemaOf } from '../records/schemaVersion.ts';

/** What the quarantine needs of the outside. */
export type QuarantinePorts = Pick<World, 'clock' | 'digest' | 'documents' | 'log'>;

const QUARANTINE = 'quarantine';
const PAGE = 100;
const OWN_KEY = /^poe\/CPOR-[\dA-Z]+\/[\w-]+$/;

/**
 * Why a file is unknown. `noIntent`: its claim does not name it, and no intent is open. `claimMissing`: there is no
 * such claim. `databaseOlder`: the database says that it was never added, and the files say that adding it had begun.
 */
export type QuarantineReason = 'noIntent' | 'claimMissing' | 'databaseOlder';

/** The body of the document of a file in quarantine. */
export interface QuarantinedFile {
  readonly schema: number;
  /** The key of the file. */
  readonly key: string;
  readonly reason: QuarantineReason;
  readonly foundAt: Instant;
  /**
   * `held`: a file that no claim refers to. `known`: a claim refers to it again. `gone`: it is not there any more.
   */
  readonly state: 'held' | 'known' | 'gone';
}

/** A file that is held, with the etag of its document. */
export type HeldFile = StoredDocument<QuarantinedFile>;

export interface Quarantine {
  /** Every file that is held, by its key. */
  held(): Promise<Map<string, HeldFile>>;
  /** Records a file; logged once. Nothing happens to a file that is held already. */
  hold(key: string, reason: QuarantineReason): Promise<void>;
  /** Ends the quarantine of a file that a claim refers to, or that is gone. */
  release(file: HeldFile, state: 'known' | 'gone'): Promise<void>;
}

export function createQuarantine({ clock, digest, documents, log }: QuarantinePorts): Quarantine {
  async function write(body: QuarantinedFile): Promise<boolean> {
    // A key of a foreign file may be longer than an id can be.
    const document = documentOf(digest.sha256(body.key), body);
    if ((await documents.create(document)) !== 'exists') return true;
    const before = await documents.read<QuarantinedFile>(QUARANTINE, document.id);
    if (!before || !isKnownSchema(QUARANTINE, before.body) || before.body.state === 'held') return false;
    return (await documents.replace(document, before.etag)) !== 'changed';
  }

  return {
    async held() {
      const found = new Map<string, HeldFile>();
      for await (const file of heldFiles(documents)) found.set(file.body.key, file);
      return found;
    },
    async hold(key, reason) {
      if (await write({ schema: schemaOf(QUARANTINE), key, reason, foundAt: clock.now(), state: 'held' }))
        log.warn({ key: loggedKey(key), reason }, 'Quarantined a file that no claim refers to');
    },
    async release({ id, body, etag }, state) {
      // The name of a file that is gone serves no one, and may be a person's.
      const after = { ...body, state, ...(state === 'gone' && { key: '' }) };
      const written = await documents.replace(documentOf(id, after), etag);
      if (written !== 'changed') log.info({ key: loggedKey(body.key), state }, 'Released a file from quarantine');
    },
  };
}

/** Every file in quarantine, the first to be found first; what a newer version wrote is left out. */
export async function* heldFiles(documents: Pick<Documents, 'find'>): AsyncGenerator<HeldFile, void, void> {
  let after: PageStart | undefined;
  do {
    const from = after && { after };
    const page = await documents.find<QuarantinedFile>({
      kind: QUARANTINE,
      name: QUARANTINE,
      value: '',
      limit: PAGE,
      ...from,
    });
    yield* page.documents.filter(({ body }) => isKnownSchema(QUARANTINE, body));
    after = page.next;
  } while (after);
}

/** The key as the log may show it: that of a file which the desk has not made may say anything. */
function loggedKey(key: string): string {
  return OWN_KEY.test(key) ? key : 'foreign';
}

function documentOf(id: string, body: QuarantinedFile): NewDocument<QuarantinedFile> {
  const keys = body.state === 'held' ? [{ name: QUARANTINE, value: '', sort: body.foundAt }] : [];
  return { kind: QUARANTINE, id, body, keys };
}
