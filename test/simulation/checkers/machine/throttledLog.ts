/**
 * Checks what comes out of the log of an instance, whatever its clock does: each warning and error is heard as it is
 * said until there were too many of its sentence within a minute of true time; then no more, and how many there were is
 * told with the first line that the instance says after that minute.
 */
import type { Checker, LineLogged } from '../observations.ts';
import { member } from '../support/looseJson.ts';

/** How often a sentence is heard in a minute. */
const MOST = { warn: 5, error: 50 } as const;
const MINUTE_MS = 60_000;

/** A sentence of an instance: when its minute began, and how often it was said since. */
interface Counted {
  readonly level: keyof typeof MOST;
  readonly since: number;
  said: number;
}

export function createThrottledLogChecker(): Checker {
  /** By instance and sentence. */
  const minutes = new Map<string, Map<string, Counted>>();
  /** The lines that must be in the log before the next is said. */
  let owed: readonly string[] = [];
  const lineOf = (by: string, sentence: string, suppressed?: unknown): string =>
    `${by} "${sentence}"${typeof suppressed === 'number' ? ` (${suppressed} more)` : ''}`;

  function missed(): readonly string[] {
    const problems = owed.map((line) => `the log has nothing of a line that was said: ${line}`);
    owed = [];
    return problems;
  }

  function said({ by, level, sentence, at }: LineLogged): readonly string[] {
    const problems = missed();
    const own = minutes.get(by) ?? new Map<string, Counted>();
    minutes.set(by, own);
    for (const [other, { level: most, since, said: times }] of own) {
      if (at - since < MINUTE_MS) continue;
      own.delete(other);
      if (times > MOST[most]) owed = [...owed, lineOf(by, other, times - MOST[most])];
    }
    if (level === 'info') return problems;
    const now = own.get(sentence) ?? { level, since: at, said: 0 };
    own.set(sentence, now);
    now.said += 1;
    if (now.said <= MOST[level]) owed = [...owed, lineOf(by, sentence)];
    return problems;
  }

  function printed({ by, level, sentence, fields }: LineLogged): readonly string[] {
    if (level === 'info') return [];
    const suppressed = member(fields, 'suppressed');
    const line = lineOf(by, sentence, suppressed);
    const isOwed = owed.includes(line);
    owed = owed.filter((one) => one !== line);
    if (isOwed) return [];
    return [`the log has a line too many: ${line}, and more than ${MOST[level]} of a sentence in a minute are a flood`];
  }

  return { name: 'throttledLog', logged: said, printed, ended: missed };
}
