/**
 * The mark that every document has an authenticated head (R55). Versions before there were heads wrote none, so a
 * document without one is believed until all of theirs were sealed, and no longer: or whoever can write to the database
 * would make a document look like one of theirs. The mark is in the database and among the files: who can write to one
 * of the two alone cannot take it away.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { HistoryKeys } from '../ports/historyKeys.ts';
import type { World } from '../ports/world.ts';
import { schemaOf } from './schemaVersion.ts';

/** The kind and the id of the document, and the key of the file. */
export const SEAL_MARK = 'sealed';

/** What looking for the mark needs of the outside. */
export type SealMarkPorts = Pick<World, 'documents' | 'files' | 'historyKeys'>;

/** Where the mark is. */
export interface SealMark {
  readonly inDatabase: boolean;
  readonly amongFiles: boolean;
}

const sealed = new WeakSet<HistoryKeys>();

/** Whether this instance knows that every document was sealed, as it looked last. */
export function isAllSealed({ historyKeys }: Pick<World, 'historyKeys'>): boolean {
  return sealed.has(historyKeys);
}

/** Looks for the mark, and goes by it from here on: one of the two places is enough. */
export async function lookForSealMark({ documents, files, historyKeys }: SealMarkPorts): Promise<SealMark> {
  const [stored, file] = await Promise.all([documents.read(SEAL_MARK, SEAL_MARK), files.open(SEAL_MARK)]);
  const mark = { inDatabase: stored !== undefined, amongFiles: file !== undefined };
  if (mark.inDatabase || mark.amongFiles) sealed.add(historyKeys);
  else sealed.delete(historyKeys);
  return mark;
}

/** Marks that every document is sealed; what is there already is left as it is. */
export async function markAllSealed({ documents, files, historyKeys }: SealMarkPorts, at: Instant): Promise<void> {
  await files.put(SEAL_MARK, bytesOf(new Date(at).toISOString()));
  const body = { schema: schemaOf(SEAL_MARK), at };
  await documents.create({ kind: SEAL_MARK, id: SEAL_MARK, body, keys: [] });
  sealed.add(historyKeys);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}
