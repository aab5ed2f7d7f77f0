import { expect } from 'chai';
import {
  businessDaysBefore,
  businessDaysBetween,
  calendarDaysBefore,
  CalendarError,
  calendarOf,
  dueAfterBusinessDays,
  dueAfterCalendarDays,
  dueAfterRemaining,
  isBusinessDay,
  remainingBusinessDays,
} from '../../../src/domain/calendar/calendar.ts';

const redmond = calendarOf('US-2026.1', 'America/Los_Angeles');
const istanbul = calendarOf('TR-2026.1', 'Europe/Istanbul');
const utc = (text: string): number => Date.parse(text);
const iso = (at: number): string => new Date(at).toISOString();

describe('a due date in business days (R42)', () => {
  it('is the end of the Nth business day; the start day is not counted', () => {
    // Monday 10:00 in Redmond; Monday the week after is the fifth business day.
    const monday = utc('2021-05-03T17:00:00Z');
    expect(iso(dueAfterBusinessDays(redmond, monday, 1))).to.equal('2021-05-05T07:00:00.000Z');
    expect(iso(dueAfterBusinessDays(redmond, monday, 5))).to.equal('2021-05-11T07:00:00.000Z');
  });

  it('is the same for the first and the last instant of the start day', () => {
    const expected = dueAfterBusinessDays(redmond, utc('2021-05-03T17:00:00Z'), 5);
    expect(dueAfterBusinessDays(redmond, utc('2021-05-03T07:00:00Z'), 5)).to.equal(expected);
    expect(dueAfterBusinessDays(redmond, utc('2021-05-04T06:59:59.999Z'), 5)).to.equal(expected);
    expect(dueAfterBusinessDays(redmond, utc('2021-05-04T07:00:00Z'), 5)).to.be.greaterThan(expected);
  });

  it('counts from Monday when it starts on a weekend or a holiday', () => {
    expect(iso(dueAfterBusinessDays(redmond, utc('2021-05-08T17:00:00Z'), 1))).to.equal('2021-05-11T07:00:00.000Z');
    // Memorial Day, Monday 31 May 2021.
    expect(iso(dueAfterBusinessDays(redmond, utc('2021-05-31T17:00:00Z'), 1))).to.equal('2021-06-02T07:00:00.000Z');
  });

  it('passes over substitute days, also across the year end', () => {
    // Friday 24 December stands in for Christmas, Friday 31 December for New Year's Day.
    expect(iso(dueAfterBusinessDays(redmond, utc('2021-12-23T20:00:00Z'), 5))).to.equal('2022-01-04T08:00:00.000Z');
    expect(isBusinessDay(redmond, '2021-06-18')).to.equal(false);
    expect(isBusinessDay(redmond, '2023-11-10')).to.equal(false);
  });

  it('ends at local midnight on either side of a change of the clock', () => {
    expect(iso(dueAfterBusinessDays(redmond, utc('2021-03-12T20:00:00Z'), 1))).to.equal('2021-03-16T07:00:00.000Z');
    expect(iso(dueAfterBusinessDays(redmond, utc('2021-11-05T19:00:00Z'), 1))).to.equal('2021-11-09T08:00:00.000Z');
  });

  it('passes over every whole day of Kurban Bayramı, but not over the half day before it', () => {
    // Tuesday 20 to Friday 23 July 2021; the eve, Monday, is half a day and counts.
    expect(isBusinessDay(istanbul, '2021-07-19')).to.equal(true);
    for (const day of ['20', '21', '22', '23']) expect(isBusinessDay(istanbul, `2021-07-${day}`)).to.equal(false);
    expect(iso(dueAfterBusinessDays(istanbul, utc('2021-07-19T09:00:00Z'), 1))).to.equal('2021-07-26T21:00:00.000Z');
  });

  it('passes over a feast that goes on into the new year', () => {
    // Kurban Bayramı of 31 December 2006 to 3 January 2007.
    expect(businessDaysBetween(istanbul, '2006-12-29', '2007-01-04')).to.equal(1);
  });

  it('never counts a day the zone never had', () => {
    const apia = calendarOf('DE-2026.1', 'Pacific/Apia');
    expect(isBusinessDay(apia, '2011-12-30')).to.equal(false);
    // Thursday 29 December was followed by Saturday 31: the next business day is Monday.
    expect(iso(dueAfterBusinessDays(apia, utc('2011-12-29T22:00:00Z'), 1))).to.equal('2012-01-02T10:00:00.000Z');
  });

  it('takes every weekday for a business day outside the table', () => {
    expect(isBusinessDay(redmond, '2040-12-25')).to.equal(false);
    expect(isBusinessDay(redmond, '2041-12-25')).to.equal(true);
    expect(isBusinessDay(redmond, '1999-01-01')).to.equal(true);
  });

  for (const days of [0, -1, 1.5, NaN, 3661]) {
    it(`is refused for ${days} days`, () => {
      expect(() => dueAfterBusinessDays(redmond, 0, days))
        .to.throw(CalendarError)
        .with.property('code', 'calendar.badLength');
      expect(() => dueAfterCalendarDays('UTC', 0, days))
        .to.throw(CalendarError)
        .with.property('code', 'calendar.badLength');
    });
  }
});

