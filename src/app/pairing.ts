/** What the log says at the start of a desk whose database and files do not belong together. */
import type { Config } from '../config/config.ts';
import type { Pair } from '../desk/proof/pair.ts';
import type { Log } from '../desk/ports/system.ts';

/** The command with which an operator says that they do. */
const ADOPT = 'npm run desk -- pair --adopt';

/**
 * Marks database and files where neither is marked yet, and logs where they do not belong together: which settings to
 * check, and the command where the settings are right. Never throws: the desk starts, cleans nothing and is not ready.
 */
export async function settlePair(pair: Pick<Pair, 'settle'>, config: Pick<Config, 'azure'>, log: Log): Promise<void> {
  try {
    const verdict = await pair.settle();
    if (verdict.isPaired) return;
    log.error(
      { reason: verdict.reason, check: storageSettings(config), orRun: ADOPT },
      'Database and files do not belong together; the desk is not ready and cleans nothing',
    );
  } catch (error) {
    log.error({ error }, 'Could not find out whether database and files belong together; the next cleaning will retry');
  }
}

/** The settings that name database and files, by their variables. */
export function storageSettings({ azure }: Pick<Config, 'azure'>): readonly string[] {
  return azure
    ? ['COSMOS_ENDPOINT', 'COSMOS_DATABASE', 'COSMOS_CONTAINER', 'BLOB_ENDPOINT', 'BLOB_CONTAINER']
    : ['DATA_DIR'];
}
