/** The bot is added to a conversation, or removed from it. */
import type { Desk } from '../../desk/desk.ts';
import { say } from '../../locales/say.ts';
import type { BotAdded, BotRemoved } from '../activity.ts';
import { cardActivity, textActivity } from '../sending/messenger.ts';
import type { Caller } from './caller.ts';
import type { Responder } from './responder.ts';
import type { TextCommands } from './textCommands.ts';

/** Welcomes users and greets channels; records when the bot is removed. */
export interface InstallationHandler {
  added(activity: BotAdded, caller: Caller | undefined): Promise<void>;
  removed(activity: BotRemoved): Promise<void>;
}

/** `caller` is undefined where Teams does not say which user added the bot. */
export function createInstallationHandler(
  desk: Desk,
  commands: TextCommands,
  responder: Responder,
): InstallationHandler {
  async function welcome(activity: BotAdded, { person, speech }: Caller): Promise<void> {
    // An update of the app is not an installation.
    if (activity.how === 'upgraded' || !(await desk.claimWelcome(person.id))) return;
    await responder.reply(activity, cardActivity(await commands.welcome(person, speech)));
  }

  /** Tells a channel what it can be used for, unless it has a purpose already. */
  async function greetChannel(activity: BotAdded, caller: Caller | undefined): Promise<void> {
    const { teamId, conversationId } = activity.place;
    if (teamId !== undefined) await desk.teamJoined(teamId);
    if (activity.how === 'member' || activity.chat === 'group') return;
    if ((await desk.channelPurposes(conversationId)).length > 0) return;
    const language = caller?.speech.language ?? desk.settings.defaultLanguage;
    await responder.reply(activity, textActivity(say(language, 'answer.helloChannel')));
  }

  return {
    async added(activity, caller) {
      if (activity.chat !== 'personal') await greetChannel(activity, caller);
      else if (caller) await welcome(activity, caller);
    },
    async removed({ chat, place, from }) {
      if (chat !== 'personal') await desk.channelLost(place);
      else if (from.person) await desk.leave(from.person);
    },
  };
}
