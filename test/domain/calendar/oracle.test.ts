import { expect } from 'chai';
import fc from 'fast-check';
import {
  businessDaysBefore,
  businessDaysBetween,
  calendarDaysBefore,
  calendarOf,
  dueAfterBusinessDays,
  dueAfterCalendarDays,
  dueAfterRemaining,
  dueDay,
  endOfDay,
  isBusinessDay,
  localDate,
  remainingBusinessDays,
  startOfDay,
} from '../../../src/domain/calendar/calendar.ts';
import type { BusinessCalendar } from '../../../src/domain/calendar/calendar.ts';
import { NaiveCalendar, naiveHolidays, NaiveZone } from './oracle.ts';
import { wholeFrom } from '../../support/numbers.ts';

const ZONES = [
  'America/Los_Angeles',
  'Europe/Berlin',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Asia/Kolkata',
  'Asia/Tehran',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Havana',
  'Pacific/Chatham',
  'Africa/Cairo',
  'Pacific/Fakaofo',
  'America/Asuncion',
  'UTC',
];
const COUNTRIES = ['US', 'DE', 'TR', 'RU', 'JP', 'BR', 'GB'];
/** CALENDAR_TIMES asks so many times as much. */
const CASES = 30_000 * wholeFrom(process.env, 'CALENDAR_TIMES', 1);

/**
 * One point in time to ask about, and the end of a day to count to. Drawn close to the edges of days half of the time.
 */
interface Question {
  readonly zone: string;
  readonly country: string;
  /** How many days after 3 January 2000 `at` is, up to the end of 2040. */
  readonly place: number;
  /** Milliseconds after the start of that day; may fall into a neighbour. */
  readonly into: number;
  readonly days: number;
  /** How many days after `at` the day to count to is; may be negative. */
  readonly ahead: number;
}

const DAY = 86_400_000;
const question: fc.Arbitrary<Question> = fc.record({
  zone: fc.constantFrom(...ZONES),
  country: fc.constantFrom(...COUNTRIES),
  // One in ten close to the end of 2011, when two of the zones skipped a day.
  place: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 14_970 }) },
    { weight: 1, arbitrary: fc.integer({ min: 4_340, max: 4_390 }) },
  ),
  into: fc.oneof(fc.constantFrom(-1, 0, 1, 999, 3_599_999, 3_600_000, 3_600_001), fc.integer({ min: -DAY, max: DAY })),
  days: fc.integer({ min: 1, max: 30 }),
  ahead: fc.integer({ min: -10, max: 40 }),
});

type Answers = (
  question: Question,
  ours: BusinessCalendar,
  naive: NaiveCalendar,
  days: NaiveZone,
  at: number,
  target: number,
) => readonly [name: string, ours: unknown, theirs: unknown];

// Each case asks one of these; `target` is the index of the day to count to.
const QUESTIONS: readonly Answers[] = [
  ({ days }, ours, naive, _zone, at) => [
    'dueAfterBusinessDays',
    dueAfterBusinessDays(ours, at, days),
    naive.dueAfterBusinessDays(at, days),
  ],
  ({ days }, ours, naive, _zone, at) => [
    'dueAfterCalendarDays',
    dueAfterCalendarDays(ours.zone, at, days),
    naive.dueAfterCalendarDays(at, days),
  ],
  (_question, ours, naive, zone, at, target) => [
    'remainingBusinessDays',
    remainingBusinessDays(ours, at, zone.day(target + 1).start),
    naive.businessDaysBetween(zone.indexAt(at), target),
  ],
  ({ ahead }, ours, naive, _zone, at) => {
    const remaining = Math.max(0, ahead);
    return ['dueAfterRemaining', dueAfterRemaining(ours, at, remaining), naive.dueAfterRemaining(at, remaining)];
  },
  ({ days }, ours, naive, zone, _at, target) => [
    'businessDaysBefore',
    businessDaysBefore(ours, zone.day(target + 1).start, days),
    naive.businessDaysBefore(target, days),
  ],
  ({ days }, ours, naive, zone, _at, target) => [
    'calendarDaysBefore',
    calendarDaysBefore(ours.zone, zone.day(target + 1).start, days),
    naive.calendarDaysBefore(target, days),
  ],
  (_question, ours, naive, zone, at) => [
    'isBusinessDay',
    isBusinessDay(ours, localDate(at, ours.zone)),
    naive.works(zone.indexAt(at)),
  ],
];

