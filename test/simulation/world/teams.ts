/**
 * The simulated Bot Connector: accepts what the desk sends, refuses it, stays silent, or accepts it without an answer.
 */
import type { ConnectorClient } from 'botframework-connector';
import type { Faults, ChanceFault } from './faults.ts';
import type { Posted, Conversations } from './conversations.ts';
import { SimulatedError } from './simulatedError.ts';
import type { Json, MessageTaken } from '../checkers/observations.ts';

/** The network connection of an instance, which ends with its process. */
export interface Connection {
  readonly name: string;
  /** Does something remote after a delay and returns its result after another; neither once the process is dead. */
  call<Result>(effect: () => Result, how?: { readonly there?: number; readonly back?: number }): Promise<Result>;
  /** The process dies, here and now. */
  die(): void;
}

/** An error as Teams' SDK throws it. */
class TeamsRefusal extends Error {
  readonly statusCode: number;
  readonly body: { readonly error: { readonly code: string } };
  readonly response: { readonly headers: { get(name: string): string | undefined } };

  constructor(statusCode: number, code: string, retryAfter?: string) {
    super(`simulated: Teams answers ${statusCode} ${code}`);
    this.statusCode = statusCode;
    this.body = { error: { code } };
    this.response = { headers: { get: (name) => (name === 'retry-after' ? retryAfter : undefined) } };
  }
}

const REFUSALS: readonly (readonly [ChanceFault, number, string])[] = [
  ['teams403NotInRoster', 403, 'BotNotInConversationRoster'],
  ['teams403Blocked', 403, 'ConversationBlockedByUser'],
  ['teams403Disabled', 403, 'BotDisabledByAdmin'],
  ['teams403WritesBlocked', 403, 'MessageWritesBlocked'],
  ['teams403WrongHost', 403, 'InvalidBotApiHost'],
  ['teams403Unknown', 403, 'SomethingNew'],
  ['teams404', 404, 'ConversationNotFound'],
  ['teams413', 413, 'MessageSizeTooBig'],
  ['teams500', 500, 'ServiceError'],
  ['teams502', 502, 'BadGateway'],
];
const SLOW_MS = 9_000;

type Content = Pick<Posted, 'text' | 'card'>;

export interface TeamsOptions {
  readonly conversations: Conversations;
  readonly faults: Faults;
  readonly now: () => number;
  readonly tell: (taken: MessageTaken) => void;
}

export function createTeams({ conversations, faults, now, tell }: TeamsOptions) {
  let tokenDownUntil = Number.NEGATIVE_INFINITY;
  /** For one call, or for all during a token outage. */
  function isTokenDown(): boolean {
    if (now() >= tokenDownUntil) return faults.strikes('tokenDown');
    faults.record('tokenDown');
    return true;
  }

  /** One call of the desk: which fault strikes it, and its result. */
  async function answer(connection: Connection, conversation: string, take: () => Posted | 'gone'): Promise<Posted> {
    if (isTokenDown())
      return connection.call(() => {
        throw new SimulatedError('no token could be had');
      });
    const there = faults.strikes('teamsSlow') ? SLOW_MS : undefined;
    return connection
      .call(() => refused(conversation) ?? taken(connection, take), there === undefined ? {} : { there })
      .then((outcome) => outcome());
  }

  function refused(conversation: string): (() => never) | (() => Promise<never>) | undefined {
    const fail = (error: Error) => (): never => {
      throw error;
    };
    if (!conversations.exists(conversation)) return fail(new TeamsRefusal(404, 'ConversationNotFound'));
    if (!conversations.isOpen(conversation)) return fail(new TeamsRefusal(403, 'BotNotInConversationRoster'));
    for (const [name, status, code] of REFUSALS) if (faults.strikes(name)) return fail(new TeamsRefusal(status, code));
    if (faults.strikes('teams429After')) return fail(new TeamsRefusal(429, 'Throttled', '7'));
    if (faults.strikes('teams429Bare')) return fail(new TeamsRefusal(429, 'Throttled'));
    if (faults.strikes('teamsSilent')) return () => new Promise<never>(() => undefined);
    return undefined;
  }

  /** The call takes effect; the desk may still not learn of it. */
  function taken(connection: Connection, take: () => Posted | 'gone'): () => Posted | Promise<Posted> {
    const isSilent = faults.strikes('teamsSilentTaken');
    const fails = !isSilent && faults.strikes('teams500Taken');
    const dies = !isSilent && !fails && faults.strikes('crashAfterSend');
    const posted = take();
    if (posted === 'gone')
      return () => {
        throw new TeamsRefusal(404, 'ActivityNotFoundInConversation');
      };
    told(connection, posted, !isSilent && !fails && !dies);
    if (dies) connection.die();
    if (isSilent || dies) return () => new Promise<Posted>(() => undefined);
    return () => {
      if (fails) throw new TeamsRefusal(500, 'ServiceError');
      return posted;
    };
  }

  let how: MessageTaken['how'] = 'post';
  function told({ name }: Connection, { conversation, id, text, card }: Posted, acknowledged: boolean): void {
    tell({
      at: now(),
      by: name,
      how,
      conversation,
      messageId: id,
      readers: conversations.readers(conversation),
      acknowledged,
      ...(text !== undefined && { text }),
      ...(card && { card }),
    });
  }
  const posting = (where: string, activity: unknown) => (): Posted => {
    how = 'post';
    return conversations.post(where, contentOf(activity));
  };

  return {
    /** No token is issued until an instant; an instant in the past ends the outage. */
    tokensDown(until: number): void {
      tokenDownUntil = until;
    },
    /** The connector's client as an instance has it. */
    clientOf(connection: Connection): ConnectorClient {
      const calls = {
        sendToConversation: (conversation: string, activity: unknown) =>
          answer(connection, conversation, posting(conversation, activity)),
        async createConversation({
          channelData,
          activity,
        }: {
          channelData: { channel: { id: string } };
          activity: unknown;
        }) {
          const { conversation, id } = await answer(
            connection,
            channelData.channel.id,
            posting(channelData.channel.id, activity),
          );
          return { id: conversation, activityId: id };
        },
        updateActivity: (conversation: string, id: string, activity: unknown) =>
          answer(connection, conversation, () => {
            how = 'edit';
            return conversations.edit(conversation, id, contentOf(activity)) ?? 'gone';
          }),
      };
      return { conversations: calls } as unknown as ConnectorClient;
    },
  };
}

function contentOf(activity: unknown): Content {
  const { text, attachments } = activity as {
    readonly text?: string;
    readonly attachments?: readonly { readonly content?: Json }[];
  };
  const card = attachments?.[0]?.content;
  return { ...(text !== undefined && { text }), ...(card && { card }) };
}
