/**
 * Whether a claim's document is as the desk wrote it (R55): its chain of hashes, and the keyed head. What the head does
 * not tell is whether the document is the newest: an older state is sound too, and only the anchors show that.
 */
import { DeskError } from '../../domain/deskError.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { evolve, fold } from '../../domain/claims/evolve.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { canonical, firstBrokenEntry, hasOldEntries } from '../../domain/claims/history.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { HistoryKeys, KeyedCode } from '../ports/historyKeys.ts';
import type { World } from '../ports/world.ts';
import { isAllSealed } from './sealMark.ts';

/**
 * The newest head of a history, authenticated: the code is over the claim's id, its version, the hash of its last entry
 * and all of the body but the entries, which the hash covers.
 */
export interface HistoryHead extends KeyedCode {
  readonly version: number;
}

/** The body of a claim's document as far as the check has to know it; it covers all that is there besides. */
export interface CheckedBody {
  readonly schema?: number;
  readonly entries: readonly Entry[];
  readonly head?: HistoryHead;
}

/** What is wrong with a history. */
export type HistoryProblem =
  /** An entry is not the one that was chained there. */
  | 'entry'
  /** The newest head, or what it covers beside the entries, is not what the desk wrote. */
  | 'head'
  /** The key that the head was made with is unknown. */
  | 'unknownKey'
  /** The entries are of another claim. */
  | 'otherClaim'
  /** It is as versions before there were heads wrote it, and all of theirs had been sealed. */
  | 'unsealed';

/** A finding, with the version of the first entry that is not sound. */
export interface BrokenHistory {
  readonly problem: HistoryProblem;
  readonly version: number;
  readonly keyId?: string;
}

/** The history of a claim is not as the desk wrote it: nothing is decided, fired or sent for the claim. */
export class HistoryBrokenError extends DeskError<'claim.historyBroken'> {
  readonly claim: ClaimId;
  readonly broken: BrokenHistory;

  constructor(claim: ClaimId, broken: BrokenHistory) {
    const { problem, version, keyId } = broken;
    super(
      'claim.historyBroken',
      problem === 'unknownKey'
        ? `the history of claim ${claim} was authenticated with the key ${keyId}, which HISTORY_KEYS does not have; ` +
            'give it the key, or name the database that belongs to its keys'
        : `the history of claim ${claim} is broken at version ${version} (${problem})`,
    );
    this.claim = claim;
    this.broken = broken;
  }
}

/** What it takes to check a history and to make a new head. */
export type HistoryPorts = Pick<World, 'digest' | 'historyKeys'>;
/** What it takes to report one that is broken. */
export type ReportPorts = HistoryPorts & Pick<World, 'log' | 'meters'>;

/** What was found sound of a claim: how many entries, the digest of their bytes, and that of all the rest. */
interface SoundBody {
  readonly count: number;
  readonly entries: string;
  readonly rest: string;
}

/** What the entries with this digest fold to. */
interface FoldedEntries {
  readonly count: number;
  readonly entries: string;
  readonly claim: Claim;
}

/** What an instance remembers, so that nothing is chained, authenticated or folded twice; and what it reported. */
interface Memory {
  readonly sound: Map<string, SoundBody>;
  readonly folded: Map<string, FoldedEntries>;
  readonly reported: Map<ClaimId, BrokenHistory>;
}

/** Claims of which the digests are remembered, in about two hundred bytes each. */
const MAX_SOUND = 10_000;
/** Claims that are kept folded, in about ten kilobytes each. */
const MAX_FOLDED = 500;
const memories = new WeakMap<HistoryKeys, Memory>();

function memoryOf(keys: HistoryKeys): Memory {
  const known = memories.get(keys) ?? {
    sound: new Map(),
    folded: new Map(),
    reported: new Map(),
  };
  memories.set(keys, known);
  return known;
}

/** The head for a body that is about to be written. */
export function headOf(ports: HistoryPorts, id: string, body: CheckedBody): HistoryHead {
  const version = body.entries.length;
  return { version, ...ports.historyKeys.authenticate(coveredText(id, body)) };
}

function coveredText(id: string, { head: _, entries, ...rest }: CheckedBody): string {
  return canonical({ claim: id, version: entries.length, hash: entries.at(-1)?.hash ?? '', rest });
}

/**
 * What is wrong with a document; undefined where it is sound. What was found sound is known again by the digest of its
 * bytes, never by the document's etag, which someone who writes past the desk can leave as it was. Throws
 * UnknownEventError for an entry of a newer version.
 */