describe('calendar against a naive oracle', function () {
  const zones = new Map<string, NaiveZone>();
  const calendars = new Map<string, { ours: BusinessCalendar; naive: NaiveCalendar; zone: NaiveZone }>();
  const calendar = (country: string, zone: string) => {
    const found = calendars.get(`${country} ${zone}`);
    if (!found) throw new Error(`no calendar ${country} ${zone}`);
    return found;
  };

  before(() => {
    for (const name of ZONES) zones.set(name, new NaiveZone(name));
    for (const country of COUNTRIES) {
      const holidays = naiveHolidays(country);
      for (const [name, zone] of zones) {
        const ours = calendarOf(`${country}-2026.1`, name);
        calendars.set(`${country} ${name}`, { ours, naive: new NaiveCalendar(zone, holidays), zone });
      }
    }
  });

  for (const country of COUNTRIES) {
    it(`has the public holidays of ${country} as the library and the overrides tell them`, () => {
      expect([...calendarOf(`${country}-2026.1`, 'UTC').holidays]).to.deep.equal([...naiveHolidays(country)]);
    });
  }

  for (const name of ZONES) {
    it(`starts and ends every day of ${name} when the wall calendar turns`, () => {
      const days = zones.get(name)?.days ?? [];
      expect(days).to.have.length.greaterThan(15_000);
      const differing = days
        .slice(0, -1)
        .filter(
          ({ date, start }, index) =>
            startOfDay(date, name) !== start ||
            endOfDay(date, name) !== days[index + 1]?.start ||
            localDate(start, name) !== date ||
            localDate(start - 1, name) === date,
        );
      expect(differing).to.deep.equal([]);
    });
  }

  it('gives the same due dates, counts and reminders (R42, R46)', () => {
    let cases = 0;
    let differences = 0;
    const seen = { zones: new Set<string>(), countries: new Set<string>() };
    fc.assert(
      fc.property(question, fc.constantFrom(...QUESTIONS), (asked, ask) => {
        const { ours, naive, zone } = calendar(asked.country, asked.zone);
        const index = zone.indexOf('2000-01-03') + asked.place;
        const at = zone.day(index).start + asked.into;
        const [name, mine, theirs] = ask(asked, ours, naive, zone, at, index + asked.ahead);
        cases += 1;
        seen.zones.add(asked.zone);
        seen.countries.add(asked.country);
        if (mine !== theirs) differences += 1;
        expect(mine, `${name} at ${new Date(at).toISOString()}`).to.equal(theirs);
      }),
      { numRuns: CASES },
    );
    console.log(
      `calendar: ${cases} cases, ${seen.zones.size} zones, ${seen.countries.size} countries, ${differences} differences`,
    );
    expect(cases).to.equal(CASES);
  });

  const working = (asked: Question) => {
    const { ours, zone } = calendar(asked.country, asked.zone);
    return { ours, at: zone.day(zone.indexOf('2000-01-03') + asked.place).start + asked.into };
  };

  it('counts as many business days as it added', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { ours, at } = working(asked);
        const due = dueAfterBusinessDays(ours, at, asked.days);
        expect(businessDaysBetween(ours, localDate(at, ours.zone), dueDay(due, ours.zone))).to.equal(asked.days);
        expect(remainingBusinessDays(ours, at, due)).to.equal(asked.days);
        expect(dueAfterRemaining(ours, at, asked.days)).to.equal(due);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is never due on a free day, and always after the start', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { ours, at } = working(asked);
        for (const due of [dueAfterBusinessDays(ours, at, asked.days), dueAfterRemaining(ours, at, 0)]) {
          expect(isBusinessDay(ours, dueDay(due, ours.zone))).to.equal(true);
          expect(due).to.be.greaterThan(at);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('reminds before the due date, at the start of a business day', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { ours, at } = working(asked);
        const due = dueAfterBusinessDays(ours, at, 5);
        const reminder = businessDaysBefore(ours, due, asked.days);
        const day = localDate(reminder, ours.zone);
        expect(reminder).to.be.lessThan(due);
        expect(startOfDay(day, ours.zone)).to.equal(reminder);
        expect(isBusinessDay(ours, day)).to.equal(true);
        expect(remainingBusinessDays(ours, reminder, due)).to.equal(asked.days - 1);
      }),
      { numRuns: 5_000 },
    );
  });
});
