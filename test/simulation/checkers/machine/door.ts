/**
 * Checks the door of each instance, whatever its clock does: the times of a token are judged by that clock, the age of
 * Teams' keys by true time; what Teams did not sign for this bot never comes in; and keys are fetched no more often
 * than the desk promises, and no later.
 */
import type { Checker, DoorAnswered, DoorReached, KeysFetched } from '../observations.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** How far the times of a token and the clock of an instance may be apart. */
const SKEW_S = 300;
const FRESH_MS = 12 * HOUR_MS;
const MAX_AGE_MS = 7 * 24 * HOUR_MS;
/** Between two fetches, with keys that are good and without any. */
const INTERVAL_MS = 60 * SECOND_MS;
const INTERVAL_WITHOUT_MS = 5 * SECOND_MS;

/** What an instance knows of the keys. */
interface Keys {
  gotAt: number;
  begunAt: number;
  isUnderWay: boolean;
  hasFailed: boolean;
  /** What waits at the door. */
  readonly waiting: Set<DoorReached>;
}

export function createDoorChecker(): Checker {
  const instances = new Map<string, Keys>();

  function keysOf(by: string): Keys {
    const known = instances.get(by) ?? {
      gotAt: -Infinity,
      begunAt: -Infinity,
      isUnderWay: false,
      hasFailed: false,
      waiting: new Set(),
    };
    instances.set(by, known);
    return known;
  }

  function begun({ by, at }: KeysFetched, keys: Keys): readonly string[] {
    const age = at - keys.gotAt;
    const since = at - keys.begunAt;
    const problems: string[] = [];
    if (keys.isUnderWay) problems.push(`${by} fetches the keys of Teams twice at once`);
    else if (since < (age < MAX_AGE_MS ? INTERVAL_MS : INTERVAL_WITHOUT_MS))
      problems.push(`${by} fetches the keys of Teams again after ${since} ms`);
    if (age < FRESH_MS && ![...keys.waiting].some(({ token }) => !token.isKeyPublished))
      problems.push(`${by} fetches the keys of Teams, which it got ${age} ms ago, for no key that it does not know`);
    keys.begunAt = at;
    keys.isUnderWay = true;
    return problems;
  }

  function admitted({ reached, at, off }: DoorAnswered, keys: Keys, what: string): readonly string[] {
    const age = at - keys.gotAt;
    const isAsked = keys.isUnderWay || at - keys.begunAt < INTERVAL_MS;
    return [
      ...(reached.token.isGenuine ? [] : [`${what} was let in, and Teams did not sign it`]),
      ...(isTimely(reached, reached) || isTimely(reached, { at, off })
        ? []
        : [`${what} was let in out of its time${timesOf(reached)}`]),
      ...(age >= MAX_AGE_MS ? [`${what} was let in by keys that are ${age} ms old`] : []),
      ...(age >= FRESH_MS && !isAsked
        ? [`${what} was let in by keys that are ${age} ms old, and no newer asked for`]
        : []),
    ];
  }

  function rejected({ reached, at, off, outcome }: DoorAnswered, keys: Keys, what: string): readonly string[] {
    if (outcome === 503)
      return at - keys.gotAt >= MAX_AGE_MS && keys.hasFailed
        ? []
        : [`${what} was answered with 503, and there are keys, or no fetch of them failed`];
    // A clock that is set meanwhile may be asked before or after that.
    return reached.token.isGenuine && isTimely(reached, reached) && isTimely(reached, { at, off })
      ? [`${what} was answered with ${outcome}, and Teams signed it for this time${timesOf(reached)}`]
      : [];
  }

  return {
    name: 'door',
    reached(reached) {
      keysOf(reached.by).waiting.add(reached);
      return [];
    },
    judged(judged) {
      const { reached, outcome } = judged;
      const keys = keysOf(reached.by);
      const what = `an activity that came to ${reached.by} at ${new Date(reached.at).toISOString()}`;
      const problems = outcome === 'admitted' ? admitted(judged, keys, what) : rejected(judged, keys, what);
      keys.waiting.delete(reached);
      return problems;
    },
    keysFetched(fetched) {
      const keys = keysOf(fetched.by);
      if (fetched.what === 'begun') return begun(fetched, keys);
      keys.isUnderWay = false;
      keys.hasFailed = fetched.what === 'failed';
      if (fetched.what === 'got') keys.gotAt = fetched.at;
      return [];
    },
  };
}

/** Whether the token is in its time by the clock of the instance. */
function isTimely(
  { token: { nbf, exp } }: DoorReached,
  { at, off }: { readonly at: number; readonly off: number },
): boolean {
  const now = (at + off) / SECOND_MS;
  return nbf - SKEW_S <= now && now < exp + SKEW_S;
}

function timesOf({ at, off, token: { nbf, exp } }: DoorReached): string {
  const [now, from, to] = [at + off, nbf * SECOND_MS, exp * SECOND_MS].map((one) => new Date(one).toISOString());
  return `: by its clock it was ${now}, and the token is for ${from} to ${to}`;
}
