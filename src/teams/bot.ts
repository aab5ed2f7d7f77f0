/** The Teams channel: passes each activity to its handler and answers faults. It decides nothing about claims. */
import type { Desk } from '../desk/desk.ts';
import type { Language, Log } from '../desk/ports/system.ts';
import { StandstillError } from '../desk/life/standstill.ts';
import { RightsBrokenError } from '../desk/directory/rightsCheck.ts';
import { HistoryBrokenError } from '../desk/records/historyCheck.ts';
import { isOfNewerVersion } from '../desk/records/schemaVersion.ts';
import type { ClaimId } from '../domain/claims/values.ts';
import { say } from '../locales/say.ts';
import type {
  CardActionInvoked,
  CardSubmitted,
  IncomingActivity,
  MessageDeleted,
  MessageReceived,
} from './activity.ts';
import { isInvoke, messageKey } from './activity.ts';
import type { ActivityHandler } from './adapter.ts';
import type { Cards } from './cards/cards.ts';
import { loggedVerb } from './cards/verbs.ts';
import type { FetchFile } from './files/attachments.ts';
import type { Caller } from './handlers/caller.ts';
import { createCardActions } from './handlers/cardActions.ts';
import { createClaimReplies } from './handlers/claimReplies.ts';
import { createFileUploads } from './handlers/fileUploads.ts';
import { createInstallationHandler } from './handlers/installation.ts';
import { createMessageHandler } from './handlers/messages.ts';
import { readPress } from './handlers/press.ts';
import { createResponder } from './handlers/responder.ts';
import type { TimeTravel } from './handlers/textCommands.ts';
import { createTextCommands } from './handlers/textCommands.ts';
import { createThreadReplies } from './handlers/threadReplies.ts';
import { errorResponse, cardResponse } from './invokeResponse.ts';
import type { Connector } from './sending/connector.ts';
import { textActivity } from './sending/messenger.ts';

/** What the bot needs. */
export interface BotParts {
  readonly desk: Desk;
  readonly cards: Cards;
  readonly connector: Connector;
  readonly fetchFile: FetchFile;
  readonly log: Log;
  /** The command `time` of the playground. */
  readonly timeTravel?: TimeTravel;
}

/**
 * Whether an activity is for the desk, and which claim its thread or message belongs to. Where the bot may read every
 * message of a team, most are not for it; then nothing about their senders is stored.
 */
type Addressed =
  | { readonly kind: 'ignored' }
  /** `isComment`: the message itself is a comment of the claim, not only in its thread. */
  | { readonly kind: 'handled'; readonly claim?: ClaimId; readonly isComment?: true };

