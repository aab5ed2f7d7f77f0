/**
 * A desk in a process of its own, to be killed: `node crashDesk.ts <ms>`. Its clock is ahead of the machine's by that
 * many milliseconds, so that the leases of a dead desk have run out. Settings come from the environment. Prints its
 * port on its first line; a SIGTERM ends it in good order.
 */
import { flushCompileCache } from 'node:module';
import { adjustableClock, systemClock } from '../../../src/runtime/clock.ts';
import { readConfig } from '../../../src/config/config.ts';
import { startDesk } from '../../../src/app/startDesk.ts';
import { unlimitedSending } from './unlimitedSending.ts';
import { deskOverridesFrom } from './deskOverrides.ts';

const clock = adjustableClock(systemClock);
clock.turn(Number(process.argv[2] ?? 0));
const { port, stop } = await startDesk(
  { ...readConfig(process.env), port: 0 },
  { ...deskOverridesFrom(process.env), clock, sending: unlimitedSending },
);
// A killed process writes no cache when it ends.
flushCompileCache();
process.once('SIGTERM', () => void stop());
process.stdout.write(`${JSON.stringify({ port })}\n`);
