/**
 * Announcements: messages that belong to no claim, each a document with a queue of its own. The sweep delivers them, at
 * least once to each person: who delivers takes the document for a while, and notes each person who was reached.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { People, Person, Place } from '../directory/people.ts';
import { unlessBroken } from '../directory/rightsCheck.ts';
import type { Announce, Announcement, AnnouncementAudience } from '../ports/announcement.ts';
import type { Documents, NewDocument, Page, PageStart, StoredDocument } from '../ports/documents.ts';
import type { UnreachableReason } from '../ports/messenger.ts';
import { MAX_SEND_MS } from '../ports/messenger.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import { MAX_CLOCKS_APART_MS, MAX_RETRY_MS } from './lease.ts';

/** The kind of the documents. */
export const ANNOUNCEMENT = 'announcement';

/** An announcement and how far its delivery is. */
export interface AnnouncementBody {
  readonly schema: number;
  readonly what: Announcement;
  readonly to: AnnouncementAudience;
  readonly at: Instant;
  readonly attempts: number;
  readonly reached: readonly PersonId[];
  /** For whom Teams takes it never; absent where it took all. */
  readonly refused?: readonly PersonId[];
  /** When it is tried again; absent once it waits for people, or is finished. */
  readonly nextAt?: Instant;
  /** The people who could not be reached; it is tried again when one of them is seen. */
  readonly waitsFor: readonly PersonId[];
}

/** What storing an announcement needs of the outside. */
export type AnnouncePorts = Pick<World, 'documents' | 'clock'>;
/** What delivering announcements needs of the outside. */
export type AnnouncementPorts = Pick<World, 'documents' | 'clock' | 'messenger' | 'meters' | 'log' | 'settings'>;

const PAGE = 50;
/** Who delivers holds the document for each message that long; after a crash another takes it up. */
const HOLD_MS = MAX_SEND_MS + 15_000;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 6 * 3_600_000;
/** An announcement that old says nothing new: who has not been reached by then is not told any more. */
const MAX_AGE_MS = 30 * 86_400_000;

/** Stores announcements; see {@link Announce}. */
export function createAnnounce({ documents, clock }: AnnouncePorts): Announce {
  return async (key, what, to) => {
    const at = clock.now();
    const body: AnnouncementBody = {
      schema: schemaOf(ANNOUNCEMENT),
      what,
      to,
      at,
      attempts: 0,
      reached: [],
      nextAt: at,
      waitsFor: [],
    };
    await documents.create(documentOf(key, body));
  };
}

/**
 * Delivers what is due. A failure of one announcement never stops the others, and what a newer version wrote is left to
 * that version. Ends early once `stop` is aborted.
 */
export async function deliverAnnouncements(
  ports: AnnouncementPorts,
  people: People,
  stop?: AbortSignal,
): Promise<void> {
  const { documents, clock, log } = ports;
  const due = await documents.find<AnnouncementBody>({
    kind: ANNOUNCEMENT,
    name: 'wake',
    value: '',
    upTo: clock.now(),
    limit: PAGE,
  });
  for (const stored of due.documents) {
    if (stop?.aborted) return;
    if (!isKnownSchema(ANNOUNCEMENT, stored.body)) continue;
    try {
      await deliver(ports, people, stored);
    } catch (error) {
      log.error({ announcement: stored.body.what.kind, error }, 'Could not deliver an announcement; will retry');
    }
  }
}

/** Makes due again the announcements that wait for a person who was seen. */
export async function resumeAnnouncements({ documents, clock }: AnnouncePorts, person: PersonId): Promise<void> {
  const page = await documents.find<AnnouncementBody>({
    kind: ANNOUNCEMENT,
    name: 'waitsFor',
    value: person,
    limit: PAGE,
  });
  for (const { id, body, etag } of page.documents) {
    if (!isKnownSchema(ANNOUNCEMENT, body)) continue;
    // Where another writer is faster, the announcement is being delivered, and will look for the person itself.
    await documents.replace(documentOf(id, { ...body, nextAt: clock.now() }), etag);
  }
}

/**
 * Makes due each announcement that waits longer than the desk would have it wait by now: its wait was set by a clock
 * that was ahead. Where Teams itself asked for a longer one, it is only asked once more. Answers how many.
 */
export async function bringAnnouncementsNear({ documents, clock }: AnnouncePorts, stop: AbortSignal): Promise<number> {
  const now = clock.now();
  let brought = 0;
  let after: PageStart | undefined = { sort: now, id: '' };
  do {
    const find = { kind: ANNOUNCEMENT, name: 'wake', value: '', after, limit: PAGE } as const;
    const page: Page<AnnouncementBody> = await documents.find(find);
    for (const { id, body, etag } of page.documents) {
      if (stop.aborted) return brought;
      if (!isKnownSchema(ANNOUNCEMENT, body) || !isFar(body, now)) continue;
      // Where another writer is faster, it set the wait by its own clock.
      const near = { ...body, at: Math.min(body.at, now), nextAt: now };
      if (await save(documents, id, etag, near)) brought += 1;
    }
    after = page.next;
  } while (after);
  return brought;
}