describe('a due date in calendar days (R42)', () => {
  it('is the end of the Nth day after the start day, free or not', () => {
    expect(iso(dueAfterCalendarDays('America/Los_Angeles', utc('2021-05-03T17:00:00Z'), 7))).to.equal(
      '2021-05-11T07:00:00.000Z',
    );
    expect(iso(dueAfterCalendarDays('Europe/Berlin', utc('2021-03-27T12:00:00Z'), 1))).to.equal(
      '2021-03-28T22:00:00.000Z',
    );
  });

  it('ends at 01:00 where midnight is skipped, and passes over a day that never was', () => {
    expect(iso(dueAfterCalendarDays('America/Sao_Paulo', utc('2018-11-02T15:00:00Z'), 1))).to.equal(
      '2018-11-04T03:00:00.000Z',
    );
    expect(iso(dueAfterCalendarDays('Pacific/Apia', utc('2011-12-29T22:00:00Z'), 1))).to.equal(
      '2011-12-31T10:00:00.000Z',
    );
  });
});

describe('the rest of a paused clock (R46)', () => {
  const due = utc('2021-05-15T07:00:00Z'); // the end of Friday 14 May in Redmond

  it('is the business days after the day of the pause up to the due day', () => {
    expect(remainingBusinessDays(redmond, utc('2021-05-11T17:00:00Z'), due)).to.equal(3);
    expect(remainingBusinessDays(redmond, utc('2021-05-14T17:00:00Z'), due)).to.equal(0);
    expect(remainingBusinessDays(redmond, utc('2021-05-20T17:00:00Z'), due)).to.equal(0);
  });

  it('is counted again from the day of resumption', () => {
    expect(iso(dueAfterRemaining(redmond, utc('2021-05-27T17:00:00Z'), 3))).to.equal('2021-06-03T07:00:00.000Z');
  });

  it('with none left, lasts to the end of the day of resumption', () => {
    expect(iso(dueAfterRemaining(redmond, utc('2021-05-27T17:00:00Z'), 0))).to.equal('2021-05-28T07:00:00.000Z');
  });

  it('with none left, lasts to the end of the next business day when it resumes on a free day', () => {
    // Saturday 29 May; Monday 31 is Memorial Day.
    expect(iso(dueAfterRemaining(redmond, utc('2021-05-29T17:00:00Z'), 0))).to.equal('2021-06-02T07:00:00.000Z');
  });

  it('is refused when it is less than none', () => {
    expect(() => dueAfterRemaining(redmond, 0, -1))
      .to.throw(CalendarError)
      .with.property('code', 'calendar.badLength');
  });
});

describe('a reminder', () => {
  const due = utc('2021-06-05T07:00:00Z'); // the end of Friday 4 June in Redmond

  it('comes at the start of the Nth last business day, the due day counted', () => {
    expect(iso(businessDaysBefore(redmond, due, 1))).to.equal('2021-06-04T07:00:00.000Z');
    expect(iso(businessDaysBefore(redmond, due, 2))).to.equal('2021-06-03T07:00:00.000Z');
  });

  it('passes over the weekend and the holiday before it', () => {
    expect(iso(businessDaysBefore(redmond, due, 5))).to.equal('2021-05-28T07:00:00.000Z');
  });

  it('comes at the start of the Nth last local day when days are calendar days', () => {
    expect(iso(calendarDaysBefore('America/Los_Angeles', due, 1))).to.equal('2021-06-04T07:00:00.000Z');
    expect(iso(calendarDaysBefore('America/Los_Angeles', due, 7))).to.equal('2021-05-29T07:00:00.000Z');
    expect(iso(calendarDaysBefore('Pacific/Apia', utc('2012-01-01T10:00:00Z'), 3))).to.equal(
      '2011-12-29T10:00:00.000Z',
    );
  });
});
