/** The chat door: sorts what comes in, asks the desk, answers. It decides nothing. */
import type { ClaimId } from '../domain/claims/values.ts';
import type { Desk } from '../desk/desk.ts';
import type { Person } from '../desk/directory/people.ts';
import type { Log } from '../desk/ports/system.ts';
import type { SendResult } from '../desk/ports/messenger.ts';
import { isOfNewerVersion } from '../desk/records/schemaVersion.ts';
import { say } from '../locales/say.ts';
import type { IncomingActivity } from './activity.ts';
import { messageKey } from './activity.ts';
import type { ActivityHandler } from './adapter.ts';
import { attachedFiles } from './files/attachments.ts';
import type { FetchFile } from './files/attachments.ts';
import type { Caller, CardActions } from './handlers/cardActions.ts';
import { readPress } from './handlers/cardActions.ts';
import type { Cards } from './cards/cards.ts';
import type { Connector, OutboundActivity } from './sending/connector.ts';
import { REPLY } from './sending/connector.ts';
import type { CommandReply } from './handlers/answer.ts';
import type { TextCommands } from './handlers/textCommands.ts';
import { takeFiles } from './handlers/fileUploads.ts';
import { refused, shown } from './invokeResponse.ts';
import { cardActivity, textActivity } from './sending/messenger.ts';
import type { ThreadReplies } from './handlers/threadReplies.ts';
import { loggedVerb } from './cards/verbs.ts';
import { plainText } from './intents/understand.ts';
import { isObject } from '../shared/objects.ts';

export interface BotParts {
  readonly desk: Desk;
  readonly cards: Cards;
  readonly connector: Connector;
  readonly actions: CardActions;
  readonly conversation: TextCommands;
  readonly threads: ThreadReplies;
  readonly fetchFile: FetchFile;
  readonly log: Log;
}

/** Two welcomes to the same person within this time are one: Teams tells of an installation in two activities. */
const WELCOME_MS = 5_000;

