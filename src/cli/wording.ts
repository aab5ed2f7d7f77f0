/** How the command line writes instants, counts and lists. */
import type { Instant } from '../domain/calendar/calendar.ts';

/** An instant in UTC, to the second. */
export function instant(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `1 claim`, `2 claims`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** How many claims lack how many decisions. */
export function lacking({ claims, decisions }: { readonly claims: number; readonly decisions: number }): string {
  return `${count(claims, 'claim')} ${claims === 1 ? 'lacks' : 'lack'} ${count(decisions, 'decision')}`;
}

/** A length of time, in its largest whole unit. */
export function duration(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  const [length, noun] = units.find(([one]) => ms >= one) ?? [1_000, 'second'];
  return count(Math.floor(ms / length), noun);
}
