/**
 * Retention: when the files of a claim end. Nothing removes them automatically; the operators' command `retention`
 * does, first as a dry run. Assessment records have no end (R53).
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { stageOf } from '../../domain/claims/claim.ts';
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { readClaim, touchedAt } from '../records/claimRecord.ts';
import { schemaOf } from '../records/schemaVersion.ts';
import { poeKey } from './poeFiles.ts';

/** For how long files are kept after what ends their use; see the settings RETAIN_* in `.env.example`. */
export interface Retention {
  /** Of PoE that was removed from a draft, from its removal. */
  readonly removedDays: number;
  /** Of drafts that were discarded, from then. */
  readonly discardedDays: number;
  /** Of claims that are final, from their last change. */
  readonly finalYears: number;
}

/**
 * Why a file ends. `removed`: the partner removed it from the draft (R13). `discarded`: the draft was discarded (R14).
 * `erased`: who sent it was erased on request. `final`: the claim is rejected for good (R27, R29, R60), or its consent
 * has passed (R25).
 */
export type EndReason = 'removed' | 'discarded' | 'final' | 'erased';

/** What becomes of a file: when it ends and why, or that it is kept because its claim is a draft or under way. */
export type FileEnd = { readonly poe: PoeId; readonly key: string } & (
  | { readonly why: EndReason; readonly endsAt: Instant }
  | { readonly keptBecause: 'draft' | 'underWay' }
);

const DAY_MS = 86_400_000;
/** A year is never shorter than this, so nothing ends early. */
const YEAR_MS = 366 * DAY_MS;

/** What becomes of each file that was ever added to a claim, in the order in which they were added. Pure. */
export function fileEnds(
  { claim, body }: Pick<ClaimRecord, 'claim' | 'body'>,
  retention: Retention,
): readonly FileEnd[] {
  const removedAt = new Map<PoeId, Instant>();
  for (const { event } of body.entries) if (event.type === 'PoeRemoved') removedAt.set(event.poeId, event.at);
  const whole = endOfClaim({ claim, body }, retention);
  return body.entries.flatMap(({ event }): FileEnd[] => {
    if (event.type !== 'PoeAdded') return [];
    const { id: poe } = event.poe;
    const file = { poe, key: poeKey(claim.id, poe) };
    const removed = removedAt.get(poe);
    if (removed === undefined) return [{ ...file, ...whole }];
    return [{ ...file, why: 'removed', endsAt: removed + retention.removedDays * DAY_MS }];
  });
}

/** When the use of a claim's files ends, but for those that were removed before; or why it has no end yet. */
export type ClaimEnd =
  | { readonly why: EndReason; readonly endsAt: Instant }
  | { readonly keptBecause: 'draft' | 'underWay' };

export function endOfClaim(
  { claim, body }: Pick<ClaimRecord, 'claim' | 'body'>,
  { discardedDays, finalYears }: Retention,
): ClaimEnd {
  const lastChange = touchedAt(claim, body);
  switch (stageOf(claim)) {
    case 'Editing':
      return { keptBecause: 'draft' };
    case 'Discarded':
      return { why: 'discarded', endsAt: lastChange + discardedDays * DAY_MS };
    case 'ConsentPassed':
    case 'Upheld':
    case 'WindowClosed':
    case 'FinallyDeclined':
      return { why: 'final', endsAt: lastChange + finalYears * YEAR_MS };
    case 'Submitted':
    case 'UnderReview':
    case 'PartnerActionRequired':
    case 'ConsentOpen':
    case 'Disputable':
    case 'Disputed':
      return { keptBecause: 'underWay' };
  }
}

type RemovalPorts = Pick<World, 'clock' | 'documents' | 'files'>;
/** What ending a file needs of the outside. */
export type EndPorts = ClaimPorts & RemovalPorts;

/** The kind of the documents of files that ended; the id of one is that of the PoE. */
export const ENDED_FILE = 'endedFile';

/** The body: which file was removed, why, and when its end had come. A check of the files expects it to be missing. */
export interface EndedFile {
  readonly schema: number;
  readonly key: string;
  readonly claim: ClaimId;
  readonly why: EndReason;
  readonly endsAt: Instant;
  readonly removedAt: Instant;
}

/**
 * Removes one file whose end has come: `kept` where it has not, by the claim as it is read again now. First it is
 * recorded that the file ended, then the file is removed, so that a crash between the two leaves a file too many and
 * never one too few; called again, it removes what is left.
 *
 * For the command `retention`: for every claim of a scan list `fileEnds(record, config.retention)`; the dry run shows
 * them. With the operator's yes call this for those with `endsAt` at or before now. It knows no legal holds: leave out
 * claims that are under one, and those of a person who is.
 */
export async function endFile(
  ports: EndPorts,
  claim: ClaimId,
  poe: PoeId,
  retention: Retention,
): Promise<'removed' | 'kept'> {
  const record = await readClaim(ports, claim);
  const end = record && fileEnds(record, retention).find((file) => file.poe === poe);
  if (!end || !('endsAt' in end) || end.endsAt > ports.clock.now()) return 'kept';
  const { why, endsAt } = end;
  await removeFile(ports, { claim, poe, why, endsAt });
  return 'removed';
}

/** Removes a file whose sender was erased, whenever its end would have come. */
export async function endErasedFile(ports: RemovalPorts, claim: ClaimId, poe: PoeId): Promise<void> {
  await removeFile(ports, { claim, poe, why: 'erased', endsAt: ports.clock.now() });
}

/** Said first, then done. */
async function removeFile(
  { clock, documents, files }: RemovalPorts,
  { claim, poe, why, endsAt }: Pick<EndedFile, 'claim' | 'why' | 'endsAt'> & { readonly poe: PoeId },
): Promise<void> {
  const key = poeKey(claim, poe);
  const body: EndedFile = { schema: schemaOf(ENDED_FILE), key, claim, why, endsAt, removedAt: clock.now() };
  await documents.create({ kind: ENDED_FILE, id: poe, body, keys: [] });
  await files.remove(key);
}

/** Whether retention has removed a file, and so it is not missing. */
export async function hasEnded({ documents }: Pick<World, 'documents'>, poe: PoeId): Promise<boolean> {
  const stored = await documents.read<EndedFile>(ENDED_FILE, poe);
  return stored !== undefined;
}
