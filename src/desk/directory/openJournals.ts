/** What is done once for the documents of earlier versions: people, organisations and channels get their journals. */
import type { World } from '../ports/world.ts';
import { migrate } from '../records/migrations.ts';
import { scanAll } from '../records/scanAll.ts';
import { schemaOf } from '../records/schemaVersion.ts';
import type { People } from './people.ts';
import { unlessBroken } from './rightsCheck.ts';
import { JOURNALED_KINDS } from './people.ts';

/** What opening the journals needs of the outside. */
export type OpenJournalsPorts = Pick<World, 'documents' | 'clock' | 'log'>;

/**
 * Rewrites the people, organisations and channels of earlier schemas. Reads all of them, once, and once more at the
 * first start that is a day later: a version that was just leaving may have written some. Any number of instances may
 * do so at a time. A document of a newer version is left alone.
 */
export async function openJournals(ports: OpenJournalsPorts, people: Pick<People, 'raise'>): Promise<void> {
  const done = await migrate(ports, 'rights', () => raiseAll(ports, people));
  if (done) ports.log.info(done, 'Opened the journals of rights');
}

/**
 * The same, each time it is called. Answers whether nothing is left: `stop` ends it early, and what is not as a version
 * of the desk wrote it gets no head by this. That was reported, and keeps nothing else from getting one.
 */
export async function raiseAll(
  { documents }: Pick<World, 'documents'>,
  people: Pick<People, 'raise'>,
  stop?: AbortSignal,
): Promise<boolean> {
  let left = 0;
  for (const kind of JOURNALED_KINDS)
    for await (const { id, body } of scanAll<{ readonly schema?: number }>(documents, kind)) {
      if (stop?.aborted) return false;
      const isOld = (body.schema ?? 1) < schemaOf(kind);
      if (isOld && !(await unlessBroken(() => people.raise(kind, id).then(() => true)))) left += 1;
    }
  return left === 0;
}
