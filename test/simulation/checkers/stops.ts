/**
 * Checks that what an instance has begun ends: every turn is answered and every sweep comes to its end; told to stop,
 * it ends all that it had in flight before it goes, and in the time it has for that, unless something held it up.
 */
import type { ActivityAsked, Checker, GroundTruth } from './observations.ts';

/** Longer than anything takes where nothing goes wrong. */
const LONGEST_MS = 3_600_000;

export function createStopsChecker(groundTruth: GroundTruth): Checker {
  /** Of each instance, what it was asked and has not answered. */
  const inFlight = new Map<string, Map<number, ActivityAsked>>();
  /** Files that are on their way to an instance: how long they take is their sender's affair. */
  const uploads = new Map<string, Set<number>>();

  const said = ({ number, person, at }: ActivityAsked): string =>
    `${number}, which ${person} asked at ${new Date(at).toISOString()}`;

  return {
    name: 'stops',
    asked(asked) {
      const here = inFlight.get(asked.by) ?? new Map<number, ActivityAsked>();
      here.set(asked.number, asked);
      inFlight.set(asked.by, here);
      return [];
    },
    answered({ asked: { by, number } }) {
      inFlight.get(by)?.delete(number);
      return [];
    },
    followed({ by, number, how }) {
      if (how === 'add') uploads.set(by, (uploads.get(by) ?? new Set()).add(number));
      return [];
    },
    fetched({ followed: { by, number } }) {
      uploads.get(by)?.delete(number);
      return [];
    },
    stopped({ by, from, inTime, disturbed }) {
      const left = [...(inFlight.get(by)?.values() ?? [])];
      inFlight.delete(by);
      const told = `${by} was told to stop at ${new Date(from).toISOString()}`;
      if (inTime) return left.map((asked) => `${told}, and ended without an answer to ${said(asked)}`);
      return disturbed || (uploads.get(by)?.size ?? 0) > 0
        ? []
        : [`${told}, nothing held it up, and it could not end what it had in flight`];
    },
    ended() {
      const before = groundTruth.now() - LONGEST_MS;
      return groundTruth
        .instances()
        .flatMap(({ by, sweepingSince = Infinity }) => [
          ...[...(inFlight.get(by)?.values() ?? [])]
            .filter(({ at }) => at < before)
            .map((asked) => `${by} has not answered ${said(asked)}`),
          ...(sweepingSince < before
            ? [`a sweep of ${by} that began at ${new Date(sweepingSince).toISOString()} has not ended`]
            : []),
        ]);
    },
  };
}
