/** Days and due dates (R42, R46). */
import type { Mutant } from '../mutant.ts';

const DUE = ['test/calendar/due.test.ts', 'test/calendar/zone.test.ts', 'test/claims/clocks.test.ts'];

export const calendar: readonly Mutant[] = [
  {
    name: 'start-day-counts', what: 'A deadline that starts on a working day comes a day early.', rule: 'R42',
    file: 'src/calendar/businessCalendar.ts', find: 'return nthDay(date, 1, n, (day) => isBusinessDay(calendar, day));', put: 'return nthDay(addDays(date, -1), 1, n, (day) => isBusinessDay(calendar, day));', tests: DUE,
  },
  {
    name: 'holiday-ignored', what: 'A partner is rejected a day early in a week with a public holiday.', rule: 'R42',
    file: 'src/calendar/businessCalendar.ts', find: ' && !calendar.holidays.has(date)', put: '', tests: DUE,
  },
  {
    name: 'saturday-worked', what: 'Saturdays count as business days.', rule: 'R42',
    file: 'src/calendar/localDate.ts', find: 'weekday !== 0 && weekday !== 6', put: 'weekday !== 0', tests: DUE,
  },
  {
    name: 'day-ends-early', what: 'What is done in the last millisecond of a day is too late.', rule: 'R42',
    file: 'src/calendar/zone.ts', find: 'return startOfDay(addDays(date, 1), zone);', put: 'return startOfDay(addDays(date, 1), zone) - 1;', tests: DUE,
  },
  {
    name: 'days-of-24-hours', what: 'A consent that runs over a change to summer time ends an hour off.', rule: 'R42',
    file: 'src/calendar/due.ts', find: 'return endOfDay(nthDayAfter(zone, localDate(start, zone), days), zone);', put: 'return endOfDay(localDate(start, zone), zone) + days * 86_400_000;', tests: DUE,
  },
  {
    name: 'summer-time-ignored', what: 'The days on which the clocks change begin and end an hour off.', rule: 'R42',
    file: 'src/calendar/zone.ts', find: 'if (before === after) return midnight - before;', put: 'return midnight - before;', tests: DUE,
  },
  {
    name: 'due-day-is-the-next', what: 'Reminders come a day late, and a paused clock has a day too many.', rule: 'R42',
    file: 'src/calendar/due.ts', find: 'return localDate(due - 1, zone);', put: 'return localDate(due, zone);', tests: DUE,
  },
  {
    name: 'reminder-a-day-early', what: 'Partners are reminded a business day too early.', rule: 'R38',
    file: 'src/calendar/reminder.ts', find: 'nthBusinessDayUpTo(calendar, dueDay(due, calendar.zone), days)', put: 'nthBusinessDayUpTo(calendar, dueDay(due, calendar.zone), days + 1)', tests: DUE,
  },
  {
    name: 'pause-day-left', what: 'The overall clock gains a day with every request for information.', rule: 'R46',
    file: 'src/calendar/businessCalendar.ts', find: 'for (let date = addDays(after, 1);', put: 'for (let date = after;', tests: DUE,
  },
  {
    name: 'resumed-on-sunday', what: 'A clock with nothing left that resumes on a Sunday is due on that Sunday.', rule: 'R46',
    file: 'src/calendar/due.ts', find: 'return dueAfterBusinessDays(calendar, resumedAt, 1);', put: 'return endOfDay(today, calendar.zone);', tests: DUE,
  },
  {
    name: 'zones-share-days', what: 'Of two programmes in two time zones the days of one begin when those of the other do.', rule: 'R42',
    file: 'src/calendar/zone.ts', find: 'const starts = startsOf(zone);', put: "const starts = startsOf('');", tests: DUE,
  },
];
