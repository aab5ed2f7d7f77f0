/**
 * Checks that where database and files do not belong together nothing is cleaned and no instance calls itself ready,
 * and that they are not taken for strangers where they do belong together (R9).
 */
import type { Checker, GroundTruth } from '../observations.ts';

/** A cleaning that was begun before may be at it for so long; what an upload has just brought may be refused. */
const UNDER_WAY_MS = 600_000;
/** A reader of another replica may know so late. */
const KNOWN_EVERYWHERE_MS = 10_000;
const POE = 'poe/';

export function createPairingChecker(groundTruth: GroundTruth): Checker {
  const isParted = (at: number, marginMs: number): boolean =>
    groundTruth.parted().some(({ from, to }) => from + marginMs < at && at < to);
  const isNear = (at: number): boolean =>
    groundTruth.parted().some(({ from, to }) => from <= at && at < to + KNOWN_EVERYWHERE_MS);

  return {
    name: 'pairing',
    removed: ({ by, at, key, writtenAt }) =>
      key.startsWith(POE) && at - writtenAt > UNDER_WAY_MS && isParted(at, UNDER_WAY_MS)
        ? [`${by} removed the file ${key}, while database and files do not belong together (R9)`]
        : [],
    wrote: ({ by, at, kind, id }) =>
      kind === 'quarantine' && isParted(at, UNDER_WAY_MS)
        ? [`${by} put ${id} into quarantine, while database and files do not belong together (R9)`]
        : [],
    pairAsked({ by, at, isPaired }) {
      if (isPaired && isParted(at, KNOWN_EVERYWHERE_MS))
        return [`${by} is ready, and database and files do not belong together (R9)`];
      return isPaired || isNear(at) ? [] : [`${by} takes database and files for strangers, and they are none (R9)`];
    },
  };
}
