/** For tests with a Teams of their own: no call is rate-limited, and no retry waits. */
import type { DeskOverrides } from '../../../src/app/startDesk.ts';
import { unlimited } from '../../../src/teams/sending/rateLimiter.ts';

export const unlimitedSending: NonNullable<DeskOverrides['sending']> = {
  limiter: unlimited,
  pause: () => Promise.resolve(),
};
