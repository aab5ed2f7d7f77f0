/** What alerts go by: a metric that is silent wakes no one. */
import type { Mutant } from '../mutant.ts';

export const watching: readonly Mutant[] = [
  {
    name: 'dead-notice-uncounted',
    what: 'A notice is given up, and no alert tells the operator that someone was not told.',
    rule: 'R45',
    file: 'src/desk/outbox/outbox.ts',
    find: "if (outcome === 'dead' && reason !== SUPERSEDED) ports.meters.deadNotices(notices.length);",
    put: "if (outcome === 'unreachable') ports.meters.deadNotices(notices.length);",
    tests: ['test/desk/outbox/unreachable.test.ts'],
  },
  {
    name: 'superseded-notice-counted',
    what: 'The operator is woken for a reminder that a newer one made needless.',
    rule: 'R45',
    file: 'src/desk/outbox/outbox.ts',
    find: "if (outcome === 'dead' && reason !== SUPERSEDED)",
    put: "if (outcome === 'dead')",
    tests: ['test/desk/outbox/groups.test.ts'],
  },
  {
    name: 'clock-fault-uncounted',
    what: 'A replica whose clock is wrong decides nothing, and no one hears of it.',
    rule: 'R44',
    file: 'src/stores/instrumented.ts',
    find: 'if (error instanceof ClockError) meters.clockFault();',
    put: '',
    tests: ['test/stores/instrumented.test.ts'],
  },
  {
    name: 'ready-without-its-files',
    what: 'A desk that cannot reach its files is reported as ready.',
    rule: 'R9',
    file: 'src/runtime/readiness.ts',
    find: 'meters.ready(',
    put: 'meters.ready(true); void (',
    tests: ['test/runtime/readiness.test.ts'],
  },
  {
    name: 'log-silent-for-an-hour',
    what: 'An error that goes on is in the log once an hour, and the operator takes it for over.',
    rule: 'every warning and error is heard, at most a minute late',
    file: 'src/runtime/logThrottle.ts',
    find: 'if (clock.now() - since < MINUTE_MS) continue;',
    put: 'if (clock.now() - since < 60 * MINUTE_MS) continue;',
    tests: ['test/simulation/checkers/machine/throttledLog.test.ts'],
  },
  {
    name: 'suppressed-untold',
    what: 'Of a thousand errors the operator reads fifty, and nothing of the others.',
    rule: 'every warning and error is heard, at most a minute late',
    file: 'src/runtime/logThrottle.ts',
    find: 'if (times > MAX_TIMES[level]) log[level]',
    put: 'if (times < 0) log[level]',
    tests: ['test/simulation/checkers/machine/throttledLog.test.ts'],
  },
];
