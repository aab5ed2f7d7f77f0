/** Opens the desk of a configuration for one command: its store, its files and its keys, but no way to Teams. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rulesOf } from '../app/programme.ts';
import { openStorage } from '../app/storage.ts';
import { worldSettings } from '../app/worldSettings.ts';
import { readConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { environmentOf } from '../config/envFile.ts';
import { ConfigError, quoted } from '../config/environment.ts';
import { createPeople } from '../desk/directory/people.ts';
import { silentMeters } from '../desk/ports/metrics.ts';
import { lookForSealMark } from '../desk/records/sealMark.ts';
import { signedAnchors } from '../desk/records/signedAnchors.ts';
import { steadyTimer, systemClock } from '../runtime/clock.ts';
import { createLog } from '../runtime/log.ts';
import { logOutputOf } from '../runtime/logOutput.ts';
import { hmac, randomBytes, randomId, sha256 } from '../runtime/random.ts';
import { createSecurityLog } from '../runtime/securityLog.ts';
import { createHistoryKeys } from '../runtime/historyKeys.ts';
import { readOrCreateHistoryKey, readOrCreateSigningKey } from '../runtime/signingKey.ts';
import { createSigner, readOrCreateSigningKeys } from '../runtime/signer.ts';
import type { CommandLine } from '../tools/commandLine.ts';
import type { CommandPorts, CommonValues } from './command.ts';
import type { Open, Opened } from './commandLine.ts';
import { askAt, visible } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Opens the desk for commands whose questions are put at the terminal. */
export const createOpen =
  (terminal: () => Terminal): Open =>
  (line, common) =>
    openDesk(terminal, line, common);

/**
 * Opens what the settings of the environment name. Throws a {@link ConfigError} where they are wrong, or where no desk
 * has been started in the data folder yet: a mistyped folder must not become an empty desk.
 */
async function openDesk(terminal: () => Terminal, line: CommandLine, { json, yes, by }: CommonValues): Promise<Opened> {
  const config = readConfig(environmentOf(line.env, process.execArgv));
  if (!config.azure) requireDataFolder(config.dataDir);
  const storage = await openStorage(config);
  const signer = createSigner(
    config.signingKeys ??
      readOrCreateSigningKeys(config.dataDir, { randomId, randomBytes, now: () => systemClock.now() }),
  );
  const ports: CommandPorts = {
    documents: storage.documents,
    files: storage.files,
    ...(storage.anchors && { anchors: signedAnchors(storage.anchors, { signer, clock: systemClock }) }),
    ...(storage.scanner && { scanner: storage.scanner }),
    clock: systemClock,
    timer: steadyTimer,
    random: { randomId, randomBytes },
    digest: { sha256, sign: (text) => hmac(linkKeyOf(config), text) },
    historyKeys: createHistoryKeys(config.historyKeys ?? [readOrCreateHistoryKey(config.dataDir, randomId)]),
    signer,
    rules: rulesOf(config),
    // Standard output is the result's.
    log: createLog({ level: config.logLevel, destination: logOutputOf(process.stderr) }),
    securityLog: createSecurityLog({
      isSilent: config.logLevel === 'silent',
      destination: logOutputOf(process.stderr),
    }),
    meters: silentMeters,
    pause: (ms) => pause(ms),
    settings: worldSettings(config),
  };
  // A store that does not answer is for the command to tell: all that it reads will fail, too.
  await lookForSealMark(ports).catch(() => undefined);
  return {
    context: {
      config,
      ports,
      people: createPeople(ports),
      scrub: () => storage.scrub(),
      operator: { user: userOfThisMachine(), ...(by !== undefined && { name: by }) },
      show: (text, value) => line.say(visible(json ? JSON.stringify(value, null, 2) : text)),
      confirm: async (question) => yes || askAt(terminal(), question),
    },
    close: () => storage.close(),
  };
}

function linkKeyOf({ linkKey, dataDir }: Config): string {
  return linkKey ?? readOrCreateSigningKey(dataDir, randomId);
}

function requireDataFolder(dataDir: string): void {
  if (existsSync(join(dataDir, 'desk.sqlite'))) return;
  throw new ConfigError([
    {
      variable: 'DATA_DIR',
      kind: 'not-a-folder',
      sentence: `is ${quoted(dataDir)}, where no desk has been started yet: it has no desk.sqlite. Name the desk's own folder.`,
    },
  ]);
}

/** The name of the account that runs the command; its number where it has no name, as in some containers. */
function userOfThisMachine(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
