/** Messages: commands and files in a personal chat, comments in the thread of a claim, and cards sent as messages. */
import type { Desk } from '../../desk/desk.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import type { CardSubmitted, MessageEdited, MessageReceived } from '../activity.ts';
import { messageKey } from '../activity.ts';
import type { Cards } from '../cards/cards.ts';
import type { AttachedFile } from '../files/attachments.ts';
import { attachedFiles, hasMoreFiles, MAX_FILES } from '../files/attachments.ts';
import type { Connector } from '../sending/connector.ts';
import { REPLY } from '../sending/connector.ts';
import { cardActivity } from '../sending/messenger.ts';
import type { Caller } from './caller.ts';
import type { CardActions } from './cardActions.ts';
import type { CommandReply } from './commandReply.ts';
import type { FileUploads } from './fileUploads.ts';
import type { LeftOut, MessageBody } from './messageBody.ts';
import { readBody } from './messageBody.ts';
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
  readonly commands: TextCommands;
  readonly threads: ThreadReplies;
  readonly responder: Responder;
  readonly uploads: Pick<FileUploads, 'sent'>;
}

/** Answers messages. */
export interface MessageHandler {
  /** `claim` is the claim in whose thread the message was written. */
  received(message: MessageReceived, claim: ClaimId | undefined, caller: Caller): Promise<void>;
  /**
   * `claim` is the claim that the message is about: of which it is a comment (`isComment`), or in whose thread it is.
   * Only comments are read again; everyone else is told that their edit changed nothing.
   */
  edited(message: MessageEdited, claim: ClaimId | undefined, isComment: boolean, caller: Caller): Promise<void>;
  /** In a personal chat the card that was submitted is replaced in place; elsewhere the answer is a new message. */
  submitted(submitted: CardSubmitted, caller: Caller): Promise<void>;
}

