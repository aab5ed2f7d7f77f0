/** Protects the log from floods: logs a sentence a limited number of times a minute, and counts the rest. */
import type { Clock, Log } from '../desk/ports/system.ts';

const MINUTE_MS = 60_000;
/** What strangers can bring about is warned of; an error is looked into, so more of them are shown. */
const MAX_TIMES = { warn: 5, error: 50 } as const;
type Level = keyof typeof MAX_TIMES;

interface Said {
  readonly level: Level;
  readonly since: number;
  times: number;
}

/**
 * `log` with its warnings and errors limited by their sentence. `clock` is one that is never set: by one that is set
 * back a minute could last for days. What was suppressed is told, as a number, when the minute is over and anything is
 * said again.
 */
export function createLogThrottle(log: Log, clock: Clock): Log {
  const said = new Map<string, Said>();

  function tellSuppressed(): void {
    for (const [sentence, { level, since, times }] of said) {
      if (clock.now() - since < MINUTE_MS) continue;
      said.delete(sentence);
      if (times > MAX_TIMES[level]) log[level]({ suppressed: times - MAX_TIMES[level] }, sentence);
    }
  }

  const limited =
    (level: Level) =>
    (fields: object, sentence: string): void => {
      tellSuppressed();
      const known = said.get(sentence) ?? { level, since: clock.now(), times: 0 };
      known.times += 1;
      said.set(sentence, known);
      if (known.times <= MAX_TIMES[level]) log[level](fields, sentence);
    };

  return {
    info(fields, sentence) {
      tellSuppressed();
      log.info(fields, sentence);
    },
    warn: limited('warn'),
    error: limited('error'),
  };
}
