/**
 * An independent oracle for days, deliberately simple: it walks through time hour by hour and reads what a wall
 * calendar shows. Shares nothing with src/domain/calendar: own dates, own weekdays, holidays straight from
 * date-holidays.
 */
import { readFileSync } from 'node:fs';
import Holidays from 'date-holidays';

const HOUR = 3_600_000;

export interface Day {
  readonly date: string;
  readonly start: number;
}

/** A list of days to count over. */
export interface Days {
  day(index: number): Day;
  /** The place in the list of the day that a wall calendar shows. */
  indexAt(at: number): number;
}

/**
 * Every day of a zone from the middle of 1999 to the middle of 2041, in order. The end of a day is the next one's
 * start.
 */
export class NaiveZone implements Days {
  readonly days: readonly Day[];
  readonly #format: Intl.DateTimeFormat;
  readonly #index: ReadonlyMap<string, number>;

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    this.days = this.#walk(Date.UTC(1999, 5, 1), Date.UTC(2041, 5, 1));
    this.#index = new Map(this.days.map((day, index) => [day.date, index]));
  }

  dateAt(at: number): string {
    return this.#format.format(at);
  }

  indexAt(at: number): number {
    return this.indexOf(this.dateAt(at));
  }

  indexOf(date: string): number {
    const index = this.#index.get(date);
    if (index === undefined) throw new Error(`the walk never saw ${date}`);
    return index;
  }

  day(index: number): Day {
    const day = this.days[index];
    if (!day) throw new Error(`the walk has no day ${index}`);
    return day;
  }

  #walk(from: number, to: number): Day[] {
    const days: Day[] = [];
    let date = this.dateAt(from);
    for (let at = from; at < to; at += HOUR) {
      const shown = this.dateAt(at);
      if (shown !== date) days.push({ date: shown, start: this.#changeBetween(at - HOUR, at, date) });
      date = shown;
    }
    return days;
  }

  #changeBetween(before: number, after: number, date: string): number {
    let old = before;
    let changed = after;
    while (changed - old > 1) {
      const middle = Math.floor((old + changed) / 2);
      if (this.dateAt(middle) === date) old = middle;
      else changed = middle;
    }
    return changed;
  }
}

const known = new Map<string, ReadonlySet<string>>();

/** The public holidays of a country, asked of the library once. */
export function naiveHolidays(country: string): ReadonlySet<string> {
  const found = known.get(country) ?? tellHolidays(country);
  known.set(country, found);
  return found;
}

/** The public holidays of 2000 to 2040: days of which the library's entries show at least 23 different hours. */
function tellHolidays(country: string): ReadonlySet<string> {
  const library = new Holidays(country);
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: library.getTimezones()[0] ?? 'UTC',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const hours = new Map<string, Set<string>>();
  for (let year = 1999; year <= 2041; year += 1) {
    for (const entry of library.getHolidays(year).filter(({ type }) => type === 'public')) {
      for (let at = Number(entry.start); at < Number(entry.end); at += HOUR) {
        const [date = '', time = ''] = wall.format(at).split(' ');
        hours.set(date, (hours.get(date) ?? new Set()).add(time.slice(0, 2)));
      }
    }
  }
  const holidays = new Set([...hours].filter(([, seen]) => seen.size >= 23).map(([date]) => date));
  const overrides = JSON.parse(
    readFileSync(new URL('../../../src/domain/calendar/tables/overrides.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, { readonly add?: object; readonly remove?: object }>>;
  for (const date in overrides[country]?.add) holidays.add(date);
  for (const date in overrides[country]?.remove) holidays.delete(date);
  return new Set([...holidays].filter((date) => date >= '2000' && date < '2041').sort());
}

/** Sakamoto's table: 0 is Sunday. */
export function naiveWeekday(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const y = month < 3 ? year - 1 : year;
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? NaN;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7;
}

/** The rules R42 and R46, spelt out over the list of days. */
export class NaiveCalendar {
  readonly #zone: Days;
  readonly #holidays: ReadonlySet<string>;

  constructor(zone: Days, holidays: ReadonlySet<string>) {
    this.#zone = zone;
    this.#holidays = holidays;
  }

  works(index: number): boolean {
    const { date } = this.#zone.day(index);
    return ![0, 6].includes(naiveWeekday(date)) && !this.#holidays.has(date);
  }

  dueAfterBusinessDays(start: number, days: number): number {
    let index = this.#zone.indexAt(start);
    for (let seen = 0; seen < days; ) {
      index += 1;
      if (this.works(index)) seen += 1;
    }
    return this.#zone.day(index + 1).start;
  }

  dueAfterCalendarDays(start: number, days: number): number {
    return this.#zone.day(this.#zone.indexAt(start) + days + 1).start;
  }

  businessDaysBetween(after: number, upTo: number): number {
    let count = 0;
    for (let index = after + 1; index <= upTo; index += 1) if (this.works(index)) count += 1;
    return count;
  }

  dueAfterRemaining(resumedAt: number, remaining: number): number {
    const today = this.#zone.indexAt(resumedAt);
    if (remaining > 0) return this.dueAfterBusinessDays(resumedAt, remaining);
    let index = today;
    while (!this.works(index)) index += 1;
    return this.#zone.day(index + 1).start;
  }

  businessDaysBefore(dueIndex: number, days: number): number {
    let index = dueIndex + 1;
    for (let seen = 0; seen < days; ) {
      index -= 1;
      if (this.works(index)) seen += 1;
    }
    return this.#zone.day(index).start;
  }

  calendarDaysBefore(dueIndex: number, days: number): number {
    return this.#zone.day(dueIndex - days + 1).start;
  }
}
