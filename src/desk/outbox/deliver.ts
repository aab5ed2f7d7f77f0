/**
 * Brings a claim's notices to their audiences, at least once and in order (R45, R47).
 *
 * Who delivers holds a lease in the claim's document, so that two instances never send at once. After every new
 * message its fate is saved before the next is sent: a crash repeats one message at most, and an edit of a known card
 * is repeated unseen. A new message that was sent when the process died cannot be told from one that was not: it is
 * sent again.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Audience } from '../../domain/claims/notices.ts';
import { personOf } from '../../domain/claims/notices.ts';
import { mayHandle, mayRead } from '../../domain/claims/permission.ts';
import { anchorOf } from '../records/anchoring.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { foldEntries } from '../records/claimRecord.ts';
import type { Home, OutboxEntry } from '../records/outboxEntry.ts';
import { isParked } from '../records/outboxEntry.ts';
import { ANCHORS_SET } from '../records/waitKeys.ts';
import type { RetryLater, DeliveryFailure } from './outbox.ts';
import {
  afterDelivery,
  finish,
  giveUp,
  markReached,
  park,
  postpone,
  redirect,
  resumeParked,
  SUPERSEDED,
} from './outbox.ts';
import { writeAssessmentRecord } from './assessmentRecord.ts';
import type { Delivery, DeliveryPorts } from './lease.ts';
import { amend, LeaseLostError, readHeld, readToSend, release, takeLease } from './lease.ts';
import type { People, Person } from '../directory/people.ts';
import { announceSideChange, sidesChangedBy } from '../directory/sideChanges.ts';
import { enrolledAs } from '../directory/sides.ts';
import type { Move } from './movedCard.ts';
import { linkMovedCard } from './movedCard.ts';
import type { Content, PostedMessage, SendResult } from '../ports/messenger.ts';
import type { Recipient } from './recipients.ts';
import { resolve } from './recipients.ts';
import { clockStartedBy, isObsolete, needsLine } from './relevance.ts';

/**
 * Deliver what is due of one claim. Ends when nothing is due, or when another delivers; answers whether there was
 * something to deliver here.
 */
export async function deliver(ports: DeliveryPorts, people: People, id: ClaimId): Promise<boolean> {
  let any = false;
  // Again: what was committed between the last look and the end of the lease was left by its own committer to us.
  while (await deliverOnce({ ports, people, id, lease: ports.random.randomId() })) any = true;
  return any;
}

/** One lease: everything that is due while it is held. Answers whether there was a lease to take. */
async function deliverOnce(delivery: Delivery): Promise<boolean> {
  const { ports } = delivery;
  let record = await takeLease(delivery, (body, now) => nextDue(body, now) !== undefined);
  if (!record) return false;
  try {
    for (let due = nextDue(record.body, ports.clock.now()); due; due = nextDue(record.body, ports.clock.now())) {
      await deliverOrPostpone(delivery, due, record);
      record = await readHeld(delivery);
    }
    return true;
  } catch (error) {
    if (error instanceof LeaseLostError) return false;
    throw error;
  } finally {
    await release(delivery);
  }
}

/** The audience of the oldest notice that is due. People come before the anchors, which may be slow to answer. */
function nextDue(body: ClaimBody, now: Instant): Audience | undefined {
  const due = body.outbox.filter((notice) => isDue(notice, now));
  return (due.find(({ audience }) => audience !== 'anchor') ?? due[0])?.audience;
}

function isDue(notice: OutboxEntry, now: Instant): boolean {
  return !isParked(notice) && notice.nextAt <= now;
}

/** A fault with one audience, such as a card that cannot be made, never keeps a notice from the others. */
async function deliverOrPostpone(delivery: Delivery, audience: Audience, record: ClaimRecord): Promise<void> {
  try {
    await deliverTo(delivery, audience, record);
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    const { ports, id } = delivery;
    ports.log.error({ claim: id, audience, error }, 'Could not deliver notices of a claim; will retry');
    const { body } = await readHeld(delivery);
    await postpone(
      delivery,
      body.outbox.filter((notice) => notice.audience === audience && isDue(notice, ports.clock.now())),
      { reason: 'fault', fault: true },
    );
  }
}

