/**
 * A desk in a process of its own, one of several on one store, to be killed: `node stressDesk.ts <ms>`. Its clock is
 * ahead of the machine's by that many milliseconds. Sweeps each second, without rate limits. Settings come from the
 * environment. Prints its port as a line of JSON among those of its log.
 */
import { flushCompileCache } from 'node:module';
import { adjustableClock, systemClock } from '../../src/runtime/clock.ts';
import { readConfig } from '../../src/config/config.ts';
import { startDesk } from '../../src/app/startDesk.ts';
import { unlimitedSending } from '../acceptance/support/unlimitedSending.ts';

const clock = adjustableClock(systemClock);
clock.turn(Number(process.argv[2] ?? 0));
const { port } = await startDesk(
  { ...readConfig(process.env), port: 0, sweepSchedule: '* * * * * *' },
  { clock, sending: unlimitedSending },
);
// A killed process writes no cache when it ends.
flushCompileCache();
process.stdout.write(`${JSON.stringify({ port })}\n`);
