/** The conversations of the recording connector, as people would see them. */
import type { Call } from './connector.ts';

/** A message as it is now. A deleted one is in no conversation. */
export interface Message {
  readonly id: string;
  readonly text?: string;
  /** The content of the first adaptive card. */
  readonly card?: Readonly<Record<string, unknown>>;
  readonly replyTo?: string;
  /** How often it was replaced. */
  readonly edits: number;
}

/** What the connector answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The conversations, and the effect of each call on them. */
export function conversationRoom() {
  const rooms = new Map<string, Message[]>();
  let lastId = 0;

  /** Ids as Teams gives them: `1:` and letters in chats, digits in channels. */
  function newId(conversationId: string): string {
    lastId += 1;
    return isChannel(conversationId)
      ? String(1_790_000_000_000 + lastId)
      : `1:${lastId.toString(36).padStart(10, '0')}`;
  }

  function post(
    conversationId: string,
    activity: unknown,
    replyTo?: string,
  ): { readonly id: string; readonly conversation: string } {
    const id = newId(conversationId);
    const conversation =
      isChannel(conversationId) && !conversationId.includes(';') ? `${conversationId};messageid=${id}` : conversationId;
    const messages = rooms.get(conversation) ?? [];
    rooms.set(conversation, messages);
    messages.push({ ...contentOf(activity), id, edits: 0, ...(replyTo !== undefined && { replyTo }) });
    return { id, conversation };
  }

  function create(body: unknown): Answer {
    const channel = member(member(member(body, 'channelData'), 'channel'), 'id');
    const activity = member(body, 'activity');
    if (typeof channel === 'string') {
      const { id, conversation } = post(channel, activity);
      return { status: 201, body: { id: conversation, activityId: id } };
    }
    const members = member(body, 'members');
    const person = Array.isArray(members) ? member(members[0], 'id') : undefined;
    if (typeof person !== 'string' || typeof member(body, 'tenantId') !== 'string')
      return { status: 400, body: refusal('BadSyntax') };
    const conversation = `a:1${person.replace(/^29:/, '')}`;
    return {
      status: 201,
      body: { id: conversation, ...(activity !== undefined && { activityId: post(conversation, activity).id }) },
    };
  }

  /** Replaces a message; without a content it is deleted. */
  function change(conversationId: string, id: string, activity?: unknown): Answer {
    const messages = rooms.get(conversationId) ?? [];
    const at = messages.findIndex((message) => message.id === id);
    const known = messages[at];
    if (!known) return { status: 404, body: refusal('ActivityNotFoundInConversation') };
    const { replyTo, edits } = known;
    const changed =
      activity === undefined
        ? []
        : [{ ...contentOf(activity), id, edits: edits + 1, ...(replyTo !== undefined && { replyTo }) }];
    messages.splice(at, 1, ...changed);
    return activity === undefined ? { status: 200 } : { status: 200, body: { id } };
  }

  return {
    messages: (conversationId: string): readonly Message[] => [...(rooms.get(conversationId) ?? [])],
    conversations: (): readonly string[] => [...rooms.keys()],
    serve({ method, path, conversationId, activityId, body }: Call): Answer {
      if (!path.startsWith('/v3/conversations')) return { status: 404, body: refusal('NotFound') };
      if (conversationId === undefined)
        return method === 'POST' ? create(body) : { status: 405, body: refusal('MethodNotAllowed') };
      const rest = path.slice(`/v3/conversations/${conversationId}`.length);
      if (method === 'GET' && /^\/(members|pagedmembers)\/?$/.test(rest))
        return { status: 200, body: rest.includes('paged') ? { members: [] } : [] };
      if (!/^\/activities(\/|$)/.test(rest)) return { status: 404, body: refusal('NotFound') };
      if (method === 'POST') return { status: 201, body: { id: post(conversationId, body, activityId).id } };
      if (activityId !== undefined && method === 'PUT') return change(conversationId, activityId, body ?? {});
      if (activityId !== undefined && method === 'DELETE') return change(conversationId, activityId);
      return { status: 405, body: refusal('MethodNotAllowed') };
    },
  };
}

/** An error in the connector's format. */
export function refusal(code: string): unknown {
  return { error: { code, message: `the connector refuses: ${code}` } };
}

function isChannel(conversationId: string): boolean {
  return conversationId.includes('@thread.tacv2');
}

function contentOf(activity: unknown): Pick<Message, 'text' | 'card'> {
  const text = member(activity, 'text');
  const attachments = member(activity, 'attachments');
  const cards: unknown[] = Array.isArray(attachments)
    ? attachments.filter((one) => member(one, 'contentType') === 'application/vnd.microsoft.card.adaptive')
    : [];
  const card = member(cards[0], 'content');
  return {
    ...(typeof text === 'string' && { text }),
    ...(card !== null && typeof card === 'object' && { card: card as Record<string, unknown> }),
  };
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
