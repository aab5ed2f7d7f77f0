/** Who and where: read from the authenticated activity, never from a card's data. */
import type { PersonId } from '../domain/claims/values.ts';
import { cleanLine } from '../domain/claims/text.ts';
import type { Place } from '../desk/directory/people.ts';
import { personId } from '../desk/directory/people.ts';
import type { Language } from '../desk/ports/system.ts';
import { languageOf } from '../locales/say.ts';
import { isObject } from '../shared/objects.ts';

/** An activity as it came in: a JSON object of which nothing is certain but that it is one. */
export type RawActivity = Readonly<Record<string, unknown>>;

/** The parts of an activity that the bot goes by, each of the type it must have. */
export interface IncomingActivity {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
  readonly replyToId: string;
  readonly action: string;
  /** What kind of change a messageUpdate or messageDelete tells of (`editMessage`, `undeleteMessage`, `softDeleteMessage`). */
  readonly eventType: string;
  readonly personal: boolean;
  /** Several people without a team: no claim has its home there, and the bot can start no threads. */
  readonly groupChat: boolean;
  /** The conversation as it stands in the activity, with the thread's message id in a channel. */
  readonly conversationId: string;
  /** The chat, or the channel without a thread. */
  readonly place: Place;
  readonly from: { readonly teamsId: string; readonly person?: PersonId; readonly name: string };
  readonly locale?: Language;
  readonly mentionsBot: boolean;
  /** How the bot is mentioned in the text (`<at>Claims desk</at>`); empty where it is not. */
  readonly botMention: string;
  /** The bot itself was added to or removed from the conversation. */
  readonly botAdded: boolean;
  readonly botRemoved: boolean;
  readonly attachments: readonly RawActivity[];
}

const MAX_ID = 500;

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An object's own member; undefined of anything else. */
export function ownProperty(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The activity, if it says who sent it to whom and where; otherwise the name of what is missing or wrong. */
export function readIncoming(activity: RawActivity): IncomingActivity | { readonly wrong: string } {
  for (const name of ['from', 'recipient', 'conversation'] as const) {
    const id = textOf(ownProperty(activity[name], 'id'));
    if (id === '' || id.length > MAX_ID) return { wrong: `${name}.id` };
  }
  const serviceUrl = textOf(activity['serviceUrl']);
  if (!URL.canParse(serviceUrl)) return { wrong: 'serviceUrl' };
  const { channelData, conversation, from } = activity;
  if (channelData !== undefined && channelData !== null && !isObject(channelData)) return { wrong: 'channelData' };
  const conversationId = textOf(ownProperty(conversation, 'id'));
  const channelTenant = textOf(ownProperty(ownProperty(channelData, 'tenant'), 'id'));
  const tenantId = (channelTenant || textOf(ownProperty(conversation, 'tenantId'))).toLowerCase();
  const botId = textOf(ownProperty(activity['recipient'], 'id'));
  const teamId = textOf(ownProperty(ownProperty(channelData, 'team'), 'id'));
  const locale = languageOf(activity['locale']);
  return {
    type: textOf(activity['type']),
    id: textOf(activity['id']),
    name: textOf(activity['name']),
    text: textOf(activity['text']),
    value: activity['value'],
    replyToId: textOf(activity['replyToId']),
    action: textOf(activity['action']),
    eventType: textOf(ownProperty(channelData, 'eventType')),
    personal: textOf(ownProperty(conversation, 'conversationType')) === 'personal',
    groupChat: textOf(ownProperty(conversation, 'conversationType')) === 'groupChat',
    conversationId,
    place: {
      conversationId: conversationId.split(';')[0] ?? conversationId,
      serviceUrl,
      tenantId,
      botId,
      ...(teamId !== '' && teamId.length <= MAX_ID && { teamId }),
    },
    from: readSender(from, tenantId, textOf(ownProperty(conversation, 'tenantId')).toLowerCase()),
    ...(locale && { locale }),
    ...mentionIn(activity['entities'], botId),
    botAdded: lists(activity['membersAdded'], botId),
    botRemoved: lists(activity['membersRemoved'], botId),
    attachments: Array.isArray(activity['attachments']) ? activity['attachments'].filter(isObject) : [],
  };
}

/** A person only where tenant and object id are both there, and two statements of the tenant do not differ. Their name stands in plain lines, so it is cleaned here. */
function readSender(from: unknown, tenantId: string, conversationTenant: string): IncomingActivity['from'] {
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

function mentionIn(entities: unknown, botId: string): Pick<IncomingActivity, 'mentionsBot' | 'botMention'> {
  const all: readonly unknown[] = Array.isArray(entities) ? entities : [];
  const mention = all.find(
    (entity) =>
      ownProperty(entity, 'type') === 'mention' && ownProperty(ownProperty(entity, 'mentioned'), 'id') === botId,
  );
  return { mentionsBot: mention !== undefined, botMention: textOf(ownProperty(mention, 'text')) };
}

function lists(members: unknown, botId: string): boolean {
  return Array.isArray(members) && members.some((one: unknown) => ownProperty(one, 'id') === botId);
}

/** What a message is known by, in every conversation. */
export function messageKey(incoming: Pick<IncomingActivity, 'conversationId' | 'id'>): string {
  return `${incoming.conversationId}/${incoming.id}`;
}
