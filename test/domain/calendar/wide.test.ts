import { expect } from 'chai';
import fc from 'fast-check';
import {
  businessDaysBefore,
  businessDaysBetween,
  calendarDaysBefore,
  CalendarError,
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
import { pose, question, spans, ZONES } from './questions.ts';
import type { Asked } from './questions.ts';
import { wholeFrom } from '../../support/numbers.ts';

/** CALENDAR_TIMES asks so many times as much. */
const CASES = 3_000 * wholeFrom(process.env, 'CALENDAR_TIMES', 1);

/** What is asked for no days is refused; the oracle has no answer to it. */
function orRefused(days: number, answer: () => number): number | string {
  return days === 0 ? 'calendar.badLength' : answer();
}

function ours(answer: () => number): number | string {
  try {
    return answer();
  } catch (fault) {
    if (fault instanceof CalendarError) return fault.code;
    throw fault;
  }
}

type Ask = (asked: Asked) => readonly [ours: unknown, theirs: unknown];
const ASKS: Readonly<Record<string, Ask>> = {
  localDate: ({ ours: { zone }, span, at }) => [localDate(at, zone), span.dateAt(at)],
  startOfDay: ({ ours: { zone }, span, target }) => [startOfDay(span.day(target).date, zone), span.day(target).start],
  endOfDay: ({ ours: { zone }, span, target }) => [endOfDay(span.day(target).date, zone), span.day(target + 1).start],
  isBusinessDay: ({ ours: calendar, naive, span, target }) => [
    isBusinessDay(calendar, span.day(target).date),
    naive.works(target),
  ],
  businessDaysBetween: ({ ours: calendar, naive, span, at, target }) => [
    businessDaysBetween(calendar, span.dateAt(at), span.day(target).date),
    naive.businessDaysBetween(span.indexAt(at), target),
  ],
  dueDay: ({ ours: { zone }, span, target }) => [dueDay(span.day(target + 1).start, zone), span.day(target).date],
  dueAfterBusinessDays: ({ ours: calendar, naive, at, days }) => [
    ours(() => dueAfterBusinessDays(calendar, at, days)),
    orRefused(days, () => naive.dueAfterBusinessDays(at, days)),
  ],
  dueAfterCalendarDays: ({ ours: { zone }, naive, at, days }) => [
    ours(() => dueAfterCalendarDays(zone, at, days)),
    orRefused(days, () => naive.dueAfterCalendarDays(at, days)),
  ],
  remainingBusinessDays: ({ ours: calendar, naive, span, at, target }) => [
    remainingBusinessDays(calendar, at, span.day(target + 1).start),
    naive.businessDaysBetween(span.indexAt(at), target),
  ],
  dueAfterRemaining: ({ ours: calendar, naive, at, days }) => [
    dueAfterRemaining(calendar, at, days),
    naive.dueAfterRemaining(at, days),
  ],
  businessDaysBefore: ({ ours: calendar, naive, span, target, days }) => [
    ours(() => businessDaysBefore(calendar, span.day(target + 1).start, days)),
    orRefused(days, () => naive.businessDaysBefore(target, days)),
  ],
  calendarDaysBefore: ({ ours: { zone }, naive, span, target, days }) => [
    ours(() => calendarDaysBefore(zone, span.day(target + 1).start, days)),
    orRefused(days, () => naive.calendarDaysBefore(target, days)),
  ],
};

describe('calendar from 1971 to 2100, where wall clocks are turned, against a naive walk', function () {
  this.timeout(180_000);

  it('answers every question as the walk does (R42, R46)', () => {
    const seen = { zones: new Set<string>(), turns: 0 };
    fc.assert(
      fc.property(question, fc.constantFrom(...Object.keys(ASKS)), (drawn, name) => {
        const asked = pose(drawn);
        const [mine, theirs] = ASKS[name]?.(asked) ?? [name, 'no such question'];
        seen.zones.add(drawn.zone);
        if (drawn.near === 'turn') seen.turns += 1;
        expect(mine, `${name} at ${new Date(asked.at).toISOString()} in ${drawn.zone}`).to.equal(theirs);
      }),
      { numRuns: CASES, unbiased: true },
    );
    console.log(
      `calendar 1971-2100: ${CASES} cases of ${Object.keys(ASKS).length} functions, ` +
        `${seen.zones.size} zones, ${seen.turns} at a turn of the clock`,
    );
    expect(seen.zones.size).to.equal(ZONES.length);
  });

  it('starts and ends the days around every turn of the clock as the walk does', () => {
    const edges = [...spans].flatMap(([key, span]) =>
      span.turns.map((turn) => ({ zone: key.slice(0, -5), span, index: span.indexAt(turn) })),
    );
    const differing = edges.flatMap(({ zone, span, index }) =>
      [index - 1, index, index + 1]
        .filter((near) => {
          const day = span.days[near];
          const next = span.days[near + 1];
          return day && next && (startOfDay(day.date, zone) !== day.start || endOfDay(day.date, zone) !== next.start);
        })
        .map((near) => `${zone} ${span.day(near).date}`),
    );
    expect(differing).to.deep.equal([]);
    console.log(`calendar 1971-2100: ${edges.length} turns of the clock`);
  });
});
