/** A clock of the model (R35–R46). It counts in days: what is due, is due at the end of one. */
import type { ClockName } from '../../../../src/domain/claims/policy.ts';
import type { Book, Terms } from './book.ts';
import { stepped } from './wall.ts';
import type { Day } from './wall.ts';

export interface Reminder {
  readonly at: number;
  readonly days: number;
}

export interface ModelClock {
  readonly name: ClockName;
  /** The policy it started with, and keeps (R42). */
  readonly book: Book;
  readonly startedAt: number;
  readonly state: 'awaitingDelivery' | 'running' | 'paused';
  /** The day with whose end it is due. */
  readonly dueDay?: Day;
  /** The day with whose end it fires next: the due day, then that of each escalation. */
  readonly nextDay?: Day;
  readonly reminders: readonly Reminder[];
  readonly level: number;
  /** Business days left when it was paused (R46). */
  readonly left?: number;
}

/** A clock that ends against somebody waits until they were told (R45). */
export function started(name: ClockName, book: Book, at: number): ModelClock {
  const clock: ModelClock = { name, book, startedAt: at, state: 'awaitingDelivery', reminders: [], level: 0 };
  return termsOf(clock).end === 'acts' ? clock : running(clock, at);
}

/** The start day is never counted (R42). */
export function running(clock: ModelClock, from: number): ModelClock {
  const { wall } = clock.book;
  const { length, unit } = termsOf(clock);
  const today = wall.dayAt(from);
  const dueDay = unit === 'businessDays' ? wall.workingAfter(today, length) : stepped(today, length);
  return { ...clock, state: 'running', dueDay, nextDay: dueDay, reminders: remindersOf(clock, from, dueDay) };
}

/** R45: it waits as if it had never run, and keeps its policy. */
export function stopped({ name, book }: ModelClock, at: number): ModelClock {
  return { name, book, startedAt: at, state: 'awaitingDelivery', reminders: [], level: 0 };
}

/** R46: the business days after the day of the pause; what was overdue stays so. */
export function paused(clock: ModelClock, at: number): ModelClock {
  const { wall } = clock.book;
  const { nextDay, dueDay, ...rest } = clock;
  if (nextDay === undefined) throw new Error(`${clock.name} does not run`);
  const left = wall.workingBetween(wall.dayAt(at), nextDay);
  return { ...rest, state: 'paused', reminders: [], left, ...(isOverdue(clock) && dueDay !== undefined && { dueDay }) };
}

/** R60: an objection leaves the calendar days after its day. */
export function held(clock: ModelClock, at: number): ModelClock {
  const { wall } = clock.book;
  const { nextDay: _, dueDay, ...rest } = clock;
  if (dueDay === undefined) throw new Error(`${clock.name} does not run`);
  let left = 0;
  for (let day = stepped(wall.dayAt(at), 1); day <= dueDay; day = stepped(day, 1)) left += 1;
  return { ...rest, state: 'paused', reminders: [], left };
}

/** R60: with none left, the end of the day on which it goes on. R59: who has agreed is not reminded. */
export function letGo(clock: ModelClock, at: number, isAgreed: boolean): ModelClock {
  const { left, ...rest } = clock;
  if (left === undefined) throw new Error(`${clock.name} was not held`);
  const day = stepped(clock.book.wall.dayAt(at), left);
  const reminders = isAgreed ? [] : remindersOf(clock, at, day);
  return { ...rest, state: 'running', nextDay: day, dueDay: day, reminders };
}

/** R46: with none left, the end of the day of resumption or of the next business day. */
export function resumed(clock: ModelClock, at: number): ModelClock {
  const { wall } = clock.book;
  const { left, ...rest } = clock;
  if (left === undefined) throw new Error(`${clock.name} was not paused`);
  const today = wall.dayAt(at);
  const nextDay = left === 0 ? wall.workingFrom(today) : wall.workingAfter(today, left);
  if (isOverdue(clock)) return { ...rest, state: 'running', nextDay };
  return { ...rest, state: 'running', nextDay, dueDay: nextDay, reminders: remindersOf(clock, at, nextDay) };
}

/** R43: one business day from each level to the next. */
export function escalated(clock: ModelClock): ModelClock {
  const { nextDay } = clock;
  if (nextDay === undefined) throw new Error(`${clock.name} does not run`);
  return { ...clock, level: clock.level + 1, nextDay: clock.book.wall.workingAfter(nextDay, 1) };
}

export function termsOf({ book, name }: ModelClock): Terms {
  return book.terms[name];
}

/** When it is due. */
export function dueOf({ book, dueDay }: ModelClock): number | undefined {
  return dueDay === undefined ? undefined : book.wall.endOf(dueDay);
}

/** When it fires next, reminders aside. */
export function nextOf({ book, nextDay }: ModelClock): number | undefined {
  return nextDay === undefined ? undefined : book.wall.endOf(nextDay);
}

function isOverdue(clock: ModelClock): boolean {
  return clock.level > 0;
}

/** At the start of the nth last day; a reminder that would come before the clock runs, does not come. */
function remindersOf(clock: ModelClock, from: number, dueDay: Day): readonly Reminder[] {
  const { wall } = clock.book;
  const { unit, reminders } = termsOf(clock);
  return reminders
    .map((days) => ({
      days,
      at: wall.startOf(unit === 'businessDays' ? wall.workingUpTo(dueDay, days) : stepped(dueDay, 1 - days)),
    }))
    .filter(({ at }) => at > from);
}
