/** The desk's process: reads the settings, starts the desk, and stops it at a signal. */
import { readConfig } from './config/config.ts';
import { environmentOf } from './config/envFile.ts';
import { oldNamesIn } from './config/oldNames.ts';
import { waitForSignal } from './runtime/signals.ts';
import { createLog } from './runtime/log.ts';
import { logOutputOf } from './runtime/logOutput.ts';
import { startupErrorText } from './app/startupError.ts';
import { startDesk } from './app/startDesk.ts';

/** Files and folders of the desk are its owner's alone, also those that a library makes. */
const OWNER_ALONE = 0o077;
/** How long the last lines of the log may take to reach a reader who is slow. */
const LAST_LINES_MS = 1_000;

/**
 * Runs until SIGTERM or SIGINT, then ends within the time to drain; a second one, a second later, ends it at once. An
 * uncaught exception ends it too, and is logged like any other: printed, it would show all that it holds.
 */
async function run(): Promise<void> {
  process.umask(OWNER_ALONE);
  // Where no one can read why the desk does not start, it ends all the same.
  process.stderr.on('error', () => undefined);
  const env = environmentOf(process.env, process.execArgv);
  const config = readConfig(env);
  const log = createLog({ level: config.logLevel });
  for (const { variable, use, isIgnored } of oldNamesIn(env))
    log.warn(
      { variable, use },
      isIgnored
        ? 'Ignored a setting under its old name; the new one is set'
        : 'Read a setting under its old name; rename it',
    );
  process.once('uncaughtException', (error) => {
    log.error({ error }, 'Uncaught exception; exiting');
    void leave(1);
  });
  const starting = startDesk(config, { log });
  const stop = (): void => {
    // A desk that is still being built has nothing in flight.
    const tooLong = setTimeout(() => process.exit(0), config.drainMs);
    starting
      .then((running) => {
        clearTimeout(tooLong);
        return running.stop();
      })
      .then(() => leave(0), fail);
  };
  void waitForSignal('SIGTERM', 'SIGINT').then(stop);
  await starting;
}

/** Prints the reason and ends the process, even if it holds connections or files open. */
function fail(error: unknown): Promise<never> {
  process.stderr.write(`${startupErrorText(error)}\n`);
  return leave(1);
}

async function leave(code: 0 | 1): Promise<never> {
  await logOutputOf(process.stdout).end(LAST_LINES_MS);
  process.exit(code);
}

if (import.meta.main) run().catch(fail);
