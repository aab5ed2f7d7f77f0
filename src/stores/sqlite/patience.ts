/** Waiting for the lock of another process, while the rest of this one goes on. */
import { setTimeout as pause } from 'node:timers/promises';
import { isBusy } from './database.ts';

/** How long a call waits for the lock of another process, in milliseconds. */
export const BUSY_MS = 5_000;
/** Between two tries; spread, so that several processes do not try at the same instants. */
const PAUSE_MS = [2, 5, 10, 20, 25, 40] as const;

/** Runs work on a database whose connection does not wait by itself. */
export interface Patience {
  /** Work that takes no lock which others may have for long. */
  read<Answer>(work: () => Answer): Promise<Answer>;
  /** One at a time, in the order of the calls: only one tries for the lock, however many wait for it. */
  write<Answer>(work: () => Answer): Promise<Answer>;
}

/** Work is tried for {@link BUSY_MS}, then it throws SQLite's own error. */
export function createPatience(): Patience {
  let last: Promise<unknown> = Promise.resolve();

  async function patiently<Answer>(work: () => Answer, known?: AbortSignal): Promise<Answer> {
    let patience = known;
    for (let tries = 0; ; tries += 1) {
      try {
        return work();
      } catch (error) {
        patience ??= AbortSignal.timeout(BUSY_MS);
        if (!isBusy(error) || patience.aborted) throw error;
        await pause(PAUSE_MS[Math.min(tries, PAUSE_MS.length - 1)]);
      }
    }
  }

  return {
    read: (work) => patiently(work),
    write(work) {
      const patience = AbortSignal.timeout(BUSY_MS);
      const written = last.then(() => patiently(work, patience));
      last = written.catch(() => undefined);
      return written;
    },
  };
}