export function brokenHistory(ports: HistoryPorts, id: string, body: CheckedBody): BrokenHistory | undefined {
  const { entries } = body;
  const [first] = entries;
  if (first?.event.type !== 'ClaimCreated') return { problem: 'entry', version: 1 };
  if (first.event.id !== id) return { problem: 'otherClaim', version: 1 };
  const { sound } = memoryOf(ports.historyKeys);
  const known = sound.get(id);
  const count = known && digestOf(ports, entries, known.count) === known.entries ? known.count : 0;
  const rest = restDigestOf(ports, body);
  // Whether one without a head is believed may change.
  if (count > 0 && count === entries.length && rest === known?.rest && !isUnsealed(body)) return undefined;
  const version = firstBrokenEntry(entries, (text) => ports.digest.sha256(text), count);
  if (version !== undefined) return { problem: 'entry', version };
  const broken = brokenHead(ports, id, body);
  if (broken) return broken;
  const digest = known && count === entries.length ? known.entries : digestOf(ports, entries, entries.length);
  remember(sound, id, { count: entries.length, entries: digest, rest }, MAX_SOUND);
  return undefined;
}

function remember<Value>(memory: Map<string, Value>, id: string, value: Value, max: number): void {
  memory.delete(id);
  memory.set(id, value);
  for (const oldest of memory.keys()) {
    if (memory.size <= max) break;
    memory.delete(oldest);
  }
}

function digestOf({ digest }: HistoryPorts, entries: CheckedBody['entries'], count: number): string {
  return digest.sha256(JSON.stringify(entries.slice(0, count)));
}

function restDigestOf({ digest }: HistoryPorts, { entries: _, ...rest }: CheckedBody): string {
  return digest.sha256(JSON.stringify(rest));
}

/** What a body that was found sound folds to: from where it was known already. */
export function foldSound(ports: HistoryPorts, id: string, { entries }: CheckedBody): Claim {
  const { sound, folded } = memoryOf(ports.historyKeys);
  const known = folded.get(id);
  const digest = sound.get(id)?.entries ?? digestOf(ports, entries, entries.length);
  if (known && known.entries === digest) return known.claim;
  const isFurther = known !== undefined && digestOf(ports, entries, known.count) === known.entries;
  const claim = isFurther
    ? entries.slice(known.count).reduce((before, { event }) => evolve(before, event), known.claim)
    : fold(entries.map(({ event }) => event));
  remember(folded, id, { count: entries.length, entries: digest, claim }, MAX_FOLDED);
  return claim;
}

function brokenHead(ports: HistoryPorts, id: string, body: CheckedBody): BrokenHistory | undefined {
  const { entries, head } = body;
  const isOld = hasOldEntries(entries);
  // A version before there were heads wrote old entries alone.
  if (isUnsealed(body) && (!isOld || head)) return { problem: 'head', version: entries.length };
  if (isUnsealed(body)) return isAllSealed(ports) ? { problem: 'unsealed', version: entries.length } : undefined;
  if (isOld || head?.version !== entries.length) return { problem: 'head', version: entries.length };
  const found = ports.historyKeys.check(coveredText(id, body), head);
  if (found === 'sound') return undefined;
  return found === 'unknownKey'
    ? { problem: 'unknownKey', version: entries.length, keyId: head.keyId }
    : { problem: 'head', version: entries.length };
}

/** Whether a body is of a version before there were heads: its history is sealed at the next write. */
export function isUnsealed({ schema = 1 }: { readonly schema?: number }): boolean {
  return schema < 2;
}

/** Throws a HistoryBrokenError for a document that is not sound; each claim is reported once for each instance. */
export function requireSoundHistory(ports: ReportPorts, id: ClaimId, body: CheckedBody): void {
  const broken = brokenOrUnreadable(ports, id, body);
  if (!broken) return;
  const { reported } = memoryOf(ports.historyKeys);
  const before = reported.get(id);
  if (before?.version !== broken.version || before.problem !== broken.problem) {
    reported.set(id, broken);
    ports.meters.brokenHistory();
    ports.log.error({ claim: id, ...broken }, 'Claim history is broken; nothing is decided for the claim');
  }
  throw new HistoryBrokenError(id, broken);
}

/** What cannot even be walked through was not written by the desk either. */
function brokenOrUnreadable(ports: HistoryPorts, id: string, body: CheckedBody): BrokenHistory | undefined {
  try {
    return brokenHistory(ports, id, body);
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'entry', version: 1 };
    throw error;
  }
}

/** The claims that this instance has found broken so far. */
export function brokenClaims(ports: Pick<World, 'historyKeys'>): ReadonlyMap<ClaimId, BrokenHistory> {
  return memoryOf(ports.historyKeys).reported;
}
