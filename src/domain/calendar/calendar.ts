/**
 * Days and due dates (R42, R46). Pure: no clock, no randomness; the zones come from the runtime's own tz database.
 *
 * - instant: a moment, ms since 1970 UTC.
 * - local date: a day on the wall calendar of a zone, 'YYYY-MM-DD'.
 * - business day: Monday to Friday less public holidays; see BusinessCalendar.
 * - due: the end of a day, i.e. the first instant of the next; `dueDay` is the day it ends.
 */

export type { Instant } from './instant.ts';
export type { LocalDate } from './localDate.ts';
export { endOfDay, localDate, startOfDay } from './zone.ts';
export { businessDaysBetween, isBusinessDay, type BusinessCalendar } from './businessCalendar.ts';
export {
  dueAfterBusinessDays,
  dueAfterCalendarDays,
  dueAfterRemaining,
  dueAfterRemainingCalendarDays,
  dueDay,
  remainingBusinessDays,
  remainingCalendarDays,
} from './due.ts';
export { businessDaysBefore, calendarDaysBefore } from './reminder.ts';
export { calendarOf } from './tables.ts';
export { CalendarError } from './calendarError.ts';