export function createBot({
  desk,
  cards,
  connector,
  actions,
  conversation,
  threads,
  fetchFile,
  log,
}: BotParts): ActivityHandler {
  const {
    policy: { zone },
    zones,
  } = desk.world.rules.programme;

  async function turn(incoming: IncomingActivity): Promise<unknown> {
    if (incoming.from.teamsId === incoming.place.botId) return undefined;
    try {
      return await heard(incoming);
    } catch (error) {
      if (!isOfNewerVersion(error)) throw error;
      return unrecognised(incoming, error);
    }
  }

  async function heard(incoming: IncomingActivity): Promise<unknown> {
    if (!(await isForDesk(incoming))) return overheard(incoming);
    const caller = await callerOf(incoming);
    switch (incoming.type) {
      case 'invoke':
        return invoke(incoming, caller);
      case 'message':
        await once(incoming, () => message(incoming, caller));
        return undefined;
      case 'messageUpdate':
        if (caller) await threads.edited(incoming, caller);
        return undefined;
      case 'messageDelete':
        if (caller) await threads.deleted(incoming, caller);
        return undefined;
      case 'installationUpdate':
        return incoming.action.startsWith('remove') ? removed(incoming) : added(incoming, caller);
      case 'conversationUpdate':
        if (incoming.botRemoved) return removed(incoming);
        return incoming.botAdded ? added(incoming, caller) : undefined;
      default:
        return undefined;
    }
  }

  /** Where the bot may hear every message of a team, most are not for it: nobody is remembered for what they say to others. */
  async function isForDesk(incoming: IncomingActivity): Promise<boolean> {
    if (incoming.personal || incoming.mentionsBot) return true;
    switch (incoming.type) {
      case 'invoke':
      case 'installationUpdate':
        return true;
      case 'conversationUpdate':
        return incoming.botAdded || incoming.botRemoved;
      case 'message':
        return isObject(incoming.value) || (await desk.claimByThread(incoming.conversationId)) !== undefined;
      case 'messageUpdate':
      case 'messageDelete':
        return (await desk.claimByMessage(messageKey(incoming))) !== undefined;
      default:
        return false;
    }
  }

  /** All the same it shows that the channel is there. */
  async function overheard({ from, place }: IncomingActivity): Promise<undefined> {
    if (from.person) await desk.channelSeen(place);
    return undefined;
  }

  /** Who asks; their chat, name and language are kept fresh with every activity. A removal is no sign of being reachable. */
  async function callerOf(incoming: IncomingActivity): Promise<Caller | undefined> {
    const { from, personal, place, locale } = incoming;
    if (!from.person) return undefined;
    const leaving =
      incoming.botRemoved || (incoming.type === 'installationUpdate' && incoming.action.startsWith('remove'));
    if (!personal && !leaving) await desk.channelSeen(place);
    const { person } = await desk.greet({
      id: from.person,
      name: from.name,
      ...(locale && { locale }),
      ...(personal && !leaving && { chat: place }),
    });
    return { person, speech: { language: desk.people.languageOf(person), zone, zones } };
  }

  // --- what cannot be done ---

  /** The sentence for a fault: one of the desk's own, or a claim that a newer version has changed, which is taking over just now. */
  function whyNot(error: unknown, fields: object, sentence: string): 'answer.fault' | 'answer.newerVersion' {
    if (isOfNewerVersion(error)) return ofNewerVersion(error, fields);
    log.error({ ...fields, error }, sentence);
    return 'answer.fault';
  }

  function ofNewerVersion(error: unknown, fields: object): 'answer.newerVersion' {
    log.warn({ ...fields, error }, 'Request refused: its data was written by a newer version');
    return 'answer.newerVersion';
  }

  /** What the desk knows of who or where this is, is of a newer version. What nobody asked, such as the edit of a message, goes back to Teams as not taken. */
  async function unrecognised(incoming: IncomingActivity, error: unknown): Promise<unknown> {
    if (incoming.type !== 'invoke' && incoming.type !== 'message') throw error;
    const language = incoming.locale ?? desk.world.settings.defaultLanguage;
    const words = say(language, ofNewerVersion(error, { type: incoming.type }));
    if (incoming.type === 'invoke') return shown(cards.message(words, { language, zone, tone: 'attention' }));
    await reply(incoming, textActivity(words));
    return undefined;
  }

  // --- buttons ---

  async function invoke(incoming: IncomingActivity, caller: Caller | undefined): Promise<unknown> {
    const action = isObject(incoming.value) ? incoming.value['action'] : undefined;
    const language = caller?.speech.language ?? incoming.locale ?? desk.world.settings.defaultLanguage;
    if (incoming.name !== 'adaptiveCard/action') return refused(400, 'BadRequest', say(language, 'answer.badCard'));
    const press = isObject(action)
      ? readPress(
          action['verb'],
          action['data'],
          { conversationId: incoming.conversationId, messageId: incoming.replyToId },
          incoming.personal,
        )
      : undefined;
    if (!caller) return refused(401, 'Unauthorized', say(language, 'answer.whoAreYou'));
    if (!press)
      return shown(
        cards.message(say(caller.speech.language, 'answer.badCard'), { ...caller.speech, tone: 'attention' }),
      );
    try {
      return shown(await actions.act(press, caller));
    } catch (error) {
      const why = whyNot(
        error,
        { verb: loggedVerb(press.verb), claim: press.claim },
        'Could not execute a card action',
      );
      return shown(cards.message(say(caller.speech.language, why), { ...caller.speech, tone: 'attention' }));
    }
  }

  // --- messages ---

  /** Teams delivers a message again where its answer takes long, as with files: it is answered once. */
  function once(incoming: IncomingActivity, work: () => Promise<void>): Promise<void> {
    return incoming.id === '' ? work() : desk.heard.once(messageKey(incoming), work);
  }

  async function message(incoming: IncomingActivity, caller: Caller | undefined): Promise<void> {
    if (!caller) {
      if (incoming.personal || incoming.mentionsBot)
        await reply(
          incoming,
          textActivity(say(incoming.locale ?? desk.world.settings.defaultLanguage, 'answer.whoAreYou')),
        );
      return;
    }
    try {
      if (isObject(incoming.value) && incoming.text === '') await submitted(incoming, caller);
      else if (incoming.personal) await personal(incoming, caller);
      else await inChannel(incoming, caller);
    } catch (error) {
      await reply(incoming, textActivity(say(caller.speech.language, whyNot(error, {}, 'Could not answer a message'))));
    }
  }

  /** Clients without Action.Execute send the same data as a message: the card is then edited in place. */
  async function submitted(incoming: IncomingActivity, caller: Caller): Promise<void> {
    const pressed = { conversationId: incoming.conversationId, messageId: incoming.replyToId };
    const press = readPress(undefined, incoming.value, pressed, incoming.personal);
    if (!press)
      return answer(incoming, caller, {
        card: cards.message(say(caller.speech.language, 'answer.badCard'), { ...caller.speech, tone: 'attention' }),
      });
    const card = await actions.act(press, caller);
    if (!incoming.personal) return answer(incoming, caller, { card });
    const sent =
      incoming.replyToId === ''
        ? undefined
        : await connector.update(incoming.place, pressed, cardActivity(card), REPLY);
    if (sent?.kind !== 'delivered') await answer(incoming, caller, { card });
  }

  async function personal(incoming: IncomingActivity, caller: Caller): Promise<void> {
    const text = plainText(incoming.text, incoming.botMention);
    const files = attachedFiles(incoming.attachments);
    if (files.length > 0)
      return answer(incoming, caller, await takeFiles({ desk, cards, actions, fetchFile }, files, text, caller));
    await answer(incoming, caller, await conversation.answer(text, caller, incoming));
  }

  /** In a claim's thread everything is a comment but a command to the bot; elsewhere the bot answers when it is mentioned. */
  async function inChannel(incoming: IncomingActivity, caller: Caller): Promise<void> {
    const text = plainText(incoming.text, incoming.botMention);
    const claim: ClaimId | undefined = await desk.claimByThread(incoming.conversationId);
    if (claim) {
      const command = incoming.mentionsBot ? conversation.inThread(text, claim) : undefined;
      const said = command
        ? await conversation.answer(command, caller, incoming)
        : await threads.said(claim, text, incoming, caller);
      return said ? answer(incoming, caller, said) : undefined;
    }
    if (incoming.mentionsBot) await answer(incoming, caller, await conversation.answer(text, caller, incoming));
  }

  /** Answers where it was asked; what others in a channel may not read goes to the caller's own chat. */
  async function answer(incoming: IncomingActivity, caller: Caller, said: CommandReply): Promise<void> {
    const activity = 'card' in said ? cardActivity(said.card) : textActivity(said.text);
    if (incoming.personal || said.forAll) return reply(incoming, activity);
    const chat = (await desk.people.find(caller.person.id))?.chat;
    const sent = chat && (await connector.send(chat, chat.conversationId, activity, REPLY));
    await reply(
      incoming,
      textActivity(
        say(caller.speech.language, sent?.kind === 'delivered' ? 'answer.privately' : 'answer.writePrivately'),
      ),
    );
  }

  async function reply(incoming: IncomingActivity, activity: OutboundActivity): Promise<void> {
    const sent: SendResult = await connector.send(incoming.place, incoming.conversationId, activity, REPLY);
    if (sent.kind !== 'delivered')
      log.warn({ sent: sent.kind, reason: 'reason' in sent ? sent.reason : undefined }, 'Could not send an answer');
  }

  // --- coming and going ---

  async function added(incoming: IncomingActivity, caller: Caller | undefined): Promise<undefined> {
    if (!incoming.personal) {
      if (incoming.place.teamId !== undefined) await desk.teamJoined(incoming.place.teamId);
      if (incoming.type === 'installationUpdate' && !incoming.groupChat) await helloChannel(incoming, caller);
      return undefined;
    }
    // An update of the app is no arrival.
    if (!caller || incoming.action === 'add-upgrade' || !(await isWelcomeDue(caller.person))) return undefined;
    await reply(
      incoming,
      cardActivity(conversation.welcome(caller.person, await desk.memberBy(caller.person.id), caller.speech)),
    );
    return undefined;
  }

  /** Says what the channel can be used for, as long as nobody has said what it is used for. */
  async function helloChannel(incoming: IncomingActivity, caller: Caller | undefined): Promise<void> {
    const purposes = await desk.people.channelsAt(incoming.place.conversationId);
    if (purposes.length === 0)
      await reply(
        incoming,
        textActivity(say(caller?.speech.language ?? desk.world.settings.defaultLanguage, 'answer.helloChannel')),
      );
  }

  async function isWelcomeDue({ id }: Person): Promise<boolean> {
    let due = false;
    await desk.people.alter(id, (person) => {
      due = person.welcomedAt === undefined || desk.now() - person.welcomedAt >= WELCOME_MS;
      return due ? { ...person, welcomedAt: desk.now() } : person;
    });
    return due;
  }

  async function removed(incoming: IncomingActivity): Promise<undefined> {
    if (!incoming.personal) await desk.channelLost(incoming.place);
    else if (incoming.from.person) await desk.leave(incoming.from.person);
    return undefined;
  }

  return turn;
}
