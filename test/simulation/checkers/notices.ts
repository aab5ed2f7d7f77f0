/**
 * Checks that everyone who must be told is told (R43, R47–R51), and that no notice counts as delivered that was not
 * sent (R45).
 */
import type { Rights } from '../world/personas.ts';
import { organisationId } from '../world/personas.ts';
import type { Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import { Messages } from './support/messages.ts';
import type { ClaimState } from './support/claimState.ts';
import type { StoredClaim, StoredEntry, StoredNotice } from './support/storedClaim.ts';
import { asClaim } from './support/storedClaim.ts';
import type { RequiredNotice } from './support/requiredNotices.ts';
import { requiredNotices } from './support/requiredNotices.ts';
import { ANCHORED } from './support/anchored.ts';

const ANCHOR = 'anchor';

/** A notice on its way, and the entry that it tells of, with when that was written. */
interface Pending {
  readonly notice: StoredNotice;
  readonly entry: StoredEntry;
  readonly since: number;
}

interface Own {
  readonly pending: Map<string, Pending>;
  /** What this write must put into the outbox. */
  expected: Map<string, Omit<Pending, 'notice'> & { readonly telling: RequiredNotice }>;
  /** All notices that ever started a clock, by their ids: one may be brought again to another of its side (R45). */
  readonly starting: Map<string, Pick<Pending, 'entry' | 'since'>>;
  /** The ends that the document kept. */
  told: ReadonlySet<string>;
}

export function createNoticesChecker(groundTruth: GroundTruth): Checker {
  const messages = new Messages();
  const claims = new ClaimWrites<Own>(groundTruth, () => ({
    pending: new Map(),
    expected: new Map(),
    starting: new Map(),
    told: new Set(),
  }));

  function check(
    wrote: DocumentWritten,
    claim: ClaimState,
    own: Own,
    body: StoredClaim,
    fresh: readonly StoredEntry[],
  ): readonly string[] {
    const here = new Map(body.outbox.map((notice) => [notice.id, notice]));
    const problems = [...arrived(own, here, body.entries, wrote.at), ...altered(own, here)];
    for (const { id } of body.outbox)
      problems.push(...newlyReached(wrote, claim, own.pending.get(id), here.get(id), body));
    const ends = ended(own, here, body, (version) => isAnchored(wrote.id, body.entries[version - 1]));
    problems.push(...ends.problems, ...undelivered(fresh, body.entries, ends.delivered));
    own.told = new Set(body.told.map(({ id }) => id));
    for (const notice of here.values()) {
      const known = own.pending.get(notice.id);
      if (known) own.pending.set(notice.id, { ...known, notice });
    }
    return problems;
  }

  function isAnchored(id: string, entry: StoredEntry | undefined): boolean {
    return groundTruth
      .anchors()
      .some(
        ({ claim, version, hash, isSigned }) =>
          isSigned && claim === id && version === entry?.version && hash === entry.hash,
      );
  }

  /** Everyone who was newly reached was sent something. */
  function newlyReached(
    wrote: DocumentWritten,
    claim: ClaimState,
    before: Pending | undefined,
    notice: StoredNotice | undefined,
    body: StoredClaim,
  ): readonly string[] {
    if (!before || !notice) return [];
    return notice.reached
      .filter((home) => !before.notice.reached.includes(home))
      .flatMap((home) => {
        const wrong = unsent(wrote, claim, { ...before, notice }, home, body);
        return wrong === undefined
          ? []
          : [`the notice ${notice.id} of ${notice.event} counts as brought to ${home}, but ${wrong} (R45, R47)`];
      });
  }

  function unsent(
    wrote: DocumentWritten,
    claim: ClaimState,
    { notice, entry, since }: Pending,
    home: string,
    body: StoredClaim,
  ): string | undefined {
    // An edit where there is no card, or where it has moved from, is none (R47).
    if (!notice.line || needsNothing(wrote, claim, home, body, since)) return undefined;
    const at = body.homes[home];
    if (!at) return 'no card of the claim lies there';
    if (messages.hasCard(wrote.id, at.conversationId, notice.version, since, 'post')) return undefined;
    if (!messages.hasCard(wrote.id, at.conversationId, notice.version, since))
      return 'no card was sent that shows as much';
    if (learnsByEdit(notice, entry, claim, at.person) || messages.countLine(wrote.id, at.conversationId, since))
      return undefined;
    return 'the card was edited without a line';
  }

  /** A user's own chat with the bot, as it is known now. */
  function chatOf(person: string): string | undefined {
    for (const { id, body } of groundTruth.documents('person'))
      if (id === person) return (body as { readonly chat?: { readonly conversationId: string } }).chat?.conversationId;
    return undefined;
  }

  /**
   * Whose own chat is another home of the claim is told there; and nothing goes to who may not read it any more (R6).
   */
  function needsNothing(
    wrote: DocumentWritten,
    claim: ClaimState,
    home: string,
    { homes }: StoredClaim,
    since: number,
  ): boolean {
    if (!home.startsWith('person:')) return false;
    const id = home.slice('person:'.length);
    const chat = chatOf(id);
    if (
      ['partner', 'customer'].some(
        (name) => homes[name]?.person === id || (homes[name] && homes[name].place === (homes[home]?.place ?? chat)),
      )
    )
      return true;
    return groundTruth.everBetween(id, since, wrote.at, (rights) => mayNotRead(rights, claim));
  }

  return {
    name: 'notices',
    taken: (taken) => {
      messages.take(taken);
      return [];
    },
    wrote: (wrote) =>
      claims.wrote(wrote, {
        after({ entry, claim, own }) {
          for (const telling of requiredNotices(entry.event, claim).values())
            own.expected.set(`${claim.version}:${telling.audience}`, { telling, entry, since: wrote.at });
          return [];
        },
        end: (claim, own, body, fresh) => check(wrote, claim, own, body, fresh),
      }),
    ended: () =>
      [...groundTruth.documents('claim')].flatMap(({ id, body }) =>
        groundTruth.isUncheckable(id) ? [] : leftOver(asClaim(body)).map((what) => `${id}: ${what}`),
      ),
  };
}

/** What the new entries must put into the outbox is there as it should be, and nothing else came. */
function arrived(
  own: Own,
  here: ReadonlyMap<string, StoredNotice>,
  entries: readonly StoredEntry[],
  at: number,
): readonly string[] {
  const problems: string[] = [];
  for (const [id, { telling, entry, since }] of own.expected) {
    const notice = here.get(id);
    const what = `${entry.event.type} to ${telling.audience} (${id})`;
    if (!notice) {
      problems.push(`there is no notice of ${what} (R43, R47)`);
      continue;
    }
    if (notice.line !== telling.line)
      problems.push(
        `the notice of ${what} is ${notice.line ? 'a line' : 'an edit'} and should be ${telling.line ? 'a line' : 'an edit'} (R47)`,
      );
    if (notice.starts !== telling.starts)
      problems.push(
        `the notice of ${what} starts ${notice.starts ?? 'no clock'} instead of ${telling.starts ?? 'none'} (R45)`,
      );
    if (notice.version !== entry.version || notice.audience !== telling.audience || notice.event !== entry.event.type)
      problems.push(`the notice of ${what} says that it is something else`);
    if (notice.reached.length > 0 || notice.attempts > 0 || notice.nextAt === undefined)
      problems.push(`the notice of ${what} is not to be brought, from the beginning`);
    own.pending.set(id, { notice: { ...notice, reached: [] }, entry, since });
    if (telling.starts) own.starting.set(id, { entry, since });
  }
  for (const [id, notice] of here) {
    if (own.pending.has(id)) continue;
    const known = retold(own, notice) ?? redirected(notice, entries, at) ?? anchoring(notice, entries, at);
    if (known) own.pending.set(id, { ...known, notice: { ...notice, reached: [] } });
    else problems.push(`the notice ${id} is about nothing that a user there must be told of (R47)`);
  }
  own.expected = new Map();
  return problems;
}

/** Where the person who was told is gone, the same is told to another of their side (R45). */
function retold(
  { starting }: Own,
  { id, version, audience }: StoredNotice,
): Pick<Pending, 'entry' | 'since'> | undefined {
  const first = `${version}:${audience}`;
  return id.startsWith(`${first}:`) ? starting.get(first) : undefined;
}

/**
 * What an assignee can do nothing about any more goes to the leads and the review thread from now on, by true time (R5,
 * R43).
 */
function redirected(
  { id, version, audience, reached }: StoredNotice,
  entries: readonly StoredEntry[],
  at: number,
): Pick<Pending, 'entry' | 'since'> | undefined {
  const entry = entries[version - 1];
  const isAsking = entry?.event.type === 'ClockReminded' || entry?.event.type === 'ClockEscalated';
  const isTheirs = (audience === 'leads' || audience === 'review') && id === `${version}:${audience}`;
  return entry && isAsking && isTheirs && reached.length === 0 ? { entry, since: at } : undefined;
}

/** The head of a decision is brought to the anchors, by a notice that no one reads (R55). */
function anchoring(
  { id, version, audience, event, line, starts }: StoredNotice,
  entries: readonly StoredEntry[],
  at: number,
): Pick<Pending, 'entry' | 'since'> | undefined {
  const entry = entries[version - 1];
  const isHead = audience === ANCHOR && id === `${version}:${ANCHOR}` && !line && starts === undefined;
  return entry && isHead && entry.event.type === event && ANCHORED.has(event) ? { entry, since: at } : undefined;
}

function altered({ pending }: Own, here: ReadonlyMap<string, StoredNotice>): readonly string[] {
  return [...here].flatMap(([id, { line, starts, version, event, audience, reached }]) => {
    const before = pending.get(id)?.notice;
    if (!before) return [];
    const isSame =
      before.line === line &&
      before.starts === starts &&
      before.version === version &&
      before.event === event &&
      before.audience === audience;
    return [
      ...(isSame ? [] : [`the notice ${id} has become another`]),
      ...(before.reached.every((home) => reached.includes(home))
        ? []
        : [`the notice ${id} has forgotten whom it reached`]),
    ];
  });
}

/** A document keeps the newest ends only; of more at once some are not to be seen. */
const MAX_ENDS = 100;

/** A notice goes only when its end is written down: delivered to a user, or with a reason. */
function ended(
  own: Own,
  here: ReadonlyMap<string, StoredNotice>,
  { told }: StoredClaim,
  isAnchored: (version: number) => boolean,
): { readonly problems: readonly string[]; readonly delivered: readonly StoredNotice[] } {
  const problems: string[] = [];
  const delivered: StoredNotice[] = [];
  const ends = new Map(told.filter(({ id }) => !own.told.has(id)).map((end) => [end.id, end]));
  for (const id of ends.keys())
    if (!own.pending.has(id)) problems.push(`the notice ${id} comes to an end that was not on its way`);
  for (const [id, { notice }] of [...own.pending]) {
    if (here.has(id)) continue;
    own.pending.delete(id);
    const end = ends.get(id);
    if (!end && ends.size < MAX_ENDS)
      problems.push(`the notice ${id} of ${notice.event} is gone, and nothing says what became of it (R47)`);
    if (!end) continue;
    if (end.outcome === 'delivered') {
      delivered.push(notice);
      if (notice.audience === ANCHOR) {
        if (!isAnchored(notice.version))
          problems.push(
            `the head of version ${notice.version} counts as anchored, and the anchors do not have it (R55)`,
          );
      } else if (!isReached(notice) && end.reason !== 'recordWritten')
        problems.push(`the notice ${id} of ${notice.event} counts as delivered, but no one was reached (R45)`);
      if (end.reason === 'recordWritten' && notice.audience !== 'assessor')
        problems.push(`the notice ${id} of ${notice.event} counts as a record`);
    } else if (!['unreachable', 'dead'].includes(end.outcome) || !end.reason)
      problems.push(`the notice ${id} of ${notice.event} ended as ${end.outcome} without a reason (R45)`);
  }
  return { problems, delivered };
}

const HOMES = ['review', 'partner', 'customer'];
const isReached = ({ audience, reached }: StoredNotice): boolean =>
  HOMES.includes(audience) || audience.startsWith('person:') ? reached.includes(audience) : reached.length > 0;

/** A clock starts to run with the delivery of the very notice that starts it (R45). */
function undelivered(
  fresh: readonly StoredEntry[],
  entries: readonly StoredEntry[],
  delivered: readonly StoredNotice[],
): readonly string[] {
  return fresh.flatMap(({ version, event }) => {
    const { clock } = event;
    if (event.type !== 'NoticeDelivered' || clock === undefined) return [];
    const start = entries.findLast(
      (entry) => entry.version < version && entry.event.clocks?.[clock]?.state === 'awaitingDelivery',
    );
    const isDelivered = delivered.some(
      (notice) => notice.starts === clock && notice.version === start?.version && notice.line && isReached(notice),
    );
    return isDelivered
      ? []
      : [
          `NoticeDelivered of ${clock}, but the notice that starts it (version ${String(start?.version)}) was not delivered (R45)`,
        ];
  });
}

/** Who muted the claim, or wrote the comment in that very chat, needs no line; deadlines are told to all (R47). */
function learnsByEdit(
  { starts }: StoredNotice,
  { event }: StoredEntry,
  claim: ClaimState,
  person: string | undefined,
): boolean {
  if (person === undefined) return false;
  if ((event.type === 'CommentAdded' || event.type === 'ObjectionRecorded') && event.by.id === person) return true;
  return (
    starts === undefined && event.type !== 'ClockReminded' && event.type !== 'ClockEscalated' && claim.muted.has(person)
  );
}

/**
 * Of a member of the vendor or of the partner; what a customer may read is not asked here, for customers follow
 * nothing.
 */
function mayNotRead({ member, staff }: Rights, { partner, wasSubmitted }: ClaimState): boolean {
  if (member && organisationId(member.of) === partner) return false;
  return !wasSubmitted || !staff.some((role) => role === 'reviewer' || role === 'lead' || role === 'owner');
}

/** At the end, when everyone can be reached, what is left waits for a person, and says for whom and why. */
function leftOver({ outbox }: StoredClaim): readonly string[] {
  return outbox.flatMap(({ id, event, nextAt, reason, waitsFor }) => {
    if (nextAt !== undefined) return [`the notice ${id} of ${event} is still to be told`];
    return reason && waitsFor ? [] : [`the notice ${id} of ${event} is neither told nor waits for anyone (R45)`];
  });
}
