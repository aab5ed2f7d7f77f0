/**
 * The history of a claim: append-only, each entry chained to the one before by its hash (R55).
 *
 * - personal word: a name, an e-mail address, a comment … (see personal.ts).
 * - commitment: the SHA-256 of a word and its salt. The hash of an entry covers the commitments of its personal words,
 *   so that a word can be erased, with its salt, and the chain still verifies.
 * - old entry: one of a version before there were commitments; its hash covers the words themselves.
 * - sealed: old entries that were chained anew in committed form. The event that says so keeps the old head.
 */
import type { Instant } from '../calendar/calendar.ts';
import type { ClaimEvent, HistorySealed } from './events.ts';
import { personalPaths, valueAt, withValues } from './personal.ts';

/** One event as it is stored. */
export interface Entry {
  /** The version of the claim that the event made. */
  readonly version: number;
  /** When it was written down; `event.at` is when it counts from. */
  readonly recordedAt: Instant;
  /** The press that asked for it (R58). */
  readonly press?: string;
  readonly event: ClaimEvent;
  /** The salt of each personal word, by its dotted path in the event, and of the press. Absent on an old entry. */
  readonly salts?: Readonly<Record<string, string>>;
  /** The commitment of each word that was erased, by its path; the word is empty then. */
  readonly erased?: Readonly<Record<string, string>>;
  /** The hash of the entry before; of the first, empty. */
  readonly previous: string;
  readonly hash: string;
}

/** SHA-256 in hexadecimal; handed in, so that the core stays pure. */
export type Hash = (text: string) => string;

/** What new entries are chained with. */
export interface Chaining {
  readonly hash: Hash;
  /** 128 random bits in few letters. */
  newSalt(this: void): string;
}

/** Words that are to be erased: their dotted paths, by the version of their entry. */
export interface ErasedWords {
  readonly version: number;
  readonly paths: readonly string[];
}

/** Where the press of an entry is committed: it is a hash over what was asked for, words included. */
const PRESS = 'press';
const OLD_HEAD = 'oldHead';

/** The history with more events at its end. Old entries must have been sealed before. */
export function append(
  entries: readonly Entry[],
  events: readonly ClaimEvent[],
  facts: { readonly recordedAt: Instant; readonly press?: string },
  chaining: Chaining,
): readonly Entry[] {
  const longer = [...entries];
  events.forEach((event, index) => {
    const last = index === events.length - 1;
    longer.push(
      chained(
        {
          version: longer.length + 1,
          recordedAt: facts.recordedAt,
          ...(last && facts.press !== undefined && { press: facts.press }),
          event,
        },
        longer.at(-1),
        chaining,
      ),
    );
  });
  return longer;
}

type Unchained = Pick<Entry, 'version' | 'recordedAt' | 'press' | 'event'>;

function chained(content: Unchained, before: Entry | undefined, { hash, newSalt }: Chaining): Entry {
  const salts: Record<string, string> = {};
  for (const [path, value] of wordsOf(content)) if (value !== '') salts[path] = newSalt();
  const unsigned = { ...content, salts, previous: before?.hash ?? '' };
  return { ...unsigned, hash: hash(canonical(committed(unsigned, hash))) };
}

/** The personal words of an entry that are there, and its press. */
function wordsOf({ event, press }: Pick<Entry, 'event' | 'press'>): readonly (readonly [string, unknown])[] {
  const words = personalPaths(event).map((path) => [path, valueAt(event, path)] as const);
  return [...words, [PRESS, press] as const].filter(([, value]) => value !== undefined);
}

/**
 * What the hash of an entry is taken of: each personal word is replaced by its commitment, an object, so that no word
 * can pass for one. Undefined where a word has neither a salt nor was erased, or one that is not there has.
 */
function committed({ salts = {}, erased = {}, ...content }: Omit<Entry, 'hash'>, hash: Hash): object | undefined {
  const commitments = new Map<string, unknown>();
  for (const [path, value] of wordsOf(content)) {
    const salt = Object.hasOwn(salts, path) ? salts[path] : undefined;
    const commitment = Object.hasOwn(erased, path) ? erased[path] : undefined;
    if (typeof value !== 'string') return undefined;
    if (value === '' ? salt !== undefined : salt === undefined || commitment !== undefined) return undefined;
    const sha256 = salt === undefined ? commitment : commitmentOf(salt, value, hash);
    if (sha256 !== undefined) commitments.set(path, { sha256 });
  }
  const named = Object.keys(salts).length + Object.keys(erased).length;
  if (named !== commitments.size) return undefined;
  const { [PRESS]: _, ...rest } = content;
  const press = commitments.get(PRESS) ?? content.press;
  commitments.delete(PRESS);
  return { ...rest, event: withValues(content.event, commitments), ...(press !== undefined && { press }) };
}

function commitmentOf(salt: string, word: string, hash: Hash): string {
  return hash(canonical([salt, word]));
}

/**
 * The first version at which the chain is broken; undefined when it holds. All entries are old, or none is. A word
 * counts as erased only where a later entry says so. The first `known` entries are known to hold.
 */
export function firstBrokenEntry(entries: readonly Entry[], hash: Hash, known = 0): number | undefined {
  const isOld = hasOldEntries(entries);
  let previous = known > 0 ? entries[known - 1]?.hash : '';
  for (const [index, { hash: signed, ...unsigned }] of entries.entries()) {
    if (index < known) continue;
    const content = isOld ? unsigned : committed(unsigned, hash);
    if (
      unsigned.version !== index + 1 ||
      unsigned.previous !== previous ||
      (unsigned.salts === undefined) !== isOld ||
      !content ||
      hash(canonical(content)) !== signed
    )
      return index + 1;
    previous = signed;
  }
  return isOld ? undefined : firstUnfoundedErasure(entries);
}

