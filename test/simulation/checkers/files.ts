/**
 * Checks at the end that every proof has its file, every file its owner, and that each consent that passed was handed
 * over once (R9, R53).
 */
import type { Checker, GroundTruth } from './observations.ts';
import { asClaim } from './support/storedClaim.ts';

const POE = 'poe/';
const ASSESSMENTS = 'assessments/';
/** The mark by which database and files know that they belong together. */
const PAIR = 'pair';

export function createFilesChecker(groundTruth: GroundTruth): Checker {
  return { name: 'files', ended: () => misplaced(groundTruth) };
}

function misplaced(groundTruth: GroundTruth): readonly string[] {
  const needed = new Set<string>();
  const allowed = new Set<string>();
  const uncheckable = new Set<string>();
  for (const { id, body } of groundTruth.documents('claim')) {
    if (groundTruth.isUncheckable(id)) uncheckable.add(id);
    else foundIn(id, asClaim(body).entries, needed, allowed);
  }
  const files = groundTruth.files().filter((key) => key !== PAIR);
  const there = new Set(files);
  const isUncheckable = (key: string): boolean =>
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
