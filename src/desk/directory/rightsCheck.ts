/**
 * Whether the document of a person, an organisation or a channel is as the desk wrote it (R55): all of it has an
 * authenticated head, as the histories of claims have, because rights are read from it and clocks are judged by its
 * journal. A changed one decides nothing: what asks for it fails.
 */
import { DeskError } from '../../domain/deskError.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { HistoryKeys, KeyedCode } from '../ports/historyKeys.ts';
import type { World } from '../ports/world.ts';
import { isAllSealed } from '../records/sealMark.ts';
import type { DocumentKind } from '../records/schemaVersion.ts';
import { isKnownSchema } from '../records/schemaVersion.ts';
import type { JournalEntry } from './journal.ts';
import { firstBrokenJournalEntry } from './journal.ts';

/** What such a document has besides what it is about. */
export interface Authenticated {
  readonly schema?: number;
  /** The code of all of the document but itself. */
  readonly head?: KeyedCode;
}

/** What is wrong with such a document. */
export type RightsProblem =
  /** It is not what the desk wrote. */
  | 'head'
  /** The key that the head was made with is unknown. */
  | 'unknownKey'
  /** It has no head, and every document had been given one. */
  | 'unsealed'
  /** An entry of the journal is not the one that was chained there. */
  | 'entry';

/** A finding. `entry` counts from 1, the oldest. */
export interface BrokenRights {
  readonly problem: RightsProblem;
  readonly keyId?: string;
  readonly entry?: number;
}

/** The document of a person, organisation or channel is not as the desk wrote it: no right follows from it. */
export class RightsBrokenError extends DeskError<'rights.broken'> {
  constructor(kind: string, id: string, { problem, keyId, entry }: BrokenRights) {
    super(
      'rights.broken',
      problem === 'unknownKey'
        ? `the ${kind} ${id} was authenticated with the key ${String(keyId)}, which HISTORY_KEYS does not have; ` +
            'give it the key, or name the database that belongs to its keys'
        : `the ${kind} ${id} is not as the desk wrote it (${problem}${entry === undefined ? '' : ` ${entry}`})`,
    );
  }
}

/** What `work` answers; undefined where it needs a document of rights that is broken, which was reported by then. */
export async function unlessBroken<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RightsBrokenError) return undefined;
    throw error;
  }
}

/** What it takes to check a document, and to write one. */
export type RightsCheckPorts = Pick<World, 'historyKeys' | 'digest' | 'log' | 'meters'>;

/** The first schema with a head. */
const HEADED = 3;

/** The body with the head to write. */
export function withHead<Body extends object>(
  { historyKeys }: Pick<World, 'historyKeys'>,
  kind: string,
  id: string,
  { head: _, ...body }: Body & Authenticated,
): Omit<Body & Authenticated, 'head'> & { readonly head: KeyedCode } {
  return { ...body, head: historyKeys.authenticate(coveredText(kind, id, body)) };
}

function coveredText(kind: string, id: string, body: object): string {
  return canonical({ kind, of: id, body });
}

/** What is wrong with a document of a schema that this version knows; undefined where it is sound. */
export function brokenRights(
  ports: Pick<World, 'historyKeys'>,
  kind: string,
  id: string,
  { head, ...body }: Authenticated,
): BrokenRights | undefined {
  if ((body.schema ?? 1) < HEADED) {
    if (head) return { problem: 'head' };
    return isAllSealed(ports) ? { problem: 'unsealed' } : undefined;
  }
  if (!head) return { problem: 'head' };
  const found = ports.historyKeys.check(coveredText(kind, id, body), head);
  if (found === 'sound') return undefined;
  return found === 'unknownKey' ? { problem: found, keyId: head.keyId } : { problem: 'head' };
}

/** What is wrong with a whole journal; undefined where each entry follows from the one before. */
export function brokenJournal(
  { digest }: Pick<World, 'digest'>,
  journal: readonly JournalEntry[],
): BrokenRights | undefined {
  const index = firstBrokenJournalEntry(journal, (text) => digest.sha256(text));
  return index === undefined ? undefined : { problem: 'entry', entry: index + 1 };
}

/** Checks what is read. */
export interface RightsCheck {
  /** Throws a {@link RightsBrokenError}. */
  require(kind: string, id: string, broken: BrokenRights | undefined): void;
  /** Whether a document can be chosen from a list: of a known schema, and sound. */
  isUsable(kind: DocumentKind, id: string, body: object): boolean;
}

/** A document that an instance found broken. */
export interface ReportedRights extends BrokenRights {
  readonly kind: string;
  readonly id: string;
}

/** What each instance has reported. */
const reports = new WeakMap<HistoryKeys, Map<string, ReportedRights>>();

/** The documents of rights that this instance has found broken so far. */
export function reportedRights({ historyKeys }: Pick<World, 'historyKeys'>): Iterable<ReportedRights> {
  return reports.get(historyKeys)?.values() ?? [];
}

/** Each document that is broken is logged and counted once for each instance. */
export function createRightsCheck(ports: RightsCheckPorts): RightsCheck {
  const reported = reports.get(ports.historyKeys) ?? new Map<string, ReportedRights>();
  reports.set(ports.historyKeys, reported);
  const report = (kind: string, id: string, broken: BrokenRights): void => {
    const what = `${kind} ${id} ${broken.problem}`;
    if (reported.has(what)) return;
    reported.set(what, { ...broken, kind, id });
    ports.meters.brokenHistory();
    ports.log.error({ kind, of: id, ...broken }, 'Document of rights is broken; no right follows from it');
  };
  return {
    require(kind, id, broken) {
      if (!broken) return;
      report(kind, id, broken);
      throw new RightsBrokenError(kind, id, broken);
    },
    isUsable(kind, id, body) {
      if (!isKnownSchema(kind, body)) return false;
      const broken = brokenRights(ports, kind, id, body);
      if (broken) report(kind, id, broken);
      return broken === undefined;
    },
  };
}
