/**
 * Sends answers to the conversation of the request, or to the caller's own chat where others in a channel may not read
 * them.
 */
import type { Log } from '../../desk/ports/system.ts';
import { say } from '../../locales/say.ts';
import type { Origin } from '../activity.ts';
import type { Connector, OutboundActivity } from '../sending/connector.ts';
import { REPLY } from '../sending/connector.ts';
import { cardActivity, textActivity } from '../sending/messenger.ts';
import type { Caller } from './caller.ts';
import type { CommandReply } from './commandReply.ts';

/** Sends the answers of the bot. */
export interface Responder {
  /** Sends to the conversation of an activity. What cannot be sent is logged. */
  reply(origin: Origin, activity: OutboundActivity): Promise<void>;
  /** Answers a command. In a channel, an answer that is not for everyone goes to the personal chat. */
  answer(origin: Origin, caller: Caller, reply: CommandReply): Promise<void>;
}

/** Answers have the priority of replies: a user waits for them. */
export function createResponder(connector: Connector, log: Log): Responder {
  async function reply(origin: Origin, activity: OutboundActivity): Promise<void> {
    const sent = await connector.send(origin.place, origin.conversationId, activity, REPLY);
    if (sent.kind === 'delivered') return;
    log.warn({ sent: sent.kind, reason: 'reason' in sent ? sent.reason : undefined }, 'Could not send an answer');
  }

  return {
    reply,
    async answer(origin, { person, speech }, content) {
      const activity = 'card' in content ? cardActivity(content.card) : textActivity(content.text);
      if (origin.chat === 'personal' || content.forAll) {
        await reply(origin, activity);
        for (const card of content.others ?? []) await reply(origin, cardActivity(card));
        return;
      }
      // The chat as known when the message came in: it is not read again for the answer.
      const { chat } = person;
      const sent = chat && (await connector.send(chat, chat.conversationId, activity, REPLY));
      const key = sent?.kind === 'delivered' ? 'answer.privately' : 'answer.writePrivately';
      await reply(origin, textActivity(say(speech.language, key)));
    },
  };
}
