/**
 * Parses activities: who sent what, and where. Identity comes from the authenticated activity, never from a card's
 * data.
 */
import type { PersonId } from '../domain/claims/values.ts';
import { cleanLine } from '../domain/claims/text.ts';
import type { Place } from '../desk/directory/people.ts';
import { personId } from '../desk/directory/people.ts';
import type { Language } from '../desk/ports/system.ts';
import { languageOf } from '../locales/say.ts';
import { isObject } from '../shared/objects.ts';

/** An activity as it arrived: a JSON object with nothing else checked. */
export type RawActivity = Readonly<Record<string, unknown>>;

/** The sender and the conversation of an activity, each part checked. */
export interface Origin {
  readonly id: string;
  /** A group chat has several people and no team: no claim is posted there, and the bot cannot start threads. */
  readonly chat: 'personal' | 'group' | 'channel';
  /** The conversation as the activity names it, with the thread's message id in a channel. */
  readonly conversationId: string;
  /** The chat, or the channel without a thread. */
  readonly place: Place;
  /** Whether it is a private or shared channel, into which the bot is brought and from which it is taken by itself. */
  readonly isOwnChannel: boolean;
  readonly from: { readonly teamsId: string; readonly person?: PersonId; readonly name: string };
  readonly locale?: Language;
  /** When it happened, as Teams says (ms since 1970). */
  readonly at?: number;
}

/** A message as it was written: its text, in which format, whom it mentions, and what is attached to it. */
export interface MessageText {
  readonly text: string;
  /** As Teams says: `plain`, `markdown`, `xml`; empty where it does not. */
  readonly textFormat: string;
  readonly mentionsBot: boolean;
  /** How the bot is mentioned in the text (`<at>Claims desk</at>`); empty where it is not. */
  readonly botMention: string;
  /** Every mention in the text, as it is there. */
  readonly mentions: readonly string[];
  /** Whether it answers a message that is marked in its text. */
  readonly quotes: boolean;
  readonly attachments: readonly RawActivity[];
}

/** A message was written. */
export interface MessageReceived extends Origin, MessageText {
  readonly type: 'message';
}

/** A card's data sent as a message without text, by clients that do not know Action.Execute. */
export interface CardSubmitted extends Origin {
  readonly type: 'cardSubmitted';
  readonly data: RawActivity;
  /** The message with the card; empty where the activity does not say. */
  readonly replyToId: string;
}

/** A button of a card was pressed. `verb` and `data` come from the client and are not checked. */
export interface CardActionInvoked extends Origin {
  readonly type: 'cardAction';
  readonly verb: unknown;
  readonly data: unknown;
  readonly replyToId: string;
}

/** An invoke that the bot does not know. */
export interface UnknownInvoke extends Origin {
  readonly type: 'unknownInvoke';
}

/** A message was edited, or its deletion undone. */
export interface MessageEdited extends Origin, MessageText {
  readonly type: 'messageEdited';
  readonly isRestored: boolean;
}

/** A message was deleted. */
export interface MessageDeleted extends Origin {
  readonly type: 'messageDeleted';
  readonly mentionsBot: boolean;
}

/**
 * The bot was added to a conversation: `installed` with the app, `upgraded` with a new version of it, or only as a
 * member.
 */
export interface BotAdded extends Origin {
  readonly type: 'botAdded';
  readonly how: 'installed' | 'upgraded' | 'member';
}

/** The bot was removed from a conversation. */
export interface BotRemoved extends Origin {
  readonly type: 'botRemoved';
}

/**
 * A channel or a team was deleted or archived, or is back. `conversationId`: the channel, which is not the one that
 * says so; `teamId`: the team with all its channels.
 */
export interface ChannelChanged extends Origin {
  readonly type: 'channelChanged';
  readonly what: 'channelDeleted' | 'channelRestored' | 'teamDeleted' | 'teamArchived' | 'teamBack';
  readonly of: { readonly conversationId: string } | { readonly teamId: string };
}

/** Anything else. In a personal chat it still shows that the person can be reached. */
export interface OtherActivity extends Origin {
  readonly type: 'other';
  readonly mentionsBot: boolean;
}

