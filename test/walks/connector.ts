/**
 * A Bot Connector on loopback that keeps what the desk sends to it, for walks through the real door.
 *
 * It speaks the part of the protocol that Teams answers a bot with, remembers each conversation as people would see it, and
 * fails on demand: by a rule for the calls that match it.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  /** 1 for the first call that came in. */
  readonly order: number;
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** The conversation that the path names. */
  readonly conversationId?: string;
  /** The message that the path names. */
  readonly activityId?: string;
  readonly headers: IncomingHttpHeaders;
  /** The JSON that was sent; a text that is none stays a text. */
  readonly body: unknown;
}

/** A message as it stands now. A deleted one is in no conversation. */
export interface Message {
  readonly id: string;
  readonly text?: string;
  /** The content of the first adaptive card. */
  readonly card?: Readonly<Record<string, unknown>>;
  readonly replyTo?: string;
  /** How often it was replaced. */
  readonly edits: number;
}

/** What is to go wrong. Without `takesEffect` nothing is posted, edited or deleted by a call that the rule answers. */
export interface Rule {
  /** Every call where it is left out. */
  readonly match?: (call: Call) => boolean;
  /** For so many calls; for all where it is left out. */
  readonly times?: number;
  /** The answer waits for this; the call is then served, unless the rule says more. */
  readonly delay?: Promise<unknown>;
  readonly status?: number;
  /** The error's code in the body, such as `BotNotInConversationRoster`. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly hang?: boolean;
  /** Ends the connection in place of an answer. */
  readonly reset?: boolean;
  /** What was asked happens all the same: only the answer is lost or wrong. */
  readonly takesEffect?: boolean;
}

/** Called before a call takes effect, and after its answer has gone out. What it returns is waited for. */
export type Hook = (call: Call, moment: 'before' | 'after') => unknown;

