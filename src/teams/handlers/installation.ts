/** The bot is added to a conversation, or removed from it; channels and teams go and come back. */
import type { Desk } from '../../desk/desk.ts';
import { say } from '../../locales/say.ts';
import type { BotAdded, BotRemoved, ChannelChanged } from '../activity.ts';
import { cardActivity, textActivity } from '../sending/messenger.ts';
import type { Caller } from './caller.ts';
import type { Responder } from './responder.ts';
import type { TextCommands } from './textCommands.ts';

/** Welcomes users and greets channels; records when the bot is removed. */
export interface InstallationHandler {
  added(activity: BotAdded, caller: Caller | undefined): Promise<void>;
  removed(activity: BotRemoved): Promise<void>;
  /** A channel or team was deleted or archived, or is back. */
  channelChanged(activity: ChannelChanged): Promise<void>;
}

/** `caller` is undefined where Teams does not say which user added the bot. */
export function createInstallationHandler(
  desk: Desk,
  commands: TextCommands,
  responder: Responder,
): InstallationHandler {
  async function welcome(activity: BotAdded, { person, speech }: Caller): Promise<void> {
    const { how, at } = activity;
    if (!(await desk.claimWelcome(person.id, { how, ...(at !== undefined && { at }) }))) return;
    await responder.reply(activity, cardActivity(await commands.welcome(person, speech)));
  }

  /** Tells a channel what it can be used for, unless it has a purpose already. */
  async function greetChannel(activity: BotAdded, caller: Caller | undefined): Promise<void> {
    const { teamId, tenantId, conversationId } = activity.place;
    if (teamId !== undefined && !activity.isOwnChannel) await desk.teamJoined({ teamId, tenantId }, activity.at);
    // An update of the app is no installation.
    if (activity.how !== 'installed' || activity.chat === 'group') return;
    if ((await desk.channelPurposes(conversationId)).length > 0) return;
    const language = caller?.speech.language ?? desk.settings.defaultLanguage;
    await responder.reply(activity, textActivity(say(language, 'answer.helloChannel')));
  }

  return {
    async added(activity, caller) {
      if (activity.chat !== 'personal') await greetChannel(activity, caller);
      else if (caller) await welcome(activity, caller);
    },
    async removed({ chat, place: { conversationId, teamId, tenantId }, isOwnChannel, from, at }) {
      if (chat === 'personal') {
        if (from.person) await desk.leave(from.person, at);
        return;
      }
      const isTeam = teamId !== undefined && !isOwnChannel;
      await desk.channelLost({ tenantId, conversationId, ...(isTeam && { teamId }) }, 'removed', at);
    },
    async channelChanged({ what, of, place: { tenantId }, at }) {
      if (what === 'teamBack') {
        if ('teamId' in of) await desk.teamJoined({ ...of, tenantId }, at);
      } else if (what === 'channelRestored') {
        if ('conversationId' in of) await desk.channelRestored({ ...of, tenantId }, at);
      } else await desk.channelLost({ ...of, tenantId }, what, at);
    },
  };
}
