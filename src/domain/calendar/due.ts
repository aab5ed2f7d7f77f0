import { businessDaysBetween, isBusinessDay, nthBusinessDayAfter, nthDayAfter } from './businessCalendar.ts';
import type { BusinessCalendar } from './businessCalendar.ts';
import { CalendarError } from './calendarError.ts';
import type { Instant } from './instant.ts';
import { addDays } from './localDate.ts';
import type { LocalDate } from './localDate.ts';
import { endOfDay, hasDay, localDate } from './zone.ts';

// A due date is the END of a day, that is the first instant of the next one: before it is in time, at it or later is
// late.

/** The longest clock, in days. A larger number is a mistake, and counting it day by day would hang. */
export const MAX_CLOCK_DAYS = 3660;

/** The end of the Nth business day after the start day, which never counts (R42). Refuses N outside 1..3660. */
export function dueAfterBusinessDays(calendar: BusinessCalendar, start: Instant, days: number): Instant {
  checkLength(days);
  return endOfDay(nthBusinessDayAfter(calendar, localDate(start, calendar.zone), days), calendar.zone);
}

/** The end of the Nth local day after the start day, which never counts (R42). Refuses N outside 1..3660. */
export function dueAfterCalendarDays(zone: string, start: Instant, days: number): Instant {
  checkLength(days);
  return endOfDay(nthDayAfter(zone, localDate(start, zone), days), zone);
}

/** The day that ends at `due`: not the day `due` itself belongs to, which is the next one. */
export function dueDay(due: Instant, zone: string): LocalDate {
  return localDate(due - 1, zone);
}

/** The business days left at `at`: those after its day, up to the due day. None once the due day has come (R46). */
export function remainingBusinessDays(calendar: BusinessCalendar, at: Instant, due: Instant): number {
  return businessDaysBetween(calendar, localDate(at, calendar.zone), dueDay(due, calendar.zone));
}

/**
 * When a paused clock is due after it resumes with `remaining` business days (R46). With none left, the end of the
 * day of resumption, or of the next business day if that is none. Refuses what is not a whole number in 0..3660.
 */
export function dueAfterRemaining(calendar: BusinessCalendar, resumedAt: Instant, remaining: number): Instant {
  if (remaining !== 0) return dueAfterBusinessDays(calendar, resumedAt, remaining);
  const today = localDate(resumedAt, calendar.zone);
  if (isBusinessDay(calendar, today)) return endOfDay(today, calendar.zone);
  return dueAfterBusinessDays(calendar, resumedAt, 1);
}

/** The calendar days left at `at`: those after its local day, up to the due day. None once the due day has come. */
export function remainingCalendarDays(zone: string, at: Instant, due: Instant): number {
  const last = dueDay(due, zone);
  let days = 0;
  for (let day = addDays(localDate(at, zone), 1); day <= last; day = addDays(day, 1)) if (hasDay(day, zone)) days += 1;
  return days;
}

/**
 * When a clock that counts calendar days is due after it goes on with `remaining` of them; with none left, the end of
 * that day. Refuses what is not a whole number in 0..3660.
 */
export function dueAfterRemainingCalendarDays(zone: string, resumedAt: Instant, remaining: number): Instant {
  if (remaining !== 0) return dueAfterCalendarDays(zone, resumedAt, remaining);
  return endOfDay(localDate(resumedAt, zone), zone);
}

/** Refuses a number of days that is not whole, or not in 1..3660. */
export function checkLength(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= MAX_CLOCK_DAYS) return;
  throw new CalendarError(
    'calendar.badLength',
    `${days} is not a number of days: expected a whole number from 1 to ${MAX_CLOCK_DAYS}`,
  );
}
