/**
 * Sends to Teams through the Bot Connector: a message waits for its turn in the limiter, is tried a few times, all within one
 * bound of time, and its outcome is sorted.
 *
 * What is tried again here is what Teams documents for it (412, 429, 502, 503, 504), besides a connection that never was and a
 * token that was refused. Of a new message that ended in a 502 or 504 Teams may have kept the first as well: then it stands
 * there twice. One that was not answered in time is never sent again from here: the outbox decides that.
 */
import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { ClaimsIdentity } from 'botframework-connector';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Address, PostedMessage, SendResult } from '../../desk/ports/messenger.ts';
import type { Clock } from '../../desk/ports/system.ts';
import type { Meters } from '../../desk/ports/metrics.ts';
import { MAX_SEND_MS } from '../../desk/ports/messenger.ts';
import type { ChannelAuthenticator } from '../auth/authenticator.ts';
import type { RateLimiter, SlotRequest, Timer } from './rateLimiter.ts';
import type { Failure } from './sendResult.ts';
import { failureOf, reasonOf } from './sendResult.ts';

export type OutboundActivity = Pick<Activity, 'type'> & Partial<Activity>;
type Where = Pick<Address, 'serviceUrl' | 'tenantId' | 'botId' | 'conversationId'>;
/** What goes with a call: it is broken off when its time is over, so that a silent service keeps no connection. */
interface RequestOptions {
  readonly abortSignal: AbortSignal;
}
type Call = (client: ConnectorClient, given: RequestOptions) => Promise<PostedMessage>;
/** The conversation that a call counts for, and what it means when it is not there. */
interface Aim {
  readonly conversationId: string;
  readonly missing: 'gone' | 'lost';
}

export interface ConnectorParts {
  readonly limiter: RateLimiter;
  /** Never goes back. */
  readonly clock: Clock;
  readonly meters: Meters;
  /** How long one try may take. */
  readonly timeoutMs: number;
  /** From 0 to 1, another each time. */
  readonly chance: () => number;
  /** Waits between two tries. */
  readonly pause: (ms: number) => Promise<unknown>;
  /** Ends a try that takes too long. */
  readonly timer: Timer;
}

/** What an unsigned door is asked for; a signed one knows its cloud's own. */
const AUDIENCE = 'https://api.botframework.com';
const MAX_CLIENTS = 64;
const MAX_TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
/** What has to wait for longer, for its turn or between two tries, gives its place in the sweep to others and comes back. */
const LONGEST_WAIT_MS = 10_000;
/** With less time left than this no try is begun. */
const LEAST_TRY_MS = 100;
/** A token that was refused is replaced by a new one, so often at most: a bot that is not registered is refused with any. */
const TOKEN_MS = 60_000;
const NOTICE: SlotRequest = { withinMs: MAX_SEND_MS };
/** Somebody waits for it, and their client for the end of the turn. Two of these end in time for both. */
export const ANSWER: SlotRequest = { withinMs: 6_500, first: true };

export type Connector = ReturnType<typeof createConnector>;

