/**
 * What Teams answered to a message, and what can be done about it.
 *
 * | answer | result |
 * |---|---|
 * | 403 `BotNotInConversationRoster`, `ForbiddenOperationException`, an unknown code | unreachable: not installed |
 * | 403 `ConversationBlockedByUser`, `MessageWritesBlocked`, `NotEnoughPermissions` | unreachable: blocked |
 * | 403 `BotDisabledByAdmin` | unreachable: turned off by an administrator |
 * | 403 `InvalidBotApiHost` | unreachable until they write: the address that is known is of the wrong cloud |
 * | 404, 410 | an edit: gone; anything else: the conversation is lost |
 * | 401, 408, 409, 412, 425, 429, 5xx, no connection, no answer | try later |
 * | any other 3xx or 4xx, such as 400 `BadSyntax`, 405 or 413 `MessageSizeTooBig` | dead |
 */
import type { SendResult, UnreachableReason } from '../../desk/ports/messenger.ts';

export type Failed = Exclude<SendResult, { kind: 'delivered' }>;

/** A call that failed: what that means, and how it may be retried at once. */
export interface Failure {
  readonly sent: Failed;
  /** `retry`: as it is; `freshToken`: with a new token. */
  readonly remedy?: 'retry' | 'freshToken';
}

const FORBIDDEN: Readonly<Record<string, UnreachableReason>> = {
  BotNotInConversationRoster: 'notInstalled',
  ForbiddenOperationException: 'notInstalled',
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  NotEnoughPermissions: 'blocked',
  BotDisabledByAdmin: 'disabledByAdmin',
  InvalidBotApiHost: 'conversationLost',
};
const MISSING = new Set(['ActivityNotFoundInConversation', 'ConversationNotFound']);
const LATER = new Set([401, 408, 409, 412, 425, 429]);
/**
 * Those that Teams documents as to be retried. After a 502 or 504 the message may have arrived, and is then posted
 * twice.
 */
const RETRIED = new Set([412, 429, 502, 503, 504]);
/** The connection was never established, so nothing can have arrived. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** A longer Retry-After is cut to this. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * `missing`: what a message or conversation that does not exist means: `gone` for an edit, `lost` for anything else.
 */
export function failureOf(error: unknown, missing: 'gone' | 'lost'): Failure {
  const { statusCode, code, afterMs } = facts(error);
  if (statusCode === undefined)
    return { sent: { kind: 'tryLater', reason: 'noConnection' }, ...(NEVER_SENT.has(code) && { remedy: 'retry' }) };
  if (LATER.has(statusCode) || statusCode >= 500) {
    const sent: Failed = { kind: 'tryLater', reason: `http${statusCode}`, ...(afterMs !== undefined && { afterMs }) };
    if (statusCode === 401 && code !== 'BotNotRegistered') return { sent, remedy: 'freshToken' };
    return { sent, ...(RETRIED.has(statusCode) && { remedy: 'retry' }) };
  }
  if (statusCode === 404 || statusCode === 410 || MISSING.has(code))
    return { sent: missing === 'gone' ? { kind: 'gone' } : { kind: 'unreachable', reason: 'conversationLost' } };
  if (statusCode === 403) return { sent: { kind: 'unreachable', reason: FORBIDDEN[code] ?? 'notInstalled' } };
  return { sent: { kind: 'dead', reason: `http${statusCode}${code ? ` ${code}` : ''}` } };
}

/** The reason as a label of a metric: a word from a small set, without Teams' own code. */
export function reasonOf(sent: SendResult): string | undefined {
  return 'reason' in sent ? sent.reason.split(' ')[0] : undefined;
}

interface Headers {
  get?(name: string): string | null | undefined;
}

function facts(error: unknown): { readonly statusCode?: number; readonly code: string; readonly afterMs?: number } {
  const fault = error as {
    statusCode?: unknown;
    code?: unknown;
    body?: { error?: { code?: unknown } };
    response?: { headers?: Headers };
  } | null;
  const code = fault?.body?.error?.code ?? fault?.code;
  const afterMs = retryAfterOf(fault?.response?.headers);
  return {
    // It is logged and stored: anything but a word may quote what was sent.
    code: typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : '',
    // Without a response of Teams the status is another service's, such as of a token that could not be fetched.
    ...(fault?.response && typeof fault.statusCode === 'number' && { statusCode: fault.statusCode }),
    ...(afterMs !== undefined && { afterMs }),
  };
}

/**
 * Retry-After in milliseconds: seconds, or a date, which is compared with the response's own, so that no clock has to
 * be right.
 */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const after = headers?.get?.('retry-after')?.trim() ?? '';
  if (after === '') return undefined;
  const ms = /^\d+(\.\d+)?$/.test(after)
    ? Number(after) * 1_000
    : Date.parse(after) - Date.parse(headers?.get?.('date') ?? '');
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : undefined;
}
