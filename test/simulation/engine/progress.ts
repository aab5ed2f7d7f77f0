/** Reports the progress of a campaign: each seed that fails, and how many are done. */
import type { Failed } from './campaign.ts';
import { describeFailure } from './report.ts';
import type { World } from './report.ts';

const MINUTE = 60_000;

/** Answers the lines to be said after each seed. `now` is in milliseconds. */
export function createProgress(
  seeds: number,
  world: World,
  now: () => number,
): (done: number, failed: readonly Failed[]) => readonly string[] {
  const begun = now();
  const step = Math.max(1, Math.round(seeds / 20));
  let said = begun;
  let told = 0;
  return (done, failed) => {
    const lines = failed.slice(told).flatMap((one) => describeFailure(one, world));
    told = failed.length;
    if (done % step === 0 || now() - said >= MINUTE) {
      said = now();
      lines.push(`${done} of ${seeds} seeds, ${told} with violations, ${Math.round((said - begun) / 1_000)} s`);
    }
    return lines;
  };
}
