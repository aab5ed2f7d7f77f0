/**
 * Checks that no one reads about a claim that is not theirs, and that customers read nothing of what the others write
 * to each other (R6, R56).
 */
import type { ActivityAnswered, Json, Checker, MessageTaken, GroundTruth, DocumentWritten } from './observations.ts';
import type { Viewer } from './support/entitlement.ts';
import { isInsider, mayKnow } from './support/entitlement.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { textAt, member } from './support/looseJson.ts';
import { placeOf, roomOf } from './support/userRequest.ts';
import { ANNOUNCED, ON_HOLD, says } from './support/brokenWords.ts';
import { idsIn, textsIn } from './support/cardContent.ts';

/** A message may be on its way while a right is withdrawn. */
const ON_ITS_WAY_MS = 600_000;
/** What people wrote, the names of their files, and the customers' names. */
const WORD = /\bw\d+x\b|\bproof-\d+\.pdf\b/g;
const NAME = /\p{L}+ \d+\b/gu;
/** Without it there is no such name: quickly seen. */
const NUMBER = / \d/;

/**
 * What may be said of a claim to a user who may not know it, if only they named it themselves or it was shown there
 * before.
 */
const HARMLESS: readonly RegExp[] = [
  /^I cannot find a claim CPOR-\w{6} that you have access to\. /,
  /^Мне не известна доступная вам заявка CPOR-\w{6}\. /,
  /^Görebileceğiniz CPOR-\w{6} numaralı bir talep bulamadım\. /,
  /^The card of claim CPOR-\w{6} has moved, and only the new one is kept up to date\.$/,
  /^Теперь карточка заявки CPOR-\w{6} находится в другом месте и обновляется только там\.$/,
  /^CPOR-\w{6} numaralı talebin kartı artık başka bir yerde ve yalnızca orada güncelleniyor\.$/,
  /^Claim CPOR-\w{6} is no longer shown here\.$/,
  /^Заявка CPOR-\w{6} здесь больше не показывается\.$/,
  /^CPOR-\w{6} numaralı talep artık burada gösterilmiyor\.$/,
];

/** The title of the list of who opened the documents of a claim. */
const READINGS: readonly RegExp[] = [
  /^Who opened documents of CPOR-\w{6}: the first time on each day/,
  /^Кто открывал документы CPOR-\w{6}: первый раз за каждый день/,
  /^CPOR-\w{6} belgelerini açanlar: her günün ilk açılışı/,
];

/** A word that tells of a claim: to whom it may be told. */
type Word = 'all' | 'insiders';

/** A channel's purpose, until when; of an MPN id, for the organisation that had it when the channel was set. */
interface Purpose {
  readonly room: string;
  readonly until: number;
  readonly holder: string | undefined;
}

/** What a user reads: the texts of one message or answer. */
interface Reading {
  readonly at: number;
  readonly readers: readonly string[];
  readonly texts: readonly string[];
  /** The conversation that it is in; empty for an answer to one person alone. */
  readonly room: string;
  /** Names what is wrong with it. */
  readonly what: string;
  /** What those who read it wrote there themselves, or have read there. */
  readonly isKnownThere: (word: string) => boolean;
}

