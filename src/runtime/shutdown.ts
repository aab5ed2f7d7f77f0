/**
 * The bounded end of a desk: what was begun is ended, and what cannot be ended in time is left to leases, outbox and
 * the next sweep.
 */
import type { Log } from '../desk/ports/system.ts';
import type { Pause } from './within.ts';
import { within } from './within.ts';

/** What has an end. Each part is named by what it does meanwhile. */
export interface ShutdownSteps {
  /**
   * Accepts no more activities and answers those in flight; then accepts no more connections, and waits for uploads and
   * downloads.
   */
  readonly web: { drain(): Promise<void>; close(): Promise<void>; breakOff(): void };
  /** `close`: sweeps and cleanups end after the item in flight; `idle`: all deliveries have ended. */
  readonly desk: { close(): void; idle(): Promise<void> };
  readonly schedules: readonly { stop(): Promise<void> }[];
  readonly meters: { close(maxMs: number): Promise<void> };
}

/** The last measurements may take this part of the time, and no longer than this. */
const FLUSH_PART = 0.2;
const MAX_FLUSH_MS = 2_000;

/**
 * Ends everything within `maxMs`. Answers whether all was ended; otherwise the rest is abandoned, and a warning says
 * so.
 */
export async function shutDown(
  { web, desk, schedules, meters }: ShutdownSteps,
  maxMs: number,
  log: Log,
  pause: Pause,
): Promise<boolean> {
  const flushMs = Math.min(MAX_FLUSH_MS, maxMs * FLUSH_PART);
  desk.close();
  const ending = end().catch((error: unknown) => {
    log.error({ error }, 'Shutdown failed');
  });
  const ended = await within(
    ending.then(() => true),
    maxMs - flushMs,
    false,
    pause,
  );
  if (!ended) {
    log.warn({ ms: maxMs }, 'Shutdown timed out; unfinished work is left to the next sweep');
    web.breakOff();
  }
  await meters.close(flushMs);
  return ended;

  async function end(): Promise<void> {
    await Promise.all([web.drain().then(() => web.close()), ...schedules.map((schedule) => schedule.stop())]);
    await desk.idle();
  }
}
