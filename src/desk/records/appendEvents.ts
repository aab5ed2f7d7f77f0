/** What happened goes into the claim's document: events at the end of the history, their notices into the outbox. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Happenings } from '../../domain/claims/dueClocks.ts';
import type { Chaining, Entry } from '../../domain/claims/history.ts';
import { append, sealHistory } from '../../domain/claims/history.ts';
import type { Notice } from '../../domain/claims/notices.ts';
import type { World } from '../ports/world.ts';
import { isAnchored } from './anchoring.ts';
import type { ClaimBody, ClaimRecord } from './claimRecord.ts';
import { CLAIM, foldEntries } from './claimRecord.ts';
import { isUnsealed } from './historyCheck.ts';
import type { OutboxEntry } from './outboxEntry.ts';
import { isParked } from './outboxEntry.ts';
import { schemaOf } from './schemaVersion.ts';

/** What adding to a history needs of the outside. */
export type ChainingPorts = Pick<World, 'clock' | 'digest' | 'random' | 'anchors'>;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Six random bits a letter: more than 128. */
const SALT_LETTERS = 22;

/** What new entries are chained with. */
export function chainingOf({ digest, random }: Pick<World, 'digest' | 'random'>): Chaining {
  return {
    hash: (text) => digest.sha256(text),
    newSalt: () => Array.from(random.randomBytes(SALT_LETTERS), (byte) => LETTERS[byte % 64]).join(''),
  };
}

/**
 * The claim as it can be written: old entries sealed, so that its words can be erased (R55). What a version before
 * wrote is sealed at the first write of this one; any other record stays as it is.
 */
export function sealedRecord(ports: ChainingPorts, record: ClaimRecord): ClaimRecord {
  if (!isUnsealed(record.body)) return record;
  const { entries } = record.body;
  const sealed = sealHistory(entries, { recordedAt: ports.clock.now() }, chainingOf(ports));
  const body: ClaimBody = { ...record.body, schema: schemaOf(CLAIM), entries: sealed };
  return { ...record, body, claim: foldEntries(sealed) };
}

/**
 * The body with `happenings` appended, and their notices queued; where there are anchors, so is the head of each entry
 * that is to be anchored. `press` names the request that asked for the last of them (R58). */
export function appendEvents(
  ports: ChainingPorts,
  body: ClaimBody,
  { events, notices }: Pick<Happenings, 'events' | 'notices'>,
  press?: string,
): ClaimBody {
  const recordedAt = ports.clock.now();
  const facts = { recordedAt, ...(press !== undefined && { press }) };
  const entries = append(body.entries, events, facts, chainingOf(ports));
  const heads = ports.anchors ? entries.slice(body.entries.length).filter(isAnchored).map(headNotice) : [];
  const queued = [...notices, ...heads].map(
    (notice): OutboxEntry => ({
      ...notice,
      attempts: 0,
      nextAt: nextAtFor(notice, body.outbox, recordedAt),
      reached: [],
    }),
  );
  return { ...body, entries, outbox: [...body.outbox, ...queued] };
}

/** What brings the head of an entry to the anchors. No clock waits for it. */
function headNotice({ version, event }: Entry): Notice {
  return { id: `${version}:anchor`, audience: 'anchor', version, event: event.type, line: false };
}

/** Behind what the same audience has not received yet: in order, and not before Teams asked to be tried again. */
function nextAtFor({ audience }: Notice, outbox: readonly OutboxEntry[], now: Instant): Instant {
  return Math.max(
    now,
    ...outbox.map((other) => (other.audience === audience && !isParked(other) ? other.nextAt : now)),
  );
}
