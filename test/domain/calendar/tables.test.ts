import { expect } from 'chai';
import { CalendarError, calendarOf } from '../../../src/domain/calendar/calendar.ts';

describe('a holiday calendar', () => {
  it('carries its zone, its version and the years it covers', () => {
    const calendar = calendarOf('BR-2026.1', 'America/Sao_Paulo');
    expect(calendar).to.include({
      zone: 'America/Sao_Paulo',
      version: 'BR-2026.1',
      from: '2000-01-01',
      to: '2040-12-31',
    });
  });

  it('is refused for a version no one generated, with the list of those there are', () => {
    const ask = () => calendarOf('US-1999.1', 'UTC');
    expect(ask)
      .to.throw(
        CalendarError,
        /'US-1999\.1'.*BR-2026\.1, DE-2026\.1, GB-2026\.1, JP-2026\.1, RU-2026\.1, TR-2026\.1, US-2026\.1/,
      )
      .with.property('code', 'calendar.unknownVersion');
  });

  const facts: readonly [version: string, date: string, why: string][] = [
    ['US-2026.1', '2021-06-18', 'Juneteenth observed'],
    ['US-2026.1', '2018-11-12', 'Veterans Day observed'],
    ['DE-2026.1', '2017-10-31', 'Reformation Day, free everywhere in 2017 only'],
    ['TR-2026.1', '2021-05-15', 'the third day of Ramazan Bayramı'],
    ['RU-2026.1', '2026-01-06', 'the New Year holidays'],
    ['RU-2026.1', '2026-01-09', 'a day off moved by decree'],
    ['JP-2026.1', '2019-05-01', 'the accession of the emperor'],
    ['JP-2026.1', '2026-09-22', 'a citizens’ holiday between two others'],
    ['BR-2026.1', '2004-11-02', 'Finados, a day without midnight in 2004'],
    ['GB-2026.1', '2012-06-04', 'the spring bank holiday, moved'],
    ['GB-2026.1', '2022-09-19', 'the state funeral'],
    ['GB-2026.1', '2026-08-31', 'the summer bank holiday'],
  ];
  for (const [version, date, why] of facts) {
    it(`of ${version} is free on ${date}: ${why}`, () => {
      expect(calendarOf(version, 'UTC').holidays.has(date)).to.equal(true);
    });
  }

  it('leaves out half days and days that were moved away', () => {
    expect(calendarOf('TR-2026.1', 'UTC').holidays.has('2021-05-12')).to.equal(false);
    expect(calendarOf('GB-2026.1', 'UTC').holidays.has('2012-05-28')).to.equal(false);
  });
});
