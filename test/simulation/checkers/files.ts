/**
 * Checks that no file disappears which a claim ever referred to, or which the desk knows nothing of; and at the end
 * that every proof has its file, every file its owner, and that each consent that passed was handed over once (R9,
 * R53).
 */
import type { Checker, DocumentWritten, FileRemoved, GroundTruth } from './observations.ts';
import { FOREIGN_FILES, PLANTED } from './observations.ts';
import { member, textAt } from './support/looseJson.ts';
import { asClaim } from './support/storedClaim.ts';

const POE = 'poe/';
const ASSESSMENTS = 'assessments/';
/** The prefix of the notes of files that nobody has begun to add to their claims. */
const NOTES = 'incoming/';
/** An upload takes at most an hour, and the cleaning waits another: what goes later did not go with its own upload. */
const UPLOAD_MS = 2 * 3_600_000;
/** The mark by which database and files know that they belong together. */
const PAIR = 'pair';

export function createFilesChecker(groundTruth: GroundTruth): Checker {
  /** Every file that the history of a claim has ever named. */
  const named = new Set<string>();
  /** Files that were quarantined while their claim was lost or could not be read: they may stay so. */
  const excused = new Set<string>();
  /** Files that somebody has begun to add to their claims: an upload that ended there may be in quarantine. */
  const begun = new Set<string>();
  /** Files whose intent was not closed when it was written last. */
  const intended = new Set<string>();

  function intentWritten({ after }: DocumentWritten): readonly string[] {
    const key = textAt(after, 'key');
    if (textAt(after, 'state') === 'closed') intended.delete(key);
    else intended.add(key);
    return [];
  }

  /** An older state of the store has no intent of an upload that died later, so its file is explained by nothing. */
  function hasLostIntent(key: string): boolean {
    return (
      intended.has(key) && ![...groundTruth.documents('fileIntent')].some(({ body }) => textAt(body, 'key') === key)
    );
  }

  function claimWritten({ by, id, before, after }: DocumentWritten): readonly string[] {
    const length = before ? asClaim(before).entries.length : 0;
    const added = asClaim(after)
      .entries.slice(length)
      .flatMap(({ event }) => (event.type === 'PoeAdded' && event.poe ? [`${POE}${id}/${event.poe.id}`] : []));
    for (const key of added) named.add(key);
    if (by === PLANTED || added.length === 0) return [];
    const there = new Set(groundTruth.files());
    return added.filter((key) => !there.has(key)).map((key) => `${id} names the file ${key}, which is not there (R9)`);
  }

  function quarantined({ after }: DocumentWritten): readonly string[] {
    const key = textAt(after, 'key');
    if (textAt(after, 'state') !== 'held' || key.startsWith(FOREIGN_FILES)) return [];
    if (begun.has(key) || hasLostIntent(key) || groundTruth.isUncheckable(key.split('/')[1] ?? '')) excused.add(key);
    return excused.has(key) ? [] : [`the file ${key} is quarantined, though its claim could be read (R9)`];
  }

  function removed({ at, by, key, writtenAt }: FileRemoved): readonly string[] {
    if (key.startsWith(NOTES)) begun.add(fileOf(key));
    if (named.has(key)) return [`${by} removed the file ${key}, which its claim's history names (R9)`];
    if (key.startsWith(FOREIGN_FILES)) return [`${by} removed the file ${key} of another database (R9)`];
    return begun.has(key) && at - writtenAt > UPLOAD_MS
      ? [`${by} removed the file ${key}, which may have been added to its claim (R9)`]
      : [];
  }

  return {
    name: 'files',
    wrote(wrote) {
      if (wrote.kind === 'claim') return claimWritten(wrote);
      if (wrote.kind === 'fileIntent') return intentWritten(wrote);
      return wrote.kind === 'quarantine' ? quarantined(wrote) : [];
    },
    removed,
    ended: () => [...misplaced(groundTruth, excused), ...misjudged(groundTruth, named)],
  };
}

/** The key of the file that a note is of. */
function fileOf(note: string): string {
  return `${POE}${note.slice(NOTES.length)}`;
}

function misplaced(groundTruth: GroundTruth, excused: ReadonlySet<string>): readonly string[] {
  const needed = new Set<string>();
  const allowed = new Set<string>([PAIR]);
  const uncheckable = new Set<string>();
  for (const { id, body } of groundTruth.documents('claim')) {
    if (groundTruth.isUncheckable(id)) uncheckable.add(id);
    else foundIn(id, asClaim(body).entries, needed, allowed);
  }
  const files = groundTruth.files();
  const there = new Set(files);
  // A note stays beside its file.
  const isUncheckable = (key: string): boolean =>
    excused.has(key.startsWith(NOTES) ? fileOf(key) : key) ||
    groundTruth.isUncheckable(/CPOR-\w{6}/.exec(key)?.[0] ?? '') ||
    key.startsWith(FOREIGN_FILES) ||
    [...uncheckable].some((id) => key.startsWith(`${POE}${id}/`) || key.startsWith(`${ASSESSMENTS}${id}-`));
  return [
    ...[...needed]
      .filter((key) => !there.has(key))
      .map((key) => `there is no file ${key} (${key.startsWith(POE) ? 'R9' : 'R53'})`),
    ...files
      .filter((key) => !needed.has(key) && !allowed.has(key) && !isUncheckable(key))
      .map((key) => `no claim knows the file ${key}`),
  ];
}

/** Every foreign file is there and in quarantine, and no file that a claim names is. */
function misjudged(groundTruth: GroundTruth, named: ReadonlySet<string>): readonly string[] {
  const held = new Set<string>();
  for (const { body } of groundTruth.documents('quarantine'))
    if (member(body, 'state') === 'held') held.add(textAt(body, 'key'));
  return [
    ...groundTruth
      .files()
      .filter((key) => key.startsWith(FOREIGN_FILES) && !held.has(key))
      .map((key) => `the file ${key} of another database is not in quarantine (R9)`),
    ...[...held]
      .filter((key) => named.has(key) && !groundTruth.isUncheckable(key.split('/')[1] ?? ''))
      .map((key) => `the file ${key} is in quarantine, and a claim names it (R9)`),
  ];
}

/**
 * What a history needs of files, and what may be there besides: the proofs that were removed, or lie in a draft that
 * was discarded.
 */
function foundIn(
  id: string,
  entries: ReturnType<typeof asClaim>['entries'],
  needed: Set<string>,
  allowed: Set<string>,
): void {
  const isDiscarded = entries.some(({ event }) => event.type === 'DraftDiscarded');
  const removed = new Set(entries.map(({ event }) => event.poeId));
  for (const { event } of entries) {
    if (event.type === 'PoeAdded' && event.poe)
      (isDiscarded || removed.has(event.poe.id) ? allowed : needed).add(`${POE}${id}/${event.poe.id}`);
    if (event.type === 'ConsentPassed') needed.add(`${ASSESSMENTS}${id}-${String(event.record?.['period'])}.json`);
  }
}
