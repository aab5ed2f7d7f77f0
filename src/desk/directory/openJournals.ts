/** What is done once for the documents of earlier versions: people, organisations and channels get their journals. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { World } from '../ports/world.ts';
import { schemaOf } from '../records/schemaVersion.ts';
import type { People } from './people.ts';
import { JOURNALED_KINDS } from './people.ts';

/** What opening the journals needs of the outside. */
export type OpenJournalsPorts = Pick<World, 'documents' | 'clock' | 'log'>;

/** The kind of the document that says what was done once. */
const MIGRATION = 'migration';
const JOURNALS = 'journals';
const PAGE = 100;
/** While a new version takes the place of an old one, the old one still writes documents of its own schema. */
const ROLLOUT_MS = 86_400_000;

interface Migration {
  readonly schema: number;
  /** When the documents were rewritten for the first time. */
  readonly at: Instant;
  /** Done again after everything of the version before had ended: there is nothing left to do. */
  readonly isFinal: boolean;
}

/**
 * Rewrites the people, organisations and channels of earlier schemas. Reads all of them, once, and once more at the
 * first start that is a day later: a version that was just leaving may have written some. Any number of instances may
 * do so at a time. A document of a newer version is left alone.
 */
export async function openJournals(ports: OpenJournalsPorts, people: Pick<People, 'raise'>): Promise<void> {
  const { documents, clock, log } = ports;
  const known = await documents.read<Migration>(MIGRATION, JOURNALS);
  const isDue = !known || (!known.body.isFinal && clock.now() - known.body.at >= ROLLOUT_MS);
  if (!isDue) return;
  for (const kind of JOURNALED_KINDS) await raiseAll(ports, people, kind);
  const body: Migration = {
    schema: schemaOf(MIGRATION),
    at: known?.body.at ?? clock.now(),
    isFinal: known !== undefined,
  };
  const document = { kind: MIGRATION, id: JOURNALS, body, keys: [] };
  await (known ? documents.replace(document, known.etag) : documents.create(document));
  log.info({ isFinal: body.isFinal }, 'Opened the journals of rights');
}

async function raiseAll(
  { documents }: OpenJournalsPorts,
  people: Pick<People, 'raise'>,
  kind: (typeof JOURNALED_KINDS)[number],
): Promise<void> {
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await documents.scan<{ readonly schema?: number }>({ kind, limit: PAGE, ...(after && { after }) });
    for (const { id, body } of page.documents) if ((body.schema ?? 1) < schemaOf(kind)) await people.raise(kind, id);
    after = page.next;
  }
}
