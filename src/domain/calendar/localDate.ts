import { CalendarError } from './calendarError.ts';

/** A day on a wall calendar, 'YYYY-MM-DD'. Sorts as text; belongs to no zone until one is named. */
export type LocalDate = string;

const DAY = 86_400_000;
const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

// Deadlines are counted day by day, over the same days again and again. Sixty years of days, then they are forgotten.
const MAX_DAYS = 22_000;
const midnights = new Map<LocalDate, number>();
const dates = new Map<number, LocalDate>();

/** Midnight of the date as if its zone were UTC, in ms. Refuses what is not a date, such as '2021-02-30'. */
export function utcMidnight(date: LocalDate): number {
  const known = midnights.get(date);
  if (known !== undefined) return known;
  const ms = PATTERN.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(ms) || dateOfUtc(ms) !== date) {
    throw new CalendarError('calendar.badDate', `'${date}' is not a date: expected YYYY-MM-DD, a day of the calendar`);
  }
  return remembered(midnights, date, ms);
}

/** The date on a UTC calendar at `ms`. */
export function dateOfUtc(ms: number): LocalDate {
  const day = Math.floor(ms / DAY);
  return dates.get(day) ?? remembered(dates, day, new Date(ms).toISOString().slice(0, 10));
}

/** The date `days` days later on paper, earlier if negative. Whether a zone ever had that day is asked of the zone. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfUtc(utcMidnight(date) + days * DAY);
}

/** Monday to Friday. */
export function isWeekday(date: LocalDate): boolean {
  const weekday = new Date(utcMidnight(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  if (known.size >= MAX_DAYS) known.clear();
  known.set(key, value);
  return value;
}
