import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { calendarOf, dueAfterBusinessDays, dueDay, isBusinessDay } from '../../../src/domain/calendar/calendar.ts';
import { tables } from '../../../src/domain/calendar/tables/index.ts';
import type { Day } from './law/days.ts';
import { isWeekend, plus } from './law/days.ts';
import { japan } from './law/japan.ts';
import { DECREES_UP_TO, russia } from './law/russia.ts';
import { ANNOUNCED, DAYS_OF, nearFeasts, turkey } from './law/turkey.ts';
import { brazil, england, germany, unitedStates } from './law/western.ts';

const LAWS: Readonly<Record<string, (year: number) => ReadonlySet<Day>>> = {
  BR: brazil,
  DE: germany,
  GB: england,
  JP: japan,
  RU: russia,
  US: unitedStates,
};
const YEARS = Array.from({ length: 41 }, (_, index) => 2000 + index);

/** The weekdays of a table that are free in a year; what falls on a weekend changes nothing. */
function freeIn(country: string, year: number): readonly Day[] {
  const table = tables.find((one) => one.country === country);
  return (table?.holidays ?? []).filter((date) => date.startsWith(String(year)) && !isWeekend(date));
}

describe('The holiday tables, against the laws of their countries (R42)', () => {
  it('are of countries whose law is stated here', () => {
    expect(tables.map(({ country }) => country)).to.have.members([...Object.keys(LAWS), 'TR']);
    for (const { from, to } of tables) expect([from, to]).to.deep.equal(['2000-01-01', '2040-12-31']);
  });

  for (const [country, law] of Object.entries(LAWS)) {
    it(`have for ${country} the days of its law in each year, and no other`, () => {
      for (const year of YEARS) {
        const days = [...law(year)].filter((date) => !isWeekend(date)).sort();
        expect(freeIn(country, year), String(year)).to.deep.equal(days);
      }
    });
  }

  it('have for TR the days of its law, and the two feasts, whole and where the moon has them', () => {
    for (const year of YEARS) {
      const fixed = turkey(year);
      const near = nearFeasts(year);
      const free = new Set(tables.find(({ country }) => country === 'TR')?.holidays);
      for (const date of fixed) expect(free.has(date), date).to.equal(true);
      for (const date of freeIn('TR', year)) expect(fixed.has(date) || near.has(date), date).to.equal(true);
    }
    const free = new Set(tables.find(({ country }) => country === 'TR')?.holidays);
    for (const [feast, first] of ANNOUNCED) {
      for (let days = 0; days < DAYS_OF[feast]; days += 1) expect(free.has(plus(first, days)), first).to.equal(true);
      // The eve is half a day, and the day after is one like any other.
      for (const beside of [plus(first, -1), plus(first, DAYS_OF[feast])])
        expect(free.has(beside), beside).to.equal(turkey(Number(first.slice(0, 4))).has(beside));
    }
  });

  it('know the decrees on days off in Russia up to the year that the page for operators names', () => {
    const page = readFileSync(new URL('../../../deploy/operating.md', import.meta.url), 'utf8');
    expect(page).to.include(`decrees are known up to ${DECREES_UP_TO};`);
  });

  describe('of Russia', () => {
    const moscow = calendarOf('RU-2026.1', 'Europe/Moscow');

    // As reported, then others of the kind: a Saturday, a Sunday, two in a row, and a year far on.
    for (const date of [
      '2027-05-03',
      '2027-05-10',
      '2027-06-14',
      '2028-11-06',
      '2033-05-02',
      '2030-02-25',
      '2038-05-10',
    ])
      it(`have a day off on ${date}, which moved from a weekend by law`, () => {
        expect(isBusinessDay(moscow, date)).to.equal(false);
      });

    it('work on weekdays from which a day off was moved on by decree', () => {
      for (const date of ['2013-02-25', '2014-02-24', '2019-02-25', '2025-02-24', '2025-03-10'])
        expect(isBusinessDay(moscow, date), date).to.equal(true);
    });

    it('do not move days off of the New Year holidays by law', () => {
      expect(isBusinessDay(moscow, '2028-01-10')).to.equal(true);
      expect(isBusinessDay(moscow, '2033-01-10')).to.equal(true);
    });

    for (const [start, days, due] of [
      ['2027-04-30T10:00:00+03:00', 1, '2027-05-04'],
      ['2027-04-29T10:00:00+03:00', 5, '2027-05-07'],
      ['2027-06-11T10:00:00+03:00', 1, '2027-06-15'],
      ['2036-02-22T10:00:00+03:00', 2, '2036-02-27'],
    ] as const)
      it(`put ${days} business days from ${start} to the end of ${due}`, () => {
        expect(dueDay(dueAfterBusinessDays(moscow, Date.parse(start), days), 'Europe/Moscow')).to.equal(due);
      });
  });

  it('of Japan have the days between two holidays, also in years far on', () => {
    const tokyo = calendarOf('JP-2026.1', 'Asia/Tokyo');
    for (const date of ['2009-09-22', '2015-09-22', '2026-09-22', '2032-09-21', '2019-04-30', '2019-05-02'])
      expect(isBusinessDay(tokyo, date), date).to.equal(false);
  });
});
