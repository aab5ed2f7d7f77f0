/** What is due is found and done, once and by whoever comes first (R44). */
import type { Mutant } from '../mutant.ts';

const SWEEP = ['test/desk/due/sweep.test.ts'];

export const sweeping: readonly Mutant[] = [
  {
    name: 'one-bad-claim-stops-all',
    what: 'A claim that cannot be read keeps all others from their deadlines.',
    rule: 'R44',
    file: 'src/desk/due/sweep.ts',
    find: 'failed += 1;',
    put: 'failed += 1;\n        throw error;',
    tests: SWEEP,
  },
  {
    name: 'sweeps-one-page',
    what: 'Of many claims that are due a hundred are processed, and the rest wait for the next sweep.',
    rule: 'R44',
    file: 'src/desk/due/sweep.ts',
    find: '...(after && { after }) })',
    put: '...(after && { after }) }).then(({ documents: found }) => ({ documents: found }))',
    tests: SWEEP,
  },
  {
    name: 'due-a-moment-later',
    what: 'A claim that is due is passed over by the sweep of that instant.',
    rule: 'R42',
    file: 'src/desk/due/processClaim.ts',
    find: '> ports.clock.now()) return false;',
    put: '>= ports.clock.now()) return false;',
    tests: SWEEP,
  },
  {
    name: 'notices-wake-nobody',
    what: 'What Teams would not take is never tried again.',
    rule: 'R47',
    file: 'src/desk/records/claimRecord.ts',
    find: 'const all = clock ? [clock.at, ...notices] : notices;',
    put: 'const all = clock ? [clock.at] : notices;',
    tests: ['test/desk/commands/contention.test.ts', 'test/desk/crash.test.ts', 'test/desk/outbox/unreachable.test.ts'],
  },
  {
    name: 'processed-during-a-lease',
    what: 'A claim whose news is being delivered is processed by every sweep for nothing.',
    rule: 'R44',
    file: 'src/desk/records/claimRecord.ts',
    find: 'Math.max(notice.nextAt, body.lease?.until ?? 0)',
    put: 'notice.nextAt',
    tests: ['test/desk/crash.test.ts', 'test/desk/due/sweep.test.ts'],
  },
  {
    name: 'processed-but-not-fired',
    what: 'Deadlines pass, and nothing happens until somebody opens the claim.',
    rule: 'R44',
    file: 'src/desk/due/processClaim.ts',
    find: "  await handle(ports, people, id, () => ({ type: 'Wake', by: DESK, at: ports.clock.now() }));\n",
    put: '',
    tests: SWEEP,
  },
  {
    name: 'sweeps-upon-sweeps',
    what: 'A sweep that takes long is joined by another with every tick.',
    rule: 'R44',
    file: 'src/runtime/schedule.ts',
    find: 'running ??= task().then(',
    put: 'running = task().then(',
    tests: ['test/runtime/schedule.test.ts'],
  },
  {
    name: 'backlog-without-notices',
    what: 'The operator sees an empty backlog while notices wait for hours.',
    rule: 'R47',
    file: 'src/desk/due/backlog.ts',
    find: 'if (!isParked(notice) && notice.nextAt <= upTo) oldestNotice',
    put: 'if (!isParked(notice) && notice.nextAt < 0) oldestNotice',
    tests: ['test/desk/due/backlog.test.ts'],
  },
];
