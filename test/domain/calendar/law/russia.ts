/**
 * Days off in Russia. Law: the holidays, and that a day off on which one falls moves to the next working day after it
 * (Labour Code, article 112; before 2002 article 65 of the code of 1971). Since 2013 the days off that the New Year
 * holidays and Christmas take (1 to 8 January) do not move so: a decree of each year moves two of them. Decree: all
 * other moves, known up to 2026. Days without work that a president declared for one occasion are neither.
 */
import type { Day } from './days.ts';
import { day, isWeekend, plus } from './days.ts';

export const DECREES_UP_TO = 2026;

/** What decrees made free on a weekday, by year. */
const FREED: Readonly<Record<number, readonly string[]>> = {
  2005: ['03-07', '05-10'],
  2006: ['02-24', '05-08'],
  2007: ['04-30', '06-11', '12-31'],
  2008: ['05-02', '06-13', '11-03'],
  2009: ['01-09'],
  2010: ['02-22', '11-05'],
  2011: ['03-07'],
  2012: ['03-09', '04-30', '05-07', '05-08', '06-11', '12-31'],
  2013: ['05-02', '05-03', '05-10'],
  2014: ['05-02', '06-13', '11-03'],
  2015: ['01-09', '05-04'],
  2016: ['02-22', '03-07', '05-03'],
  2017: ['02-24', '05-08'],
  2018: ['03-09', '04-30', '05-02', '06-11', '12-31'],
  2019: ['05-02', '05-03', '05-10'],
  2020: ['05-04', '05-05'],
  2021: ['02-22', '11-05', '12-31'],
  2022: ['03-07', '05-03', '05-10'],
  2023: ['02-24', '05-08'],
  2024: ['04-29', '04-30', '05-10', '12-30', '12-31'],
  2025: ['05-02', '05-08', '06-13', '11-03', '12-31'],
  2026: ['01-09', '12-31'],
};
/** Days off that moved by law, and were moved on by a decree: these weekdays were worked. */
const MOVED_ON: Readonly<Record<number, readonly string[]>> = {
  2013: ['02-25'],
  2014: ['02-24'],
  2019: ['02-25'],
  2025: ['02-24', '03-10'],
};

/** Month and day of each holiday of a year. */
function holidaysOf(year: number): readonly (readonly [month: number, date: number])[] {
  const january = year < 2005 ? [1, 2, 7] : year < 2013 ? [1, 2, 3, 4, 5, 7] : [1, 2, 3, 4, 5, 6, 7, 8];
  return [
    ...january.map((date) => [1, date] as const),
    ...(year < 2002 ? [] : [[2, 23] as const]),
    [3, 8],
    [5, 1],
    ...(year < 2005 ? [[5, 2] as const] : []),
    [5, 9],
    [6, 12],
    ...(year < 2005 ? [[11, 7] as const, [12, 12] as const] : [[11, 4] as const]),
  ];
}

export function russia(year: number): ReadonlySet<Day> {
  const off = new Set(holidaysOf(year).map(([month, date]) => day(year, month, date)));
  for (const holiday of [...off].sort()) {
    const isOfNewYear = year >= 2013 && holiday <= day(year, 1, 8);
    if (!isWeekend(holiday) || isOfNewYear) continue;
    let moved = plus(holiday, 1);
    while (isWeekend(moved) || off.has(moved)) moved = plus(moved, 1);
    off.add(moved);
  }
  for (const date of MOVED_ON[year] ?? []) off.delete(`${year}-${date}`);
  for (const date of FREED[year] ?? []) off.add(`${year}-${date}`);
  return off;
}