async function deliverTo(delivery: Delivery, audience: Audience, record: ClaimRecord): Promise<void> {
  const { ports, people } = delivery;
  const notices = await stillTelling(
    delivery,
    record,
    (notice) => notice.audience === audience && isDue(notice, ports.clock.now()),
  );
  if (notices.length === 0) return;
  if (audience === 'anchor') return bringToAnchors(delivery, record, notices);
  if (audience === 'assessor')
    for (const notice of notices) await writeAssessmentRecord(ports, record.body.entries[notice.version - 1]);
  if (await redirected(delivery, audience, record, notices)) return;
  const resolved = await resolve(people, audience, record.claim, startsClock(notices, record));
  if (resolved.kind === 'reachable') {
    // What waited for this audience goes first: it is older.
    const waiting = await stillTelling(delivery, record, (notice) => notice.audience === audience && isParked(notice));
    await bringToAll(delivery, [...waiting, ...notices], resolved.recipients);
  } else if (audience === 'assessor') {
    await finish(delivery, notices, 'delivered', 'recordWritten');
  } else {
    ports.meters.delivery('unreachable', resolved.reason);
    await giveUp(delivery, notices, { ...resolved, outcome: 'unreachable' });
    await lookAgain(delivery, audience);
  }
}

/**
 * The heads of decisions go to where the desk cannot rewrite them (R55). Throws where the anchors cannot be reached:
 * they are tried again, and never given up. A crash before the end is written anchors a head twice, which does no harm.
 * Where no anchors are configured any more, they wait for a start with anchors.
 */
async function bringToAnchors(
  delivery: Delivery,
  { body: { entries } }: ClaimRecord,
  notices: readonly OutboxEntry[],
): Promise<void> {
  const { anchors } = delivery.ports;
  if (!anchors) return park(delivery, notices, { reason: 'noAnchors', waitsFor: ANCHORS_SET });
  for (const { version } of notices) {
    const entry = entries[version - 1];
    const anchor = entry && anchorOf(foldEntries(entries.slice(0, version)), entry);
    if (anchor) await anchors.append(anchor);
  }
  await finish(delivery, notices, 'delivered');
}

function startsClock(notices: readonly OutboxEntry[], record: ClaimRecord): boolean {
  return notices.some((notice) => clockStartedBy(notice, record) !== undefined);
}

/**
 * No one is told to act who may not (R5, R43): what is for an assignee who is no reviewer any more, or barred, goes to
 * the leads and the review thread instead. Answers whether that is so.
 */
async function redirected(
  delivery: Delivery,
  audience: Audience,
  { claim }: ClaimRecord,
  notices: readonly OutboxEntry[],
): Promise<boolean> {
  const { people } = delivery;
  const person = personOf(audience);
  if (person === undefined || person !== claim.assignee?.id) return false;
  const asking = notices.filter(({ event }) => event === 'ClockReminded' || event === 'ClockEscalated');
  if (asking.length === 0 || !mayHandle(await people.memberBy(person), claim)) return false;
  await redirect(delivery, asking, ['leads', 'review']);
  return true;
}

/** The notices that still say something; the others end here. */
async function stillTelling(
  delivery: Delivery,
  record: ClaimRecord,
  isMeant: (notice: OutboxEntry) => boolean,
): Promise<readonly OutboxEntry[]> {
  const meant = record.body.outbox.filter(isMeant);
  const obsolete = meant.filter((notice) => isObsolete(notice, record));
  await finish(delivery, obsolete, 'dead', SUPERSEDED);
  return meant.filter((notice) => !obsolete.includes(notice));
}

