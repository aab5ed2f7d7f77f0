import { expect } from 'chai';
import { createLogThrottle } from '../../../../src/runtime/logThrottle.ts';
import type { Clock, Log } from '../../../../src/desk/ports/system.ts';
import { createThrottledLogChecker } from './throttledLog.ts';

const START = Date.UTC(2026, 10, 2);
const MINUTE = 60_000;
const SENTENCE = 'Could not fetch the signing keys of the channel';

/** What the checker finds where these lines are said, each some time after the one before, by a throttle on a clock. */
function played(
  lines: readonly (readonly [afterMs: number, level: 'info' | 'warn' | 'error', sentence: string])[],
  throttle: (log: Log, time: Clock) => Log,
): readonly string[] {
  const checker = createThrottledLogChecker();
  const problems: string[] = [];
  let at = START;
  const print = (level: 'info' | 'warn' | 'error') => (fields: object, sentence: string) =>
    void problems.push(...(checker.printed?.({ at, by: 'desk1#1', level, sentence, fields }) ?? []));
  const log = throttle({ info: print('info'), warn: print('warn'), error: print('error') }, { now: () => at });
  for (const [afterMs, level, sentence] of lines) {
    at += afterMs;
    problems.push(...(checker.logged?.({ at, by: 'desk1#1', level, sentence, fields: {} }) ?? []));
    log[level]({}, sentence);
  }
  return [...problems, ...(checker.ended?.() ?? [])];
}

const flood = Array.from({ length: 9 }, (_, index) => [index * 500, 'warn', SENTENCE] as const);
const errors = Array.from({ length: 60 }, () => [100, 'error', 'Could not deliver notices of a claim'] as const);
const all = [...flood, [2 * MINUTE, 'info', 'Desk started'], ...errors, [MINUTE, 'warn', SENTENCE]] as const;

describe('The checker of what comes out of the log', () => {
  it('finds nothing where a throttle goes by the steady time', () => {
    expect(played(all, createLogThrottle)).to.deep.equal([]);
  });

  it('finds a sentence that is kept back for longer than a minute, as by a clock that was set back', () => {
    const problems = played(all, (log, time) =>
      createLogThrottle(log, { now: () => time.now() - (time.now() > START + 30_000 ? 86_400_000 : 0) }),
    );
    expect(problems.join()).to.match(/nothing of a line that was said: desk1#1 "Could not fetch/);
  });

  it('finds a flood, as by a clock that is set forward again and again', () => {
    const problems = played(flood, (log, time) =>
      createLogThrottle(log, { now: () => START + (time.now() - START) * 1_000 }),
    );
    expect(problems.join()).to.match(/line too many/);
    expect(played(flood, (log) => log).join(), 'without a throttle').to.match(/line too many/);
  });

  it('finds a log that says nothing', () => {
    expect(played([[0, 'warn', SENTENCE]], () => ({ info() {}, warn() {}, error() {} }))).to.have.length(1);
  });
});
