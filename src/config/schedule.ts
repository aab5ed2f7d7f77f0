/**
 * When the sweep runs, as a setting. The rule is ours and narrower than that of node-cron, which runs the schedule: it
 * takes only what `.env.example` explains, where node-cron takes seconds, names and words too, which a typing error may
 * hit. Whatever passes here, node-cron takes as well: a test holds that, so this room does not need the package.
 */
import { z } from 'zod';
import { quoted } from './environment.ts';
import { setting } from './settings.ts';

/** Minute, hour, day of the month, month, day of the week: the lowest and the highest number of each. */
const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
/** The most days that each month can have. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Five cron fields, with one space between them. */
export function schedule(fallback: string): z.ZodType<string, string | undefined> {
  return setting((value) => {
    const fields = value.split(/\s+/);
    return isSchedule(fields)
      ? { value: fields.join(' ') }
      : {
          kind: 'not-a-schedule',
          sentence:
            `is ${quoted(value)}. Give five cron fields, minute 0-59, hour 0-23, day 1-31, month 1-12, weekday ` +
            `0-7, of numbers, "*", "a-b", "/n" and commas, or leave it out for "${fallback}".`,
        };
  }).default(fallback);
}

function isSchedule(fields: readonly string[]): boolean {
  if (fields.length !== FIELDS.length) return false;
  const numbers = FIELDS.map(([lowest, highest], place) => numbersOf(fields[place] ?? '', lowest, highest));
  const [, , days, months] = numbers;
  if (!days || !months || numbers.includes(undefined)) return false;
  // A day that no such month has, as 31 February, would never come, whatever the weekday: for node-cron, unlike cron
  // elsewhere, day and weekday must both fit, and it throws at such a day.
  const longest = Math.max(...months.map((month) => DAYS[month - 1] ?? 0));
  return Math.min(...days) <= longest;
}

/** What a field stands for, by the numbers at which its parts begin; undefined where it is none. */
function numbersOf(field: string, lowest: number, highest: number): readonly number[] | undefined {
  const parts = field.split(',').map((part) => numbersOfPart(part, lowest, highest));
  return parts.includes(undefined) ? undefined : [...new Set(parts.flatMap((part) => part ?? []))];
}

/** One part of a field: a star, a number or a range that does not run backwards; a star or a range may have a step. */
function numbersOfPart(part: string, lowest: number, highest: number): readonly number[] | undefined {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
  if (!match) return undefined;
  const from = Number(match[1] ?? lowest);
  const to = Number(match[2] ?? match[1] ?? highest);
  const step = Math.min(Number(match[3] ?? 1), highest + 1);
  const isSteppedNumber = match[3] !== undefined && match[1] !== undefined && match[2] === undefined;
  if (!(lowest <= from && from <= to && to <= highest && step >= 1) || isSteppedNumber) return undefined;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, place) => from + place * step);
}
