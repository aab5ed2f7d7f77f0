/** The observations of a correct history, replayed with one thing changed that a checker must find. */
import type { CreateChecker, SweepEnded, MessageTaken, GroundTruth, DocumentWritten } from '../observations.ts';
import type { Told } from './checkerRun.ts';
import { createCheckerRun } from './checkerRun.ts';
import { canonical, committed, sha256 } from './canonical.ts';
import type { HistoryName } from './claimHistories.ts';
import { CLAIM_HISTORIES, SILENT } from './claimHistories.ts';
import type { StoredClaim, StoredEntry, StoredEvent } from './storedClaim.ts';
import { asClaim } from './storedClaim.ts';
import { observeDesk } from './observedDesk.ts';

/** One way to falsify the observations of a history. */
export type Tamper = (told: readonly Told[]) => readonly Told[];

export interface Recorded {
  readonly told: readonly Told[];
  readonly files: readonly string[];
}

const recorded = new Map<HistoryName, Promise<Recorded>>();

/** What checkers are told of a history; it is played once. */
export function recording(name: HistoryName): Promise<Recorded> {
  const known = recorded.get(name) ?? live(name);
  recorded.set(name, known);
  return known;
}

async function live(name: HistoryName): Promise<Recorded> {
  const history = await observeDesk([], { silent: SILENT[name] ?? [] });
  await CLAIM_HISTORIES[name](history);
  await history.sweep();
  history.end();
  return { told: history.told, files: history.world.files.keys() };
}

/** The problems that a checker finds in a falsified history. */
export function verdictOn(
  { told, files }: Recorded,
  open: CreateChecker,
  tamper: Tamper,
  changes: Partial<GroundTruth> = {},
): readonly string[] {
  const checkerRun = createCheckerRun([open], () => files, changes);
  for (const one of tamper(told)) checkerRun.tell(one);
  return checkerRun.problems;
}

/** Alters every write of a claim. */
export const writes =
  (alter: (wrote: DocumentWritten, claim: StoredClaim) => Partial<DocumentWritten>): Tamper =>
  (told) =>
    told.map((one) =>
      one.what === 'wrote' && one.wrote.kind === 'claim'
        ? { what: 'wrote', wrote: { ...one.wrote, ...alter(one.wrote, asClaim(one.wrote.after)) } }
        : one,
    );

/** Of every write, the body of the document. */
export const bodies = (alter: (claim: StoredClaim, wrote: DocumentWritten) => Partial<StoredClaim>): Tamper =>
  writes((wrote, claim) => ({ after: { ...claim, ...alter(claim, wrote) } }));

/** The history, chained anew, so that only what it says is wrong. */
export const entries = (alter: (entries: readonly StoredEntry[]) => readonly StoredEntry[]): Tamper =>
  bodies((claim) => ({ entries: chained(alter(claim.entries)) }));

/** The events of a type, or the nth of them. */
export const events = (type: string, alter: (event: StoredEvent) => Partial<StoredEvent>, nth?: number): Tamper =>
  entries((all) => {
    let count = 0;
    return all.map((entry) => {
      if (entry.event.type !== type) return entry;
      count += 1;
      return nth === undefined || count === nth
        ? { ...entry, event: { ...entry.event, ...alter(entry.event) } }
        : entry;
    });
  });

/** Alters the write that adds the first event of a type. */
export const writeOf = (type: string, alter: (wrote: DocumentWritten) => Partial<DocumentWritten>): Tamper =>
  writes((wrote) => {
    const before = wrote.before ? asClaim(wrote.before).entries.length : 0;
    return asClaim(wrote.after)
      .entries.slice(before)
      .some(({ event }) => event.type === type)
      ? alter(wrote)
      : {};
  });

/** Events of a type happen twice in a row. */
export const twice = (type: string): Tamper =>
  entries((all) => all.flatMap((entry) => (entry.event.type === type ? [entry, entry] : [entry])));
/** They never happened. */
export const without = (type: string): Tamper => entries((all) => all.filter(({ event }) => event.type !== type));
export const taken =
  (alter: (taken: MessageTaken) => MessageTaken | undefined): Tamper =>
  (told) =>
    told.flatMap((one): Told[] => {
      if (one.what !== 'taken') return [one];
      const altered = alter(one.taken);
      return altered ? [{ what: 'taken', taken: altered }] : [];
    });
export const sweeps =
  (alter: (swept: SweepEnded) => Partial<SweepEnded>): Tamper =>
  (told) =>
    told.map((one) => (one.what === 'swept' ? { what: 'swept', swept: { ...one.swept, ...alter(one.swept) } } : one));

function chained(all: readonly StoredEntry[]): readonly StoredEntry[] {
  let previous = '';
  return all.map(({ hash: _, ...entry }, index) => {
    const content = { ...entry, version: index + 1, previous };
    previous = sha256(canonical(committed(content)));
    return { ...content, hash: previous };
  });
}