/** The handler of all activities: ignores what is not for the desk, and answers the rest. */
export function createBot({ desk, cards, connector, fetchFile, log, timeTravel }: BotParts): ActivityHandler {
  const { zone, programme, defaultLanguage } = desk.settings;
  const responder = createResponder(connector, log);
  const replies = createClaimReplies(desk, cards);
  const uploads = createFileUploads({ desk, cards, replies, fetchFile });
  const actions = createCardActions(desk, cards, replies, uploads);
  const commands = createTextCommands({ desk, cards, actions, replies, ...(timeTravel && { timeTravel }) });
  const threads = createThreadReplies(desk, cards);
  const installation = createInstallationHandler(desk, commands, responder);
  const messages = createMessageHandler({
    desk,
    cards,
    connector,
    actions,
    commands,
    threads,
    responder,
    uploads,
  });

  async function handle(activity: IncomingActivity): Promise<unknown> {
    const addressed = await addressedTo(activity);
    if (addressed.kind === 'ignored') {
      // Ignored, but it shows that the channel can be reached.
      if (activity.from.person) await desk.channelSeen(activity.place);
      return undefined;
    }
    const caller = await callerOf(activity);
    switch (activity.type) {
      case 'cardAction':
        return cardAction(activity, caller);
      case 'unknownInvoke':
        return errorResponse(400, 'BadRequest', say(languageFor(activity, caller), 'answer.badCard'));
      case 'message':
        return answerOnce(activity, caller, (known) => messages.received(activity, addressed.claim, known));
      case 'cardSubmitted':
        return answerOnce(activity, caller, (known) => messages.submitted(activity, known));
      case 'messageEdited':
        if (caller)
          await tellingWhyHeld(activity, caller, () =>
            messages.edited(activity, addressed.claim, addressed.isComment ?? false, caller),
          );
        return undefined;
      case 'messageDeleted':
        if (caller && addressed.claim) {
          const { claim } = addressed;
          await tellingWhyHeld(activity, caller, () => threads.deleted(activity, claim, caller));
        }
        return undefined;
      case 'botAdded':
        await installation.added(activity, caller);
        return undefined;
      case 'botRemoved':
        await installation.removed(activity);
        return undefined;
      case 'channelChanged':
        await installation.channelChanged(activity);
        return undefined;
      case 'other':
        return undefined;
    }
  }

  /** Whether an activity that is of no claim is for the desk: in a personal chat, or where the bot is mentioned. */
  function toTheDesk({ chat, mentionsBot }: Pick<MessageDeleted, 'chat' | 'mentionsBot'>): Addressed {
    return { kind: chat === 'personal' || mentionsBot ? 'handled' : 'ignored' };
  }

  async function addressedTo(activity: IncomingActivity): Promise<Addressed> {
    const isPersonal = activity.chat === 'personal';
    switch (activity.type) {
      case 'message':
      case 'messageEdited': {
        const commented = activity.type === 'message' ? undefined : await desk.claimByMessage(messageKey(activity));
        if (commented) return { kind: 'handled', claim: commented, isComment: true };
        const claim = isPersonal ? undefined : await desk.claimByThread(activity.conversationId);
        return claim ? { kind: 'handled', claim } : toTheDesk(activity);
      }
      case 'messageDeleted': {
        const claim = await desk.claimByMessage(messageKey(activity));
        return claim ? { kind: 'handled', claim } : toTheDesk(activity);
      }
      case 'other':
        return toTheDesk(activity);
      case 'cardAction':
      case 'unknownInvoke':
      case 'cardSubmitted':
      case 'botAdded':
      case 'botRemoved':
      case 'channelChanged':
        return { kind: 'handled' };
    }
  }

  /** The sender. Every activity updates their chat, name and language; a removal does not count as being reachable. */
  async function callerOf({ type, from, chat, place, locale }: IncomingActivity): Promise<Caller | undefined> {
    // Who deletes or archives a channel asks nothing of the desk, and a dead channel is no sign of life.
    if (!from.person || type === 'channelChanged') return undefined;
    const isReachable = type !== 'botRemoved';
    const isPersonal = chat === 'personal';
    if (!isPersonal && isReachable) await desk.channelSeen(place);
    const { person, language } = await desk.greet({
      id: from.person,
      name: from.name,
      ...(locale && { locale }),
      ...(isPersonal && isReachable && { chat: place }),
    });
    return { person, speech: { language, zone, programme } };
  }

  function languageFor({ locale }: IncomingActivity, caller: Caller | undefined) {
    return caller?.speech.language ?? locale ?? defaultLanguage;
  }

  async function cardAction(activity: CardActionInvoked, caller: Caller | undefined): Promise<unknown> {
    if (!caller) return errorResponse(401, 'Unauthorized', say(languageFor(activity, caller), 'answer.whoAreYou'));
    const { speech } = caller;
    const message = { conversationId: activity.conversationId, messageId: activity.replyToId };
    const press = readPress(activity.verb, activity.data, message, activity.chat === 'personal');
    if (!press)
      return cardResponse(cards.message(say(speech.language, 'answer.badCard'), { ...speech, tone: 'attention' }));
    try {
      return cardResponse(await actions.act(press, caller));
    } catch (error) {
      const fields = { verb: loggedVerb(press.verb), claim: press.claim };
      const words = faultWords(error, fields, 'Could not execute a card action', speech.language);
      return cardResponse(cards.message(words, { ...speech, tone: 'attention' }));
    }
  }

  /** Teams delivers a message again when the answer takes long, as with files: it is answered once. */
  async function answerOnce(
    activity: MessageReceived | CardSubmitted,
    caller: Caller | undefined,
    work: (caller: Caller) => Promise<void>,
  ): Promise<void> {
    const answered = (): Promise<void> =>
      caller ? reportingFaults(activity, caller, () => work(caller)) : askForIdentity(activity);
    await (activity.id === '' ? answered() : desk.once(messageKey(activity), answered));
  }

  /**
   * Tells a sender without a tenant, who wrote to the bot or in the thread of a claim, that the desk does not know who
   * they are.
   */
  async function askForIdentity(activity: MessageReceived | CardSubmitted): Promise<void> {
    if (activity.chat !== 'personal' && activity.type !== 'message') return;
    await responder.reply(activity, textActivity(say(languageFor(activity, undefined), 'answer.whoAreYou')));
  }

  async function reportingFaults(activity: IncomingActivity, caller: Caller, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const words = faultWords(error, {}, 'Could not answer a message', caller.speech.language);
      await responder.reply(activity, textActivity(words));
    }
  }

  /**
   * Nothing is written for a claim whose history is broken, or while the desk stands still: Teams would bring an edit
   * again in vain, so its author is told. Any other fault leaves, and Teams brings the activity again.
   */
  async function tellingWhyHeld(activity: IncomingActivity, caller: Caller, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof HistoryBrokenError || error instanceof StandstillError)) throw error;
      const words = faultWords(error, {}, 'Could not take an edited message', caller.speech.language);
      await responder.reply(activity, textActivity(words));
    }
  }

  /**
   * What is answered to a fault. Words of their own where a newer version, which is being rolled out, has written the
   * claim, where a history or a right is not as the desk wrote it (R55), and where the desk stands still after a
   * restore.
   */
  function faultWords(error: unknown, fields: object, sentence: string, language: Language): string {
    if (isOfNewerVersion(error)) return say(language, newerVersion(error, fields));
    if (error instanceof RightsBrokenError) return say(language, 'answer.rightsBroken');
    // The desk has logged it, once.
    if (error instanceof HistoryBrokenError) return say(language, 'answer.historyBroken', { claim: error.claim });
    if (error instanceof StandstillError) return say(language, 'answer.standstill');
    log.error({ ...fields, error }, sentence);
    return say(language, 'answer.fault');
  }

  function newerVersion(error: unknown, fields: object): 'answer.newerVersion' {
    log.warn({ ...fields, error }, 'Request refused: its data was written by a newer version');
    return 'answer.newerVersion';
  }

  /**
   * Answers where the records of the sender or the conversation were written by a newer version or past the desk. An
   * activity without an answer, such as the edit of a message, fails: Teams then knows that it was not processed.
   */
  async function notReadable(activity: IncomingActivity, error: unknown): Promise<unknown> {
    const isMessage = activity.type === 'message' || activity.type === 'cardSubmitted';
    if (!isMessage && !isInvoke(activity)) throw error;
    const language = activity.locale ?? defaultLanguage;
    const words = faultWords(error, { type: activity.type }, 'Could not read who sent a message', language);
    if (!isMessage) return cardResponse(cards.message(words, { language, zone, tone: 'attention' }));
    await responder.reply(activity, textActivity(words));
    return undefined;
  }

  return async (activity) => {
    if (activity.from.teamsId === activity.place.botId) return undefined;
    try {
      return await handle(activity);
    } catch (error) {
      if (!isOfNewerVersion(error) && !(error instanceof RightsBrokenError)) throw error;
      return notReadable(activity, error);
    }
  };
}
