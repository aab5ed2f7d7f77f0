/** Sends messages, threads and edits to Teams through the Bot Connector. */
import type { Activity } from 'botbuilder';
import type { Address, PostedMessage, SendResult } from '../../desk/ports/messenger.ts';
import { MAX_SEND_MS } from '../../desk/ports/messenger.ts';
import type { ChannelAuthenticator } from '../auth/authenticator.ts';
import type { DeliveryOptions, Target } from './delivery.ts';
import { createDelivery } from './delivery.ts';
import type { SlotRequest } from './lane.ts';

export type OutboundActivity = Pick<Activity, 'type'> & Partial<Activity>;
type Where = Pick<Address, 'serviceUrl' | 'tenantId' | 'botId' | 'conversationId'>;

const NOTIFICATION: SlotRequest = { timeoutMs: MAX_SEND_MS, priority: 'notification' };
/** A person waits for it, and so does their Teams for the response to the activity: two replies fit into that time. */
export const REPLY: SlotRequest = { timeoutMs: 6_500, priority: 'reply' };

export interface Connector {
  /** Posts a message in a chat, or in the thread that `conversationId` names. */
  send(where: Where, conversationId: string, activity: OutboundActivity, request?: SlotRequest): Promise<SendResult>;
  /** Starts a thread in a channel. */
  startThread(where: Where, activity: OutboundActivity, request?: SlotRequest): Promise<SendResult>;
  /** Replaces a message that was sent before. */
  update(where: Where, message: PostedMessage, activity: OutboundActivity, request?: SlotRequest): Promise<SendResult>;
}

export function createConnector(authenticator: ChannelAuthenticator, options: DeliveryOptions): Connector {
  const deliver = createDelivery(authenticator, options);
  return {
    send(where, conversationId, activity, request = NOTIFICATION) {
      return deliver(targetOf(where, conversationId, 'lost'), request, async (client, requestOptions) => {
        const addressed = addressedActivity(where, conversationId, activity);
        const { id } = await client.conversations.sendToConversation(conversationId, addressed, requestOptions);
        return { conversationId, messageId: id };
      });
    },

    startThread(where, activity, request = NOTIFICATION) {
      const { conversationId: channelId } = where;
      return deliver(targetOf(where, channelId, 'lost'), request, async (client, requestOptions) => {
        const created = await client.conversations.createConversation(threadOf(where, activity), requestOptions);
        const messageId = created.activityId ?? created.id.split(';messageid=')[1] ?? created.id;
        return { conversationId: `${channelId};messageid=${messageId}`, messageId };
      });
    },

    update(where, message, activity, request = NOTIFICATION) {
      const { conversationId, messageId } = message;
      return deliver(targetOf(where, conversationId, 'gone'), request, async (client, requestOptions) => {
        const edited = { ...addressedActivity(where, conversationId, activity), id: messageId };
        await client.conversations.updateActivity(conversationId, messageId, edited, requestOptions);
        return message;
      });
    },
  };
}

function targetOf({ serviceUrl, tenantId }: Where, conversationId: string, missing: Target['missing']): Target {
  return { serviceUrl, tenantId, conversationId, missing };
}

function addressedActivity(where: Where, conversationId: string, activity: OutboundActivity): Partial<Activity> {
  return {
    ...activity,
    channelId: 'msteams',
    from: { id: where.botId, name: '' },
    serviceUrl: where.serviceUrl,
    conversation: { id: conversationId, tenantId: where.tenantId } as Activity['conversation'],
  };
}

/** The parameters of a new thread whose first message is the activity. */
function threadOf({ botId, tenantId, conversationId: channelId }: Where, activity: OutboundActivity) {
  const bot = { id: botId, name: '' };
  return {
    isGroup: true,
    bot,
    channelData: { channel: { id: channelId }, tenant: { id: tenantId } },
    tenantId,
    activity: { ...activity, channelId: 'msteams', from: bot } as Activity,
    members: [],
    topicName: '',
  };
}
