/**
 * Twelve years of a zone, day by day as a wall calendar shows them, and every moment at which the wall clock was put
 * forward or back. Shares nothing with src/domain/calendar.
 */
import type { Day, Days } from './oracle.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const DAY = 86_400_000;

export class Span implements Days {
  readonly days: readonly Day[];
  /** The first instants of another offset. */
  readonly turns: readonly number[];
  readonly #date: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #index: ReadonlyMap<string, number>;

  /** From a year before the decade that begins with this year to a year after it. */
  constructor(zone: string, decade: number) {
    this.#date = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    this.#time = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    this.days = this.#walk(Date.UTC(decade - 1, 0, 1), Date.UTC(decade + 11, 0, 1));
    this.turns = this.#turnsAmong(this.days.map(({ start }) => start));
    this.#index = new Map(this.days.map((day, index) => [day.date, index]));
  }

  dateAt(at: number): string {
    return this.#date.format(at);
  }

  day(index: number): Day {
    const day = this.days[index];
    if (!day) throw new RangeError(`the walk has no day ${index}`);
    return day;
  }

  indexAt(at: number): number {
    return this.indexOf(this.dateAt(at));
  }

  indexOf(date: string): number {
    const index = this.#index.get(date);
    if (index === undefined) throw new RangeError(`the walk never saw ${date}`);
    return index;
  }

  #walk(from: number, to: number): readonly Day[] {
    const days: Day[] = [];
    let day = this.#dayAfter({ date: this.dateAt(from), start: from });
    while (day.start < to) {
      days.push(day);
      day = this.#dayAfter(day);
    }
    return days;
  }

  /** A day begins when the wall calendar first shows a later date. It does so after 24 hours, or else is looked for. */
  #dayAfter({ date, start }: Day): Day {
    const isLater = (at: number): boolean => this.dateAt(at) > date;
    const usual = start + DAY;
    if (isLater(usual) && !isLater(usual - 1)) return { date: this.dateAt(usual), start: usual };
    let at = start;
    while (!isLater(at)) at += QUARTER;
    const next = firstOf(at - QUARTER, at, isLater);
    return { date: this.dateAt(next), start: next };
  }

  /** Looked for hour by hour in each day that is not of 24 hours, or that ends by another offset than it began with. */
  #turnsAmong(starts: readonly number[]): readonly number[] {
    const turns: number[] = [];
    let [start = 0] = starts;
    let old = this.#ahead(start);
    for (const end of starts) {
      const last = this.#ahead(end);
      if (end - start !== DAY || last !== old) turns.push(...this.#turnsBetween(start, end));
      start = end;
      old = last;
    }
    return turns;
  }

  #turnsBetween(start: number, end: number): readonly number[] {
    const turns: number[] = [];
    let old = this.#ahead(start);
    for (let at = start; at < end; at += HOUR) {
      const ahead = this.#ahead(at + HOUR);
      if (ahead !== old) turns.push(firstOf(at, at + HOUR, (later) => this.#ahead(later) === ahead));
      old = ahead;
    }
    return turns;
  }

  /** How far the wall clock is ahead of UTC, whole seconds. */
  #ahead(at: number): number {
    const shown = Date.parse(`${this.#time.format(at).replace(' ', 'T')}Z`);
    return shown / 1000 - Math.floor(at / 1000);
  }
}

/** The first instant in (before, after] of which something is true. */
function firstOf(before: number, after: number, isTrue: (at: number) => boolean): number {
  let not = before;
  let yes = after;
  while (yes - not > 1) {
    const middle = Math.floor((not + yes) / 2);
    if (isTrue(middle)) yes = middle;
    else not = middle;
  }
  return yes;
}
