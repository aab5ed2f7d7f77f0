/**
 * Checks that every press is answered with a card, counts once, and counts for the version that its user saw (R57,
 * R58).
 */
import type { ActivityAnswered, ActivityAsked, Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { CLOCK_TOLERANCE_MS, PLANTED } from './observations.ts';
import { STALE_MS } from '../world/storeClient.ts';
import { isSimulated } from './support/faultCause.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { isObject, member, numberAt, textAt } from './support/looseJson.ts';
import { hasDayBegun } from './support/midnight.ts';
import type { Pressed } from './support/userRequest.ts';
import { isInvoke, pressIn } from './support/userRequest.ts';
import { buttonsIn, displayed, idsIn } from './support/cardContent.ts';
import { mustHaveSeen } from './support/staleness.ts';
import { DECIDED_BY, PRESSED } from './support/verbs.ts';
import { linksOn } from './support/cardLinks.ts';
import { GOOD_MS } from './support/givenLinks.ts';

/** A file that has waited for its virus scan for so long waits for an operator. */
const LATE_SCAN_MS = 3_600_000;
const CARD = 'application/vnd.microsoft.card.adaptive';

/** What can also be asked in words. */
const IN_WORDS: ReadonlySet<string> = new Set(['submit', 'resubmit', 'follow', 'mute', 'comment', 'notMeant']);

/** A denial in words only objects (R60); a late one is recorded, for it changes nothing (R51). */
function canBeWords(verb: string, type: string): boolean {
  return IN_WORDS.has(verb) || type === 'LateDenialRecorded';
}

/** How things stood when a press was brought. */
interface Brought {
  /** Of the claim; 0 where there is none. */
  readonly version: number;
  readonly rights: string;
  /** How much the person had written by then: their language may be another since. */
  readonly written: number;
}

/** How the first of several deliveries of the same press was answered. */
interface First extends Brought {
  readonly text: string;
  /** When it was brought. */
  readonly at: number;
}

export function createAnswersChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  const presses = new Map<string, Pressed[]>();
  /** The first deliveries of presses, and of messages that name a claim or were written in a thread. */
  const roots = new Map<string, Set<number>>();
  const counts = new Map<string, number>();
  const names = new Map<string, number>();
  const firsts = new Map<number, First>();
  const written = new Map<string, number>();
  const brought = new Map<number, Brought>();

  // --- once, and for what was seen ---

  function checkEntry(wrote: DocumentWritten, claim: KnownClaim, entry: KnownEntry): readonly string[] {
    if (wrote.by === PLANTED || groundTruth.isUncheckable(claim.id)) return [];
    const what = `${entry.type} of ${claim.id} (version ${entry.version}) by ${entry.by}, written by ${wrote.by}`;
    return [...twice(claim, entry, what), ...tooMany(claim, entry, what), ...unseen(wrote, claim, entry, what)];
  }

  function twice(claim: KnownClaim, { press, version }: KnownEntry, what: string): readonly string[] {
    if (press === undefined) return [];
    const before = names.get(`${claim.id} ${press}`);
    names.set(`${claim.id} ${press}`, version);
    return before === undefined ? [] : [`${what}: the press was taken in version ${before} already (R58)`];
  }

  function countOne(key: string): number {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  }

  /** Never more entries of a kind than a user asked for, deliveries of the same press and message taken together. */
  function tooMany(claim: KnownClaim, { type, by }: KnownEntry, what: string): readonly string[] {
    const verb = PRESSED[type];
    if (verb === undefined) return [];
    const key = `${by} ${verb} ${claim.id}`;
    const pressed = roots.get(key) ?? new Set<number>();
    const words = [...(roots.get(`${by} words ${claim.id}`) ?? []), ...(roots.get(`${by} words thread`) ?? [])];
    const canWord = Object.entries(PRESSED).some(([one, its]) => its === verb && canBeWords(verb, one));
    // Everything together is held against presses and words, what can only have been pressed against presses too.
    const limits: readonly (readonly [number, number])[] = [
      [countOne(key), new Set([...pressed, ...(canWord ? words : [])]).size],
      ...(canBeWords(verb, type) ? [] : [[countOne(`${key} pressed`), pressed.size] as const]),
    ];
    return limits
      .filter(([times, asked]) => times > asked)
      .slice(0, 1)
      .map(([times, asked]) => `${what}: that is ${times} times "${verb}", asked for ${asked} times (R58)`);
  }

  function unseen(
    wrote: DocumentWritten,
    claim: KnownClaim,
    { type, by, side }: KnownEntry,
    what: string,
  ): readonly string[] {
    const verb = DECIDED_BY[type];
    if (verb === undefined || (canBeWords(verb, type) && inWords(wrote, by, claim))) return [];
    const made = presses.get(`${wrote.by} ${by} ${verb} ${claim.id}`) ?? [];
    const seen = Math.max(0, ...made.map(({ version = 0 }) => (version > claim.version ? 0 : version)));
    const needed = mustHaveSeen(claim, by, side);
    if (made.length === 0) return [`${what}: no one pressed "${verb}" there`];
    return seen >= needed
      ? []
      : [`${what}: their card showed version ${seen}, but version ${needed} changed what counts (R57)`];
  }

  function inWords(wrote: DocumentWritten, person: string, claim: KnownClaim): boolean {
    return roots.has(`${wrote.by} ${person} words ${claim.id}`) || roots.has(`${wrote.by} ${person} words thread`);
  }

  // --- what is answered ---

  function checkAnswer(answered: ActivityAnswered, what: string): readonly string[] {
    const { asked, body, fault } = answered;
    if (fault !== undefined) return isSimulated(fault) ? [] : [`${what}: a fault left the door: ${sayFault(fault)}`];
    if (!isInvoke(asked)) return [];
    const isCard =
      member(body, 'statusCode') === 200 &&
      member(body, 'type') === CARD &&
      isObject(member(body, 'value')) &&
      textAt(member(body, 'value'), 'type') === 'AdaptiveCard';
    return isCard ? [] : [`${what}: it is no card, but ${JSON.stringify(body)?.slice(0, 200) ?? 'nothing'}`];
  }

  /**
   * The claim's card in an answer, as it can be compared; undefined where there is none, or one that is older than what
   * is stored.
   */
  function compared({ asked, body, at }: ActivityAnswered, claim: KnownClaim | undefined): First | undefined {
    const value = member(body, 'value');
    if (!claim || groundTruth.isUncheckable(claim.id)) return undefined;
    const versions = buttonsIn(value)
      .filter((button) => button.claim === claim.id)
      .map(({ version }) => version);
    if (versions.length === 0 || versions.some((version) => version !== claim.version)) return undefined;
    // Each answer with links says until when its own are good.
    const text = linksOn(value).length > 0 ? displayed(value).replace(/\d\d:\d\d/g, '##:##') : displayed(value);
    return { text, at: asked.at, ...standing(asked, claim, at) };
  }

  function standing({ person }: ActivityAsked, claim: KnownClaim | undefined, at: number): Brought {
    return {
      version: claim?.version ?? 0,
      rights: JSON.stringify(groundTruth.rightsOf(person, at)),
      written: written.get(person) ?? 0,
    };
  }

  function checkRedelivery(answered: ActivityAnswered, press: Pressed, what: string): readonly string[] {
    const { asked } = answered;
    if (answered.disturbed) return [];
    const claim = press.claim === undefined ? undefined : claims.get(press.claim);
    const now = compared(answered, claim);
    const stands = standing(asked, claim, answered.at);
    const was = brought.get(asked.number);
    if (asked.again === undefined) {
      // Where the person's rights or language changed while it was on its way, it may have been answered by either.
      if (now && was?.rights === stands.rights && was.written === stands.written) firsts.set(asked.number, now);
      return [];
    }
    const first = firsts.get(asked.again);
    // While it was on its way another user, or even the very same press, may have changed the claim.
    if (!first || !was || !isSame(was, stands) || !isSame(first, stands)) return [];
    if (mayRightsDiffer(asked.person, first.at - STALE_MS, answered.at, stands.rights)) return [];
    if (hasScanBecomeLate(claim, first.at, answered.at)) return [];
    if (hasDayBegun(first.at, answered.at) || hasDayBegun(first.at + GOOD_MS, answered.at + GOOD_MS)) return [];
    if (!now)
      return [
        `${what}: a redelivery of ${asked.again}, which was answered with the claim's card, and this was not (R58)`,
      ];
    return now.text === first.text
      ? []
      : [`${what}: a redelivery of ${asked.again}, answered otherwise (R58): ${difference(first.text, now.text)}`];
  }

  /** Another replica of the store tells of a change of rights later. */
  function mayRightsDiffer(person: string, from: number, to: number, rights: string): boolean {
    return groundTruth.everBetween(person, from, to, (held) => JSON.stringify(held) !== rights);
  }

  function add(key: string, root: number): void {
    const known = roots.get(key) ?? new Set<number>();
    known.add(root);
    roots.set(key, known);
  }

  return {
    name: 'answers',
    asked(asked) {
      const press = pressIn(asked);
      const root = asked.again ?? asked.number;
      if (press?.claim !== undefined) brought.set(asked.number, standing(asked, claims.get(press.claim), asked.at));
      if (press) notePress(asked, press, root);
      else noteWords(asked, root);
      return [];
    },
    wrote: (wrote) => claims.wrote(wrote, (claim, entry) => checkEntry(wrote, claim, entry)),
    answered(answered) {
      const press = pressIn(answered.asked);
      if (!press)
        return answered.fault === undefined || isSimulated(answered.fault)
          ? []
          : [`answer ${answered.asked.number}: a fault left the door: ${sayFault(answered.fault)}`];
      const what = `answer ${answered.asked.number} to "${press.verb}" of ${answered.asked.person} by ${answered.asked.by}`;
      return [
        ...checkAnswer(answered, what),
        ...(answered.fault === undefined && isInvoke(answered.asked) ? checkRedelivery(answered, press, what) : []),
      ];
    },
  };

  function notePress({ by, person }: ActivityAsked, press: Pressed, root: number): void {
    const { verb, claim } = press;
    if (verb === 'language') written.set(person, (written.get(person) ?? 0) + 1);
    if (claim === undefined) return;
    const meant = verb === 'commentOn' ? 'comment' : verb;
    const key = `${by} ${person} ${meant} ${claim}`;
    presses.set(key, [...(presses.get(key) ?? []), press]);
    add(`${person} ${meant} ${claim}`, root);
  }

  function noteWords({ by, person, activity }: ActivityAsked, root: number): void {
    written.set(person, (written.get(person) ?? 0) + 1);
    const text = textAt(activity, 'text').toUpperCase();
    const of = [
      ...idsIn(text),
      ...(textAt(member(activity, 'conversation'), 'id').includes(';messageid=') ? ['thread'] : []),
    ];
    for (const claim of of) {
      add(`${person} words ${claim}`, root);
      add(`${by} ${person} words ${claim}`, root);
    }
  }
}

