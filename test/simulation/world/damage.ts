/** The document of a claim as someone leaves it who changes it past the desk, without its key. */
import type { Chance } from '../../support/random.ts';
import { canonical, committed, sha256 } from '../checkers/support/canonical.ts';
import type { StoredClaim, StoredEntry } from '../checkers/support/storedClaim.ts';

const KINDS = ['value', 'cutEnd', 'cutMiddle', 'hashedAnew', 'entryOfAnother', 'otherClaim', 'outbox'] as const;

/** One kind of damage, drawn by chance; undefined where this claim has not what that kind changes. */
export function damaged(claim: StoredClaim, others: readonly StoredClaim[], chance: Chance): StoredClaim | undefined {
  const { entries } = claim;
  const at = chance.below(entries.length);
  const other = others.length > 0 ? chance.pick(others) : undefined;
  switch (chance.pick(KINDS)) {
    case 'value':
      return { ...claim, entries: entries.with(at, later(entries[at])) };
    case 'cutEnd':
      return entries.length < 2 ? undefined : { ...claim, entries: entries.slice(0, -1) };
    case 'cutMiddle':
      return entries.length < 3 ? undefined : { ...claim, entries: entries.toSpliced(1, 1) };
    case 'hashedAnew':
      return { ...claim, entries: chainedAnew(entries.with(at, later(entries[at]))) };
    case 'entryOfAnother': {
      const last = other?.entries.at(-1);
      return last && { ...claim, entries: [...entries.slice(0, -1), last] };
    }
    case 'otherClaim':
      // Checkers follow a claim by the number of its entries.
      return other && other.entries.length <= entries.length ? other : undefined;
    case 'outbox':
      return claim.outbox.length === 0 ? undefined : { ...claim, outbox: [] };
  }
}

/** What happened counts from a minute later than it does. */
function later(entry: StoredEntry | undefined): StoredEntry {
  if (!entry) throw new Error('a claim without an entry');
  return { ...entry, event: { ...entry.event, at: entry.event.at + 60_000 } };
}

function chainedAnew(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  let previous = '';
  return entries.map(({ hash: _, ...entry }) => {
    const content = { ...entry, previous };
    previous = sha256(canonical(committed(content)));
    return { ...content, hash: previous };
  });
}
