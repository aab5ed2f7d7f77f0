/** When the sweep runs. In UTC: across a change to summer time node-cron fires wrongly in a local zone. */
import type { ScheduledTask } from 'node-cron';
import { schedule } from 'node-cron';
import type { Log } from '../desk/ports.ts';

export interface Schedule {
  /** Starts no more runs and waits for the one under way. */
  stop(): Promise<void>;
}

/** Runs a task on a cron expression, never twice at once, and once now: a start catches up with what fell due meanwhile. */
export function scheduleSweeps(expression: string, task: () => Promise<unknown>, log: Log): Schedule {
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    running = task().then(
      () => undefined,
      (error: unknown) => { log.error({ error }, 'A sweep failed; the next one tries again'); },
    );
    await running;
  };
  void run();
  const scheduled: ScheduledTask = schedule(expression, run, { timezone: 'UTC', noOverlap: true, name: 'sweep' });
  return {
    async stop() {
      await scheduled.destroy();
      await running;
    },
  };
}
