/** Checks that an instance logs an error only where the simulation injected a fault. */
import type { Checker, LineLogged, GroundTruth } from './observations.ts';
import { isSimulated } from './support/faultCause.ts';
import { member } from './support/looseJson.ts';

export function createLogsChecker(groundTruth: GroundTruth): Checker {
  function check({ by, sentence, fields }: LineLogged): readonly string[] {
    const claim = member(fields, 'claim');
    const error = member(fields, 'error');
    if ((typeof claim === 'string' && groundTruth.isUncheckable(claim)) || isSimulated(error)) return [];
    const said = error instanceof Error ? `${error.name}: ${error.message}` : 'no error with it';
    return [
      `${by} logged of ${typeof claim === 'string' ? claim : 'no claim'}, and nothing was done to it: "${sentence}" (${said})`,
    ];
  }

  return { name: 'logs', logged: (logged) => (logged.level === 'error' ? check(logged) : []) };
}
