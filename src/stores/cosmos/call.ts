/** One call of the document port on Cosmos DB: limited in time and in attempts. */
import type { Container } from '@azure/cosmos';
import pTimeout from 'p-timeout';
import type { BackOff } from '../../shared/backOff.ts';
import { backOffMs } from '../../shared/backOff.ts';
import { asStoreError, isOutcomeUnknown } from './errors.ts';
import { StoreError } from '../storeError.ts';

export interface RetryPolicy {
  /** After how many milliseconds a request counts as unanswered. */
  readonly requestTimeoutMs: number;
  /** After how many milliseconds a call of the port fails, however many attempts it has made. */
  readonly totalTimeoutMs: number;
  /** How often a request is sent whose outcome is unknown. */
  readonly maxAttempts: number;
  /** How often a throttled request (429) is sent again, each time after the wait that the service asks for. */
  readonly maxThrottledRetries: number;
  /** How long those waits may be in all. */
  readonly maxThrottledWaitSeconds: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  requestTimeoutMs: 4_000,
  totalTimeoutMs: 15_000,
  maxAttempts: 4,
  maxThrottledRetries: 9,
  maxThrottledWaitSeconds: 8,
};

const BACK_OFF: BackOff = { firstMs: 50, factor: 4, spread: [1, 1] };

/** What every call works with. */
export interface CallContext {
  readonly container: Container;
  readonly partitions: number;
  readonly retryPolicy: RetryPolicy;
  readonly newId: () => string;
  readonly pause: (ms: number) => Promise<void>;
  /** What the newest request failed with, if it got no response. */
  readonly lastFailure: () => unknown;
}

export interface Call extends CallContext {
  /** Aborts when the call's time is over. */
  readonly abortSignal: AbortSignal;
}

/**
 * Does the work, or throws a {@link StoreError} `store.unreachable` once the call's time is over. The SDK ignores the
 * signal while it waits for a retry, so this does not wait for the work to end.
 */
export async function withTimeout<Result>(
  context: CallContext,
  work: (call: Call) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const { totalTimeoutMs } = context.retryPolicy;
  return pTimeout(work({ ...context, abortSignal: abort.signal }), {
    milliseconds: totalTimeoutMs,
    fallback: () => {
      const cause = context.lastFailure();
      abort.abort();
      throw new StoreError(
        'store.unreachable',
        `Cosmos DB did not answer within ${totalTimeoutMs} ms; see COSMOS_ENDPOINT and the cause`,
        { cause },
      );
    },
  });
}

/**
 * Repeats a request whose outcome is unknown. For requests that change nothing: reads and finds. Throws a
 * {@link StoreError} or, at once, a {@link ClockError}.
 */
export async function withRetries<Result>(call: Call, request: () => Promise<Result>): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await request();
    } catch (error) {
      if (!isOutcomeUnknown(error) || attempts >= call.retryPolicy.maxAttempts || call.abortSignal.aborted)
        throw asStoreError(error);
      await pauseBeforeRetry(call, attempts);
    }
  }
}

export async function pauseBeforeRetry(call: Call, attempts: number): Promise<void> {
  await call.pause(backOffMs(BACK_OFF, attempts, 0));
}
