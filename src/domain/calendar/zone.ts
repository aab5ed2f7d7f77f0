import { CalendarError } from './calendarError.ts';
import { HOUR } from './instant.ts';
import type { Instant } from './instant.ts';
import { addDays, dateOfUtc, utcMidnight } from './localDate.ts';
import type { LocalDate } from './localDate.ts';

// Wall clocks run from 12 h behind UTC to 14 h ahead, so every local midnight falls in this window around the UTC one.
const FURTHEST_AHEAD = 14 * HOUR;
const FURTHEST_BEHIND = 12 * HOUR;

// Building a formatter costs a hundred times more than using it. One per zone; an installation uses a handful.
const formatters = new Map<string, Intl.DateTimeFormat>();

// Counting days asks for the same starts over and over. Sixty years of days per zone, then the zone's are forgotten.
const knownStarts = new Map<string, Map<LocalDate, Instant>>();
const MAX_STARTS = 22_000;

/** The date a wall calendar in `zone` (IANA name) shows at `at`. Refuses an unknown zone and what is no moment. */
export function localDate(at: Instant, zone: string): LocalDate {
  return dateOfUtc(wallClock(at, zone));
}

/**
 * The first instant of a local day. Where midnight is skipped the day starts later than 00:00; where it comes twice,
 * the first counts. A day the zone never had (Apia, 2011-12-30) is empty: it starts where the next day starts.
 */
export function startOfDay(date: LocalDate, zone: string): Instant {
  const starts = startsOf(zone);
  const known = starts.get(date);
  if (known !== undefined) return known;
  const start = findStart(date, zone);
  if (starts.size >= MAX_STARTS) starts.clear();
  starts.set(date, start);
  return start;
}

/**
 * The first instant of the next local day there is: what happens before it is still that day's, at it or later is not.
 */
export function endOfDay(date: LocalDate, zone: string): Instant {
  return startOfDay(addDays(date, 1), zone);
}

/** Whether the zone ever had this day. Moving across the date line skips one. */
export function hasDay(date: LocalDate, zone: string): boolean {
  return startOfDay(date, zone) < endOfDay(date, zone);
}

function findStart(date: LocalDate, zone: string): Instant {
  const midnight = utcMidnight(date);
  const from = midnight - FURTHEST_AHEAD;
  const to = midnight + FURTHEST_BEHIND;
  const before = offset(from, zone);
  const after = offset(to, zone);
  if (before === after) return midnight - before;
  const change = firstWithout(before, from, to, zone);
  // The old clock reached midnight first; should the new one fall back over it, the day has begun all the same.
  if (midnight - before < change) return midnight - before;
  // It did not: the day starts at the new clock's midnight or, if the change jumped over that, at the change.
  return Math.max(change, midnight - after);
}

/** How far the wall clock is ahead of UTC, ms. */
function offset(at: Instant, zone: string): number {
  return wallClock(at, zone) - at;
}

/** What the wall clock shows, read as if it were UTC, ms. */
function wallClock(at: Instant, zone: string): number {
  const shown = formatter(zone).format(momentOf(at));
  // 'MM/DD/YYYY, HH:MM:SS'. Intl drops the milliseconds; no zone moves its clock by a part of a second.
  const seconds = Date.UTC(
    Number(shown.slice(6, 10)),
    Number(shown.slice(0, 2)) - 1,
    Number(shown.slice(3, 5)),
    Number(shown.slice(12, 14)),
    Number(shown.slice(15, 17)),
    Number(shown.slice(18, 20)),
  );
  return seconds + (at - Math.floor(at / 1000) * 1000);
}

/** The first instant in (from, to] at which the offset is no longer `old`. Holds for one change in the window. */
function firstWithout(old: number, from: Instant, to: Instant, zone: string): Instant {
  let same = from;
  let changed = to;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offset(middle, zone) === old) same = middle;
    else changed = middle;
  }
  return changed;
}

function momentOf(at: Instant): Date {
  const moment = new Date(at);
  const year = moment.getUTCFullYear();
  if (!(year >= 1000 && year <= 9998)) {
    throw new CalendarError(
      'calendar.badInstant',
      `${at} is not a moment of the years 1000 to 9998, in ms since 1970 UTC`,
    );
  }
  return moment;
}

function startsOf(zone: string): Map<LocalDate, Instant> {
  const known = knownStarts.get(zone);
  if (known) return known;
  const starts = new Map<LocalDate, Instant>();
  knownStarts.set(zone, starts);
  return starts;
}

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = makeFormatter(zone);
  formatters.set(zone, made);
  return made;
}

function makeFormatter(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch (cause) {
    throw new CalendarError(
      'calendar.unknownZone',
      `'${zone}' is not a time zone: expected an IANA name such as 'Europe/Berlin'`,
      { cause },
    );
  }
}
