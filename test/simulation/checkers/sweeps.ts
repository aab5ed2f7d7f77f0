/**
 * Checks that a sweep leaves nothing that was due before it began and that it could do (R44), and that nothing is
 * overdue at the end of the run.
 */
import type { Checker, SweepEnded, GroundTruth } from './observations.ts';
import { CLOCK_TOLERANCE_MS, PLANTED } from './observations.ts';
import { isSimulated } from './support/faultCause.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import { nextFiring } from './support/claimState.ts';

/** When a claim's clocks were last what they were not before: what came during a sweep need not be seen by it. */
interface Changed {
  at: number;
}

/** Longer than the time between two sweeps of any run, with all that one may take. */
const LONGEST_REST_MS = 7 * 3_600_000;

export function createSweepsChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites<Changed>(groundTruth, () => ({ at: -Infinity }));
  /** When the simulation itself put a claim there last: one that was of a newer version until then was rightly left. */
  const planted = new Map<string, number>();

  function left({ by, from, off, hit }: SweepEnded): readonly string[] {
    const before = from + off - CLOCK_TOLERANCE_MS;
    const problems: string[] = [];
    for (const { id, claim, own } of claims.all()) {
      const due = nextFiring(claim.clocks);
      if (!due || due.at > before || own.at >= from || hit.has(id) || (planted.get(id) ?? -Infinity) >= from) continue;
      problems.push(
        `${id} version ${claim.version}: ${due.clock} was due at ${new Date(due.at).toISOString()}, and the ` +
          `sweep of ${by} that began at ${new Date(from).toISOString()} left it (R44)`,
      );
    }
    return problems;
  }

  function brokenOff({ by, from, fault }: SweepEnded): readonly string[] {
    return isSimulated(fault)
      ? []
      : [
          `the sweep of ${by} that began at ${new Date(from).toISOString()} broke off: ` +
            `${fault instanceof Error ? fault.message : String(fault)}`,
        ];
  }

  return {
    name: 'sweeps',
    wrote: (wrote) => {
      if (wrote.kind === 'claim' && wrote.by === PLANTED) planted.set(wrote.id, wrote.at);
      return claims.wrote(wrote, {
        end(_claim, own, _body, fresh) {
          if (fresh.some(({ event }) => event.clocks)) own.at = wrote.at;
          return [];
        },
      });
    },
    swept(swept) {
      if (swept.fault !== undefined) return brokenOff(swept);
      return swept.disturbed || swept.isStopped ? [] : left(swept);
    },
    ended() {
      const before = groundTruth.now() - LONGEST_REST_MS;
      return [...claims.all()].flatMap(({ id, claim }) => {
        const due = nextFiring(claim.clocks);
        return due && due.at < before
          ? [
              `${id} version ${claim.version}: ${due.clock} was due at ${new Date(due.at).toISOString()}, and is so still at the end (R44)`,
            ]
          : [];
      });
    },
  };
}
