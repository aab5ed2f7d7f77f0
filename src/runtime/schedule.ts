/**
 * When the sweep runs, and the cleaning. In UTC: across a change to summer time a local zone has hours that come twice,
 * or not at all. node-cron says when the next run is; when that has come is looked at here. Its own timer lets a run go
 * that it finds a second late, as after the machine slept, or while the process was busy.
 */
import { createTask } from 'node-cron';
import type { Log } from '../desk/ports/system.ts';
import { systemClock } from './clock.ts';

/** The clock is read this often: no timer runs while the machine sleeps, or knows of a clock that is set. */
const LOOK_MS = 30_000;

export interface Schedule {
  /** Starts no more runs and waits for the one under way. */
  stop(): Promise<void>;
}

/**
 * Runs a task on a cron expression, never twice at once, and once now: a start catches up with what fell due meanwhile.
 * `first: 'due'` leaves that run out, for what the start does by itself. Of runs that were missed, however many, one is
 * made up for as soon as that is noticed. A run that falls due while another is under way is left out.
 */
export function scheduleRuns(
  name: 'sweep' | 'cleaning' | 'check-up',
  expression: string,
  task: () => Promise<unknown>,
  log: Log,
  first: 'now' | 'due' = 'now',
): Schedule {
  let running: Promise<void> | undefined;
  const run = (): void => {
    running ??= task()
      .then(
        () => undefined,
        (error: unknown) => {
          log.error({ schedule: name, error }, 'Scheduled run failed; the next run will retry');
        },
      )
      .finally(() => {
        running = undefined;
      });
  };
  const cron = createTask(expression, () => undefined, { timezone: 'UTC', name });
  /** After now; an expression whose days are over has no next run. */
  const nextRun = (): number => cron.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY;
  let next = nextRun();
  let timer = wait();
  if (first === 'now') run();

  function wait(): NodeJS.Timeout {
    return setTimeout(look, Math.min(Math.max(0, next - systemClock.now()), LOOK_MS));
  }

  function look(): void {
    const lateMs = systemClock.now() - next;
    // Where the clock was set back, the next run is earlier than it was.
    next = lateMs >= 0 ? nextRun() : Math.min(next, nextRun());
    timer = wait();
    if (lateMs < 0) return;
    if (lateMs > LOOK_MS) log.info({ schedule: name, lateMs }, 'Scheduled run was missed and is made up for');
    run();
  }

  return {
    async stop() {
      clearTimeout(timer);
      await cron.destroy();
      await running;
    },
  };
}