export function createPrivacyChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  /** Of each word, the claims that it tells of. */
  const words = new Map<string, Map<string, Word>>();
  const channels = new Map<string, Purpose[]>();
  /** Which organisation has an MPN id now, as far as it was written. */
  const holders = new Map<string, string>();
  const typedIn = new Map<string, Set<string>>();
  const typedBy = new Map<string, Set<string>>();
  const shownIn = new Map<string, Set<string>>();

  function learn(claim: KnownClaim, { type, event }: KnownEntry): readonly string[] {
    const audience: Word = ['ClaimCreated', 'FieldsEdited', 'ConsentDenied', 'LateDenialRecorded'].includes(type)
      ? 'all'
      : 'insiders';
    for (const word of [...said(textsIn(event)), ...customersIn(event)]) {
      const of = words.get(word) ?? new Map<string, Word>();
      // What the customer may read, they may read anywhere else too.
      if (of.get(claim.id) !== 'all') of.set(claim.id, audience);
      words.set(word, of);
    }
    return [];
  }

  function channelSet({ id, at, after }: DocumentWritten): void {
    const room = textAt(member(after, 'place'), 'conversationId');
    const before = (channels.get(id) ?? []).map((known) => ({ ...known, until: Math.min(known.until, at) }));
    channels.set(id, [...before, { room, until: Infinity, holder: holders.get(id) }]);
  }

  function mpnIdsHeld({ id, after }: DocumentWritten): void {
    const { mpnIds } = after;
    for (const mpnId of Array.isArray(mpnIds) ? mpnIds : []) holders.set(`mpn:${String(mpnId)}`, id);
  }

  /**
   * Who reads in a channel is for its owners to say; what is brought there must be of a claim whose home it is (R4,
   * R47).
   */
  function isHome(room: string, claim: KnownClaim, at: number): boolean {
    const had = (purpose: string): boolean =>
      (channels.get(purpose) ?? []).some(
        ({ room: its, until, holder = claim.partner }) =>
          its === room && until >= at - ON_ITS_WAY_MS && holder === claim.partner,
      );
    return (claim.wasSubmitted && had('review')) || had(`mpn:${claim.mpnId}`);
  }

  function ever(person: string, at: number, may: (viewer: Viewer) => boolean): boolean {
    return groundTruth.everBetween(person, at - ON_ITS_WAY_MS, at, (rights) => may({ person, rights }));
  }

  function check(reading: Reading): readonly string[] {
    const { at, readers, texts, room } = reading;
    const told = [...new Set([...bareIds(reading), ...wordsIn(texts)])];
    const isAnnounced = texts.some((text) => says(text, ANNOUNCED));
    const isHeld = texts.some((text) => says(text, ON_HOLD));
    // Who opened its documents is for any operator to read, also of a claim that they do not see (R55).
    const isLog = texts.some((text) => says(text, READINGS));
    const problems: string[] = [];
    for (const word of told) {
      const of = tellsOf(word);
      if (of.length === 0 || reading.isKnownThere(`said ${word}`)) continue;
      if (of.some(({ claim }) => isHome(room, claim, at))) continue;
      for (const person of readers) {
        // That a claim's document is damaged is announced to the operators, by its id, and said to any staff who named
        // it (R55).
        const isTold = ({ rights: { staff } }: Viewer): boolean =>
          isAnnounced || isLog ? staff.includes('operator') : isHeld && staff.length > 0 && reading.isKnownThere(word);
        if (ever(person, at, isTold)) continue;
        if (
          of.some(({ claim, audience }) =>
            [claim, ...asStored(claim)].some((one) =>
              ever(person, at, (viewer) => (audience === 'all' ? mayKnow(viewer, one) : isInsider(viewer, one))),
            ),
          )
        )
          continue;
        problems.push(
          `${reading.what}: ${person} reads "${word}", which tells of ${of.map(({ claim }) => claim.id).join(', ')}`,
        );
      }
    }
    return problems;
  }

  /** A claim whose row is put back to an older or a newer one without a word is what is stored, too. */
  function asStored({ id }: KnownClaim): readonly KnownClaim[] {
    if (!groundTruth.isUncheckable(id)) return [];
    const row = [...groundTruth.documents('claim')].find((document) => document.id === id);
    const stored = createKnownClaims();
    if (row) stored.wrote({ kind: 'claim', id, after: row.body });
    return [...stored.all()];
  }

  function tellsOf(word: string): readonly { claim: KnownClaim; audience: Word }[] {
    const named = claims.get(word);
    if (named) return [{ claim: named, audience: 'all' }];
    return [...(words.get(word) ?? [])].flatMap(([id, audience]) => {
      const claim = claims.get(id);
      return claim ? [{ claim, audience }] : [];
    });
  }

  /** The claims that are named where more is said than that there is nothing to be seen of them. */
  function bareIds({ texts, isKnownThere }: Reading): readonly string[] {
    return texts.flatMap((text) =>
      text.includes('CPOR-')
        ? idsIn(text).filter((id) => !(isKnownThere(id) && HARMLESS.some((words) => words.test(text))))
        : [],
    );
  }

  return {
    name: 'privacy',
    asked(asked) {
      const typed = textsIn(asked.activity);
      const all = [...typed.flatMap((text) => spelled(text)), ...wordsIn(typed).map((word) => `said ${word}`)];
      for (const [book, key] of [
        [typedIn, placeOf(asked)],
        [typedBy, asked.person],
      ] as const) {
        const known = book.get(key) ?? new Set<string>();
        for (const word of all) known.add(word);
        book.set(key, known);
      }
      return [];
    },
    wrote(wrote) {
      if (wrote.kind === 'channel') channelSet(wrote);
      if (wrote.kind === 'organisation') mpnIdsHeld(wrote);
      return claims.wrote(wrote, learn);
    },
    taken(taken) {
      const texts = textsIn([taken.text ?? '', taken.card ?? {}]);
      const room = roomOf(taken.conversation);
      const [reader, ...more] = taken.readers;
      const own = reader !== undefined && more.length === 0 ? typedBy.get(reader) : undefined;
      const isKnownThere = (word: string): boolean =>
        [typedIn.get(room), own, shownIn.get(room)].some((known) => known?.has(word));
      const problems = check({
        at: taken.at,
        readers: taken.readers,
        texts,
        room,
        what: sayTaken(taken),
        isKnownThere,
      });
      const shown = shownIn.get(room) ?? new Set<string>();
      for (const id of texts.flatMap(idsIn)) shown.add(id);
      shownIn.set(room, shown);
      return problems;
    },
    answered(answered) {
      if (answered.body === undefined) return [];
      const { person, activity } = answered.asked;
      const typed = textsIn(activity);
      const own = new Set([...typed.flatMap((text) => spelled(text)), ...wordsIn(typed).map((word) => `said ${word}`)]);
      return check({
        at: answered.at,
        readers: [person],
        texts: textsIn(answered.body),
        room: '',
        what: sayAnswered(answered),
        isKnownThere: (word) => own.has(word),
      });
    },
  };
}

function said(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.match(WORD) ?? []);
}

/** Of all that looks like the name of a customer, only what is in that field is learned. */
function customersIn(event: Json): readonly string[] {
  const names = [
    member(member(event, 'fields'), 'customerName'),
    member(member(member(event, 'changes'), 'customerName'), 'to'),
  ];
  return names.flatMap((name) => (typeof name === 'string' ? (name.match(NAME) ?? []) : []));
}

function wordsIn(texts: readonly string[]): readonly string[] {
  const read = texts.filter((text) => !text.startsWith('http'));
  return [...new Set([...said(read), ...read.flatMap((text) => (NUMBER.test(text) ? (text.match(NAME) ?? []) : []))])];
}

/** Ids as people spell them. */
function spelled(text: string): readonly string[] {
  return idsIn(text.toUpperCase().replace(/CPOR[-\u2010-\u2015 ]?(?=[0-9A-Z]{6})/g, 'CPOR-'));
}

function sayTaken({ how, conversation, messageId, by }: MessageTaken): string {
  return `${how} of ${messageId} in ${conversation} by ${by}`;
}

function sayAnswered({ asked }: ActivityAnswered): string {
  return `answer ${asked.number} to ${asked.person} by ${asked.by}`;
}
