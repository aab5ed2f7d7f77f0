/** Fairness: how far the order in which claims were served is from the order in which they fell due. */

/** What was served, in the order of the serving: when it was due. */

export interface Overtaking {
  /** So many that fell due later were served before one, at most. */
  readonly places: number;
  /** So much later fell due what was served before one, at most; milliseconds. */
  readonly ms: number;
}

export function overtaking(served: readonly number[]): Overtaking {
  const order = [...served].sort((one, other) => one - other);
  const lastPlace = new Map(order.map((due, index) => [due, index]));
  let latest = Number.NEGATIVE_INFINITY;
  let places = 0;
  let ms = 0;
  for (const [place, due] of served.entries()) {
    latest = Math.max(latest, due);
    ms = Math.max(ms, latest - due);
    places = Math.max(places, place - (lastPlace.get(due) ?? place));
  }
  return { places, ms };
}
