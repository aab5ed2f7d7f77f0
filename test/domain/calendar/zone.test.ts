import { expect } from 'chai';
import { CalendarError, endOfDay, localDate, startOfDay } from '../../../src/domain/calendar/calendar.ts';

const HOUR = 3_600_000;
const utc = (text: string): number => Date.parse(text);
const iso = (at: number): string => new Date(at).toISOString();

describe('a local day', () => {
  it('is the date the wall calendar shows', () => {
    expect(localDate(utc('2021-05-04T06:59:59.999Z'), 'America/Los_Angeles')).to.equal('2021-05-03');
    expect(localDate(utc('2021-05-04T07:00:00Z'), 'America/Los_Angeles')).to.equal('2021-05-04');
    expect(localDate(utc('2020-12-31T18:30:00Z'), 'Asia/Kolkata')).to.equal('2021-01-01');
    expect(localDate(-1, 'UTC')).to.equal('1969-12-31');
  });

  it('lasts 23 hours when the clock is put forward and 25 when it is put back', () => {
    const length = (date: string, zone: string) => (endOfDay(date, zone) - startOfDay(date, zone)) / HOUR;
    expect(length('2021-03-14', 'America/Los_Angeles')).to.equal(23);
    expect(length('2021-11-07', 'America/Los_Angeles')).to.equal(25);
    expect(length('2021-03-28', 'Europe/Berlin')).to.equal(23);
    expect(length('2021-10-31', 'Europe/Berlin')).to.equal(25);
    expect(length('2021-10-03', 'Australia/Lord_Howe')).to.equal(23.5);
    expect(length('2021-04-04', 'Australia/Lord_Howe')).to.equal(24.5);
    expect(length('2021-06-01', 'Europe/Berlin')).to.equal(24);
  });

  const skippedMidnights: readonly [zone: string, date: string, start: string][] = [
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Asia/Beirut', '2021-03-28', '2021-03-27T22:00:00.000Z'],
    ['America/Havana', '2021-03-14', '2021-03-14T05:00:00.000Z'],
    ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00:00.000Z'],
    ['Asia/Tehran', '2021-03-22', '2021-03-21T20:30:00.000Z'],
    ['America/Asuncion', '2021-10-03', '2021-10-03T04:00:00.000Z'],
  ];
  for (const [zone, date, start] of skippedMidnights) {
    it(`starts at 01:00 where midnight is skipped (${zone}, ${date})`, () => {
      expect(iso(startOfDay(date, zone))).to.equal(start);
      expect(localDate(startOfDay(date, zone), zone)).to.equal(date);
      expect(endOfDay(date, zone) - startOfDay(date, zone)).to.equal(23 * HOUR);
    });
  }

  it('starts at the first midnight where midnight comes twice', () => {
    expect(iso(startOfDay('2021-11-07', 'America/Havana'))).to.equal('2021-11-07T04:00:00.000Z');
    expect(iso(endOfDay('2021-11-07', 'America/Havana'))).to.equal('2021-11-08T05:00:00.000Z');
    // St John's put its clocks back at 00:01, into the day before: the new day had begun all the same.
    expect(iso(startOfDay('2010-11-07', 'America/St_Johns'))).to.equal('2010-11-07T02:30:00.000Z');
  });

  it('ends once where the hour before midnight comes twice', () => {
    expect(iso(endOfDay('2018-02-17', 'America/Sao_Paulo'))).to.equal('2018-02-18T03:00:00.000Z');
    expect(endOfDay('2018-02-17', 'America/Sao_Paulo') - startOfDay('2018-02-17', 'America/Sao_Paulo')).to.equal(
      25 * HOUR,
    );
  });

  for (const [zone, skipped] of [
    ['Pacific/Apia', '2011-12-30'],
    ['Pacific/Fakaofo', '2011-12-30'],
  ] as const) {
    it(`is empty where the zone never had it (${zone}, ${skipped})`, () => {
      expect(startOfDay(skipped, zone)).to.equal(endOfDay(skipped, zone));
      expect(endOfDay('2011-12-29', zone)).to.equal(startOfDay('2011-12-31', zone));
      expect(localDate(startOfDay(skipped, zone) - 1, zone)).to.equal('2011-12-29');
      expect(localDate(startOfDay(skipped, zone), zone)).to.equal('2011-12-31');
    });
  }

  const mistakes: readonly [name: string, ask: () => unknown, code: string][] = [
    ['an unknown zone', () => localDate(0, 'Mars/Olympus'), 'calendar.unknownZone'],
    ['a moment that is none', () => localDate(NaN, 'UTC'), 'calendar.badInstant'],
    ['a moment out of reach', () => localDate(1e15, 'UTC'), 'calendar.badInstant'],
    ['a date that is none', () => startOfDay('2021-02-30', 'UTC'), 'calendar.badDate'],
    ['a date written otherwise', () => startOfDay('1/2/2021', 'UTC'), 'calendar.badDate'],
  ];
  for (const [name, ask, code] of mistakes) {
    it(`is refused for ${name}`, () => {
      expect(ask).to.throw(CalendarError).with.property('code', code);
    });
  }
});
