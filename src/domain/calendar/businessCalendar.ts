import { addDays, isWeekday } from './localDate.ts';
import type { LocalDate } from './localDate.ts';
import { hasDay } from './zone.ts';

/**
 * The days a programme works on (R42).
 *
 * - business day: Monday to Friday, not a public holiday, and a day the zone has had at all.
 * - table: the public holidays of `from` to `to`, both included. Outside it nothing is known about holidays, and every
 *   weekday is a business day: a claim must not fail because the holidays of the next decade are not published yet.
 */
export interface BusinessCalendar {
  /** IANA name of the zone the programme's days begin and end in. */
  readonly zone: string;
  /** Country and edition of the table, 'US-2026.1'. A running clock keeps the one it started with. */
  readonly version: string;
  readonly holidays: ReadonlySet<LocalDate>;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Whether the programme works on this day (R42). */
export function isBusinessDay(calendar: BusinessCalendar, date: LocalDate): boolean {
  return isWeekday(date) && !calendar.holidays.has(date) && hasDay(date, calendar.zone);
}

/** How many business days d there are with after < d <= upTo. None when `upTo` is not later. */
export function businessDaysBetween(calendar: BusinessCalendar, after: LocalDate, upTo: LocalDate): number {
  let count = 0;
  for (let date = addDays(after, 1); date <= upTo; date = addDays(date, 1)) {
    if (isBusinessDay(calendar, date)) count += 1;
  }
  return count;
}

/** The nth business day after `date`, which is itself not counted. */
export function nthBusinessDayAfter(calendar: BusinessCalendar, date: LocalDate, n: number): LocalDate {
  return nthDay(date, 1, n, (day) => isBusinessDay(calendar, day));
}

/** The nth last business day up to `date`, which is counted if it is one. */
export function nthBusinessDayUpTo(calendar: BusinessCalendar, date: LocalDate, n: number): LocalDate {
  return nthDay(addDays(date, 1), -1, n, (day) => isBusinessDay(calendar, day));
}

/** The nth day after `date` that the zone has. */
export function nthDayAfter(zone: string, date: LocalDate, n: number): LocalDate {
  return nthDay(date, 1, n, (day) => hasDay(day, zone));
}

/** The nth last day up to `date` that the zone has. */
export function nthDayUpTo(zone: string, date: LocalDate, n: number): LocalDate {
  return nthDay(addDays(date, 1), -1, n, (day) => hasDay(day, zone));
}

function nthDay(from: LocalDate, step: 1 | -1, n: number, counts: (day: LocalDate) => boolean): LocalDate {
  let date = from;
  for (let left = n; left > 0; ) {
    date = addDays(date, step);
    if (counts(date)) left -= 1;
  }
  return date;
}
