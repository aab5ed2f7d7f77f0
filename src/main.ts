/** The desk's process: reads the settings, starts the desk, and stops it at a signal. */
import { readConfig } from './config/config.ts';
import { environmentOf } from './config/envFile.ts';
import { oldNamesIn } from './config/oldNames.ts';
import { waitForSignal } from './runtime/signals.ts';
import { createLog } from './runtime/log.ts';
import { startupErrorText } from './app/startupError.ts';
import { startDesk } from './app/startDesk.ts';

/**
 * Runs until SIGTERM or SIGINT, then ends within the time to drain; a second one, a second later, ends it at once. An
 * uncaught exception ends it too, and is logged like any other: printed, it would show all that it holds.
 */
async function run(): Promise<void> {
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
    process.exit(1);
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
      .then(() => process.exit(0), fail);
  };
  void waitForSignal('SIGTERM', 'SIGINT').then(stop);
  await starting;
}

/** Prints the reason and ends the process, even if it holds connections or files open. */
function fail(error: unknown): never {
  process.stderr.write(`${startupErrorText(error)}\n`);
  process.exit(1);
}

if (import.meta.main) run().catch(fail);
