/** When the sweep runs. In UTC: across a change to summer time node-cron fires wrongly in a local zone. */
import type { Logger, ScheduledTask } from 'node-cron';
import { schedule } from 'node-cron';
import type { Log } from '../desk/ports.ts';

export interface Schedule {
  /** Starts no more runs and waits for the one under way. */
  stop(): Promise<void>;
}

/** What node-cron has to say goes into the desk's own log, as a fixed sentence. */
function loggerOf(log: Log): Logger {
  const said = (message: unknown): { readonly message: string } => ({ message: String(message) });
  return {
    info: (message) => { log.info(said(message), 'The schedule of the sweep has a remark'); },
    debug: () => undefined,
    warn: (message) => { log.warn(said(message), 'The schedule of the sweep has a warning'); },
    error: (message, error) => { log.error({ ...said(message), error }, 'The schedule of the sweep has a fault'); },
  };
}

/** Runs a task on a cron expression, never twice at once, and once now: a start catches up with what fell due meanwhile. */
export function scheduleSweeps(expression: string, task: () => Promise<unknown>, log: Log): Schedule {
  let running: Promise<void> | undefined;
  // The run of the start is none of node-cron's, so its `noOverlap` alone would not see it.
  const run = (): Promise<void> => {
    running ??= task().then(
      () => undefined,
      (error: unknown) => { log.error({ error }, 'A sweep failed; the next one tries again'); },
    ).finally(() => { running = undefined; });
    return running;
  };
  void run();
  const scheduled: ScheduledTask = schedule(expression, run, { timezone: 'UTC', noOverlap: true, name: 'sweep', logger: loggerOf(log) });
  return {
    async stop() {
      await scheduled.destroy();
      await running;
    },
  };
}
