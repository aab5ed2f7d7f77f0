/** Messages in the thread of a claim: each is a comment, also when it is edited or deleted later (R33, R47). */
import type { Desk } from '../../desk/desk.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import type { MessageDeleted, MessageEdited, MessageReceived } from '../activity.ts';
import { messageKey } from '../activity.ts';
import type { Cards } from '../cards/cards.ts';
import { plainText } from '../intents/plainText.ts';
import { understand } from '../intents/understand.ts';
import { doneNote } from '../text/outcomes.ts';
import { refusalNote } from '../text/refusals.ts';
import type { Caller } from './caller.ts';
import type { CommandReply } from './commandReply.ts';

export interface ThreadReplies {
  /** A reply in the thread of a claim. Silence is the answer to a comment that was taken; the card shows it. */
  replied(claim: ClaimId, text: string, message: MessageReceived, caller: Caller): Promise<CommandReply | undefined>;
  /** A message that became a comment was edited, or its deletion undone. */
  edited(message: MessageEdited, claim: ClaimId, caller: Caller): Promise<void>;
  deleted(message: MessageDeleted, claim: ClaimId, caller: Caller): Promise<void>;
}

export function createThreadReplies(desk: Desk, cards: Cards): ThreadReplies {
  return {
    async replied(claim, text, message, { person, speech }) {
      if (text === '') return undefined;
      const request = { type: 'AddComment', text, message: messageKey(message) } as const;
      const result = await desk.execute(person.id, claim, request, { kind: 'none' });
      switch (result.kind) {
        case 'notFound':
          return { text: say(speech.language, 'answer.notFound', { claim }), forAll: true };
        case 'refused':
          return { text: refusalNote(result.refusal, result.view, speech), forAll: true };
        case 'nothing':
          return undefined;
        case 'done':
        case 'repeated': {
          const { view, entry } = result;
          if (view.side !== 'partner' || view.stage !== 'PartnerActionRequired') return undefined;
          const shared = await desk.lookIn(message.place.conversationId, view.claim);
          if (shared?.side !== 'partner') return undefined;
          // A comment alone stops no clock: the card says so, with the button to resubmit (R33).
          const note = { tone: 'plain', text: doneNote(entry, view.claim, person.id, speech) } as const;
          return { card: cards.claim(shared, { ...speech, now: desk.now(), place: 'channel', note }), forAll: true };
        }
      }
    },

    async edited(message, claim, { person }) {
      const request = { type: 'EditComment', message: messageKey(message), text: commentIn(message, claim) } as const;
      await desk.execute(person.id, claim, request, { kind: 'none' });
    },

    async deleted(message, claim, { person }) {
      const request = { type: 'DeleteComment', message: messageKey(message) } as const;
      await desk.execute(person.id, claim, request, { kind: 'none' });
    },
  };
}

/** What an edited message says as a comment: without the command, where it was written to the bot as one (`comment <id> <text>`). */
function commentIn(message: MessageEdited, claim: ClaimId): string {
  const text = plainText(message.text, message.botMention);
  if (message.chat !== 'personal' && !message.mentionsBot) return text;
  const intent = understand(text, { playground: false, claim });
  return intent.kind === 'comment' ? intent.text : text;
}
