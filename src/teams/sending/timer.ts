/** Timers that can be replaced, so that tests turn the time themselves. */
import type { Options } from 'p-timeout';

/** Calls `call` after `ms` milliseconds; the function it returns cancels that. */
export type Timer = (ms: number, call: () => void) => () => void;

export const systemTimer: Timer = (ms, call) => {
  const timeout = setTimeout(call, ms);
  return () => clearTimeout(timeout);
};

/** The timer as p-timeout takes one: it hands to `clearTimeout` what `setTimeout` has returned, and nothing else. */
export function timersOf(timer: Timer): NonNullable<Options<unknown>['customTimers']> {
  return {
    setTimeout: ((call: () => void, ms: number) => timer(ms, call)) as unknown as typeof setTimeout,
    clearTimeout: ((cancel: () => void) => cancel()) as unknown as typeof clearTimeout,
  };
}
