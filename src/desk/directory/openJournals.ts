/** What is done once for the documents of earlier versions: people, organisations and channels get their journals. */
import type { World } from '../ports/world.ts';
import { migrate } from '../records/migrations.ts';
import { schemaOf } from '../records/schemaVersion.ts';
import type { People } from './people.ts';
import { JOURNALED_KINDS } from './people.ts';

/** What opening the journals needs of the outside. */
export type OpenJournalsPorts = Pick<World, 'documents' | 'clock' | 'log'>;

const PAGE = 100;

/**
 * Rewrites the people, organisations and channels of earlier schemas. Reads all of them, once, and once more at the
 * first start that is a day later: a version that was just leaving may have written some. Any number of instances may
 * do so at a time. A document of a newer version is left alone.
 */
export async function openJournals(ports: OpenJournalsPorts, people: Pick<People, 'raise'>): Promise<void> {
  const done = await migrate(ports, 'rights', async () => {
    for (const kind of JOURNALED_KINDS) await raiseAll(ports, people, kind);
    return true;
  });
  if (done) ports.log.info(done, 'Opened the journals of rights');
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
