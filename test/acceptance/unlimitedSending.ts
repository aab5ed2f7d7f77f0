/** For walks, which speak to a Teams of their own and wait for nothing: no call is held back, and no try waits for the next. */
import type { DeskOverrides } from '../../src/app/startDesk.ts';
import { unlimited } from '../../src/teams/sending/rateLimiter.ts';

export const unlimitedSending: NonNullable<DeskOverrides['sending']> = {
  limiter: unlimited,
  pause: () => Promise.resolve(),
};