/** Every recipient gets every notice; the notice is done when all have it or cannot be reached. */
async function bringToAll(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  recipients: readonly Recipient[],
): Promise<void> {
  let later: RetryLater | undefined;
  let lost: DeliveryFailure | undefined;
  const missed: Recipient[] = [];
  for (const recipient of recipients) {
    const unread = notices.filter((notice) => !notice.reached.includes(recipient.home));
    const failed = unread.length > 0 ? await bring(delivery, unread, recipient) : undefined;
    if (failed?.kind === 'tryLater') later = failed;
    else if (failed) {
      lost = await loss(delivery, recipient, failed);
      if (failed.kind === 'dead') missed.push(recipient);
    }
  }
  const left = (await readHeld(delivery)).body.outbox.filter((notice) => notices.some((one) => one.id === notice.id));
  const unreached = left.filter((notice) => !recipients.every(({ home }) => notice.reached.includes(home)));
  await finish(
    delivery,
    left.filter((notice) => !unreached.includes(notice)),
    'delivered',
  );
  await lookAgain(delivery, notices[0]?.audience);
  if (later) await postpone(delivery, unreached, later);
  else if (lost) {
    const isKnown = (notice: OutboxEntry): boolean => recipients.some(({ home }) => notice.reached.includes(home));
    await finish(delivery, unreached.filter(isKnown), 'delivered');
    await giveUp(
      delivery,
      unreached.filter((notice) => !isKnown(notice)),
      lost,
    );
    // Only now: a person seen in between would take the mark away, and find nothing parked.
    for (const recipient of missed) await markAwaited(delivery, recipient);
    if (lost.outcome === 'unreachable') await lookAgain(delivery, notices[0]?.audience);
  }
}

/** A recipient who can be reached, but not with this, is tried again when they are seen (R45). */
async function markAwaited({ people }: Delivery, { person, waitsFor }: Recipient): Promise<void> {
  if (person) await people.alter(person, (known) => ({ ...known, awaited: true }));
  else await people.alterChannel(waitsFor.slice('channel:'.length), (known) => known && { ...known, awaited: true });
}

/** Nothing is parked for a recipient who came back meanwhile: no one would resume it (R45). */
async function lookAgain(delivery: Delivery, audience: Audience | undefined): Promise<void> {
  const { ports, people } = delivery;
  const record = await readHeld(delivery);
  const { body, claim } = record;
  const isWaiting = (notice: OutboxEntry): boolean => notice.audience === audience && isParked(notice);
  if (!audience || !body.outbox.some(isWaiting)) return;
  const starts = startsClock(body.outbox.filter(isWaiting), record);
  if ((await resolve(people, audience, claim, starts)).kind === 'unreachable') return;
  await amend(delivery, (record) => resumeParked(record.body, isWaiting, ports.clock.now()));
}

type Failed = Exclude<SendResult, { kind: 'delivered' }>;
type ClaimCard = Extract<Content, { kind: 'card' }>;

/**
 * Remembers with the person or the channel that they cannot be reached there, so that it is not tried again before that
 * changes.
 */
async function loss(
  { ports, people }: Delivery,
  recipient: Recipient,
  failed: Exclude<Failed, { kind: 'tryLater' }>,
): Promise<DeliveryFailure> {
  const { waitsFor, person, address } = recipient;
  if (failed.kind === 'dead') return { outcome: 'dead', reason: failed.reason, waitsFor };
  const unreachable = failed.kind === 'gone' ? 'conversationLost' : failed.reason;
  // A person who has another chat by now was only lost in the old one.
  const lost = (known: Person): Person =>
    known.chat?.conversationId === address.conversationId ? { ...known, unreachable } : known;
  if (person) {
    const before = await people.personOf(person);
    // The next sweep looks at the claims of which they were the last who could act (R45).
    await announceSideChange(ports, sidesChangedBy({ before, after: lost(before) }));
    await people.alter(person, lost);
  } else
    await people.alterChannel(
      waitsFor.slice('channel:'.length),
      (known) => known && (known.place.conversationId === address.conversationId ? { ...known, unreachable } : known),
    );
  return { outcome: 'unreachable', reason: unreachable, waitsFor };
}

