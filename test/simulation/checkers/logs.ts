/** Judges that an instance logs an error only where something went wrong that the simulation did: an operator has no other work. */
import type { Judge, Logged, Truth } from './observations.ts';
import { isSimulated } from './support/faultCause.ts';
import { member } from './support/looseJson.ts';

export function openLogs(truth: Truth): Judge {
  function judged({ by, sentence, fields }: Logged): readonly string[] {
    const claim = member(fields, 'claim');
    const error = member(fields, 'error');
    if ((typeof claim === 'string' && truth.isOdd(claim)) || isSimulated(error)) return [];
    const said = error instanceof Error ? `${error.name}: ${error.message}` : 'no error with it';
    return [
      `${by} logged of ${typeof claim === 'string' ? claim : 'no claim'}, and nothing was done to it: "${sentence}" (${said})`,
    ];
  }

  return { name: 'logs', logged: (logged) => (logged.level === 'error' ? judged(logged) : []) };
}
