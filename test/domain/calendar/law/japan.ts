/** Holidays in Japan: the Act on National Holidays (1948, no. 178), with its amendments since 2000. */
import type { Day } from './days.ts';
import { day, nth, plus, weekday } from './days.ts';

const [SUNDAY, MONDAY] = [0, 1];

/** From 1980 to 2099, as the almanac of the national observatory gives them in February for the next year. */
function equinox(year: number, base: number): number {
  return Math.floor(base + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4);
}

/** Articles 2 and 5, and the special acts of 2019 (accession, enthronement) and for the Games of 2020 and 2021. */
function national(year: number): readonly Day[] {
  const games = year === 2020 || year === 2021;
  return [
    day(year, 1, 1),
    nth(year, 1, MONDAY, 2),
    day(year, 2, 11),
    ...(year >= 2020 ? [day(year, 2, 23)] : []),
    day(year, 3, equinox(year, 20.8431)),
    day(year, 4, 29),
    day(year, 5, 3),
    ...(year >= 2007 ? [day(year, 5, 4)] : []),
    day(year, 5, 5),
    games ? day(year, 7, year === 2020 ? 23 : 22) : year < 2003 ? day(year, 7, 20) : nth(year, 7, MONDAY, 3),
    ...(year < 2016 ? [] : [day(year, 8, year === 2020 ? 10 : year === 2021 ? 8 : 11)]),
    year < 2003 ? day(year, 9, 15) : nth(year, 9, MONDAY, 3),
    day(year, 9, equinox(year, 23.2488)),
    games ? day(year, 7, year === 2020 ? 24 : 23) : nth(year, 10, MONDAY, 2),
    day(year, 11, 3),
    day(year, 11, 23),
    ...(year <= 2018 ? [day(year, 12, 23)] : []),
    ...(year === 2019 ? [day(year, 5, 1), day(year, 10, 22)] : []),
  ];
}

export function japan(year: number): ReadonlySet<Day> {
  const days = new Set(national(year));
  const off = new Set(days);
  // Article 3, 2: for a Sunday the next day that is no holiday; until 2006 only the Monday, if it was none.
  for (const holiday of days) {
    if (weekday(holiday) !== SUNDAY) continue;
    let instead = plus(holiday, 1);
    if (year >= 2007) while (days.has(instead)) instead = plus(instead, 1);
    off.add(instead);
  }
  // Article 3, 3: a day between two holidays.
  for (const holiday of days) {
    const between = plus(holiday, 1);
    if (days.has(plus(holiday, 2)) && !days.has(between) && (year >= 2007 || weekday(between) !== SUNDAY))
      off.add(between);
  }
  return off;
}
