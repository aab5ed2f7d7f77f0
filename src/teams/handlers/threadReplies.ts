/** Replies in a claim's thread become its comments; what becomes of the messages is recorded too (R33). */
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Desk } from '../../desk/desk.ts';
import { viewClaim } from '../../desk/queries/view.ts';
import { say } from '../../locales/say.ts';
import type { IncomingActivity } from '../activity.ts';
import type { Caller } from './cardActions.ts';
import type { Cards } from '../cards/cards.ts';
import type { CommandReply } from './answer.ts';
import { doneNote } from '../text/outcomes.ts';
import { refusalNote } from '../text/refusals.ts';
import { plainText, understand } from '../intents/understand.ts';
import { messageKey } from '../activity.ts';

export type ThreadReplies = ReturnType<typeof createThreadReplies>;

export function createThreadReplies(desk: Desk, cards: Cards) {
  return {
    /** Somebody replied in the thread of a claim. Silence is the answer of a comment that was taken; the card shows it. */
    async said(
      claim: ClaimId,
      text: string,
      incoming: IncomingActivity,
      caller: Caller,
    ): Promise<CommandReply | undefined> {
      if (text === '') return undefined;
      const { person, speech } = caller;
      const pressed = await desk.press(person.id, claim, { type: 'AddComment', text, message: messageKey(incoming) });
      switch (pressed.kind) {
        case 'notFound':
          return { text: say(speech.language, 'answer.notFound', { claim }), forAll: true };
        case 'refused':
          return { text: refusalNote(pressed.refusal, pressed.view, speech), forAll: true };
        case 'nothing':
          return undefined;
        default: {
          const { view, entry } = pressed;
          if (view.side !== 'partner' || view.stage !== 'PartnerActionRequired') return undefined;
          const reader = await desk.channelReader(incoming.place.conversationId, view.claim);
          if (reader?.audience !== 'partner') return undefined;
          const note = { tone: 'plain', text: doneNote(entry, view.claim, person.id, speech) } as const;
          return {
            card: cards.claim(viewClaim(view.claim, reader, desk.now()), {
              ...speech,
              now: desk.now(),
              place: 'channel',
              note,
            }),
            forAll: true,
          };
        }
      }
    },

    /** A message that became a comment was edited, or its deletion undone. */
    async edited(incoming: IncomingActivity, { person }: Caller): Promise<void> {
      const message = messageKey(incoming);
      const claim = await desk.claimByMessage(message);
      if (claim) await desk.press(person.id, claim, { type: 'EditComment', message, text: commentIn(incoming, claim) });
    },

    async deleted(incoming: IncomingActivity, { person }: Caller): Promise<void> {
      const message = messageKey(incoming);
      const claim = await desk.claimByMessage(message);
      if (claim) await desk.press(person.id, claim, { type: 'DeleteComment', message });
    },
  };
}

/** What an edited message says as a comment: without the command, where it was said to the bot as one (`comment <id> <text>`). */
function commentIn(incoming: IncomingActivity, claim: ClaimId): string {
  const text = plainText(incoming.text, incoming.botMention);
  if (!incoming.personal && !incoming.mentionsBot) return text;
  const meant = understand(text, { playground: false });
  const intent = meant.kind === 'needsClaim' ? understand(`${claim} ${text}`, { playground: false }) : meant;
  return intent.kind === 'comment' ? intent.text : text;
}
