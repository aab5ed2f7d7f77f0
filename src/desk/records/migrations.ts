/** What is done once for the documents of earlier versions, and once more when those versions have ended. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema, schemaOf } from './schemaVersion.ts';

/** The kind of the document that says what was done once. */
const MIGRATION = 'migration';
/** While a new version takes the place of an old one, the old one still writes documents of its own schema. */
const ROLLOUT_MS = 86_400_000;

interface Migration {
  readonly schema: number;
  /** When it was done for the first time. */
  readonly at: Instant;
  /** Done again after everything of the version before had ended: there is nothing left to do. */
  readonly isFinal: boolean;
}

/**
 * Whether everything of the version before has ended: `name` was done for the first time a day ago or earlier.
 */
export async function isRolledOut(
  { documents, clock }: Pick<World, 'documents' | 'clock'>,
  name: string,
): Promise<boolean> {
  const known = await documents.read<Migration>(MIGRATION, name);
  return known !== undefined && clock.now() - known.body.at >= ROLLOUT_MS;
}

/**
 * Does `work` for the first time, and once more at the first start that is a day later; answers whether it did it for
 * the last time, and undefined where there was nothing to do. Any number of instances may do so at a time. Where `work`
 * answers false it was not finished, and is done again at the next start.
 */
export async function migrate(
  { documents, clock }: Pick<World, 'documents' | 'clock'>,
  name: string,
  work: () => Promise<boolean>,
): Promise<{ readonly isFinal: boolean } | undefined> {
  const known = await documents.read<Migration>(MIGRATION, name);
  // A newer version knows what is left to do, and writes its own mark of it.
  if (known && !isKnownSchema(MIGRATION, known.body)) return undefined;
  const isDue = !known || (!known.body.isFinal && clock.now() - known.body.at >= ROLLOUT_MS);
  if (!isDue || !(await work())) return undefined;
  const isFinal = known !== undefined;
  const body: Migration = { schema: schemaOf(MIGRATION), at: known?.body.at ?? clock.now(), isFinal };
  const document = { kind: MIGRATION, id: name, body, keys: [] };
  await (known ? documents.replace(document, known.etag) : documents.create(document));
  return { isFinal };
}
