/** Deadlines as people read them at a glance: the day, and how many days are left or overdue (R42). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import {
  businessDaysBetween,
  dueDay,
  localDate,
  remainingBusinessDays,
  remainingCalendarDays,
} from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import type { ClaimView, ShownClock } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { formatShortDay, zoneOfDue } from './format.ts';

/** A deadline that runs or has run out. */
export interface RunningDeadline {
  readonly name: ClockName;
  readonly dueAt: Instant;
  readonly overdue: boolean;
}

/** How near a deadline is: its day is over, is today, or is to come. */
export type Urgency = 'overdue' | 'today' | 'later';

/** The deadline that comes first, of those that the reader sees running. */
export function nextDeadline({ clocks }: Pick<ClaimView, 'clocks'>): RunningDeadline | undefined {
  return clocks
    .flatMap(({ name, state, dueAt, overdue }: ShownClock) =>
      state === 'running' && dueAt !== undefined ? [{ name, dueAt, overdue }] : [],
    )
    .toSorted((one, other) => one.dueAt - other.dueAt)[0];
}

/** The day of a deadline: `Fri 4 Dec`, with its year where that is not the present one. */
export function dueDate({ dueAt }: RunningDeadline, now: Instant, speech: Speech): string {
  return formatShortDay(dueAt - 1, now, zoneOfDue(dueAt, speech), speech.language);
}

export function urgencyOf({ dueAt, overdue }: RunningDeadline, now: Instant, speech: Speech): Urgency {
  if (overdue) return 'overdue';
  const zone = zoneOfDue(dueAt, speech);
  return dueDay(dueAt, zone) === localDate(now, zone) ? 'today' : 'later';
}

/** The days left or overdue: `4 business days left`, `today`, `2 business days overdue`. */
export function daysInWords(deadline: RunningDeadline, { clocks }: Claim, now: Instant, speech: Speech): string {
  const { language, programme } = speech;
  const urgency = urgencyOf(deadline, now, speech);
  if (urgency === 'today') return say(language, 'due.today');
  const policy = programme?.policyOf(clocks[deadline.name]?.policy ?? '');
  if (!programme || !policy) return say(language, urgency === 'overdue' ? 'due.overdue' : 'due.open');
  const { unit } = policy.clocks[deadline.name];
  const calendar = programme.calendarOf(policy);
  const day = dueDay(deadline.dueAt, policy.zone);
  if (urgency === 'overdue') {
    const count = businessDaysBetween(calendar, day, localDate(now, policy.zone));
    return count === 0 ? say(language, 'due.overdue') : say(language, 'due.overdueDays', { count });
  }
  const count =
    unit === 'businessDays'
      ? remainingBusinessDays(calendar, now, deadline.dueAt)
      : remainingCalendarDays(policy.zone, now, deadline.dueAt);
  return say(language, `due.left.${unit}` satisfies SentenceKey, { count });
}
