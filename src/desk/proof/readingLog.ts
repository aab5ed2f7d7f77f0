/**
 * The reading log of a claim: who opened which document, the first time on each day (R55). A chained document beside
 * the claim; it makes no version and no notice.
 */
import { localDate } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';
import type { Journaled, JournalEntry, JournalPage } from '../directory/journal.ts';
import { JOURNAL_PAGE, journalPageId, journalWith, overflowOf, wholeJournal } from '../directory/journal.ts';
import type { World } from '../ports/world.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';

/** What the reading log needs of the outside. */
export type ReadingLogPorts = Pick<World, 'documents' | 'clock' | 'digest' | 'rules'>;

/** The kind of the documents; each has the id of its claim. */
export const READING = 'reading';
const OPENED = 'documentOpened';

interface ReadingBody extends Journaled {
  readonly schema: number;
}

/** Records that a person opened a document, if it is their first time on this day of the programme's zone. */
export async function recordReading(
  { documents, clock, digest, rules }: ReadingLogPorts,
  claim: ClaimId,
  person: PersonId,
  poe: PoeId,
): Promise<void> {
  const { zone } = rules.programme.policy;
  for (;;) {
    const stored = await documents.read<ReadingBody>(READING, claim);
    const known = stored && requireKnownSchema(READING, claim, stored.body);
    const journal = known?.journal ?? [];
    const at = clock.now();
    const isToday = (entry: JournalEntry): boolean => localDate(entry.at, zone) === localDate(at, zone);
    if (journal.some((entry) => entry.by === person && entry.to === poe && isToday(entry))) return;
    const older = overflowOf(journal);
    const page = known?.journalPages ?? 0;
    if (older) {
      const body: JournalPage = { schema: schemaOf(JOURNAL_PAGE), entries: older };
      await documents.create({ kind: JOURNAL_PAGE, id: journalPageId(READING, claim, page), body, keys: [] });
    }
    const pages = older ? page + 1 : page;
    const body: ReadingBody = {
      schema: schemaOf(READING),
      journal: journalWith(
        journal.slice(older?.length ?? 0),
        [{ what: OPENED, from: null, to: poe }],
        { at, by: person },
        (text) => digest.sha256(text),
      ),
      ...(pages > 0 && { journalPages: pages }),
    };
    const document = { kind: READING, id: claim, body, keys: [] };
    const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
    if (written !== 'exists' && written !== 'changed') return;
  }
}

/** A claim's whole reading log, oldest first, with the entries that were moved to pages of their own. */
export async function readingsOf(
  { documents }: Pick<ReadingLogPorts, 'documents'>,
  claim: ClaimId,
): Promise<readonly JournalEntry[]> {
  const stored = await documents.read<ReadingBody>(READING, claim);
  if (!stored) return [];
  return wholeJournal(documents, READING, claim, requireKnownSchema(READING, claim, stored.body));
}
