/**
 * botbuilder's CloudAdapter, called by a `handle` of our own instead of its `process`: so every response's status and
 * body are ours, and no exception's text is ever sent.
 */
import { CloudAdapter } from 'botbuilder';
import type { Activity } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import type { AuthenticateRequestResult } from 'botframework-connector';
import type { Clock, Log } from '../desk/ports/system.ts';
import type { Meters } from '../desk/ports/metrics.ts';
import type { SentenceKey } from '../locales/say.ts';
import { languageOf, say } from '../locales/say.ts';
import type { IncomingActivity, RawActivity } from './activity.ts';
import { isInvoke, readIncoming } from './activity.ts';
import type { Admission, ChannelAuthenticator } from './auth/authenticator.ts';
import { errorResponse } from './invokeResponse.ts';

/** The HTTP response to an activity. */
export interface ActivityResponse {
  readonly status: number;
  readonly body?: unknown;
}

/** What the bot does with an activity; for an invoke, the body of its answer. */
export type ActivityHandler = (incoming: IncomingActivity) => Promise<unknown>;

const DATES = ['timestamp', 'localTimestamp', 'expiration'] as const;
/** The responses to requests that are rejected; they say nothing that would help an attacker. */
const REJECTIONS: ReadonlyMap<number, ActivityResponse> = new Map([
  [401, { status: 401, body: { error: 'unauthorized' } }],
  [403, { status: 403, body: { error: 'forbidden' } }],
  [503, { status: 503, body: { error: 'unavailable' } }],
]);
/** The kinds that are counted by name: the type of an activity, or the name of an invoke. */
const COUNTED_KINDS: ReadonlySet<string> = new Set([
  'message',
  'invoke',
  'messageUpdate',
  'messageDelete',
  'conversationUpdate',
  'installationUpdate',
  'adaptiveCard/action',
  'fileConsent/invoke',
  'task/fetch',
  'task/submit',
  'composeExtension/query',
  'composeExtension/submitAction',
]);

/** What the adapter needs; `turn` handles an activity that was let in. */
export interface AdapterParts {
  readonly authenticator: ChannelAuthenticator;
  readonly handler: ActivityHandler;
  readonly clock: Clock;
  readonly meters: Meters;
  readonly log: Log;
}

/** The outcome of an activity, as it is counted. */
type ActivityOutcome = 'answered' | 'refused' | 'malformed' | 'failed';

/** Authenticates activities, checks their form, and runs the turn. */
export class DeskAdapter extends CloudAdapter {
  readonly #parts: AdapterParts;

  constructor(parts: AdapterParts) {
    super(parts.authenticator.authentication);
    this.#parts = parts;
  }

  /**
   * Verifies a request's Authorization header before its body is read: what it proves, or the response that rejects it.
   */
  async authenticate(
    authorization: string | undefined,
  ): Promise<
    | { readonly kind: 'admitted'; readonly admission: Admission }
    | { readonly kind: 'rejected'; readonly response: ActivityResponse }
  > {
    const { authenticator, meters } = this.#parts;
    const authenticated = await authenticator.authenticate(authorization);
    if (authenticated.kind === 'admitted') return authenticated;
    meters.activity('unread', 'refused', 0);
    return { kind: 'rejected', response: REJECTIONS.get(authenticated.status) ?? { status: authenticated.status } };
  }

  /**
   * Processes one activity. It does not fit its token: 401 or 403; that cannot be told now: 503; malformed: 400; from a
   * service that the desk does not talk to: 403. Any other invoke gets 200, with its outcome in the body.
   */
  async handle(raw: RawActivity, admission: Admission): Promise<ActivityResponse> {
    const { clock, meters } = this.#parts;
    const from = clock.now();
    const { outcome, answer } = await this.#handle(raw, admission);
    meters.activity(kindOf(raw), outcome, (clock.now() - from) / 1_000);
    return answer;
  }

  async #handle(
    raw: RawActivity,
    admission: Admission,
  ): Promise<{ readonly outcome: ActivityOutcome; readonly answer: ActivityResponse }> {
    const { authenticator, handler, log } = this.#parts;
    const activity = asActivity(raw);
    const authenticated = await this.#authorize(activity, admission);
    if ('status' in authenticated)
      return { outcome: authenticated.status === 500 ? 'failed' : 'refused', answer: authenticated };
    const incoming = readIncoming(raw);
    if ('wrong' in incoming) {
      return {
        outcome: 'malformed',
        answer: refusal(raw, 400, 'BadRequest', 'answer.badCard') ?? {
          status: 400,
          body: { error: 'not a Teams activity', field: incoming.wrong },
        },
      };
    }
    if (!authenticator.mayServe(incoming.place.serviceUrl))
      return { outcome: 'refused', answer: { status: 403, body: { error: 'serviceUrl is not allowed' } } };
    let body: unknown;
    try {
      await this.processActivity(authenticated, activity, async () => {
        body = await handler(incoming);
      });
    } catch (error) {
      log.error({ error, kind: kindOf(raw) }, 'Could not process an activity');
      return {
        outcome: 'failed',
        answer: refusal(raw, 500, 'InternalServerError', 'answer.fault') ?? {
          status: 500,
          body: { error: 'internal' },
        },
      };
    }
    return {
      outcome: 'answered',
      answer: isInvoke(incoming) ? { status: 200, body: body ?? {} } : { status: 200 },
    };
  }

  /** Before anything else of the activity is read. */
  async #authorize(activity: Activity, admission: Admission): Promise<AuthenticateRequestResult | ActivityResponse> {
    try {
      return await this.#parts.authenticator.authorize(activity, admission);
    } catch (error) {
      const known = error instanceof AuthenticationError ? REJECTIONS.get(error.statusCode) : undefined;
      if (!known) this.#parts.log.error({ error }, 'Could not authenticate a request');
      return known ?? { status: 500, body: { error: 'internal' } };
    }
  }
}

/** The kind that an activity is counted and logged as: from a fixed list, as senders can write anything there. */
function kindOf({ type, name }: RawActivity): string {
  return (
    (type === 'invoke' ? [name, type] : [type]).find(
      (word): word is string => typeof word === 'string' && COUNTED_KINDS.has(word),
    ) ?? 'other'
  );
}

/** The answer to an invoke that failed, in the language of its client; undefined for any other activity. */
function refusal(
  { type, locale }: RawActivity,
  statusCode: 400 | 500,
  code: 'BadRequest' | 'InternalServerError',
  sentence: SentenceKey,
): ActivityResponse | undefined {
  return type === 'invoke'
    ? { status: 200, body: errorResponse(statusCode, code, say(languageOf(locale) ?? 'en', sentence)) }
    : undefined;
}

/** botbuilder expects dates where JSON has texts. */
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
