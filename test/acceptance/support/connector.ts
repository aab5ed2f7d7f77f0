/**
 * A Bot Connector on loopback that records what the desk sends to it. It implements the part of the protocol that Teams
 * answers a bot with, keeps each conversation as people would see it, and fails on demand: by a rule for the calls that
 * match it.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Message } from './conversations.ts';
import { conversationRoom, refusal } from './conversations.ts';

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

/** What is to go wrong. Without `takesEffect` nothing is posted, edited or deleted by a call that the rule answers. */
export interface Rule {
  /** Every call where it is left out. */
  readonly match?: (call: Call) => boolean;
  /** For this many calls; for all where it is left out. */
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

/** Called before a call takes effect, and after its answer has been sent. What it returns is awaited. */
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
    seen: (match) =>
      new Promise((resolve) => {
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
    close: () =>
      new Promise<void>((resolve, reject) => {
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function readCall(request: IncomingMessage, order: number, body: string): Call {
  const [path = ''] = (request.url ?? '').split('?');
  const [, , conversationId, , activityId] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return {
    order,
    method: request.method ?? '',
    path: decoded(path),
    headers: request.headers,
    body: json(body),
    ...(conversationId !== undefined && { conversationId }),
    ...(activityId !== undefined && path.includes('/activities/') && { activityId }),
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