/** Decides whether a message is a command, a file, a comment or a card, and passes it on. */
export function createMessageHandler(parts: MessageParts): MessageHandler {
  const { desk, cards, connector, actions, commands, threads, responder, uploads } = parts;

  async function inChat(message: MessageReceived, body: MessageBody, caller: Caller): Promise<void> {
    const files = attachedFiles(message.attachments);
    if (files.length > 0) await withFiles(files, message, body.text, caller);
    else if (body.text !== '') await command(message, body.text, caller);
    await sayWhatWasLeftOut(message, body, files.length > 0 ? 'files' : 'none', caller);
  }

  /** Files, and the words beside them: a comment is added too, and other words are answered for themselves. */
  async function withFiles(
    files: readonly AttachedFile[],
    message: MessageReceived,
    text: string,
    caller: Caller,
  ): Promise<void> {
    const intent = commands.understand(text);
    const isComment = intent.kind === 'comment' && intent.text !== '';
    const { card, wordsFor } = await uploads.sent(files, text, isComment, caller);
    await responder.answer(message, caller, { card });
    if (isComment) await responder.answer(message, caller, await commands.answer(intent, caller, message));
    else if (wordsFor) await responder.answer(message, caller, await commands.besideFiles(text, wordsFor, caller));
  }

  /** In the thread of a claim everything is a comment, except a command that mentions the bot (R33). */
  async function inThread(message: MessageReceived, body: MessageBody, claim: ClaimId, caller: Caller): Promise<void> {
    const { text } = body;
    const intent = message.mentionsBot ? commands.understand(text, claim) : undefined;
    let isTaken = false;
    if (intent && intent.kind !== 'unknown')
      await responder.answer(message, caller, await commands.answer(intent, caller, message));
    else if (text !== '') {
      const replied = await threads.replied(claim, text, message, caller);
      ({ isTaken } = replied);
      if (replied.reply) await responder.answer(message, caller, replied.reply);
    }
    await sayWhatWasLeftOut(message, body, isTaken ? claim : 'none', caller);
  }

  async function command(message: MessageReceived, text: string, caller: Caller): Promise<void> {
    await responder.answer(message, caller, await commands.answer(commands.understand(text), caller, message));
  }

  /**
   * Says what of a message was not taken, and how it can be given instead; of a message with nothing in it, that it was
   * empty. `taken`: its files were answered, or its words are a comment on that claim.
   */
  async function sayWhatWasLeftOut(
    message: MessageReceived | MessageEdited,
    { text, leftOut }: MessageBody,
    taken: ClaimId | 'files' | 'none',
    caller: Caller,
  ): Promise<void> {
    const { language } = caller.speech;
    const isEmpty = text === '' && taken === 'none';
    const all = leftOutOf(message, leftOut);
    const hasMore = taken === 'files' && hasMoreFiles(message.attachments);
    if (all.length === 0 && !isEmpty && !hasMore) return;
    const sentences = [
      ...(taken === 'none' || taken === 'files' ? [] : [say(language, 'answer.wordsTaken', { claim: taken })]),
      ...(hasMore ? [say(language, 'answer.tooManyFiles', { most: MAX_FILES })] : []),
      ...(all.length === 0 && isEmpty ? [say(language, 'answer.noWords')] : []),
      ...all.map((kind) => say(language, `answer.leftOut.${kind}`)),
    ];
    await responder.answer(message, caller, publicCard(sentences.join(' '), caller));
  }

  function publicCard(text: string, { speech }: Caller): CommandReply {
    return { card: cards.message(text, { ...speech, tone: 'attention' }), forAll: true };
  }

  /**
   * A message in the thread of a claim to which the mention was added: the desk may not have heard it before, so its
   * words are a comment now. Commands are not executed from an edit.
   */
  async function mentionedByEdit(
    message: MessageEdited,
    { text }: MessageBody,
    claim: ClaimId,
    caller: Caller,
  ): Promise<{ readonly isTaken: boolean; readonly reply?: CommandReply }> {
    const intent = commands.understand(text, claim);
    const comment = intent.kind === 'comment' ? intent.text : intent.kind === 'unknown' ? text : '';
    return comment === '' ? { isTaken: false } : threads.replied(claim, comment, message, caller);
  }

  return {
    async received(message, claim, caller) {
      const body = readBody(message);
      if (message.chat === 'personal') return inChat(message, body, caller);
      if (claim) return inThread(message, body, claim, caller);
      // Elsewhere in a channel the bot answers when it is mentioned.
      if (!message.mentionsBot) return undefined;
      if (body.text !== '') await command(message, body.text, caller);
      return sayWhatWasLeftOut(message, body, 'none', caller);
    },

    async edited(message, claim, isComment, caller) {
      const body = readBody(message);
      // Teams delivers an edit again too: what it does is done once by itself, and is answered once.
      const once = (work: () => Promise<void>): Promise<void> =>
        desk.once(`${messageKey(message)}/edit/${body.text}`, work);
      if (claim && isComment) {
        const reply = await threads.edited(message, body.text, claim, caller);
        await once(async () => {
          if (reply) await responder.answer(message, caller, reply);
          if (!message.isRestored) await sayWhatWasLeftOut(message, body, reply ? 'none' : claim, caller);
        });
        return;
      }
      if (message.isRestored) return;
      await once(async () => {
        const isMentioned = claim !== undefined && message.mentionsBot && message.chat === 'channel';
        const { isTaken, reply } = isMentioned
          ? await mentionedByEdit(message, body, claim, caller)
          : { isTaken: false };
        if (reply) await responder.answer(message, caller, reply);
        else if (!isTaken)
          await responder.answer(
            message,
            caller,
            publicCard(say(caller.speech.language, 'answer.editNotRead'), caller),
          );
        if (claim && isTaken) await sayWhatWasLeftOut(message, body, claim, caller);
      });
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

/** Files are taken in a personal chat only; elsewhere Teams hands them over seldom, and the desk never takes them. */
function leftOutOf(
  { chat, attachments }: MessageReceived | MessageEdited,
  leftOut: readonly LeftOut[],
): readonly LeftOut[] {
  const hasFiles = chat !== 'personal' && attachedFiles(attachments).length > 0;
  return hasFiles && !leftOut.includes('fileLink') ? [...leftOut, 'fileLink'] : leftOut;
}