export function createConnector(
  door: ChannelAuthenticator,
  { limiter, clock, meters, timeoutMs, chance, pause, timer }: ConnectorParts,
) {
  const clients = new Map<string, Promise<ConnectorClient>>();
  let renewedAt = Number.NEGATIVE_INFINITY;

  /** One client for each service; without the SDK's own retries, which know nothing of notices. */
  function clientOf(serviceUrl: string): Promise<ConnectorClient> {
    let client = clients.get(serviceUrl);
    if (!client) {
      client = door.authentication
        .createConnectorFactory(new ClaimsIdentity([], 'anonymous'))
        .create(serviceUrl, AUDIENCE)
        .then(withoutRetries);
      client.catch(() => clients.delete(serviceUrl));
      clients.set(serviceUrl, client);
      const oldest = clients.keys().next().value;
      if (clients.size > MAX_CLIENTS && oldest !== undefined) clients.delete(oldest);
    }
    return client;
  }

  async function deliver(where: Where, aim: Aim, patience: SlotRequest, call: Call): Promise<SendResult> {
    const sent = await tries(where, aim, patience, call);
    meters.delivery(sent.kind, reasonOf(sent));
    return sent;
  }

  /** Nothing is sent, and no token shown, to a service that the desk does not talk to: the next activity brings the right address. */
  async function tries(where: Where, aim: Aim, patience: SlotRequest, call: Call): Promise<SendResult> {
    if (!door.mayServe(where.serviceUrl)) return { kind: 'unreachable', reason: 'conversationLost' };
    const lane = { tenantId: where.tenantId, conversationId: aim.conversationId };
    const until = clock.now() + patience.withinMs;
    for (let number = 1; ; number += 1) {
      const awayMs = await limiter.acquire(lane, {
        ...patience,
        withinMs: Math.min(until - clock.now(), LONGEST_WAIT_MS),
      });
      if (awayMs !== undefined) return { kind: 'tryLater', reason: 'busy', afterMs: awayMs };
      const tried = await attempt(where, aim, until, call);
      if ('kind' in tried) return tried;
      const waitMs = waitAfter(tried, number);
      if (reasonOf(tried.sent) === 'http429') limiter.hold(lane, waitMs);
      const isTooLate = waitMs > LONGEST_WAIT_MS || clock.now() + waitMs + LEAST_TRY_MS > until;
      if (tried.remedy === undefined || number >= MAX_TRIES || isTooLate) return tried.sent;
      if (tried.remedy === 'freshToken' && !(await renewed(until))) return tried.sent;
      meters.retry(reasonOf(tried.sent) ?? 'unknown');
      await pause(waitMs);
    }
  }

  /** Doubling, half more or less by chance, and not sooner than Teams asked for. */
  function waitAfter({ sent, remedy }: Failure, number: number): number {
    if (remedy === 'freshToken') return 0;
    const plain = FIRST_PAUSE_MS * 2 ** (number - 1) * (0.5 + chance());
    return Math.round(Math.max(plain, sent.kind === 'tryLater' ? (sent.afterMs ?? 0) : 0));
  }

  async function attempt(where: Where, { missing }: Aim, until: Instant, call: Call): Promise<SendResult | Failure> {
    const breakOff = new AbortController();
    const trying = clientOf(where.serviceUrl)
      .then((client) => call(client, { abortSignal: breakOff.signal }))
      .then(
        (message): SendResult => ({ kind: 'delivered', message }),
        (error: unknown) => failureOf(error, missing),
      );
    const tooSlow: Failure = { sent: { kind: 'tryLater', reason: 'noAnswer' } };
    return inTime(timer, trying, Math.min(timeoutMs, until - clock.now()), tooSlow, () => breakOff.abort());
  }

  async function renewed(until: Instant): Promise<boolean> {
    const now = clock.now();
    if (!door.renewToken || now - renewedAt < TOKEN_MS) return false;
    renewedAt = now;
    return inTime(
      timer,
      door.renewToken().then(
        () => true,
        () => false,
      ),
      Math.min(timeoutMs, until - now),
      false,
    );
  }

  const stamped = (where: Where, conversationId: string, activity: OutboundActivity): Partial<Activity> => ({
    ...activity,
    channelId: 'msteams',
    from: { id: where.botId, name: '' },
    serviceUrl: where.serviceUrl,
    conversation: { id: conversationId, tenantId: where.tenantId } as Activity['conversation'],
  });

  return {
    /** A new message in a chat, or in the thread that the conversation id names. */
    send(where: Where, conversationId: string, activity: OutboundActivity, patience = NOTICE): Promise<SendResult> {
      return deliver(where, { conversationId, missing: 'lost' }, patience, async (client, given) => {
        const { id } = await client.conversations.sendToConversation(
          conversationId,
          stamped(where, conversationId, activity),
          given,
        );
        return { conversationId, messageId: id };
      });
    },

    /** A new thread in a channel. */
    startThread(where: Where, activity: OutboundActivity, patience = NOTICE): Promise<SendResult> {
      return deliver(
        where,
        { conversationId: where.conversationId, missing: 'lost' },
        patience,
        async (client, given) => {
          const parameters = {
            isGroup: true,
            bot: { id: where.botId, name: '' },
            channelData: { channel: { id: where.conversationId }, tenant: { id: where.tenantId } },
            tenantId: where.tenantId,
            activity: { ...activity, channelId: 'msteams', from: { id: where.botId, name: '' } } as Activity,
            members: [],
            topicName: '',
          };
          const created = await client.conversations.createConversation(parameters, given);
          const messageId = created.activityId ?? created.id.split(';messageid=')[1] ?? created.id;
          return { conversationId: `${where.conversationId};messageid=${messageId}`, messageId };
        },
      );
    },

    /** Replaces a message that was sent before. */
    update(where: Where, message: PostedMessage, activity: OutboundActivity, patience = NOTICE): Promise<SendResult> {
      return deliver(
        where,
        { conversationId: message.conversationId, missing: 'gone' },
        patience,
        async (client, given) => {
          await client.conversations.updateActivity(
            message.conversationId,
            message.messageId,
            { ...stamped(where, message.conversationId, activity), id: message.messageId },
            given,
          );
          return message;
        },
      );
    },
  };
}

/** What comes of the work, or `late` when it takes longer; then `giveUp` is called. */
async function inTime<Result>(
  timer: Timer,
  work: Promise<Result>,
  ms: number,
  late: Result,
  giveUp: () => void = () => undefined,
): Promise<Result> {
  let callOff: () => void = () => undefined;
  const timeIsUp = new Promise<Result>((resolve) => {
    callOff = timer(ms, () => {
      giveUp();
      resolve(late);
    });
  });
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    callOff();
  }
}

function withoutRetries(client: ConnectorClient): ConnectorClient {
  const { pipeline } = client as unknown as { readonly pipeline?: { removePolicy(policy: { name: string }): void } };
  const inner = (
    client as unknown as { readonly client?: { readonly pipeline: { removePolicy(policy: { name: string }): void } } }
  ).client;
  (inner?.pipeline ?? pipeline)?.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}
