/** A mocha reporter: the readable one, which also writes down its counts where `TALLY` says, for test/run.ts to add up. */

import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { skipReasons } from './browser/skipBecause.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Full titles of what was skipped or is pending. */
  readonly skipped: readonly string[];
  readonly skipReasons: readonly string[];
}

export default class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const path = process.env['TALLY'];
      if (path === undefined) return;
      const { passes, failures } = this.stats;
      const tally: Tally = { passed: passes, failed: failures, skipped, skipReasons: [...skipReasons] };
      writeFileSync(path, JSON.stringify(tally));
    });
  }
}
