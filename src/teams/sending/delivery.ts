/**
 * One call to Teams, from the request for a slot to its result: rate limited, retried a few times, and all of that
 * within one deadline.
 *
 * Retried are the statuses that Teams documents for it (412, 429, 502, 503, 504), a connection that was never
 * established, and a token that was refused. A new message that ended in a 502 or 504 may have arrived, and is then
 * posted twice. A call that timed out is never retried here: the outbox decides that.
 */
import type { ConnectorClient } from 'botframework-connector';
import pTimeout from 'p-timeout';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { PostedMessage, SendResult } from '../../desk/ports/messenger.ts';
import type { Meters } from '../../desk/ports/metrics.ts';
import type { Clock } from '../../desk/ports/system.ts';
import type { BackOff } from '../../shared/backOff.ts';
import { backOffMs } from '../../shared/backOff.ts';
import type { ChannelAuthenticator } from '../auth/authenticator.ts';
import { createClients } from './clients.ts';
import type { Clients } from './clients.ts';
import type { SlotRequest } from './lane.ts';
import type { RateLimiter } from './rateLimiter.ts';
import type { Failure } from './sendResult.ts';
import { failureOf, reasonOf } from './sendResult.ts';
import type { Timer } from './timer.ts';
import { timersOf } from './timer.ts';

export interface DeliveryOptions {
  readonly limiter: RateLimiter;
  /** Never goes back. */
  readonly clock: Clock;
  readonly meters: Meters;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
  /** A random number from 0 to 1. */
  readonly chance: () => number;
  /** Waits between two attempts. */
  readonly pause: (ms: number) => Promise<unknown>;
  /** Ends an attempt that takes too long. */
  readonly timer: Timer;
}

/** Where a call goes, and which conversation it counts for. */
export interface Target {
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly conversationId: string;
  /** What it means when Teams answers that the message or conversation does not exist. */
  readonly missing: 'gone' | 'lost';
}

/** What a call is sent with: it is aborted when its time is over, so that a silent service keeps no connection open. */
export interface RequestOptions {
  readonly abortSignal: AbortSignal;
}
export type Call = (client: ConnectorClient, options: RequestOptions) => Promise<PostedMessage>;
export type Deliver = (target: Target, request: SlotRequest, call: Call) => Promise<SendResult>;

const MAX_ATTEMPTS = 3;
const BACK_OFF: BackOff = { firstMs: 1_000, factor: 2, spread: [0.5, 1.5] };
/**
 * A call that has to wait longer, for its slot or before a retry, is left to the outbox: the sweep goes on with others.
 */
const MAX_WAIT_MS = 10_000;
/** With less time left than this no attempt is begun. */
const MIN_ATTEMPT_MS = 100;
/** How often a refused token is renewed at most: a bot that is not registered is refused with any. */
const RENEWAL_INTERVAL_MS = 60_000;
const NO_ANSWER: Failure = { sent: { kind: 'tryLater', reason: 'noAnswer' } };

export function createDelivery(authenticator: ChannelAuthenticator, options: DeliveryOptions): Deliver {
  const { limiter, clock, meters, chance, pause } = options;
  const attempt = createAttempt(createClients(authenticator), options);
  const renewToken = createTokenRenewal(authenticator, options);

  async function withRetries(target: Target, request: SlotRequest, call: Call): Promise<SendResult> {
    const lane = { tenantId: target.tenantId, conversationId: target.conversationId };
    const until = clock.now() + request.timeoutMs;
    for (let number = 1; ; number += 1) {
      const timeoutMs = Math.min(until - clock.now(), MAX_WAIT_MS);
      const retryAfterMs = await limiter.acquire(lane, { ...request, timeoutMs });
      if (retryAfterMs !== undefined) return { kind: 'tryLater', reason: 'busy', afterMs: retryAfterMs };
      const result = await attempt(target, until, call);
      if ('kind' in result) return result;
      const { sent, remedy } = result;
      const waitMs = waitBeforeRetry(result, number, chance);
      if (reasonOf(sent) === 'http429') limiter.hold(lane, waitMs);
      const isTooLate = waitMs > MAX_WAIT_MS || clock.now() + waitMs + MIN_ATTEMPT_MS > until;
      if (remedy === undefined || number >= MAX_ATTEMPTS || isTooLate) return sent;
      if (remedy === 'freshToken' && !(await renewToken(until))) return sent;
      meters.retry(reasonOf(sent) ?? 'unknown');
      await pause(waitMs);
    }
  }

  return async (target, request, call) => {
    // To a service outside the allow-list nothing is sent, no token either; the next activity brings the right address.
    const sent: SendResult = authenticator.mayServe(target.serviceUrl)
      ? await withRetries(target, request, call)
      : { kind: 'unreachable', reason: 'conversationLost' };
    meters.delivery(sent.kind, reasonOf(sent));
    return sent;
  };
}

/** A back-off, and never less than Teams asked for. */
function waitBeforeRetry({ sent, remedy }: Failure, attempts: number, chance: () => number): number {
  if (remedy === 'freshToken') return 0;
  const afterMs = sent.kind === 'tryLater' ? (sent.afterMs ?? 0) : 0;
  return Math.round(Math.max(backOffMs(BACK_OFF, attempts, chance()), afterMs));
}

type Attempt = (target: Target, until: Instant, call: Call) => Promise<SendResult | Failure>;
type AttemptOptions = Pick<DeliveryOptions, 'clock' | 'timeoutMs' | 'timer'>;

function createAttempt(clientOf: Clients, { clock, timeoutMs, timer }: AttemptOptions): Attempt {
  const customTimers = timersOf(timer);
  return async ({ serviceUrl, missing }, until, call) => {
    const abort = new AbortController();
    const answer = clientOf(serviceUrl)
      .then((client) => call(client, { abortSignal: abort.signal }))
      .then(
        (message): SendResult => ({ kind: 'delivered', message }),
        (error: unknown) => failureOf(error, missing),
      );
    return pTimeout(answer, {
      milliseconds: timeLeft(clock, until, timeoutMs),
      customTimers,
      fallback: () => {
        abort.abort();
        return NO_ANSWER;
      },
    });
  };
}

/** Renews the token; false where it was renewed a short time ago, or cannot be renewed in time. */
function createTokenRenewal(
  authenticator: Pick<ChannelAuthenticator, 'renewToken'>,
  { clock, timeoutMs, timer }: AttemptOptions,
): (until: Instant) => Promise<boolean> {
  const customTimers = timersOf(timer);
  let renewedAt = Number.NEGATIVE_INFINITY;
  return async (until) => {
    const now = clock.now();
    if (!authenticator.renewToken || now - renewedAt < RENEWAL_INTERVAL_MS) return false;
    renewedAt = now;
    const renewed = authenticator.renewToken().then(
      () => true,
      () => false,
    );
    return pTimeout(renewed, {
      milliseconds: timeLeft(clock, until, timeoutMs),
      customTimers,
      fallback: () => false,
    });
  };
}

/** p-timeout takes a positive number only. */
function timeLeft(clock: Clock, until: Instant, timeoutMs: number): number {
  return Math.max(1, Math.min(timeoutMs, until - clock.now()));
}
