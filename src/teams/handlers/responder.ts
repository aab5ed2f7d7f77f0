/** Sends answers: where they were asked for, or to the caller's own chat where others in a channel may not read them. */
import type { Log } from '../../desk/ports/system.ts';
import { say } from '../../locales/say.ts';
import type { Origin } from '../activity.ts';
import type { Connector, OutboundActivity } from '../sending/connector.ts';
import { REPLY } from '../sending/connector.ts';
import { cardActivity, textActivity } from '../sending/messenger.ts';
import type { Caller } from './caller.ts';
import type { CommandReply } from './commandReply.ts';

export interface Responder {
  /** Sends to the conversation of an activity. What cannot be sent is logged. */
  reply(origin: Origin, activity: OutboundActivity): Promise<void>;
  /** Answers a command; in a channel only what is for everyone is shown there. */
  answer(origin: Origin, caller: Caller, reply: CommandReply): Promise<void>;
}

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
      if (origin.chat === 'personal' || content.forAll) return reply(origin, activity);
      const { chat } = person;
      const sent = chat && (await connector.send(chat, chat.conversationId, activity, REPLY));
      const key = sent?.kind === 'delivered' ? 'answer.privately' : 'answer.writePrivately';
      await reply(origin, textActivity(say(speech.language, key)));
    },
  };
}
