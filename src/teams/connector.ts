/** Sends to Teams through the Bot Connector: one try, bounded in time, and the answer sorted into what can be done about it. */
import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { ClaimsIdentity } from 'botframework-connector';
import type { Address, PostedMessage, Sent } from '../desk/ports.ts';
import type { Door } from './door.ts';

export type Outgoing = Pick<Activity, 'type'> & Partial<Activity>;
type Where = Pick<Address, 'serviceUrl' | 'tenantId' | 'botId' | 'conversationId'>;
/** What goes with a call: it is broken off when its time is over, so that a silent service keeps no connection. */
interface Given {
  readonly abortSignal: AbortSignal;
}
const AUDIENCE = 'https://api.botframework.com';
const MOST_CLIENTS = 64;

export type Connector = ReturnType<typeof openConnector>;

export function openConnector(door: Door, timeoutMs: number) {
  const clients = new Map<string, Promise<ConnectorClient>>();

  /** One client for each service; without the SDK's own retries, which know nothing of notices. */
  function clientOf(serviceUrl: string): Promise<ConnectorClient> {
    let client = clients.get(serviceUrl);
    if (!client) {
      client = door.authentication.createConnectorFactory(new ClaimsIdentity([], 'anonymous')).create(serviceUrl, AUDIENCE).then(withoutRetries);
      client.catch(() => clients.delete(serviceUrl));
      clients.set(serviceUrl, client);
      const oldest = clients.keys().next().value;
      if (clients.size > MOST_CLIENTS && oldest !== undefined) clients.delete(oldest);
    }
    return client;
  }

  async function attempt(where: Where, missing: 'gone' | 'lost', call: (client: ConnectorClient, options: Given) => Promise<PostedMessage>): Promise<Sent> {
    const timer = new AbortController();
    let alarm: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<Sent>((resolve) => {
      alarm = setTimeout(() => {
        timer.abort();
        resolve({ kind: 'tryLater', reason: 'noAnswer' });
      }, timeoutMs);
    });
    const sending = clientOf(where.serviceUrl).then((client) => call(client, { abortSignal: timer.signal })).then((message): Sent => ({ kind: 'delivered', message }), (error: unknown) => sorted(error, missing));
    try {
      return await Promise.race([sending, tooSlow]);
    } finally {
      clearTimeout(alarm);
    }
  }

  const stamped = (where: Where, conversationId: string, activity: Outgoing): Partial<Activity> => ({
    ...activity, channelId: 'msteams', from: { id: where.botId, name: '' }, serviceUrl: where.serviceUrl,
    conversation: { id: conversationId, tenantId: where.tenantId } as Activity['conversation'],
  });

  return {
    /** A new message in a chat, or in the thread that the conversation id names. */
    send(where: Where, conversationId: string, activity: Outgoing): Promise<Sent> {
      return attempt(where, 'lost', async (client, given) => {
        const { id } = await client.conversations.sendToConversation(conversationId, stamped(where, conversationId, activity), given);
        return { conversationId, messageId: id };
      });
    },

    /** A new thread in a channel. */
    startThread(where: Where, activity: Outgoing): Promise<Sent> {
      return attempt(where, 'lost', async (client, given) => {
        const parameters = {
          isGroup: true, bot: { id: where.botId, name: '' }, channelData: { channel: { id: where.conversationId }, tenant: { id: where.tenantId } }, tenantId: where.tenantId,
          activity: { ...activity, channelId: 'msteams', from: { id: where.botId, name: '' } } as Activity, members: [], topicName: '',
        };
        const created = await client.conversations.createConversation(parameters, given);
        const messageId = created.activityId ?? created.id.split(';messageid=')[1] ?? created.id;
        return { conversationId: `${where.conversationId};messageid=${messageId}`, messageId };
      });
    },

    /** Replaces a message that was sent before. */
    update(where: Where, message: PostedMessage, activity: Outgoing): Promise<Sent> {
      return attempt(where, 'gone', async (client, given) => {
        await client.conversations.updateActivity(message.conversationId, message.messageId, { ...stamped(where, message.conversationId, activity), id: message.messageId }, given);
        return message;
      });
    },
  };
}

function withoutRetries(client: ConnectorClient): ConnectorClient {
  const { pipeline } = client as unknown as { readonly pipeline?: { removePolicy(policy: { name: string }): void } };
  const inner = (client as unknown as { readonly client?: { readonly pipeline: { removePolicy(policy: { name: string }): void } } }).client;
  (inner?.pipeline ?? pipeline)?.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}

const UNREACHABLE: Readonly<Record<string, Extract<Sent, { kind: 'unreachable' }>['reason']>> = {
  BotNotInConversationRoster: 'notInstalled', ConversationBlockedByUser: 'blocked', BotDisabledByAdmin: 'disabledByAdmin', ForbiddenOperationException: 'notInstalled',
};
const LATER = new Set([401, 408, 412, 425, 429, 500, 502, 503, 504]);

/** What Teams answered, sorted: come again later, nobody there, message gone, or never. */
function sorted(error: unknown, missing: 'gone' | 'lost'): Sent {
  const { statusCode, code, retryAfter } = facts(error);
  if (statusCode === undefined) return { kind: 'tryLater', reason: 'noConnection' };
  if (LATER.has(statusCode)) return { kind: 'tryLater', reason: `http${statusCode}`, ...(retryAfter !== undefined && { afterMs: retryAfter * 1000 }) };
  if (statusCode === 403) return { kind: 'unreachable', reason: UNREACHABLE[code] ?? 'notInstalled' };
  if (statusCode === 404 || statusCode === 410) return missing === 'gone' ? { kind: 'gone' } : { kind: 'unreachable', reason: 'conversationLost' };
  return { kind: 'dead', reason: `http${statusCode}${code ? ` ${code}` : ''}` };
}

function facts(error: unknown): { readonly statusCode?: number; readonly code: string; readonly retryAfter?: number } {
  const fault = error as { statusCode?: unknown; code?: unknown; body?: { error?: { code?: unknown } }; response?: { headers?: { get?(name: string): string | undefined | null } } } | null;
  const code = fault?.body?.error?.code ?? fault?.code;
  const seconds = Number(fault?.response?.headers?.get?.('retry-after') ?? Number.NaN);
  return {
    code: typeof code === 'string' ? code : '',
    ...(typeof fault?.statusCode === 'number' && { statusCode: fault.statusCode }),
    ...(Number.isFinite(seconds) && { retryAfter: seconds }),
  };
}
