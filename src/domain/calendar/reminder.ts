import { nthBusinessDayUpTo, nthDayUpTo } from './businessCalendar.ts';
import type { BusinessCalendar } from './businessCalendar.ts';
import { checkLength, dueDay } from './due.ts';
import type { Instant } from './instant.ts';
import { startOfDay } from './zone.ts';

/**
 * When to remind, `days` business days before `due`: the start of the days-th last business day, the due day counted.
 * Due at the end of Friday, 1 is the start of Friday and 2 the start of Thursday. Refuses days outside 1..3660.
 */
export function businessDaysBefore(calendar: BusinessCalendar, due: Instant, days: number): Instant {
  checkLength(days);
  return startOfDay(nthBusinessDayUpTo(calendar, dueDay(due, calendar.zone), days), calendar.zone);
}

/** When to remind, `days` calendar days before `due`: the start of the days-th last local day, the due day counted. */
export function calendarDaysBefore(zone: string, due: Instant, days: number): Instant {
  checkLength(days);
  return startOfDay(nthDayUpTo(zone, dueDay(due, zone), days), zone);
}
