/** Load, decide, save if unchanged; when somebody was faster, read again and decide again. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { ClaimCommand, CommandType } from '../../domain/claims/commands.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import { evolve } from '../../domain/claims/evolve.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { append } from '../../domain/claims/history.ts';
import type { Notice } from '../../domain/claims/notices.ts';
import { noticesOf } from '../../domain/claims/notices.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import { handleCommand } from '../../domain/claims/settle.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import type { OutboxEntry } from '../records/outboxEntry.ts';
import { claimDocument, readClaim } from '../records/claimRecord.ts';
import type { World } from '../ports/world.ts';

export type HandleResult =
  | { readonly kind: 'done'; readonly record: ClaimRecord; readonly entry: Entry }
  /** The same press was taken before (R58): nothing was done again. */
  | { readonly kind: 'repeated'; readonly record: ClaimRecord; readonly entry: Entry }
  /** It was so already. */
  | { readonly kind: 'nothing'; readonly record: ClaimRecord }
  | { readonly kind: 'refused'; readonly record: ClaimRecord; readonly refusal: Refusal }
  | { readonly kind: 'notFound' };

/** The command for a claim as it stands; asked anew for each try, so that roles and time are read again. */
export type CommandFactory = (record: ClaimRecord) => Promise<ClaimCommand> | ClaimCommand;

const TRIES = 25;

/**
 * A database keeps documents of 2 MB. From so many bytes of history on the claim takes nothing more that only fills it, so that there
 * is always room for what decides: for its deadlines and for those who judge it. That a message was deleted is
 * recorded all the same: it happens once to each.
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
]);

/** Too many others wrote the same claim at once; nothing was changed by this command. */
export class ContentionError extends Error {
  readonly code = 'contention';
}

/** Handle one command for one claim. `press` names it, so that its redelivery is known (R58). */
export async function handle(world: World, id: ClaimId, ask: CommandFactory, press?: string): Promise<HandleResult> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const record = await readClaim(world.documents, id);
    if (!record) return { kind: 'notFound' };
    const known = press === undefined ? undefined : record.body.entries.find((entry) => entry.press === press);
    if (known) return { kind: 'repeated', record, entry: known };
    const command = await ask(record);
    if (FILLING.has(command.type) && isFull(record.body))
      return { kind: 'refused', record, refusal: { code: 'claimFull' } };
    const outcome = handleCommand(record.claim, command, world.rules);
    const done = outcome.answer.kind === 'done';
    const saved =
      outcome.events.length === 0
        ? record
        : await save(world, record, outcome.events, outcome.claim, done ? press : undefined);
    if (saved) return answer(outcome.answer, saved);
    world.meters.conflict();
    await world.pause((attempt * (world.ids.randomBytes(1)[0] ?? 0)) / 64);
  }
  throw new ContentionError(`claim ${id} was written by others ${TRIES} times in a row`);
}

function isFull({ entries }: ClaimBody): boolean {
  return new TextEncoder().encode(JSON.stringify(entries)).length > MAX_HISTORY_BYTES;
}

function answer(answer: ReturnType<typeof handleCommand>['answer'], record: ClaimRecord): HandleResult {
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

export function lastEntry(body: ClaimBody): Entry {
  const entry = body.entries.at(-1);
  if (!entry) throw new Error('a claim has at least one entry');
  return entry;
}

/** Writes events and their notices in one replace-if-unchanged; undefined when somebody was faster. */
async function save(
  world: World,
  record: ClaimRecord,
  events: readonly ClaimEvent[],
  claim: Claim,
  press: string | undefined,
): Promise<ClaimRecord | undefined> {
  const body = appendEvents(world, record.claim, record.body, events, press);
  const written = await world.documents.replace(claimDocument(claim, body), record.etag);
  return written === 'changed' ? undefined : { claim, body, etag: written.etag };
}

/** The body with more events at the end of its history and their notices in its outbox. */
export function appendEvents(
  world: World,
  before: Claim | undefined,
  body: ClaimBody,
  events: readonly ClaimEvent[],
  press?: string,
): ClaimBody {
  const recordedAt = world.clock.now();
  const outgoing: OutboxEntry[] = [];
  let claim = before;
  for (const event of events) {
    claim = evolve(claim, event);
    outgoing.push(
      ...noticesOf(event, claim).map((notice) => ({
        ...notice,
        attempts: 0,
        nextAt: turnOf(notice, body.outbox, recordedAt),
        reached: [],
      })),
    );
  }
  const facts = { recordedAt, ...(press !== undefined && { press }) };
  return {
    ...body,
    entries: append(body.entries, events, facts, (text) => world.ids.sha256(text)),
    outbox: [...body.outbox, ...outgoing],
  };
}

/** Behind what its audience has not got yet: in order, and not before Teams asked to be tried again. */
function turnOf({ audience }: Notice, outbox: readonly OutboxEntry[], now: Instant): Instant {
  return Math.max(now, ...outbox.map((other) => (other.audience === audience ? (other.nextAt ?? now) : now)));
}
