/** A user in Teams: writes, presses, sends files, joins and leaves; and sees what the bot sent to their chat. */
import { expect } from 'chai';
import type { Activities, Activity, Channel, Where } from './activities.ts';
import { personalChat, threadOf } from './activities.ts';
import type { Member } from './personas.ts';
import type { Connector } from './connector.ts';
import type { Message } from './conversations.ts';
import type { Json, ShownCard } from './shownCard.ts';
import { buttonOf, dataOf, textOf } from './shownCard.ts';
import type { Answered } from './scenario.ts';

/** What a user needs of the scenario. */
export interface UserContext {
  readonly connector: Connector;
  readonly activities: Activities;
  post(activity: Activity): Promise<Answered>;
  idle(): Promise<void>;
}

/** The card that answered a press, the answer itself, and the activity, to be delivered again. */
export interface PressedCard extends ShownCard {
  readonly answer: Answered;
  readonly activity: Activity;
}

export type Filled = Readonly<Record<string, string>>;
export type User = ReturnType<typeof createUser>;

export function createUser(context: UserContext, persona: Member) {
  const { connector, activities } = context;
  const chat = personalChat(persona);

  async function posted(activity: Activity): Promise<Answered> {
    const answer = await context.post(activity);
    expect(answer.status, answer.text).to.equal(200);
    await context.idle();
    return answer;
  }

  /** What the bot sent to a conversation during an action. */
  async function newIn(conversation: string, action: () => Promise<unknown>): Promise<readonly Message[]> {
    const before = new Set(connector.messages(conversation).map((message) => message.id));
    await action();
    return connector.messages(conversation).filter((message) => !before.has(message.id));
  }

  const me = {
    ...persona,
    persona,
    chat,
    /** Who they are to the desk. */
    id: `${persona.tenantId}/${persona.objectId}`,

    install: (where: Where = {}): Promise<Answered> => posted(activities.installed(persona, where)),
    remove: (where: Where = {}): Promise<Answered> => posted(activities.removed(persona, where)),

    /** Writes in the own chat. Answers what the bot wrote there. */
    say: (text: string): Promise<readonly Message[]> => newIn(chat, () => posted(activities.message(persona, text))),

    /** Writes in the own chat, and gets one card. */
    async ask(text: string): Promise<ShownCard> {
      return onlyCard(chat, await me.say(text));
    },

    /** Mentions the bot in a channel, in a thread of its own or in one that is there. Answers what was said there. */
    async mention(channel: Channel, text: string): Promise<readonly Message[]> {
      const activity = activities.message(persona, text, { in: channel });
      return newIn(threadOf({ ...channel, thread: channel.thread ?? String(activity['id']) }), () => posted(activity));
    },

    /**
     * Writes in a thread without mentioning the bot. Answers the message, to be edited or deleted, and what the bot
     * said.
     */
    async reply(channel: Channel, text: string): Promise<{ readonly id: string; readonly heard: readonly Message[] }> {
      const activity = activities.message(persona, text, { in: channel, mention: false });
      const heard = await newIn(threadOf(channel), () => posted(activity));
      return { id: String(activity['id']), heard };
    },
    editMessage: (channel: Channel, id: string, text: string): Promise<Answered> =>
      posted(activities.edited(persona, text, { in: channel, id })),
    restoreMessage: (channel: Channel, id: string, text: string): Promise<Answered> =>
      posted(activities.restored(persona, text, { in: channel, id })),
    deleteMessage: (channel: Channel, id: string): Promise<Answered> =>
      posted(activities.deleted(persona, { in: channel, id })),

    /** The press as an activity, for the test to post. `among` tells buttons with the same verb apart. */
    pressOn(on: ShownCard, verb: string, filled: Filled = {}, among: Json = {}): Activity {
      const data = dataOf(buttonOf(on.card, verb, among), filled);
      return activities.press(persona, { verb, data }, { replyTo: on.messageId, ...inChannel(on.conversationId) });
    },

    /** Presses a button of a card, with its form filled in. Answers the card that takes its place. */
    async press(on: ShownCard, verb: string, filled: Filled = {}, among: Json = {}): Promise<PressedCard> {
      const activity = me.pressOn(on, verb, filled, among);
      return answeredCard(on, await posted(activity), activity);
    },

    /** The same press from a client that knows Action.Submit only. Answers what the bot sent to the chat. */
    submit(on: ShownCard, verb: string, filled: Filled = {}): Promise<readonly Message[]> {
      const data = dataOf(buttonOf(on.card, verb), filled);
      return newIn(on.conversationId, () =>
        posted(activities.submit(persona, { data }, { replyTo: on.messageId, ...inChannel(on.conversationId) })),
      );
    },

    /** Hands files to the bot. */
    async sendFile(name: string, downloadUrl: string, text = ''): Promise<ShownCard> {
      return onlyCard(chat, await newIn(chat, () => posted(activities.file(persona, { name, downloadUrl }, text))));
    },
  };
  return me;
}

/** The card in the answer to a press. */
export function answeredCard(on: ShownCard, answer: Answered, activity: Activity): PressedCard {
  const { body } = answer;
  expect(answer.status, answer.text).to.equal(200);
  expect(body['type'], answer.text).to.equal('application/vnd.microsoft.card.adaptive');
  expect(body['statusCode']).to.equal(200);
  return { conversationId: on.conversationId, messageId: on.messageId, card: body['value'] as Json, answer, activity };
}

function onlyCard(conversationId: string, messages: readonly Message[]): ShownCard {
  const [only, ...more] = messages;
  if (!only?.card || more.length > 0)
    throw new Error(
      `one card was expected, not ${JSON.stringify(messages.map((message) => (message.card ? textOf(message.card) : message.text)))}`,
    );
  return { conversationId, messageId: only.id, card: only.card };
}

/** The channel and the thread of a conversation; nothing for a chat. */
export function inChannel(conversationId: string): { readonly in?: Channel } {
  const [channel = '', thread] = conversationId.split(';messageid=');
  return thread === undefined ? {} : { in: { team: TEAM, channel, thread } };
}

export const TEAM = '19:team@thread.tacv2';
