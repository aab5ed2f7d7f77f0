/** Messages: commands and files in a personal chat, comments in the thread of a claim, and cards sent as messages. */
import type { Desk } from '../../desk/desk.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import type { CardSubmitted, MessageReceived } from '../activity.ts';
import type { Cards } from '../cards/cards.ts';
import type { FetchFile } from '../files/attachments.ts';
import { attachedFiles } from '../files/attachments.ts';
import { plainText } from '../intents/plainText.ts';
import type { Connector } from '../sending/connector.ts';
import { REPLY } from '../sending/connector.ts';
import { cardActivity } from '../sending/messenger.ts';
import type { Caller } from './caller.ts';
import type { CardActions } from './cardActions.ts';
import type { ClaimReplies } from './claimReplies.ts';
import { takeFiles } from './fileUploads.ts';
import { readPress } from './press.ts';
import type { Responder } from './responder.ts';
import type { TextCommands } from './textCommands.ts';
import type { ThreadReplies } from './threadReplies.ts';

/** What the message handler needs. */
export interface MessageParts {
  readonly desk: Desk;
  readonly cards: Cards;
  readonly connector: Connector;
  readonly actions: CardActions;
  readonly replies: ClaimReplies;
  readonly commands: TextCommands;
  readonly threads: ThreadReplies;
  readonly responder: Responder;
  readonly fetchFile: FetchFile;
}

/** Answers messages. */
export interface MessageHandler {
  /** `claim` is the claim in whose thread the message was written. */
  received(message: MessageReceived, claim: ClaimId | undefined, caller: Caller): Promise<void>;
  /** In a personal chat the card that was submitted is replaced in place; elsewhere the answer is a new message. */
  submitted(submitted: CardSubmitted, caller: Caller): Promise<void>;
}

/** Decides whether a message is a command, a file, a comment or a card, and passes it on. */
export function createMessageHandler(parts: MessageParts): MessageHandler {
  const { cards, connector, actions, commands, threads, responder } = parts;

  async function inChat(message: MessageReceived, text: string, caller: Caller): Promise<void> {
    const files = attachedFiles(message.attachments);
    const reply =
      files.length > 0
        ? await takeFiles(parts, files, text, caller)
        : await commands.answer(commands.understand(text), caller, message);
    await responder.answer(message, caller, reply);
  }

  /** In the thread of a claim everything is a comment, except a command that mentions the bot (R33). */
  async function inThread(message: MessageReceived, text: string, claim: ClaimId, caller: Caller): Promise<void> {
    const intent = message.mentionsBot ? commands.understand(text, claim) : undefined;
    const reply =
      intent && intent.kind !== 'unknown'
        ? await commands.answer(intent, caller, message)
        : await threads.replied(claim, text, message, caller);
    if (reply) await responder.answer(message, caller, reply);
  }

  return {
    async received(message, claim, caller) {
      const text = plainText(message.text, message.botMention);
      if (message.chat === 'personal') return inChat(message, text, caller);
      if (claim) return inThread(message, text, claim, caller);
      // Elsewhere in a channel the bot answers when it is mentioned.
      if (!message.mentionsBot) return undefined;
      return responder.answer(message, caller, await commands.answer(commands.understand(text), caller, message));
    },

    async submitted(submitted, caller) {
      const { conversationId, replyToId, place } = submitted;
      const isPersonal = submitted.chat === 'personal';
      const pressed = { conversationId, messageId: replyToId };
      const press = readPress(undefined, submitted.data, pressed, isPersonal);
      if (!press) {
        const text = say(caller.speech.language, 'answer.badCard');
        const card = cards.message(text, { ...caller.speech, tone: 'attention' });
        return responder.answer(submitted, caller, { card });
      }
      const card = await actions.act(press, caller);
      if (!isPersonal) return responder.answer(submitted, caller, { card });
      const edited = replyToId === '' ? undefined : await connector.update(place, pressed, cardActivity(card), REPLY);
      if (edited?.kind !== 'delivered') await responder.answer(submitted, caller, { card });
    },
  };
}
