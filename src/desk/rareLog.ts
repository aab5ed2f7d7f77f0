/** Says what may happen a thousand times a second at most once a minute for each kind, with how often it was. */
import type { Clock, Log } from './ports.ts';

const PAUSE_MS = 60_000;
/** Kinds are words of the code; this is for the day on which somebody forgets that. */
const MOST_KINDS = 50;

export interface RareLog {
  /** The first of its kind at once; what follows within the minute is counted, and the count goes with the next line. */
  warn(kind: string, sentence: string, fields?: object): void;
}

export function rareLog(log: Log, clock: Clock): RareLog {
  const kinds = new Map<string, { saidAt: number; unsaid: number }>();
  return {
    warn(kind, sentence, fields = {}) {
      const known = kinds.get(kind);
      const now = clock.now();
      if (known && now - known.saidAt < PAUSE_MS) {
        known.unsaid += 1;
        return;
      }
      log.warn({ ...fields, kind, ...(known && known.unsaid > 0 && { before: known.unsaid }) }, sentence);
      if (known || kinds.size < MOST_KINDS) kinds.set(kind, { saidAt: now, unsaid: 0 });
    },
  };
}
