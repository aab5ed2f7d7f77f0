/** One call of the document port on Cosmos DB: bounded in time and in tries. */
import type { Container } from '@azure/cosmos';
import { asStoreError, isOutcomeUnknown } from './errors.ts';
import { StoreError } from '../storeError.ts';

export interface RetryPolicy {
  /** Milliseconds until one request counts as unanswered. */
  readonly requestMs: number;
  /** Milliseconds until a call of the port fails, whatever was tried. */
  readonly callMs: number;
  /** How often what may succeed the next time is asked. */
  readonly tries: number;
  /** How often a request is sent again that the service put off (429), each time after as long as it said, and for how many seconds. */
  readonly putOffs: number;
  readonly putOffSeconds: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  requestMs: 4_000,
  callMs: 15_000,
  tries: 4,
  putOffs: 9,
  putOffSeconds: 8,
};

/** What calls work with. */
export interface Asking {
  readonly container: Container;
  readonly partitions: number;
  readonly patience: RetryPolicy;
  readonly newId: () => string;
  readonly pause: (ms: number) => Promise<void>;
  /** What the newest request without an answer failed with. */
  readonly lastFailure: () => unknown;
}

export interface Call extends Asking {
  /** Aborts when the call's time is over. */
  readonly abortSignal: AbortSignal;
}

/**
 * Answers what `work` answers, or throws a {@link StoreError} `store.unreachable` once the call's time is over. The SDK does not
 * look at the signal while it waits to try again, so this does not wait for it.
 */
export async function withTimeout<Answer>(asking: Asking, work: (call: Call) => Promise<Answer>): Promise<Answer> {
  const ending = new AbortController();
  const { callMs } = asking.patience;
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new StoreError(
          'store.unreachable',
          `Cosmos DB did not answer within ${callMs} ms; see COSMOS_ENDPOINT and the cause`,
          { cause: asking.lastFailure() },
        ),
      );
      ending.abort();
    }, callMs);
  });
  try {
    return await Promise.race([work({ ...asking, abortSignal: ending.signal }), overdue]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again after an unclear answer. For what may be asked twice: reads and finds. Throws a {@link StoreError} or, at once, a {@link ClockError}. */
export async function withRetries<Answer>(call: Call, ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isOutcomeUnknown(error) || tries >= call.patience.tries || call.abortSignal.aborted)
        throw asStoreError(error);
      await beforeTrying(call, tries);
    }
  }
}

/** Waits a little longer each time. */
export async function beforeTrying(call: Call, tries: number): Promise<void> {
  await call.pause(50 * 4 ** (tries - 1));
}
