/** Checks that an instance logs an error only where the simulation injected a fault. */
import type { Checker, LineLogged, GroundTruth } from './observations.ts';
import { isSimulated } from './support/faultCause.ts';
import { member } from './support/looseJson.ts';

const UNPAIRED = 'Cleaned nothing: database and files do not belong together';
const RESTORED: ReadonlySet<string> = new Set([
  'Store is in an older state than its anchors; see npm run desk -- restored',
  'Standing still: an older state was restored',
]);
const NOT_SIGNED = 'Anchors are not as the desk wrote them; see npm run desk -- verify';
/** What was begun before that was mended. */
const UNDER_WAY_MS = 600_000;

export function createLogsChecker(groundTruth: GroundTruth): Checker {
  function check({ at, by, sentence, fields }: LineLogged): readonly string[] {
    const claim = member(fields, 'claim');
    const error = member(fields, 'error');
    if ((typeof claim === 'string' && groundTruth.isUncheckable(claim)) || isSimulated(error)) return [];
    if (sentence === UNPAIRED && groundTruth.parted().some(({ from, to }) => from <= at && at <= to + UNDER_WAY_MS))
      return [];
    if (
      RESTORED.has(sentence) &&
      groundTruth.standstills().some(({ from, to }) => from <= at && at <= to + UNDER_WAY_MS)
    )
      return [];
    if (sentence === NOT_SIGNED && groundTruth.anchors().some(({ isSigned }) => !isSigned)) return [];
    const said = error instanceof Error ? `${error.name}: ${error.message}` : 'no error with it';
    return [
      `${by} logged of ${typeof claim === 'string' ? claim : 'no claim'}, and nothing was done to it: "${sentence}" (${said})`,
    ];
  }

  return { name: 'logs', logged: (logged) => (logged.level === 'error' ? check(logged) : []) };
}
