/** Dates for the statements of the laws: 'YYYY-MM-DD', counted without any code of the product. */

export type Day = string;

const DAY_MS = 86_400_000;

export function day(year: number, month: number, date: number): Day {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

export function plus(of: Day, days: number): Day {
  return new Date(Date.parse(of) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(of: Day): number {
  return new Date(Date.parse(of)).getUTCDay();
}

export function isWeekend(of: Day): boolean {
  return weekday(of) === 0 || weekday(of) === 6;
}

/** The nth such weekday of a month; of -1 the last one. */
export function nth(year: number, month: number, which: number, n: number): Day {
  if (n < 0) {
    const last = day(year, month + 1, 0);
    return plus(last, -((weekday(last) - which + 7) % 7));
  }
  const first = day(year, month, 1);
  return plus(first, ((which - weekday(first) + 7) % 7) + 7 * (n - 1));
}

/** Easter Sunday of the Gregorian calendar (Gauss, in the form of Meeus, Jones and Butcher). */
export function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const months = h + l - 7 * m + 114;
  return day(year, Math.floor(months / 31), (months % 31) + 1);
}
