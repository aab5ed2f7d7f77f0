/** Somebody was seen, and what waited for them goes on (R45). */
import type { ClaimId, PersonId } from '../domain/claims/values.ts';
import type { People, Person, Place } from './directory/people.ts';
import { stranger } from './directory/people.ts';
import type { World } from './ports/world.ts';
import { contactKey } from './records/waitKeys.ts';
import { resumeParkedNotices } from './due/processClaim.ts';

/** Who somebody is, as the authenticated activity says, and where they wrote. */
export interface Visitor {
  readonly id: PersonId;
  readonly name: string;
  readonly locale?: Person['locale'];
  /** Their personal chat, where the activity came from it. */
  readonly chat?: Place;
}

const DAY_MS = 86_400_000;
const MAX_AT_ONCE = 20;

/** `deliverSoon` is told of claims whose notices may go out. */
export function createPresence(world: World, people: People, deliverSoon: (id: ClaimId) => void) {
  /**
   * Somebody was seen: their name, language and chat are kept fresh, and claims that waited for them go on. Nothing waits for
   * somebody whom nothing kept from being reached; once a day it is looked for all the same.
   */
  async function greet(visitor: Visitor): Promise<{ readonly person: Person; readonly isNew: boolean }> {
    let before = stranger(visitor.id);
    const seen = await people.alter(visitor.id, (known) => {
      // What is taken away here is what is looked at below: another instance may mark the person at any moment.
      before = known;
      return freshened(known, visitor, world.clock.now());
    });
    const isNew = !before.chat;
    const isAwaited = isBack(before, visitor);
    if (!isAwaited && before.seenAt === seen.seenAt) return { person: seen, isNew };
    const woken =
      seen.chat && !seen.unreachable
        ? await rousedBy([`person:${seen.id}`, contactKey(seen.tenantId, seen.email)])
        : [];
    const person = isAwaited ? await people.alter(seen.id, ({ awaited: _, ...rest }) => rest) : seen;
    deliverSome(woken);
    return { person, isNew };
  }

  /** Whose claims may go on: every name that a notice may wait for. */
  async function resumeAll(names: readonly string[]): Promise<void> {
    deliverSome(await rousedBy(names));
  }

  async function rousedBy(names: readonly string[]): Promise<readonly ClaimId[]> {
    const woken = new Set<ClaimId>();
    for (const name of names) for (const id of await resumeParkedNotices(world, name)) woken.add(id);
    return [...woken];
  }

  /** The rest is due and left to the sweep, which does not send all at once. */
  function deliverSome(woken: readonly ClaimId[]): void {
    for (const id of woken.slice(0, MAX_AT_ONCE)) deliverSoon(id);
  }

  return { greet, resumeAll: resumeAll };
}

/** Whether something may wait for somebody who writes in their own chat. */
function isBack(known: Person, { chat }: Visitor): boolean {
  return (
    chat !== undefined &&
    (known.unreachable !== undefined || known.awaited === true || known.chat?.conversationId !== chat.conversationId)
  );
}

/** The person as they were just seen. Until their claims are woken they stay marked, for their next message, should a crash come between. */
function freshened(known: Person, visitor: Visitor, now: number): Person {
  const { unreachable, awaited, ...rest } = known;
  const { name, locale, chat } = visitor;
  const marks = { ...(unreachable && { unreachable }), ...(awaited && { awaited }) };
  const back = { ...(chat && { chat }), ...(isBack(known, visitor) && { awaited: true as const }) };
  const seenAt = known.seenAt !== undefined && now - known.seenAt < DAY_MS ? known.seenAt : now;
  return { ...rest, name: name || known.name, seenAt, ...(locale && { locale }), ...(chat ? back : marks) };
}