export interface Connector {
  /** The serviceUrl of the activities that the desk is to answer. */
  readonly url: string;
  /** Every call so far, in the order in which they came. */
  readonly calls: readonly Call[];
  messages(conversationId: string): readonly Message[];
  /** All conversations with messages, oldest first; a channel's threads are `<channel>;messageid=<root>`. */
  conversations(): readonly string[];
  /** The first call that matches, also one to come. */
  seen(match: (call: Call) => boolean): Promise<Call>;
  /** Adds a rule; the oldest one that matches is taken. Returns what takes it back. */
  rule(rule: Rule): () => void;
  onCall(hook: Hook): () => void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startConnector(): Promise<Connector> {
  const calls: Call[] = [];
  const rules: { readonly rule: Rule; left: number }[] = [];
  const hooks = new Set<Hook>();
  const waiting = new Set<(call: Call) => void>();
  const room = conversationRoom();

  function ruleFor(call: Call): Rule | undefined {
    const found = rules.find(({ rule, left }) => left > 0 && (rule.match?.(call) ?? true));
    if (found) found.left -= 1;
    return found?.rule;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = readCall(request, calls.length + 1, await bodyOf(request));
    calls.push(call);
    for (const tell of waiting) tell(call);
    for (const hook of hooks) await hook(call, 'before');
    const rule = ruleFor(call);
    await rule?.delay;
    const fails = rule !== undefined && (rule.status !== undefined || rule.hang === true || rule.reset === true);
    const served = fails && !rule.takesEffect ? undefined : room.serve(call);
    if (rule?.hang) return;
    if (rule?.reset) {
      request.socket.destroy();
      return;
    }
    await send(response, { ...answerOf(rule, served), ...(rule?.headers && { headers: rule.headers }) });
    for (const hook of hooks) await hook(call, 'after');
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    messages: room.messages,
    conversations: room.conversations,
    seen: (match) => new Promise((resolve) => {
      const past = calls.find(match);
      if (past) return resolve(past);
      const tell = (call: Call): void => {
        if (!match(call)) return;
        waiting.delete(tell);
        resolve(call);
      };
      waiting.add(tell);
    }),
    rule(rule) {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    onCall(hook) {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    close: () => new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    }),
  };
}

function answerOf(rule: Rule | undefined, served: Answer | undefined): Answer {
  if (served && rule?.status === undefined) return served;
  const status = rule?.status ?? 500;
  return status < 300 && served ? { ...served, status } : { status, body: refusal(rule?.code ?? `Error${status}`) };
}

function refusal(code: string): unknown {
  return { error: { code, message: `the connector refuses: ${code}` } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function readCall(request: IncomingMessage, order: number, body: string): Call {
  const [path = ''] = (request.url ?? '').split('?');
  const [, , conversationId, , activityId] = path.split('/').filter((part) => part !== '').map(decoded);
  return {
    order, method: request.method ?? '', path: decoded(path), headers: request.headers, body: json(body),
    ...(conversationId !== undefined && { conversationId }), ...(activityId !== undefined && path.includes('/activities/') && { activityId }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function json(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The conversations, and what each call makes of them. */
function conversationRoom() {
  const rooms = new Map<string, Message[]>();
  let lastId = 0;

  /** Ids as Teams gives them: `1:` and letters in chats, digits in channels. */
  function newId(conversationId: string): string {
    lastId += 1;
    return isChannel(conversationId) ? String(1_790_000_000_000 + lastId) : `1:${lastId.toString(36).padStart(10, '0')}`;
  }

  function post(conversationId: string, activity: unknown, replyTo?: string): { readonly id: string; readonly conversation: string } {
    const id = newId(conversationId);
    const conversation = isChannel(conversationId) && !conversationId.includes(';') ? `${conversationId};messageid=${id}` : conversationId;
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
    if (typeof person !== 'string' || typeof member(body, 'tenantId') !== 'string') return { status: 400, body: refusal('BadSyntax') };
    const conversation = `a:1${person.replace(/^29:/, '')}`;
    return { status: 201, body: { id: conversation, ...(activity !== undefined && { activityId: post(conversation, activity).id }) } };
  }

  /** Replaces a message; without a content it is deleted. */
  function change(conversationId: string, id: string, activity?: unknown): Answer {
    const messages = rooms.get(conversationId) ?? [];
    const at = messages.findIndex((message) => message.id === id);
    const known = messages[at];
    if (!known) return { status: 404, body: refusal('ActivityNotFoundInConversation') };
    const { replyTo, edits } = known;
    const changed = activity === undefined ? [] : [{ ...contentOf(activity), id, edits: edits + 1, ...(replyTo !== undefined && { replyTo }) }];
    messages.splice(at, 1, ...changed);
    return activity === undefined ? { status: 200 } : { status: 200, body: { id } };
  }

  return {
    messages: (conversationId: string): readonly Message[] => [...(rooms.get(conversationId) ?? [])],
    conversations: (): readonly string[] => [...rooms.keys()],
    serve({ method, path, conversationId, activityId, body }: Call): Answer {
      if (!path.startsWith('/v3/conversations')) return { status: 404, body: refusal('NotFound') };
      if (conversationId === undefined) return method === 'POST' ? create(body) : { status: 405, body: refusal('MethodNotAllowed') };
      const rest = path.slice(`/v3/conversations/${conversationId}`.length);
      if (method === 'GET' && /^\/(members|pagedmembers)\/?$/.test(rest)) return { status: 200, body: rest.includes('paged') ? { members: [] } : [] };
      if (!/^\/activities(\/|$)/.test(rest)) return { status: 404, body: refusal('NotFound') };
      if (method === 'POST') return { status: 201, body: { id: post(conversationId, body, activityId).id } };
      if (activityId !== undefined && method === 'PUT') return change(conversationId, activityId, body ?? {});
      if (activityId !== undefined && method === 'DELETE') return change(conversationId, activityId);
      return { status: 405, body: refusal('MethodNotAllowed') };
    },
  };
}

function isChannel(conversationId: string): boolean {
  return conversationId.includes('@thread.tacv2');
}

function contentOf(activity: unknown): Pick<Message, 'text' | 'card'> {
  const text = member(activity, 'text');
  const attachments = member(activity, 'attachments');
  const cards: unknown[] = Array.isArray(attachments) ? attachments.filter((one) => member(one, 'contentType') === 'application/vnd.microsoft.card.adaptive') : [];
  const card = member(cards[0], 'content');
  return { ...(typeof text === 'string' && { text }), ...(card !== null && typeof card === 'object' && { card: card as Record<string, unknown> }) };
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
