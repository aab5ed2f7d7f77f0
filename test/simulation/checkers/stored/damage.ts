/**
 * Checks that a claim whose document was changed past the desk is left alone until that is mended: nothing is written
 * and nothing is told of it, who asks for it reads why, and the operators are told (R55).
 */
import type {
  ActivityAnswered,
  Checker,
  DocumentWritten,
  GroundTruth,
  LineLogged,
  MessageTaken,
} from '../observations.ts';
import { PLANTED } from '../observations.ts';
import { displayed, idsIn, textsIn } from '../support/cardContent.ts';
import { isInsider } from '../support/entitlement.ts';
import { createKnownClaims } from '../support/knownClaims.ts';
import { member, textAt } from '../support/looseJson.ts';
import { roomOf } from '../support/userRequest.ts';
import { ANNOUNCED, ON_HOLD, says } from '../support/brokenWords.ts';

/** A message that was begun before may be on its way for so long, and a reader of another replica may know so late. */
const ON_ITS_WAY_MS = 600_000;
const KNOWN_EVERYWHERE_MS = 10_000;
/** Who could not be reached for a month is not told any more: it says nothing new. */
const NEWS_MS = 29 * 86_400_000;
const UNKNOWN = [
  /I cannot find a claim CPOR-\w{6} that you have access to/,
  /доступная вам заявка CPOR-\w{6}/,
  /CPOR-\w{6} numaralı bir talep bul/,
] as const;
const FOUND = 'Claim history is broken; nothing is decided for the claim';
/** What shows a claim as it is. */
const SHOWING: ReadonlySet<string> = new Set(['show', 'history', 'documents', 'readings']);

export function createDamageChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  /** Of each claim that an instance found broken, which instance, and whether that has swept since. */
  const found = new Map<string, Map<string, { readonly at: number; hasSwept: boolean }>>();
  const announced = new Set<string>();
  /** When the simulation itself wrote a claim last: damaged it, or mended it. */
  const planted = new Map<string, number>();

  function checkMessage({ at, by, how, conversation, text, card, readers }: MessageTaken): readonly string[] {
    const words = text ?? '';
    if (says(words, ANNOUNCED)) {
      const areOperators = readers.every((id) =>
        groundTruth.everBetween(id, at - ON_ITS_WAY_MS, at, ({ staff }) => staff.includes('operator')),
      );
      for (const id of idsIn(words)) announced.add(id);
      return areOperators ? [] : [`that ${idsIn(words).join()} is broken was announced to ${readers.join(', ')} (R55)`];
    }
    // A list is made of keys, and says nothing of a claim but that it is there.
    const inChannel = roomOf(conversation) !== conversation;
    const named = text === undefined ? (inChannel ? [...new Set(textsIn(card).flatMap(idsIn))] : []) : idsIn(words);
    if (says(words, ON_HOLD) || says(words, UNKNOWN)) return [];
    return named
      .filter((id) => at - (groundTruth.damagedSince(id) ?? Infinity) > ON_ITS_WAY_MS)
      .map((id) => `${by} ${how}s about ${id} in ${conversation}, whose history is broken (R55)`);
  }

  function checkAnswer({ asked, at, body, disturbed }: ActivityAnswered): readonly string[] {
    const id = asked.press?.claim;
    const claim = id === undefined ? undefined : claims.get(id);
    const since = id === undefined ? undefined : groundTruth.damagedSince(id);
    if (!claim || since === undefined || asked.at - since < KNOWN_EVERYWHERE_MS || body === undefined) return [];
    const { verb = '' } = asked.press ?? {};
    const rights = groundTruth.rightsOf(asked.person, asked.at);
    const hasChanged = groundTruth.everBetween(
      asked.person,
      asked.at,
      at,
      (now) => JSON.stringify(now) !== JSON.stringify(rights),
    );
    const isStaff = rights.staff.length > 0 && isInsider({ person: asked.person, rights }, claim);
    if (disturbed || hasChanged || !isStaff || !SHOWING.has(verb)) return [];
    return displayed(member(body, 'value'))
      .split('\n')
      .some((line) => says(line, ON_HOLD))
      ? []
      : [
          `answer ${asked.number} to "${verb}" of ${asked.person}: it does not say that the history of ${claim.id} is broken (R55)`,
        ];
  }

  function note({ at, by, sentence, fields }: LineLogged): void {
    if (sentence !== FOUND) return;
    const id = textAt(fields, 'claim');
    const instances = found.get(id) ?? new Map<string, { readonly at: number; hasSwept: boolean }>();
    if (!instances.has(by)) instances.set(by, { at, hasSwept: false });
    found.set(id, instances);
  }

  return {
    name: 'damage',
    wrote(wrote: DocumentWritten) {
      claims.wrote(wrote);
      const { kind, id, by } = wrote;
      if (kind === 'claim' && by === PLANTED) planted.set(id, wrote.at);
      return kind === 'claim' && by !== PLANTED && groundTruth.damagedSince(id) !== undefined
        ? [`${by} wrote claim ${id}, whose history is broken (R55)`]
        : [];
    },
    taken: checkMessage,
    answered: checkAnswer,
    logged(line) {
      note(line);
      const id = textAt(line.fields, 'claim');
      const isDamaged = groundTruth.damagedSince(id) !== undefined || groundTruth.isUncheckable(id);
      return line.sentence === FOUND && !isDamaged && line.at - (planted.get(id) ?? -Infinity) > ON_ITS_WAY_MS
        ? [`${line.by} takes the history of ${id} for broken, and it is not (R55)`]
        : [];
    },
    swept({ by, from, at, fault, disturbed, isStopped }) {
      // While the desk stands still a sweep tells of nothing.
      const isStill = groundTruth.standstills().some((one) => one.from <= at && from <= one.to);
      if (fault !== undefined || disturbed || isStopped || isStill) return [];
      for (const instances of found.values()) {
        const finding = instances.get(by);
        if (finding && finding.at <= from && at >= from) finding.hasSwept = true;
      }
      return [];
    },
    ended() {
      // What was found before an older state was restored may be sound in it, and what waited to be told is not in it.
      const restoredAt = Math.max(-Infinity, ...groundTruth.standstills().map(({ from }) => from));
      return [...found].flatMap(([id, instances]) => {
        const findings = [...instances.values()].filter(({ at }) => at > restoredAt);
        return !announced.has(id) &&
          findings.some(({ hasSwept }) => hasSwept) &&
          [...instances.values()].every(({ at }) => groundTruth.now() - at < NEWS_MS)
          ? [`the history of ${id} was found broken, and no operator was told (R55)`]
          : [];
      });
    },
  };
}
