/** Read, decide, save if unchanged; when another writer was faster, read and decide again. */
import { DeskError } from '../../domain/deskError.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimCommand, CommandType } from '../../domain/claims/commands.ts';
import type { CommandOutcome } from '../../domain/claims/handleCommand.ts';
import { hasActingClock, needsSides } from '../../domain/claims/dueClocks.ts';
import { handleCommand } from '../../domain/claims/handleCommand.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { SidesSource } from '../directory/sides.ts';
import { sidesOf } from '../directory/sides.ts';
import type { World } from '../ports/world.ts';
import { appendEvents, sealedRecord } from '../records/appendEvents.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { CLAIM, claimDocument, readClaim } from '../records/claimRecord.ts';
import { entryOfPress } from '../records/presses.ts';

/** What handling a command needs of the outside. */
export type HandlePorts = Pick<
  World,
  'documents' | 'anchors' | 'clock' | 'random' | 'digest' | 'historyKeys' | 'rules' | 'log' | 'meters' | 'pause'
>;

/** What came of a command, with the claim as it is stored then. */
export type HandleResult =
  | { readonly kind: 'done'; readonly record: ClaimRecord; readonly entry: Entry }
  /** The same request was handled before (R58): nothing was done again. */
  | { readonly kind: 'repeated'; readonly record: ClaimRecord; readonly entry: Entry }
  /** The claim is already as the command wants it; nothing was written. */
  | { readonly kind: 'nothing'; readonly record: ClaimRecord }
  | { readonly kind: 'refused'; readonly record: ClaimRecord; readonly refusal: Refusal }
  | { readonly kind: 'notFound' };

/** Makes the command for a claim as it was read; called for each try, so that roles and time are read again. */
export type CommandFactory = (record: ClaimRecord) => Promise<ClaimCommand> | ClaimCommand;

const MAX_TRIES = 25;

/**
 * A database keeps documents of 2 MB. Once the history has this many bytes the claim refuses the commands that only
 * fill it, so that there is always room for deadlines and decisions. That a message was deleted is still recorded: it
 * happens at most once to each.
 */
const MAX_HISTORY_BYTES = 1_000_000;
const FILLING: ReadonlySet<CommandType> = new Set([
  'EditFields',
  'AddPoe',
  'RemovePoe',
  'AddComment',
  'EditComment',
  'FollowClaim',
  'MuteClaim',
  'RecordObjection',
  'WithdrawObjection',
]);

/** Too many writers changed the same claim at once; this command changed nothing. */
export class ContentionError extends DeskError<'claim.contention'> {
  constructor(message: string, options?: ErrorOptions) {
    super('claim.contention', message, options);
  }
}

/**
 * Handles one command for one claim. `press` is its idempotency key, by which a redelivery is recognised (R58). Throws
 * {@link ContentionError} where the claim could not be saved in 25 tries.
 */
export async function handle(
  ports: HandlePorts,
  people: SidesSource,
  id: ClaimId,
  makeCommand: CommandFactory,
  press?: string,
): Promise<HandleResult> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const stored = await readClaim(ports, id);
    if (!stored) return { kind: 'notFound' };
    const record = sealedRecord(ports, stored);
    const known = press === undefined ? undefined : entryOfPress(ports, record.body, press);
    if (known) return { kind: 'repeated', record, entry: known };
    const command = await makeCommand(record);
    if (FILLING.has(command.type) && isFull(record.body))
      return { kind: 'refused', record: stored, refusal: { code: 'claimFull' } };
    const sides = isMatterOfSides(record.claim, command) ? await sidesOf(people, record.claim, command.at) : undefined;
    // The sides took several reads: that another writer was faster meanwhile is seen before a write is wasted.
    if (sides && (await ports.documents.read(CLAIM, id))?.etag !== record.etag) continue;
    const outcome = handleCommand(record.claim, command, ports.rules, sides);
    const done = outcome.answer.kind === 'done';
    const saved = outcome.events.length === 0 ? stored : await save(ports, record, outcome, done ? press : undefined);
    if (saved) return answer(outcome.answer, saved);
    ports.meters.conflict();
    await ports.pause((attempt * (ports.random.randomBytes(1)[0] ?? 0)) / 64);
  }
  throw new ContentionError(`claim ${id} was written by others ${MAX_TRIES} times in a row`);
}

/**
 * Whether both sides have to be read for a command: a clock that decides against one of them is due, or runs and the
 * claim is looked at for its own sake.
 */
function isMatterOfSides(claim: Claim, { type, at }: ClaimCommand): boolean {
  return type === 'Wake' ? hasActingClock(claim) : needsSides(claim, at);
}

function isFull({ entries }: ClaimBody): boolean {
  return new TextEncoder().encode(JSON.stringify(entries)).length > MAX_HISTORY_BYTES;
}

function answer(answer: CommandOutcome['answer'], record: ClaimRecord): HandleResult {
  switch (answer.kind) {
    case 'nothing':
      return { kind: 'nothing', record };
    case 'refused':
      return answer.refusal.code === 'notFound'
        ? { kind: 'notFound' }
        : { kind: 'refused', record, refusal: answer.refusal };
    case 'done':
      return { kind: 'done', record, entry: lastEntry(record.body) };
  }
}

/** The newest entry of a claim's history. Throws for a body without entries, which is never stored. */
export function lastEntry(body: ClaimBody): Entry {
  const entry = body.entries.at(-1);
  if (!entry) throw new Error('a claim has at least one entry');
  return entry;
}

/** Writes what happened and its notices in one replace-if-unchanged; undefined when another writer was faster. */
async function save(
  ports: HandlePorts,
  record: ClaimRecord,
  outcome: CommandOutcome,
  press: string | undefined,
): Promise<ClaimRecord | undefined> {
  const { claim } = outcome;
  const body = appendEvents(ports, record.body, outcome, press);
  const written = await ports.documents.replace(claimDocument(ports, claim, body), record.etag);
  return written === 'changed' ? undefined : { claim, body, etag: written.etag };
}