/** One home: the card is edited, or posted where there is none yet; then a line for each notice that has one. */
async function bring(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  recipient: Recipient,
): Promise<Failed | undefined> {
  const { messenger } = delivery.ports;
  const { address } = recipient;
  const record = await readToSend(delivery);
  if (isSamePlace(record, recipient) || !mayStillRead(record, recipient))
    return reached(delivery, notices, recipient.home);
  const card = await cardFor(delivery, record, recipient, notices);
  const home = record.body.homes[recipient.home];
  if (home?.place !== address.conversationId)
    return post(delivery, notices, recipient, card, home && { from: home, isGone: false });
  const edited = await messenger.edit(address, home, card);
  if (edited.kind === 'gone') return post(delivery, notices, recipient, card, { from: home, isGone: true });
  if (edited.kind !== 'delivered') return edited;
  const seen = homeOf(recipient, home);
  for (const [index, notice] of notices.entries()) {
    const entry = record.body.entries[notice.version - 1];
    if (entry && needsLine(notice, entry, record.claim, recipient)) {
      const { claim, reader, now } = card;
      const line = { kind: 'line', claim, reader, now, entry } as const;
      const said = await messenger.reply(address, home, line);
      if (said.kind === 'gone')
        return post(delivery, notices.slice(index), recipient, card, { from: home, isGone: false });
      if (said.kind !== 'delivered') return said;
    }
    await markReached(delivery, [notice], recipient.home, seen);
  }
  return undefined;
}

/** A new card, which says all that the lines would, and to which the old one leads. An edit alone posts none. */
async function post(
  delivery: Delivery,
  notices: readonly OutboxEntry[],
  recipient: Recipient,
  card: ClaimCard,
  old?: Pick<Move, 'from' | 'isGone'>,
): Promise<Failed | undefined> {
  if (!notices.some((notice) => notice.line)) return reached(delivery, notices, recipient.home);
  const posted = await delivery.ports.messenger.post(recipient.address, card);
  if (posted.kind !== 'delivered') return posted;
  const to = homeOf(recipient, posted.message);
  await markReached(delivery, notices, recipient.home, to);
  if (old) await linkMovedCard(delivery, { ...old, to, recipient, claim: card.claim });
  return undefined;
}

async function reached(delivery: Delivery, notices: readonly OutboxEntry[], home: string): Promise<undefined> {
  await markReached(delivery, notices, home);
  return undefined;
}

function homeOf({ address, person }: Recipient, { conversationId, messageId }: PostedMessage): Home {
  return { conversationId, messageId, place: address.conversationId, address, ...(person && { person }) };
}

/** A person whose own chat is the partner's or the customer's home is told there. */
function isSamePlace({ body: { homes } }: ClaimRecord, recipient: Recipient): boolean {
  const place = recipient.address.conversationId;
  return (
    recipient.home.startsWith('person:') && (homes['partner']?.place === place || homes['customer']?.place === place)
  );
}

/** A person who follows a claim may have lost the right to read it since: nothing goes to them any more (R6). */
function mayStillRead({ claim }: ClaimRecord, { reader }: Recipient): boolean {
  return reader.kind === 'audience' || mayRead(reader.member, claim);
}

/**
 * The card as its audience will read it: its reader has been reached, so the clock it starts is shown running (R45).
 * Its version is nevertheless the one that is stored: the next may become something else, which was not shown on this
 * card (R57).
 */
async function cardFor(
  delivery: Delivery,
  record: ClaimRecord,
  recipient: Recipient,
  notices: readonly OutboxEntry[],
): Promise<ClaimCard> {
  const now = delivery.ports.clock.now();
  let claim: Claim = record.claim;
  for (const notice of notices) {
    const clock = clockStartedBy(notice, record);
    if (clock) claim = { ...(await afterDelivery(delivery, claim, clock, now)).claim, version: record.claim.version };
  }
  return { kind: 'card', claim, reader: recipient.reader, now, enrolledAs: await enrolledAs(delivery.people, claim) };
}
