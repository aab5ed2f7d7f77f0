/** Holidays of Brazil, Germany, the United Kingdom and the United States. */
import type { Day } from './days.ts';
import { day, easter, nth, plus, weekday } from './days.ts';

const [SUNDAY, MONDAY, THURSDAY, SATURDAY] = [0, 1, 4, 6];

/** Laws 662 of 1949, 6.802 of 1980, 10.607 of 2002 and 14.759 of 2023; Good Friday by 9.093 of 1995. Nothing moves. */
export function brazil(year: number): ReadonlySet<Day> {
  return new Set([
    day(year, 1, 1),
    plus(easter(year), -2),
    day(year, 4, 21),
    day(year, 5, 1),
    day(year, 9, 7),
    day(year, 10, 12),
    day(year, 11, 2),
    day(year, 11, 15),
    ...(year >= 2024 ? [day(year, 11, 20)] : []),
    day(year, 12, 25),
  ]);
}

/** What is free in all sixteen states by their own acts, and 3 October by the Unification Treaty. Nothing moves. */
export function germany(year: number): ReadonlySet<Day> {
  const sunday = easter(year);
  return new Set([
    day(year, 1, 1),
    plus(sunday, -2),
    plus(sunday, 1),
    day(year, 5, 1),
    plus(sunday, 39),
    plus(sunday, 50),
    day(year, 10, 3),
    ...(year === 2017 ? [day(year, 10, 31)] : []),
    day(year, 12, 25),
    day(year, 12, 26),
  ]);
}

/** Bank holidays of England and Wales: the act of 1971, its schedule 1, and royal proclamations. */
export function england(year: number): ReadonlySet<Day> {
  const sunday = easter(year);
  const spring: Readonly<Record<number, Day>> = { 2002: '2002-06-04', 2012: '2012-06-04', 2022: '2022-06-02' };
  const once: readonly Day[] = ['2002-06-03', '2011-04-29', '2012-06-05', '2022-06-03', '2022-09-19', '2023-05-08'];
  const fixed = [day(year, 1, 1), day(year, 12, 25), day(year, 12, 26)];
  const off = new Set([
    ...fixed,
    plus(sunday, -2),
    plus(sunday, 1),
    year === 2020 ? '2020-05-08' : nth(year, 5, MONDAY, 1),
    spring[year] ?? nth(year, 5, MONDAY, -1),
    nth(year, 8, MONDAY, -1),
    ...once.filter((date) => date.startsWith(String(year))),
  ]);
  // One that falls on a weekend is kept on the next weekday that is no bank holiday.
  for (const holiday of fixed) {
    let instead = holiday;
    while (weekday(instead) === SATURDAY || weekday(instead) === SUNDAY || (instead !== holiday && off.has(instead)))
      instead = plus(instead, 1);
    off.add(instead);
  }
  return off;
}

/** 5 U.S.C. 6103: federal holidays, and Executive Order 11582: a Saturday is kept on Friday, a Sunday on Monday. */
export function unitedStates(year: number): ReadonlySet<Day> {
  const fixed = (of: number): readonly Day[] => [
    day(of, 1, 1),
    ...(of >= 2021 ? [day(of, 6, 19)] : []),
    day(of, 7, 4),
    day(of, 11, 11),
    day(of, 12, 25),
  ];
  const observed = (holiday: Day): Day =>
    weekday(holiday) === SATURDAY ? plus(holiday, -1) : weekday(holiday) === SUNDAY ? plus(holiday, 1) : holiday;
  const all = [
    ...fixed(year).flatMap((holiday) => [holiday, observed(holiday)]),
    observed(day(year + 1, 1, 1)),
    nth(year, 1, MONDAY, 3),
    nth(year, 2, MONDAY, 3),
    nth(year, 5, MONDAY, -1),
    nth(year, 9, MONDAY, 1),
    nth(year, 10, MONDAY, 2),
    nth(year, 11, THURSDAY, 4),
  ];
  return new Set(all.filter((date) => date.startsWith(String(year))));
}
