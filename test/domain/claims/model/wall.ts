/**
 * The model's own days (R42): read off a wall calendar, one after the other, with the holidays of the United States as
 * the law has them (5 U.S.C. 6103). Slow, and nothing of it comes from src/domain/calendar.
 */

const DAY = 86_400_000;
const QUARTER = 900_000;

/** A day, 'YYYY-MM-DD'. */
export type Day = string;

export class Wall {
  readonly #format: Intl.DateTimeFormat;
  readonly #starts = new Map<Day, number>();
  readonly #free = new Map<number, ReadonlySet<Day>>();

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  }

  dayAt(at: number): Day {
    return this.#format.format(at);
  }

  /** The first quarter of an hour in which the wall calendar shows the day. */
  startOf(day: Day): number {
    const known = this.#starts.get(day);
    if (known !== undefined) return known;
    let at = Date.parse(day) - 15 * 4 * QUARTER;
    while (this.dayAt(at) < day) at += QUARTER;
    this.#starts.set(day, at);
    return at;
  }

  endOf(day: Day): number {
    return this.startOf(stepped(day, 1));
  }

  works(day: Day): boolean {
    const date = new Date(Date.parse(day));
    const free = this.#freeIn(date.getUTCFullYear());
    return date.getUTCDay() >= 1 && date.getUTCDay() <= 5 && !free.has(day);
  }

  /** The nth business day after a day. */
  workingAfter(day: Day, n: number): Day {
    let found = day;
    for (let left = n; left > 0; ) {
      found = stepped(found, 1);
      if (this.works(found)) left -= 1;
    }
    return found;
  }

  /** The day itself if it is a business day, else the next one. */
  workingFrom(day: Day): Day {
    return this.works(day) ? day : this.workingAfter(day, 1);
  }

  /** The nth last business day up to a day, which counts. */
  workingUpTo(day: Day, n: number): Day {
    let found = stepped(day, 1);
    for (let left = n; left > 0; ) {
      found = stepped(found, -1);
      if (this.works(found)) left -= 1;
    }
    return found;
  }

  /** How many business days come after a day, up to another. */
  workingBetween(after: Day, upTo: Day): number {
    let count = 0;
    for (let day = stepped(after, 1); day <= upTo; day = stepped(day, 1)) if (this.works(day)) count += 1;
    return count;
  }

  #freeIn(year: number): ReadonlySet<Day> {
    const known = this.#free.get(year);
    if (known) return known;
    const free = federalHolidays(year);
    this.#free.set(year, free);
    return free;
  }
}

/** So many days later. */
export function stepped(day: Day, days: number): Day {
  return written(Date.parse(day) + days * DAY);
}

function written(at: number): Day {
  return new Date(at).toISOString().slice(0, 10);
}

function federalHolidays(year: number): ReadonlySet<Day> {
  const dates: readonly (readonly [month: number, day: number])[] = [
    [1, 1],
    [7, 4],
    [11, 11],
    [12, 25],
    ...(year >= 2021 ? [[6, 19] as const] : []),
  ];
  // A New Year's Day that is a Saturday is kept on the last day of the year before.
  const next = Date.UTC(year + 1, 0, 1);
  const kept = [...dates.map(([month, day]) => Date.UTC(year, month - 1, day)), next].map((date) => date + shift(date));
  return new Set([
    ...kept.map(written),
    nthMonday(year, 1, 3),
    nthMonday(year, 2, 3),
    lastMondayOfMay(year),
    nthMonday(year, 9, 1),
    nthMonday(year, 10, 2),
    nth(year, 11, 4, 4),
  ]);
}

/** What falls on a Saturday is kept on Friday, what falls on a Sunday on Monday. */
function shift(date: number): number {
  const weekday = new Date(date).getUTCDay();
  return weekday === 6 ? -DAY : weekday === 0 ? DAY : 0;
}

function nth(year: number, month: number, weekday: number, n: number): Day {
  let date = Date.UTC(year, month - 1, 1);
  for (let left = n; ; date += DAY) {
    if (new Date(date).getUTCDay() === weekday) left -= 1;
    if (left === 0) return written(date);
  }
}

function nthMonday(year: number, month: number, n: number): Day {
  return nth(year, month, 1, n);
}

function lastMondayOfMay(year: number): Day {
  let date = Date.UTC(year, 4, 31);
  while (new Date(date).getUTCDay() !== 1) date -= DAY;
  return written(date);
}