/** Whether by some instance's clock a file had waited so long for its virus scan meanwhile that the card says so. */
function hasScanBecomeLate(claim: KnownClaim | undefined, from: number, to: number): boolean {
  const events = claim?.entries.map(({ event }) => event) ?? [];
  const isOver = (id: string): boolean =>
    events.some(
      (event) => ['PoeScanned', 'PoeRemoved'].includes(textAt(event, 'type')) && textAt(event, 'poeId') === id,
    );
  return events.some((event) => {
    const poe = member(event, 'poe');
    if (textAt(event, 'type') !== 'PoeAdded' || textAt(poe, 'scan') !== 'waiting' || isOver(textAt(poe, 'id')))
      return false;
    const lateAt = (numberAt(event, 'at') ?? NaN) + LATE_SCAN_MS;
    return lateAt >= from - CLOCK_TOLERANCE_MS && lateAt <= to + CLOCK_TOLERANCE_MS;
  });
}

function sayFault(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

function difference(one: string, other: string): string {
  const lines = new Set(one.split('\n'));
  const others = new Set(other.split('\n'));
  const only = (these: Set<string>, those: Set<string>): string =>
    [...these]
      .filter((line) => !those.has(line))
      .slice(0, 3)
      .join(' | ')
      .slice(0, 300);
  return `"${only(lines, others)}" became "${only(others, lines)}"`;
}

function isSame(one: Brought, other: Brought): boolean {
  return one.version === other.version && one.rights === other.rights && one.written === other.written;
}
