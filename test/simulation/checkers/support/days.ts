/** Days as a wall calendar in a zone shows them, counted one by one (R42): the checkers' own, slow and cached. */

const DAY = 86_400_000;
/** No zone moves its clock by less, or at another moment. */
const QUARTER = 900_000;
const FURTHEST_AHEAD = 15 * 4 * QUARTER;

/** 'YYYY-MM-DD'. */
export type Day = string;

export class Days {
  readonly #format: Intl.DateTimeFormat;
  readonly #starts = new Map<Day, number>();

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  }

  of(at: number): Day {
    return this.#format.format(at);
  }

  startOf(day: Day): number {
    const known = this.#starts.get(day);
    if (known !== undefined) return known;
    let at = Date.parse(day) - FURTHEST_AHEAD;
    while (this.of(at) < day) at += QUARTER;
    this.#starts.set(day, at);
    return at;
  }

  endOf(day: Day): number {
    return this.startOf(later(day, 1));
  }
}

/** The day a number of days later; earlier if negative. */
export function later(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The nth day after `from` that counts, by steps of one day forwards or backwards. */
export function nthDay(from: Day, n: number, step: 1 | -1, counts: (day: Day) => boolean): Day {
  let day = from;
  for (let left = n; left > 0; ) {
    day = later(day, step);
    if (counts(day)) left -= 1;
  }
  return day;
}

/** How many days count after `from`, up to `to`. */
export function countDays(from: Day, to: Day, counts: (day: Day) => boolean): number {
  let count = 0;
  for (let day = later(from, 1); day <= to; day = later(day, 1)) if (counts(day)) count += 1;
  return count;
}

/** Monday to Friday and not free. */
export function worksBut(free: ReadonlySet<Day>): (day: Day) => boolean {
  return (day) => {
    const weekday = new Date(Date.parse(day)).getUTCDay();
    return weekday >= 1 && weekday <= 5 && !free.has(day);
  };
}

const known = new Map<string, Days>();

/** The days of a zone; a formatter is dear, so there is one for each. */
export function daysIn(zone: string): Days {
  const found = known.get(zone) ?? new Days(zone);
  known.set(zone, found);
  return found;
}
