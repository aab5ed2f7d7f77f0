/**
 * Checks that a desk on an older state than its anchors stands still until an operator has looked: nothing is written
 * into claims, sent or removed. And that afterwards what was lost is recorded, and a denial that was lost is no consent
 * by silence (R55, R60).
 */
import type { AnchoredHead, Checker, GroundTruth } from '../observations.ts';
import { OPERATOR, PLANTED } from '../observations.ts';
import { idsIn, textsIn } from '../support/cardContent.ts';
import type { StoredEntry } from '../support/storedClaim.ts';
import { asClaim } from '../support/storedClaim.ts';
import { roomOf } from '../support/userRequest.ts';

/** What is not written meanwhile. */
const HELD: ReadonlySet<string> = new Set(['claim', 'fileIntent']);
const APPROVES: ReadonlySet<string> = new Set(['ClaimApproved', 'DisputeOverturned']);
/** What an instance had begun when the store was put back has arrived by then. */
const UNDER_WAY_MS = 120_000;

export function createRestoredChecker(groundTruth: GroundTruth): Checker {
  const isStill = (at: number): boolean =>
    groundTruth.standstills().some(({ from, to }) => from + UNDER_WAY_MS < at && at < to);

  function lostOf(claim: string): readonly AnchoredHead[] {
    return groundTruth.standstills().flatMap(({ lost }) => lost.filter((one) => one.claim === claim));
  }

  /** A consent passes by silence in a period of which a denial was lost. */
  function passed(id: string, entries: readonly StoredEntry[], from: number): readonly string[] {
    return entries.slice(from).flatMap(({ version, event }) => {
      if (event.type !== 'ConsentPassed') return [];
      const before = entries.slice(0, version - 1);
      const period = before.filter((entry) => APPROVES.has(entry.event.type)).length;
      const isAgreed =
        before.findLastIndex((entry) => entry.event.type === 'ConsentAgreed') >
        before.findLastIndex((entry) => APPROVES.has(entry.event.type) || entry.event.type === 'StateRestored');
      const isDenied = lostOf(id).some(
        (one) => one.event === 'ConsentDenied' && one.period === period && one.version <= version,
      );
      return isDenied && !isAgreed
        ? [
            `${id} version ${version}: consent passed by silence, and its customer had denied it before the restore (R60)`,
          ]
        : [];
    });
  }

  return {
    name: 'restored',
    wrote({ by, at, kind, id, before, after }) {
      if (by === PLANTED || by.startsWith(OPERATOR)) return [];
      const still =
        HELD.has(kind) && isStill(at)
          ? [`${by} wrote ${kind} ${id}, while the desk stands still after a restore (R55)`]
          : [];
      if (kind !== 'claim') return still;
      return [...still, ...passed(id, asClaim(after).entries, before ? asClaim(before).entries.length : 0)];
    },
    taken({ by, at, how, conversation, text, card }) {
      if (by.startsWith(OPERATOR) || roomOf(conversation) === conversation || !isStill(at)) return [];
      const [id] = textsIn([text ?? '', card ?? {}]).flatMap(idsIn);
      return id === undefined
        ? []
        : [`${by} ${how}s about ${id} in ${conversation}, while the desk stands still (R55)`];
    },
    removed: ({ by, at, key }) =>
      isStill(at) ? [`${by} removed the file ${key}, while the desk stands still after a restore (R55)`] : [],
    ended: () =>
      [...groundTruth.documents('claim')].flatMap(({ id, body }) => {
        const { entries } = asClaim(body);
        const recorded = entries.some(({ event }) => event.type === 'StateRestored');
        const isOver = groundTruth.standstills().every(({ to }) => to < Infinity);
        return isOver && !recorded && lostOf(id).length > 0 && groundTruth.damagedSince(id) === undefined
          ? [`${id} lost decisions with a restore, and does not say so (R55)`]
          : [];
      }),
  };
}
