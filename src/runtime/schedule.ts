/**
 * When the sweep runs, and the cleaning. In UTC: across a change to summer time node-cron fires wrongly in a local
 * zone.
 */
import type { Logger, ScheduledTask } from 'node-cron';
import { schedule } from 'node-cron';
import type { Log } from '../desk/ports/system.ts';

export interface Schedule {
  /** Starts no more runs and waits for the one under way. */
  stop(): Promise<void>;
}

/** What node-cron has to say goes into the desk's own log, as a fixed sentence. */
function loggerOf(name: string, log: Log): Logger {
  const said = (message: unknown): { readonly schedule: string; readonly message: string } => ({
    schedule: name,
    message: String(message),
  });
  return {
    info: (message) => {
      log.info(said(message), 'Scheduler message');
    },
    debug: () => undefined,
    warn: (message) => {
      log.warn(said(message), 'Scheduler warning');
    },
    error: (message, error) => {
      log.error({ ...said(message), error }, 'Scheduler error');
    },
  };
}

/**
 * Runs a task on a cron expression, never twice at once, and once now: a start catches up with what fell due meanwhile.
 */
export function scheduleRuns(
  name: 'sweep' | 'cleaning',
  expression: string,
  task: () => Promise<unknown>,
  log: Log,
): Schedule {
  let running: Promise<void> | undefined;
  // The run of the start is none of node-cron's, so its `noOverlap` alone would not see it.
  const run = (): Promise<void> => {
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
    return running;
  };
  void run();
  const scheduled: ScheduledTask = schedule(expression, run, {
    timezone: 'UTC',
    noOverlap: true,
    name,
    logger: loggerOf(name, log),
  });
  return {
    async stop() {
      await scheduled.destroy();
      await running;
    },
  };
}
