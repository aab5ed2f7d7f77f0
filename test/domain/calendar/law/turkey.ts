/**
 * Holidays of Turkey: law 2429 of 1981, with its amendments. The feasts of Ramazan (1 to 3 Şevval) and Kurban (10 to 13
 * Zilhicce) are on the days that the Presidency of Religious Affairs announces; it computes where the new moon is first
 * seen, which may be a day from other calendars of Islam. Their eves, and 28 October, are free from 13:00: half days.
 */
import type { Day } from './days.ts';
import { day, plus } from './days.ts';

export function turkey(year: number): ReadonlySet<Day> {
  return new Set([
    day(year, 1, 1),
    day(year, 4, 23),
    ...(year >= 2009 ? [day(year, 5, 1)] : []),
    day(year, 5, 19),
    ...(year >= 2017 ? [day(year, 7, 15)] : []),
    day(year, 8, 30),
    day(year, 10, 29),
  ]);
}

/** The first days of the feasts as they were announced. */
export const ANNOUNCED: readonly (readonly [feast: 'ramazan' | 'kurban', first: Day])[] = [
  ['ramazan', '2018-06-15'],
  ['kurban', '2018-08-21'],
  ['ramazan', '2019-06-04'],
  ['kurban', '2019-08-11'],
  ['ramazan', '2020-05-24'],
  ['kurban', '2020-07-31'],
  ['ramazan', '2021-05-13'],
  ['kurban', '2021-07-20'],
  ['ramazan', '2022-05-02'],
  ['kurban', '2022-07-09'],
  ['ramazan', '2023-04-21'],
  ['kurban', '2023-06-28'],
  ['ramazan', '2024-04-10'],
  ['kurban', '2024-06-16'],
  ['ramazan', '2025-03-30'],
  ['kurban', '2025-06-06'],
  ['ramazan', '2026-03-20'],
  ['kurban', '2026-05-27'],
];

export const DAYS_OF = { ramazan: 3, kurban: 4 } as const;

const HIJRI = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

/** The days of both feasts in a year by the computed calendar of Umm al-Qura, each with those beside it. */
export function nearFeasts(year: number): ReadonlySet<Day> {
  const near = new Set<Day>();
  for (let at = day(year, 1, 1); at <= day(year, 12, 31); at = plus(at, 1)) {
    const parts = Object.fromEntries(HIJRI.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
    const { month, day: date = 0 } = parts;
    const isFeast =
      (month === 10 && date <= DAYS_OF.ramazan) || (month === 12 && date >= 10 && date < 10 + DAYS_OF.kurban);
    if (isFeast) for (const days of [-1, 0, 1]) near.add(plus(at, days));
  }
  return near;
}
