/**
 * Checks that a desk on an older state than its anchors stands still until an operator has looked: nothing is written
 * into claims, sent or removed. And that afterwards what was lost is recorded, and a denial that was lost is no consent
 * by silence (R55, R60).
 */
import type { AnchoredHead, Checker, DocumentWritten, GroundTruth, SweepEnded } from '../observations.ts';
import { OPERATOR, PLANTED } from '../observations.ts';
import { idsIn, textsIn } from '../support/cardContent.ts';
import type { StoredEntry } from '../support/storedClaim.ts';
import { asClaim } from '../support/storedClaim.ts';
import { placeOf, roomOf } from '../support/userRequest.ts';

/** What is not written meanwhile. */
const HELD: ReadonlySet<string> = new Set(['claim', 'fileIntent']);
const APPROVES: ReadonlySet<string> = new Set(['ClaimApproved', 'DisputeOverturned']);
/** What an instance had begun when the store was put back has arrived by then. */
const UNDER_WAY_MS = 120_000;

/** The mark of a standstill, as another replica of the store may still show it. */
const STANDSTILL = 'standstill';
const STALE_MS = 5_000;
/** An answer comes within this time, also where it is tried again. */
const ANSWERED_MS = 120_000;

export function createRestoredChecker(groundTruth: GroundTruth): Checker {
  /** Since when the mark of a standstill is there, and when each process that ran then had learned of it. */
  let mark: { readonly at: number; readonly learned: Map<string, number> } | undefined;

  /** When something was asked last of an instance in a channel. */
  const askedAt = new Map<string, number>();
  /** When an operator let the desk go on last. */
  let goneOnAt = -Infinity;

  const isStill = (by: string, at: number): boolean => {
    const lasts = groundTruth
      .standstills()
      .some(({ from, to, running }) => !running && goneOnAt < from && from + UNDER_WAY_MS < at && at < to);
    if (lasts) return true;
    return mark !== undefined && at > (mark.learned.get(by) ?? mark.at) + UNDER_WAY_MS;
  };

  function marked({ at, after }: DocumentWritten): void {
    if (after['ended'] !== undefined) {
      goneOnAt = at;
      mark = undefined;
    } else mark ??= { at, learned: new Map(groundTruth.instances().map(({ by }) => [by, Infinity])) };
  }

  /** Who starts on a store that lacks a decision stands still from the start on. */
  function sweptOn({ by, from, at, fault }: SweepEnded): readonly string[] {
    if (fault !== undefined) return [];
    if (mark && from > mark.at + STALE_MS && mark.learned.get(by) === Infinity) mark.learned.set(by, at);
    const missed = groundTruth.standstills().find(
      ({ from: since, to, running, lost }) =>
        // The mark says that an operator has let the desk go on before their command has ended.
        goneOnAt < since && since < from && at < to && lost.length > 0 && running,
    );
    return missed && !mark && !missed.running?.includes(by)
      ? [
          `${by} began while ${missed.lost[0]?.claim} lacked a decision that is anchored, and does not stand still (R55)`,
        ]
      : [];
  }

  /** What the store lacks of a claim, to those who know: who started since, and everyone once it was recorded. */
  function lostOf(claim: string, by = '', at = Infinity): readonly AnchoredHead[] {
    return groundTruth
      .standstills()
      .filter(({ to, running = [] }) => at > to || !running.includes(by))
      .flatMap(({ lost }) => lost.filter((one) => one.claim === claim));
  }

  /** A consent passes by silence in a period of which a denial was lost. */
  function passed({ by, at, id }: DocumentWritten, entries: readonly StoredEntry[], from: number): readonly string[] {
    return entries.slice(from).flatMap(({ version, event }) => {
      if (event.type !== 'ConsentPassed') return [];
      const before = entries.slice(0, version - 1);
      const period = before.filter((entry) => APPROVES.has(entry.event.type)).length;
      const opened = before.findLastIndex((entry) => APPROVES.has(entry.event.type));
      const restored = before.findLastIndex((entry) => entry.event.type === 'StateRestored');
      const denials = lostOf(id, by, at).filter((one) => one.event === 'ConsentDenied' && one.period === period);
      // After the restore, or before it and yet newer than what it lost.
      const isAgreed = before.some(
        ({ event: { type, at: agreedAt } }, index) =>
          type === 'ConsentAgreed' &&
          index > opened &&
          (index > restored || denials.every((denial) => denial.at < agreedAt)),
      );
      return denials.length > 0 && !isAgreed
        ? [
            `${id} version ${version}: consent passed by silence, and its customer had denied it before the restore (R60)`,
          ]
        : [];
    });
  }

  return {
    name: 'restored',
    wrote(wrote) {
      const { by, at, kind, id, before, after } = wrote;
      if (kind === STANDSTILL) marked(wrote);
      if (by === PLANTED || by.startsWith(OPERATOR)) return [];
      const still =
        HELD.has(kind) && isStill(by, at)
          ? [`${by} wrote ${kind} ${id}, while the desk stands still after a restore (R55)`]
          : [];
      if (kind !== 'claim') return still;
      return [...still, ...passed(wrote, asClaim(after).entries, before ? asClaim(before).entries.length : 0)];
    },
    asked({ at, by, activity }) {
      askedAt.set(`${by} ${placeOf({ activity })}`, at);
      return [];
    },
    taken({ by, at, how, conversation, text, card }) {
      if (by.startsWith(OPERATOR) || roomOf(conversation) === conversation || !isStill(by, at)) return [];
      // Questions are answered.
      const answered = how === 'post' && at - (askedAt.get(`${by} ${roomOf(conversation)}`) ?? -Infinity) < ANSWERED_MS;
      if (answered) return [];
      const [id] = textsIn([text ?? '', card ?? {}]).flatMap(idsIn);
      return id === undefined
        ? []
        : [`${by} ${how}s about ${id} in ${conversation}, while the desk stands still (R55)`];
    },
    removed: ({ by, at, key }) =>
      !by.startsWith(OPERATOR) && isStill(by, at)
        ? [`${by} removed the file ${key}, while the desk stands still after a restore (R55)`]
        : [],
    swept: sweptOn,
    ended: () =>
      [...groundTruth.documents('claim')].flatMap(({ id, body }) => {
        const { entries } = asClaim(body);
        const recorded = entries.some(({ event }) => event.type === 'StateRestored');
        const isOver = groundTruth.standstills().every(({ to }) => to < Infinity);
        // What another restore brought back is not lost.
        const isLost = lostOf(id).some(({ version, hash }) => entries[version - 1]?.hash !== hash);
        return isOver && !recorded && isLost && groundTruth.damagedSince(id) === undefined
          ? [`${id} lost decisions with a restore, and does not say so (R55)`]
          : [];
      }),
  };
}
