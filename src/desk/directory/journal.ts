/**
 * The journal of rights: who gave whom which right, and when (R55). Each person, organisation and channel has one. It
 * is append-only, each entry carries the hash of the one before, and it is kept in the document that it is about, so
 * that a right never changes without its entry.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Hash } from '../../domain/claims/history.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Documents } from '../ports/documents.ts';
import { requireKnownSchema } from '../records/schemaVersion.ts';

/**
 * Who changed a right: a person; the directory file; the settings; or the desk itself, which notices who can be
 * reached.
 */
export type RightsActor = PersonId | 'directory' | 'configuration' | 'desk';

/** A right or a fact that rights depend on, as plain JSON; `null` where there is none. */
export type RightValue = null | string | boolean | readonly string[] | { readonly [name: string]: readonly string[] };

/** The rights of one document by name. */
export type Rights = Readonly<Record<string, RightValue>>;

/** One change of one right. */
export interface RightChange {
  /** The name of the right. */
  readonly what: string;
  readonly from: RightValue;
  readonly to: RightValue;
}

/** A change as it is stored. */
export interface JournalEntry extends RightChange {
  readonly at: Instant;
  readonly by: RightsActor;
  /** The hash of the entry before; of the first, empty. */
  readonly previous: string;
  readonly hash: string;
}

/** What a document with a journal has besides what it is about. */
export interface Journaled {
  /** The newest entries, oldest first; the older ones are in pages of their own. */
  readonly journal?: readonly JournalEntry[];
  /** How many pages of older entries there are. */
  readonly journalPages?: number;
}

/** The kind of the documents that hold older entries. A page is written once and never changes. */
export const JOURNAL_PAGE = 'journalPage';

/** A page of older entries, oldest first. */
export interface JournalPage {
  readonly schema: number;
  readonly entries: readonly JournalEntry[];
}

/** The id of a page; pages count from 0, the oldest. */
export function journalPageId(kind: string, id: string, page: number): string {
  return `${kind}/${id}/${page}`;
}

/** All entries of a document's journal, unchecked; a page that is not there breaks the chain. */
export async function wholeJournal(
  documents: Pick<Documents, 'read'>,
  kind: string,
  id: string,
  { journal = [], journalPages = 0 }: Journaled,
): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let page = 0; page < journalPages; page += 1) {
    const pageId = journalPageId(kind, id, page);
    const stored = await documents.read<JournalPage>(JOURNAL_PAGE, pageId);
    if (stored) entries.push(...requireKnownSchema(JOURNAL_PAGE, pageId, stored.body).entries);
  }
  return [...entries, ...journal];
}

/**
 * The letters of JSON that a journal may have in its document, which a database keeps up to 2 MB. People can lengthen
 * it by themselves: each removal and installation of the bot is an entry.
 */
const MAX_JOURNAL_LENGTH = 300_000;

/**
 * The older half of a journal that has become too long, which is to be moved to a page of its own; undefined for a
 * shorter one. It depends on the stored journal alone, so that who tries again after a crash writes the same page.
 */
export function overflowOf(journal: readonly JournalEntry[]): readonly JournalEntry[] | undefined {
  return journal.length > 1 && JSON.stringify(journal).length > MAX_JOURNAL_LENGTH
    ? journal.slice(0, Math.floor(journal.length / 2))
    : undefined;
}

/** The changes from one state of the rights to another, in the order of their names. An empty list is no right. */
export function changesOf(before: Rights, after: Rights): readonly RightChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((what) => {
    const from = orNull(before[what]);
    const to = orNull(after[what]);
    return canonical(from) === canonical(to) ? [] : [{ what, from, to }];
  });
}

function orNull(value: RightValue | undefined): RightValue {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? null : value;
}

/** The journal with more entries at its end. */
export function journalWith(
  journal: readonly JournalEntry[],
  changes: readonly RightChange[],
  facts: Pick<JournalEntry, 'at' | 'by'>,
  hash: Hash,
): readonly JournalEntry[] {
  const longer = [...journal];
  for (const change of changes) {
    const unsigned = { ...facts, ...change, previous: longer.at(-1)?.hash ?? '' };
    longer.push({ ...unsigned, hash: hash(canonical(unsigned)) });
  }
  return longer;
}

/** The index of the first entry at which a whole journal is broken; undefined where it holds. */
export function firstBrokenJournalEntry(journal: readonly JournalEntry[], hash: Hash): number | undefined {
  let previous = '';
  for (const [index, { hash: signed, ...unsigned }] of journal.entries()) {
    if (unsigned.previous !== previous || hash(canonical(unsigned)) !== signed) return index;
    previous = signed;
  }
  return undefined;
}

/** A value of a right, and from when on it held. */
export interface Held<Value> {
  readonly from: Instant;
  readonly value: Value;
}

/**
 * What a right was, from when on: the first stretch begins with the time itself. `now` is the value in the document,
 * which is all that is known of a right without entries. Where a clock was set back, the later entry counts.
 */
export function timelineOf(
  journal: readonly JournalEntry[],
  what: string,
  now: RightValue,
): readonly Held<RightValue>[] {
  const changes = journal.filter((entry) => entry.what === what);
  const held: Held<RightValue>[] = [{ from: -Infinity, value: changes[0] ? changes[0].from : now }];
  for (const { at, to } of changes) {
    while (held.length > 1 && (held.at(-1)?.from ?? at) >= at) held.pop();
    held.push({ from: at, value: to });
  }
  return held;
}
