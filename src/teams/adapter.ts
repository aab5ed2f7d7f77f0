/**
 * The Bot Framework's door: botbuilder's CloudAdapter, entered by our own handle instead of its `process`, so that the
 * status and the body of every answer are ours and no exception's text leaves the house.
 */
import { CloudAdapter } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { Log } from '../desk/ports.ts';
import type { SentenceKey } from '../locales/say.ts';
import { languageOf, say } from '../locales/say.ts';
import type { Incoming, RawActivity } from './actor.ts';
import { readIncoming } from './actor.ts';
import type { Door } from './door.ts';
import { refused } from './invokeAnswer.ts';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** What the bot does with an activity; for an invoke, the body of its answer. */
export type Turn = (incoming: Incoming) => Promise<unknown>;

const DATES = ['timestamp', 'localTimestamp', 'expiration'] as const;

export class DeskAdapter extends CloudAdapter {
  readonly #door: Door;
  readonly #turn: Turn;
  readonly #log: Log;

  constructor(door: Door, turn: Turn, log: Log) {
    super(door.authentication);
    this.#door = door;
    this.#turn = turn;
    this.#log = log;
  }

  /** Takes one activity. Malformed: 400. From a service that the desk does not talk to: 403. An invoke: always 200 else, the outcome in the body. */
  async handle(raw: RawActivity, authorization: string | undefined): Promise<Answer> {
    const incoming = readIncoming(raw);
    if ('wrong' in incoming) return refusal(raw, 400, 'BadRequest', 'answer.badCard') ?? { status: 400, body: { error: 'not a Teams activity', field: incoming.wrong } };
    if (!this.#door.mayServe(incoming.place.serviceUrl)) return { status: 403, body: { error: 'serviceUrl is not allowed' } };
    let body: unknown;
    try {
      const authenticated = await this.botFrameworkAuthentication.authenticateRequest(asActivity(raw), authorization ?? '');
      await this.processActivity(authenticated, asActivity(raw), async () => {
        body = await this.#turn(incoming);
      });
    } catch (error) {
      this.#log.error({ error, type: incoming.type, name: incoming.name }, 'A turn failed');
      return refusal(raw, 500, 'InternalServerError', 'answer.fault') ?? { status: 500, body: { error: 'internal' } };
    }
    return incoming.type === 'invoke' ? { status: 200, body: body ?? {} } : { status: 200 };
  }
}

/** The answer to an invoke that got nowhere, in the language that its client says; undefined for any other activity. */
function refusal({ type, locale }: RawActivity, statusCode: 400 | 500, code: 'BadRequest' | 'InternalServerError', sentence: SentenceKey): Answer | undefined {
  return type === 'invoke' ? { status: 200, body: refused(statusCode, code, say(languageOf(locale) ?? 'en', sentence)) } : undefined;
}

/** botbuilder wants dates where JSON has texts. */
function asActivity(raw: RawActivity): Activity {
  const activity: Record<string, unknown> = { ...raw };
  for (const name of DATES) {
    const text = activity[name];
    const date = typeof text === 'string' ? new Date(text) : undefined;
    if (date && !Number.isNaN(date.getTime())) activity[name] = date;
    else delete activity[name];
  }
  return activity as unknown as Activity;
}
