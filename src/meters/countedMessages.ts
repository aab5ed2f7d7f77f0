/** The door for messages with a meter on it. */
import type { Clock, Meters } from '../desk/ports.ts';
import { kindOf } from './words.ts';

type Activity = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** The same handle, each of its turns counted and timed. `steady` is a clock that is never set. */
export function countedMessages<Given extends Activity, More extends readonly unknown[], Got extends Answer>(
  handle: (activity: Given, ...more: More) => Promise<Got>,
  meters: Pick<Meters, 'turn'>,
  steady: Clock,
): (activity: Given, ...more: More) => Promise<Got> {
  return async (activity, ...more) => {
    const began = steady.now();
    let outcome = 'failed';
    try {
      const answer = await handle(activity, ...more);
      outcome = outcomeOf(answer);
      return answer;
    } finally {
      meters.turn(kindOf(activity), outcome, (steady.now() - began) / 1_000);
    }
  };
}

/** An invoke is answered with 200, and what came of it stands in the body. */
function outcomeOf({ status, body }: Answer): 'answered' | 'refused' | 'failed' {
  const inner = typeof body === 'object' && body !== null && 'statusCode' in body ? body.statusCode : undefined;
  const said = status === 200 && typeof inner === 'number' ? inner : status;
  if (said < 400) return 'answered';
  return said < 500 ? 'refused' : 'failed';
}
