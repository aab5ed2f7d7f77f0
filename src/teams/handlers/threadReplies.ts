/** Messages in the thread of a claim are comments; editing or deleting them edits or deletes the comment (R33, R47). */
import type { Desk } from '../../desk/desk.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import type { MessageDeleted, MessageEdited, Origin } from '../activity.ts';
import { messageKey } from '../activity.ts';
import type { Cards } from '../cards/cards.ts';
import { understand } from '../intents/understand.ts';
import { doneNote } from '../text/outcomes.ts';
import { refusalNote } from '../text/refusals.ts';
import type { Caller } from './caller.ts';
import type { CommandReply } from './commandReply.ts';

/** Turns messages in threads into comments. */
export interface ThreadReplies {
  /** A reply in the thread of a claim. Without an answer where there is none to give: the card shows the comment. */
  replied(claim: ClaimId, text: string, message: Origin, caller: Caller): Promise<Replied>;
  /** A message that became a comment was edited, or its deletion undone. The answer says why that was not taken. */
  edited(message: MessageEdited, text: string, claim: ClaimId, caller: Caller): Promise<CommandReply | undefined>;
  deleted(message: MessageDeleted, claim: ClaimId, caller: Caller): Promise<void>;
}

/** What came of a reply: whether its words are in the claim now, and what to answer. */
export interface Replied {
  readonly isTaken: boolean;
  readonly reply?: CommandReply;
}

/** Comments go to the desk with the key of their message, so a message is recorded once. */
export function createThreadReplies(desk: Desk, cards: Cards): ThreadReplies {
  return {
    async replied(claim, text, message, { person, speech }) {
      const request = { type: 'AddComment', text, message: messageKey(message) } as const;
      const result = await desk.execute(person.id, claim, request, { kind: 'none' });
      switch (result.kind) {
        case 'notFound':
          return { isTaken: false, reply: { text: say(speech.language, 'answer.notFound', { claim }), forAll: true } };
        case 'refused':
          return {
            isTaken: false,
            reply: { text: refusalNote(result.refusal, result.view, speech), forAll: true },
          };
        case 'nothing':
          return { isTaken: true };
        case 'done':
        case 'repeated': {
          const { view, entry } = result;
          if (view.side !== 'partner' || view.stage !== 'PartnerActionRequired') return { isTaken: true };
          const shared = await desk.lookIn(message.place.conversationId, view.claim);
          if (shared?.side !== 'partner') return { isTaken: true };
          // A comment alone stops no clock: the card says so, with the button to resubmit (R33).
          const note = { tone: 'plain', text: doneNote(entry, view.claim, person.id, speech) } as const;
          const card = cards.claim(shared, { ...speech, now: desk.now(), place: 'channel', note });
          return { isTaken: true, reply: { card, forAll: true } };
        }
      }
    },

    async edited(message, typed, claim, { person, speech }) {
      const text = commentIn(message, typed, claim);
      const request = { type: 'EditComment', message: messageKey(message), text } as const;
      const result = await desk.execute(person.id, claim, request, { kind: 'none' });
      if (result.kind !== 'refused') return undefined;
      return { text: refusalNote(result.refusal, result.view, speech), forAll: true };
    },

    async deleted(message, claim, { person }) {
      const request = { type: 'DeleteComment', message: messageKey(message) } as const;
      await desk.execute(person.id, claim, request, { kind: 'none' });
    },
  };
}

/** The comment in an edited message: without the command, where it was one (`comment <id> <text>`). */
function commentIn(message: MessageEdited, text: string, claim: ClaimId): string {
  if (message.chat !== 'personal' && !message.mentionsBot) return text;
  const intent = understand(text, { playground: false, claim });
  return intent.kind === 'comment' ? intent.text : text;
}