function isFar({ attempts, nextAt = 0 }: AnnouncementBody, now: Instant): boolean {
  const longest = attempts === 0 ? 0 : Math.max(HOLD_MS, backOff(attempts));
  return nextAt > now + longest + MAX_CLOCKS_APART_MS;
}

async function deliver(
  ports: AnnouncementPorts,
  people: People,
  { id, body: found, etag }: StoredDocument<AnnouncementBody>,
): Promise<void> {
  const { documents, clock, log, messenger } = ports;
  const { what } = found;
  const isOver = clock.now() - found.at > MAX_AGE_MS;
  let held = await save(documents, id, etag, {
    ...found,
    attempts: found.attempts + 1,
    nextAt: clock.now() + HOLD_MS,
  });
  if (!held) return;
  const { to } = held.body;
  const recipients = isOver ? [] : await recipientsOf(ports, people, to);
  const unreached: PersonId[] = [];
  let retryMs: number | undefined;
  for (const person of recipients) {
    if (held.body.reached.includes(person.id) || held.body.refused?.includes(person.id)) continue;
    if (!isReachable(person)) {
      unreached.push(person.id);
      if (!held.body.waitsFor.includes(person.id))
        ports.meters.delivery('unreachable', person.unreachable ?? 'neverWrote');
      continue;
    }
    const content = { kind: 'announcement', what } as const;
    const sent = await messenger.post(people.addressOf(person, person.chat), content);
    if (sent.kind === 'tryLater') retryMs = Math.max(retryMs ?? 0, Math.min(sent.afterMs ?? 0, MAX_RETRY_MS));
    else if (sent.kind === 'unreachable' || sent.kind === 'gone') {
      unreached.push(person.id);
      await markUnreachable(people, person, sent.kind === 'gone' ? 'conversationLost' : sent.reason);
    } else {
      // What can never be delivered is not tried again.
      const isRefused = sent.kind === 'dead';
      if (isRefused)
        log.warn({ announcement: what.kind, reason: sent.reason }, 'Teams refuses an announcement for good');
      const { reached, refused = [] } = held.body;
      held = await save(documents, id, held.etag, {
        ...held.body,
        ...(isRefused ? { refused: [...refused, person.id] } : { reached: [...reached, person.id] }),
        nextAt: clock.now() + HOLD_MS,
      });
      // Another instance has taken it up: it goes on.
      if (!held) return;
    }
  }
  const back = await Promise.all(unreached.map(async (person) => isReachable(await people.personOf(person))));
  // Nothing is parked for a person who came back meanwhile: no one would resume it.
  if (back.includes(true)) retryMs ??= 0;
  // Where no one holds the role, or no one who does can be reached, another may get it soon.
  if (!isOver && to.kind !== 'person' && held.body.reached.length === 0) retryMs ??= LAST_RETRY_MS;
  const { nextAt: _, ...rest } = held.body;
  await save(documents, id, held.etag, {
    ...rest,
    ...(retryMs !== undefined && { nextAt: clock.now() + Math.max(retryMs, backOff(rest.attempts)) }),
    waitsFor: unreached,
  });
}

function isReachable(person: Person): person is Person & { readonly chat: Place } {
  return person.chat !== undefined && person.unreachable === undefined;
}

/** A person who has another chat by now was only lost in the old one. */
async function markUnreachable(people: People, { id, chat }: Person, reason: UnreachableReason): Promise<void> {
  await people.alter(id, (known) =>
    known.chat?.conversationId === chat?.conversationId ? { ...known, unreachable: reason } : known,
  );
}

function backOff(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);
}

/** Whom an announcement is for now. */
async function recipientsOf(
  { settings }: AnnouncementPorts,
  people: People,
  to: AnnouncementAudience,
): Promise<readonly Person[]> {
  switch (to.kind) {
    case 'operators': {
      // One whose own document is broken must not keep the others from being told of it.
      const configured = await Promise.all(
        settings.operators.map((id) => unlessBroken(() => people.personOf(id as PersonId))),
      );
      const all = [...(await people.withRole('operator')), ...configured.filter((person) => person !== undefined)];
      return [...new Map(all.map((person) => [person.id, person])).values()];
    }
    case 'organisation':
      return (await people.everOf('ofPartner', to.id)).filter(({ memberships }) =>
        memberships.some(({ organisation }) => organisation === to.id),
      );
    case 'person':
      return [await people.personOf(to.id)];
  }
}

async function save(
  documents: Documents,
  id: string,
  etag: string,
  body: AnnouncementBody,
): Promise<StoredDocument<AnnouncementBody> | undefined> {
  const written = await documents.replace(documentOf(id, body), etag);
  return written === 'changed' ? undefined : { id, body, etag: written.etag };
}

function documentOf(id: string, body: AnnouncementBody): NewDocument<AnnouncementBody> {
  return {
    kind: ANNOUNCEMENT,
    id,
    body,
    keys: [
      ...(body.nextAt === undefined ? [] : [{ name: 'wake', value: '', sort: body.nextAt }]),
      ...body.waitsFor.map((value) => ({ name: 'waitsFor', value })),
    ],
  };
}
