/**
 * A mocha reporter: the spec reporter, which also writes its counts to the file that `TALLY` names, for test/run.ts to
 * add up.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { skipReasons } from '../browser/skipBecause.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Of what failed the full title and the first lines of the fault. */
  readonly failures: readonly string[];
  /** Full titles of what was skipped or is pending. */
  readonly skipped: readonly string[];
  readonly skipReasons: readonly string[];
}

const MOST_LINES = 12;

export default class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    const failures: string[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, fault: unknown) =>
      failures.push(`${test.fullTitle()}\n${linesOf(fault)}`),
    );
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const path = process.env['TALLY'];
      if (path === undefined) return;
      const { passes, failures: failed } = this.stats;
      const tally: Tally = { passed: passes, failed, failures, skipped, skipReasons: [...skipReasons] };
      writeFileSync(path, JSON.stringify(tally));
    });
  }
}

function linesOf(fault: unknown): string {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => `    ${line}`)
    .join('\n');
}
