/** What the desk is told of the configuration. */
import type { Config } from '../config/config.ts';
import type { World } from '../desk/ports/world.ts';

/** A sender may be silent for this long, and no slower than a line of 64 kbit/s (a steady one loses nothing). */
const PACE = { patienceMs: 20_000, bytesPerSecond: 8_000 };

/** The settings of the desk, for the command line as for the process. */
export function worldSettings(config: Config): World['settings'] {
  return {
    operators: config.operators,
    programmeTenants: config.programmeTenants,
    separateDuties: config.separateDuties,
    defaultLanguage: config.defaultLanguage,
    linkMinutes: config.linkMinutes,
    maxPoeBytes: config.poe.maxBytes,
    poeKinds: config.poe.kinds,
    uploads: { ...config.uploads, ...PACE },
    publicUrl: config.publicUrl,
  };
}
