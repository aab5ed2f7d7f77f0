/** Presence: when a person is seen, the notices that were parked for them are resumed (R45). */
import type { Instant } from '../domain/calendar/calendar.ts';
import type { ClaimId, OrganisationId, PersonId } from '../domain/claims/values.ts';
import { announceSideChange, sidesChangedBy } from './directory/sideChanges.ts';
import type { People, Person, Place } from './directory/people.ts';
import { unknownPerson } from './directory/people.ts';
import type { Language } from './ports/system.ts';
import { contactKey, keysOfSide } from './records/waitKeys.ts';
import { resumeAnnouncements } from './outbox/announcements.ts';
import type { ResumePorts } from './due/processClaim.ts';
import { resumeParkedNotices } from './due/processClaim.ts';

/** Who a person is, as the authenticated activity says, and where they wrote. */
export interface Visitor {
  readonly id: PersonId;
  readonly name: string;
  readonly locale?: Person['locale'];
  /** Their personal chat, where the activity came from it. */
  readonly chat?: Place;
}

/** A person as known after they were seen. */
export interface Greeted {
  readonly person: Person;
  /** The language to speak to them: chosen, else their client's, else the desk's. */
  readonly language: Language;
}

/** Keeps what the desk knows of where people are reached. */
export interface Presence {
  /** A person was seen: name, language and chat are kept fresh, and parked notices for them are resumed (R45). */
  greet(visitor: Visitor): Promise<Greeted>;
  /**
   * The bot was removed from a person's chat, or blocked. A removal from before their last installation comes late and
   * changes nothing.
   */
  leave(id: PersonId, at?: Instant): Promise<void>;
  /**
   * Whether a person is to be welcomed now: not twice within five seconds, as Teams reports one installation in two
   * activities, and not for an update of the app.
   */
  claimWelcome(id: PersonId, arrival?: Arrival): Promise<boolean>;
  /** Resumes the notices that wait for any of these keys. */
  resumeAll(keys: readonly string[]): Promise<void>;
}

/** How the bot came into a chat, and when, where that is known. */
export interface Arrival {
  /** `member`: Teams says only that the bot is a member now, after an installation or an update. */
  readonly how: 'installed' | 'upgraded' | 'member';
  readonly at?: Instant;
}

const DAY_MS = 86_400_000;
const WELCOME_MS = 5_000;
const MAX_DELIVERED_AT_ONCE = 20;

/** What presence is built from. */
export interface PresenceParts {
  readonly ports: ResumePorts;
  readonly people: People;
  /** Called for claims whose notices may be delivered. */
  readonly deliverSoon: (id: ClaimId) => void;
  /** Called with the organisations whose claims are to be looked at, after a change that was announced (R45). */
  readonly lookAtSides: (organisations: readonly OrganisationId[]) => Promise<void>;
  /** Whether no claim is written just now; once the desk goes on, all notices that wait are tried again. */
  readonly isStandingStill: () => boolean;
}

/** Stateless: who is present is in the directory. */
export function createPresence({ ports, people, deliverSoon, lookAtSides, isStandingStill }: PresenceParts): Presence {
  /** No notice waits for a person who was reachable all the time; once a day this is checked nevertheless. */
  async function greet(visitor: Visitor): Promise<Greeted> {
    let before = unknownPerson(visitor.id);
    const seen = await people.alter(visitor.id, (known) => {
      // The state that this very write replaced decides below: another instance may mark the person at any moment.
      before = known;
      return freshened(known, visitor, ports.clock.now());
    });
    const greeted = (person: Person): Greeted => ({ person, language: people.languageOf(person) });
    const isAwaited = isBack(before, visitor);
    if (!isAwaited && before.seenAt === seen.seenAt) return greeted(seen);
    const resumed =
      seen.chat && !seen.unreachable
        ? await resumeFor([
            `person:${seen.id}`,
            contactKey(seen.tenantId, seen.email),
            ...sidesOf(seen).flatMap(keysOfSide),
          ])
        : [];
    if (seen.chat && !seen.unreachable) await resumeAnnouncements(ports, seen.id);
    const person = isAwaited ? await people.alter(seen.id, ({ awaited: _, ...rest }) => rest) : seen;
    deliverSome(resumed);
    return greeted(person);
  }

  async function resumeFor(keys: readonly string[]): Promise<readonly ClaimId[]> {
    const resumed = new Set<ClaimId>();
    if (isStandingStill()) return [];
    for (const key of keys) for (const id of await resumeParkedNotices(ports, key)) resumed.add(id);
    return [...resumed];
  }

  /** The rest is due and is left to the sweep, which spreads its sending. */
  function deliverSome(resumed: readonly ClaimId[]): void {
    for (const id of resumed.slice(0, MAX_DELIVERED_AT_ONCE)) deliverSoon(id);
  }

  return {
    greet,
    async leave(id, at) {
      const gone = (person: Person): Person =>
        at !== undefined && person.arrivedAt !== undefined && at < person.arrivedAt
          ? person
          : { ...person, unreachable: 'notInstalled' };
      const before = await people.personOf(id);
      const sides = sidesChangedBy({ before, after: gone(before) });
      await announceSideChange(ports, sides);
      await people.alter(id, gone);
      await lookAtSides(sides);
    },
    async claimWelcome(id, { how, at } = { how: 'installed' }) {
      let isDue = false;
      await people.alter(id, (known) => {
        const person = at === undefined || at < (known.arrivedAt ?? at) ? known : { ...known, arrivedAt: at };
        const now = ports.clock.now();
        const isNew = person.welcomedAt === undefined;
        const isAgain = !isNew && now - person.welcomedAt < WELCOME_MS;
        isDue = how === 'installed' ? !isAgain : how === 'member' && isNew;
        // What Teams says of the same update in another activity is no arrival either.
        return isDue || how === 'upgraded' ? { ...person, welcomedAt: now } : person;
      });
      return isDue;
    },
    async resumeAll(keys) {
      deliverSome(await resumeFor(keys));
    },
  };
}

/** The organisations for which a person can act or be told. */
function sidesOf({ memberships, contactOf }: Person): readonly OrganisationId[] {
  return [
    ...memberships.map(({ organisation }) => organisation),
    ...contactOf.map((tenant) => `customer:${tenant}` as OrganisationId),
  ];
}

/** Whether something may wait for a person who writes in their own chat. */
function isBack(known: Person, { chat }: Visitor): boolean {
  return (
    chat !== undefined &&
    (known.unreachable !== undefined || known.awaited === true || known.chat?.conversationId !== chat.conversationId)
  );
}

/**
 * The person as just seen. They stay marked until their notices are resumed, so that after a crash their next message
 * resumes them.
 */
function freshened(known: Person, visitor: Visitor, now: number): Person {
  const { unreachable, awaited, ...rest } = known;
  const { name, locale, chat } = visitor;
  const marks = { ...(unreachable && { unreachable }), ...(awaited && { awaited }) };
  const back = { ...(chat && { chat }), ...(isBack(known, visitor) && { awaited: true as const }) };
  const seenAt = known.seenAt !== undefined && now - known.seenAt < DAY_MS ? known.seenAt : now;
  // Who was here before is no newcomer, though no one saw them arrive: an update of the app does not welcome them.
  const isKnown = known.seenAt !== undefined && now - known.seenAt >= WELCOME_MS;
  const welcomed = isKnown && known.welcomedAt === undefined && { welcomedAt: known.seenAt };
  return {
    ...rest,
    name: name || known.name,
    seenAt,
    ...(locale && { locale }),
    ...welcomed,
    ...(chat ? back : marks),
  };
}