function firstUnfoundedErasure(entries: readonly Entry[]): number | undefined {
  const founded = new Set<string>();
  let first: number | undefined;
  for (const { version, event, erased } of entries.toReversed()) {
    if (erased && Object.keys(erased).some((path) => !founded.has(`${version} ${path}`))) first = version;
    if (event.type === 'WordsErased')
      for (const words of event.words) for (const path of words.paths) founded.add(`${words.version} ${path}`);
  }
  return first;
}

/** Whether a history has entries of a version before there were commitments. */
export function hasOldEntries(entries: readonly Entry[]): boolean {
  return entries[0] !== undefined && entries[0].salts === undefined;
}

/**
 * Old entries chained anew in committed form, so that their words can be erased too, and the event that says so. Their
 * old hashes are not kept, but for the head, from which they can be checked while no word is erased.
 */
export function sealHistory(
  entries: readonly Entry[],
  facts: { readonly recordedAt: Instant },
  chaining: Chaining,
): readonly Entry[] {
  const anew = chainedAnew(entries, chaining);
  const sealed: HistorySealed = {
    type: 'HistorySealed',
    at: facts.recordedAt,
    by: { side: 'desk', id: 'desk', name: '' },
    [OLD_HEAD]: entries.at(-1)?.hash ?? '',
  };
  return append(anew, [sealed], facts, chaining);
}

/** The same entries in committed form, chained as if they had always been so. None may have words that were erased. */
export function chainedAnew(entries: readonly Entry[], chaining: Chaining): readonly Entry[] {
  const anew: Entry[] = [];
  for (const { salts: _, previous: __, hash: ___, ...content } of entries)
    anew.push(chained(content, anew.at(-1), chaining));
  return anew;
}

/**
 * Whether sealed entries are those that were there before: chained over their words, they lead to the old head. Holds
 * also where nothing was sealed, or where a word of theirs was erased, and the old head with it.
 */
export function leadsToOldHead(entries: readonly Entry[], hash: Hash): boolean {
  const at = entries.findIndex(({ event }) => event.type === 'HistorySealed');
  const event = entries[at]?.event;
  if (event?.type !== 'HistorySealed' || event.oldHead === '') return true;
  let previous = '';
  for (const { salts: _, erased: __, hash: ___, ...content } of entries.slice(0, at))
    previous = hash(canonical({ ...content, previous }));
  return previous === event.oldHead;
}

/**
 * The history without these words: each is empty, and its commitment takes the place of its salt. The caller appends
 * the event that names them, with {@link erasable} words alone. What is erased already stays so.
 */
export function eraseWords(entries: readonly Entry[], words: readonly ErasedWords[], hash: Hash): readonly Entry[] {
  const chosen = new Map(words.map(({ version, paths }) => [version, paths]));
  return entries.map((entry) =>
    chosen.has(entry.version) ? without(entry, chosen.get(entry.version) ?? [], hash) : entry,
  );
}

function without(entry: Entry, paths: readonly string[], hash: Hash): Entry {
  const salts = { ...entry.salts };
  const erased = { ...entry.erased };
  const emptied = new Map<string, unknown>();
  for (const path of paths) {
    const salt = salts[path];
    const word = path === PRESS ? entry.press : valueAt(entry.event, path);
    if (salt === undefined || typeof word !== 'string') continue;
    erased[path] = commitmentOf(salt, word, hash);
    delete salts[path];
    emptied.set(path, '');
  }
  const press = emptied.delete(PRESS) ? '' : entry.press;
  const event = withValues(entry.event, emptied);
  return {
    ...entry,
    event,
    ...(press !== undefined && { press }),
    salts,
    ...(Object.keys(erased).length > 0 && { erased }),
  };
}

/**
 * The words to erase so that those that are chosen are gone: with the words of an entry its press, which is a hash over
 * them, and with a sealed word the old head. Words that are not there, or are erased, are left out.
 */
export function erasable(
  entries: readonly Entry[],
  isChosen: (entry: Entry, path: string, word: string) => boolean,
): readonly ErasedWords[] {
  const sealedAt = entries.find(({ event }) => event.type === 'HistorySealed')?.version ?? 0;
  const found = new Map<number, readonly string[]>();
  for (const entry of entries) {
    const paths = personalPaths(entry.event).filter((path) => {
      const word = valueAt(entry.event, path);
      return path !== OLD_HEAD && typeof word === 'string' && word !== '' && isChosen(entry, path, word);
    });
    if (paths.length === 0) continue;
    found.set(entry.version, entry.press === undefined || entry.press === '' ? paths : [...paths, PRESS]);
  }
  const oldHead = entries[sealedAt - 1]?.salts?.[OLD_HEAD];
  if (oldHead !== undefined && [...found.keys()].some((version) => version < sealedAt))
    found.set(sealedAt, [...(found.get(sealedAt) ?? []), OLD_HEAD]);
  return [...found].map(([version, paths]) => ({ version, paths }));
}

/** JSON with its keys in order, so that the same content always has the same hash. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonical(item)}`;
    return `[${text}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members).sort())
    if (members[key] !== undefined)
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(members[key])}`;
  return `{${text}}`;
}