/** The activities that the bot handles. */
export type IncomingActivity =
  | MessageReceived
  | CardSubmitted
  | CardActionInvoked
  | UnknownInvoke
  | MessageEdited
  | MessageDeleted
  | BotAdded
  | BotRemoved
  | ChannelChanged
  | OtherActivity;

/** Whether Teams expects the answer in the HTTP response to this request. */
export function isInvoke(activity: IncomingActivity): activity is CardActionInvoked | UnknownInvoke {
  return activity.type === 'cardAction' || activity.type === 'unknownInvoke';
}

const MAX_ID = 500;
const OWN_CHANNELS: ReadonlySet<string> = new Set(['private', 'shared']);
/** The events of `conversationUpdate` after which a channel can be reached no more, or again. */
const CHANNEL_EVENTS: Readonly<Record<string, ChannelChanged['what']>> = {
  channelDeleted: 'channelDeleted',
  channelRestored: 'channelRestored',
  teamDeleted: 'teamDeleted',
  teamHardDeleted: 'teamDeleted',
  teamArchived: 'teamArchived',
  teamUnarchived: 'teamBack',
  teamRestored: 'teamBack',
};

/** A text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An own property of an object; undefined for anything else, so that prototypes cannot be reached. */
export function ownProperty(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Parses an activity; `wrong` names the field that is missing or malformed. */
export function readIncoming(activity: RawActivity): IncomingActivity | { readonly wrong: string } {
  const origin = originOf(activity);
  return 'wrong' in origin ? origin : kindOf(activity, origin);
}

function originOf(activity: RawActivity): Origin | { readonly wrong: string } {
  for (const name of ['from', 'recipient', 'conversation'] as const) {
    const id = textOf(ownProperty(activity[name], 'id'));
    if (id === '' || id.length > MAX_ID) return { wrong: `${name}.id` };
  }
  const serviceUrl = textOf(activity['serviceUrl']);
  if (!URL.canParse(serviceUrl)) return { wrong: 'serviceUrl' };
  const { channelData, conversation, from } = activity;
  if (channelData !== undefined && channelData !== null && !isObject(channelData)) return { wrong: 'channelData' };
  const conversationId = textOf(ownProperty(conversation, 'id'));
  const conversationTenant = textOf(ownProperty(conversation, 'tenantId')).toLowerCase();
  const channelTenant = textOf(ownProperty(ownProperty(channelData, 'tenant'), 'id')).toLowerCase();
  const tenantId = channelTenant || conversationTenant;
  const teamId = textOf(ownProperty(ownProperty(channelData, 'team'), 'id'));
  const locale = languageOf(activity['locale']);
  const at = Date.parse(textOf(activity['timestamp']));
  return {
    id: textOf(activity['id']),
    chat: chatOf(ownProperty(conversation, 'conversationType')),
    conversationId,
    place: {
      conversationId: conversationId.split(';')[0] ?? conversationId,
      serviceUrl,
      tenantId,
      botId: botIdOf(activity),
      ...(teamId !== '' && teamId.length <= MAX_ID && { teamId }),
    },
    isOwnChannel: OWN_CHANNELS.has(textOf(ownProperty(ownProperty(channelData, 'channel'), 'type')).toLowerCase()),
    from: readSender(from, tenantId, conversationTenant),
    ...(locale && { locale }),
    ...(!Number.isNaN(at) && { at }),
  };
}

function chatOf(conversationType: unknown): Origin['chat'] {
  switch (conversationType) {
    case 'personal':
      return 'personal';
    case 'groupChat':
      return 'group';
    default:
      return 'channel';
  }
}

function botIdOf(activity: RawActivity): string {
  return textOf(ownProperty(activity['recipient'], 'id'));
}

function kindOf(activity: RawActivity, origin: Origin): IncomingActivity {
  const written = writtenIn(activity);
  const { mentionsBot } = written;
  const replyToId = textOf(activity['replyToId']);
  const { value } = activity;
  switch (activity['type']) {
    case 'message': {
      if (isObject(value) && written.text === '') return { ...origin, type: 'cardSubmitted', data: value, replyToId };
      return { ...origin, type: 'message', ...written };
    }
    case 'invoke': {
      if (activity['name'] !== 'adaptiveCard/action') return { ...origin, type: 'unknownInvoke' };
      const action = isObject(value) ? value['action'] : undefined;
      const { verb, data } = isObject(action) ? action : {};
      return { ...origin, type: 'cardAction', verb, data, replyToId };
    }
    case 'messageUpdate':
      return { ...origin, type: 'messageEdited', ...written, isRestored: eventIn(activity) === 'undeleteMessage' };
    case 'messageDelete':
      return { ...origin, type: 'messageDeleted', mentionsBot };
    case 'installationUpdate': {
      const action = textOf(activity['action']);
      if (action.startsWith('remove')) return { ...origin, type: 'botRemoved' };
      // `upgrade` and `add-upgrade` tell of a new version of the app, as may what is not known yet.
      return { ...origin, type: 'botAdded', how: action === 'add' ? 'installed' : 'upgraded' };
    }
    case 'conversationUpdate': {
      const changed = changedChannel(activity, origin);
      if (changed) return { ...origin, type: 'channelChanged', ...changed };
      if (includesBot(activity['membersRemoved'], botIdOf(activity))) return { ...origin, type: 'botRemoved' };
      if (includesBot(activity['membersAdded'], botIdOf(activity)))
        return { ...origin, type: 'botAdded', how: 'member' };
      return { ...origin, type: 'other', mentionsBot };
    }
    default:
      return { ...origin, type: 'other', mentionsBot };
  }
}

/**
 * The sender. A person only with a tenant and an object id, and where both statements of the tenant agree. The name is
 * cleaned, as it goes into plain lines.
 */
function readSender(from: unknown, tenantId: string, conversationTenant: string): Origin['from'] {
  const objectId = textOf(ownProperty(from, 'aadObjectId'));
  const known =
    /^[\w-]{1,64}$/.test(objectId) &&
    /^[\w-]{1,64}$/.test(tenantId) &&
    (conversationTenant === '' || conversationTenant === tenantId);
  return {
    teamsId: textOf(ownProperty(from, 'id')),
    name: cleanLine(textOf(ownProperty(from, 'name')).slice(0, MAX_ID)),
    ...(known && { person: personId(tenantId, objectId) }),
  };
}

function writtenIn(activity: RawActivity): MessageText {
  const botId = botIdOf(activity);
  const entities: readonly unknown[] = Array.isArray(activity['entities']) ? activity['entities'] : [];
  const mentions = entities.filter((entity) => ownProperty(entity, 'type') === 'mention');
  const ofBot = mentions.find((entity) => ownProperty(ownProperty(entity, 'mentioned'), 'id') === botId);
  return {
    text: textOf(activity['text']),
    textFormat: textOf(activity['textFormat']).toLowerCase(),
    mentionsBot: ofBot !== undefined,
    botMention: textOf(ownProperty(ofBot, 'text')),
    mentions: mentions.map((entity) => textOf(ownProperty(entity, 'text'))),
    quotes: entities.some((entity) => ownProperty(entity, 'type') === 'quotedReply'),
    attachments: Array.isArray(activity['attachments']) ? activity['attachments'].filter(isObject) : [],
  };
}

/** What happened to a channel or team; Teams says it in the team's first channel. */
function changedChannel(activity: RawActivity, origin: Origin): Pick<ChannelChanged, 'what' | 'of'> | undefined {
  const event = eventIn(activity);
  const what = Object.hasOwn(CHANNEL_EVENTS, event) ? CHANNEL_EVENTS[event] : undefined;
  if (!what) return undefined;
  if (!what.startsWith('channel')) return { what, of: { teamId: origin.place.teamId ?? origin.place.conversationId } };
  const conversationId = textOf(ownProperty(ownProperty(activity['channelData'], 'channel'), 'id'));
  const isId = conversationId !== '' && conversationId.length <= MAX_ID;
  return isId ? { what, of: { conversationId } } : undefined;
}

/** What happened, in Teams' own words: `editMessage`, `channelDeleted`; empty where the activity does not say. */
function eventIn(activity: RawActivity): string {
  return textOf(ownProperty(activity['channelData'], 'eventType'));
}

function includesBot(members: unknown, botId: string): boolean {
  return Array.isArray(members) && members.some((one: unknown) => ownProperty(one, 'id') === botId);
}

/** Identifies a message across all conversations; comments and idempotency keys refer to it. */
export function messageKey(incoming: Pick<Origin, 'conversationId' | 'id'>): string {
  return `${incoming.conversationId}/${incoming.id}`;
}
