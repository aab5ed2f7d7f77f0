/** Questions to the calendar from 1971 to 2100; half of them are close to a moment at which a wall clock is turned. */
import fc from 'fast-check';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import type { BusinessCalendar } from '../../../src/domain/calendar/calendar.ts';
import { NaiveCalendar, naiveHolidays } from './oracle.ts';
import { Span } from './span.ts';

/**
 * Zones whose clocks do unusual things: turn at midnight, by half an hour or by two, in Ramadan, by seconds, or once
 * only.
 */
export const ZONES = [
  'America/Los_Angeles',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'America/Asuncion',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Fakaofo',
  'Pacific/Kwajalein',
  'Pacific/Kiritimati',
  'America/Sao_Paulo',
  'Europe/Istanbul',
  'Asia/Tehran',
  'Africa/Casablanca',
  'America/St_Johns',
  'America/Nuuk',
  'America/Scoresbysund',
  'Asia/Gaza',
  'Asia/Amman',
  'America/Santiago',
  'Atlantic/Azores',
  'Africa/Monrovia',
  'America/Caracas',
  'Antarctica/Troll',
  'Europe/Dublin',
  'America/Mexico_City',
  'Etc/GMT+12',
  'Asia/Pyongyang',
];
const COUNTRIES = ['US', 'DE', 'TR', 'RU', 'JP', 'BR', 'GB'];
/** The tz database repeats itself for the future: a few of the coming decades are enough. */
const DECADES = [1971, 1981, 1991, 2001, 2011, 2021, 2031, 2061, 2091];

export const spans = new Map<string, Span>();
function spanOf(zone: string, decade: number): Span {
  const known = spans.get(`${zone} ${decade}`);
  if (known) return known;
  const span = new Span(zone, decade);
  spans.set(`${zone} ${decade}`, span);
  return span;
}

/**
 * A moment to ask about: on a day, at the edge of one, where a wall clock is turned, or where the table of holidays
 * ends.
 */
export interface Question {
  readonly zone: string;
  readonly country: string;
  readonly decade: number;
  readonly near: 'day' | 'turn' | 'table';
  readonly which: number;
  readonly off: number;
  readonly days: number;
  readonly ahead: number;
}

const HOUR = 3_600_000;
export const question: fc.Arbitrary<Question> = fc.record({
  zone: fc.constantFrom(...ZONES),
  country: fc.constantFrom(...COUNTRIES),
  decade: fc.constantFrom(...DECADES),
  near: fc.constantFrom<Question['near'][]>('day', 'turn', 'turn', 'table'),
  which: fc.nat(100_000),
  off: fc.oneof(
    fc.constantFrom(-HOUR, -1_800_000, -1, -0.5, 0, 0.5, 1, 1_800_000, HOUR),
    fc.integer({ min: -26 * HOUR, max: 26 * HOUR }),
  ),
  days: fc.integer({ min: 0, max: 60 }),
  ahead: fc.integer({ min: -10, max: 90 }),
});

export interface Asked {
  readonly ours: BusinessCalendar;
  readonly naive: NaiveCalendar;
  readonly span: Span;
  readonly at: number;
  /** The day to count to, by its place in the walk. */
  readonly target: number;
  readonly days: number;
}

export function pose({ zone, country, decade, near, which, off, days, ahead }: Question): Asked {
  const table = which % 2 === 0 ? '2000-01-01' : '2040-12-31';
  const span = spanOf(zone, near !== 'table' ? decade : which % 2 === 0 ? 1991 : 2031);
  const day = near === 'table' ? span.indexOf(table) + (which % 41) - 20 : 200 + (which % (span.days.length - 400));
  // Turns too close to an end of the walk have no days to count over.
  const turns = span.turns.filter(
    (turn) => turn > span.day(200).start && turn < span.day(span.days.length - 200).start,
  );
  const at = ((near === 'turn' ? turns[which % Math.max(1, turns.length)] : undefined) ?? span.day(day).start) + off;
  return {
    ours: calendarOf(`${country}-2026.1`, zone),
    naive: new NaiveCalendar(span, naiveHolidays(country)),
    span,
    at,
    days,
    target: span.indexAt(at) + ahead,
  };
}
