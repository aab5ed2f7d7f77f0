/** The command `time` of the playground: turns the clock day by day, and processes what falls due on the way. */
import { dueAfterBusinessDays, dueAfterCalendarDays, endOfDay, localDate } from '../domain/calendar/calendar.ts';
import type { Instant } from '../domain/calendar/calendar.ts';
import type { Rules } from '../domain/claims/decision.ts';
import type { AdjustableClock } from '../runtime/clock.ts';
import type { Desk } from '../desk/desk.ts';
import { say } from '../locales/say.ts';
import type { TimeTravel } from '../teams/handlers/textCommands.ts';
import { formatMoment } from '../teams/text/format.ts';

/** How far the user wants to go: business days of the programme first, then days, then hours. */
export type TimeJump = Parameters<TimeTravel>[0];

/** In one command; more is likely a typing error. */
const MAX_DAYS = 366;
const HOUR_MS = 3_600_000;
/** A sweep that still processes claims after this many rounds would never end. */
const MAX_ROUNDS = 50;

/** One turn of the clock at a time; a second one waits for the first. */
export function createTimeTravel(clock: AdjustableClock, desk: Desk, rules: Rules): TimeTravel {
  const { programme } = rules;
  const { zone } = programme.policy;
  let last: Promise<void> = Promise.resolve();

  async function turnTo(end: Instant): Promise<void> {
    while (clock.now() < end) {
      // Deadlines fall on the start of a day: stopping there sends each reminder on its day, not all at the end.
      await desk.idle();
      const next = Math.min(end, endOfDay(localDate(clock.now(), zone), zone));
      clock.turn(Math.max(0, Math.ceil(next - clock.now())));
      await settle();
    }
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { processed } = await desk.sweep();
      await desk.idle();
      if (processed === 0) return;
    }
  }

  return async (turn, { language }) => {
    const now = (): string => say(language, 'answer.timeNow', { time: formatMoment(clock.now(), zone, language) });
    if (!turn.businessDays && !turn.days && !turn.hours) return `${now()} ${say(language, 'answer.timeHow')}`;
    const to = (): Instant | undefined => target(clock.now(), turn, rules);
    if (to() === undefined) return say(language, 'answer.timeTooFar', { days: MAX_DAYS });
    const turning = last.then(async () => turnTo(to() ?? clock.now()));
    last = turning.catch(() => undefined);
    await turning;
    return now();
  };
}

/**
 * The time that a jump leads to; undefined where that is too far. Days count as they do for a clock (R42): a jump of N
 * days ends when the Nth day after today ends, so a clock of N days that starts now is due then. Hours are hours.
 */
export function target(
  from: Instant,
  { businessDays = 0, days = 0, hours = 0 }: TimeJump,
  { programme }: Rules,
): Instant | undefined {
  if (businessDays > MAX_DAYS || days > MAX_DAYS || hours > MAX_DAYS * 24) return undefined;
  const { policy } = programme;
  let to = businessDays > 0 ? dueAfterBusinessDays(programme.calendarOf(policy), from, businessDays) : from;
  // The end of a day is the first instant of the next: the days that follow are counted from the day that ended.
  if (days > 0) to = dueAfterCalendarDays(policy.zone, businessDays > 0 ? to - 1 : to, days);
  to += hours * HOUR_MS;
  return to - from > MAX_DAYS * 2 * 24 * HOUR_MS ? undefined : to;
}
