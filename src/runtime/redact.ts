/**
 * What a log line says of an error. SDKs put the whole exchange into theirs: tokens, addresses with signatures, bodies
 * with people's texts. The machine's own quote what they were given: "Cannot create property 'x' on string '…'". So
 * nothing is passed on as it is: a few known facts are taken out, and the text of the desk's own errors, read over.
 */
import { DeskError } from '../domain/deskError.ts';

export interface LoggedError {
  readonly type: string;
  readonly code?: string | number;
  readonly status?: number;
  /** The id under which the service knows the call; for its support. */
  readonly serviceRequest?: string;
  /** Which call of the system failed: `open`, `write`. */
  readonly call?: string;
  /** Of an error of the desk. */
  readonly message?: string;
  /** Where it happened: places in the code, nothing else. */
  readonly stack?: readonly string[];
  readonly cause?: LoggedError;
  readonly errors?: readonly LoggedError[];
}

const MAX_TEXT_LENGTH = 300;
const MAX_PLACES = 12;
const MAX_DEPTH = 3;
const MAX_ERRORS = 3;

export function loggedError(error: unknown, depth = 1): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, statusCode, syscall, cause, errors } = error as Error & {
    readonly [fact in 'code' | 'statusCode' | 'syscall' | 'errors']?: unknown;
  };
  const call = typeof syscall === 'string' ? word(syscall) : undefined;
  const service = serviceRequestOf(error);
  const deeper = depth < MAX_DEPTH;
  return {
    type: word(error.name) ?? 'Error',
    ...(isCode(code) && { code }),
    ...(typeof statusCode === 'number' && { status: statusCode }),
    ...(service !== undefined && { serviceRequest: service }),
    ...(call !== undefined && { call }),
    ...(error instanceof DeskError && error.message !== '' && { message: harmless(error.message) }),
    ...(typeof error.stack === 'string' && { stack: placesIn(error.stack, error.message) }),
    ...(deeper && cause !== undefined && { cause: loggedError(cause, depth + 1) }),
    ...(deeper &&
      Array.isArray(errors) && { errors: errors.slice(0, MAX_ERRORS).map((one) => loggedError(one, depth + 1)) }),
  };
}

/** A text as the log may show it: short, without e-mail addresses and tokens, and of a web address only whose it is. */
export function harmless(text: string): string {
  return text
    .slice(0, MAX_TEXT_LENGTH)
    .replaceAll(/\b(https?:\/\/[^\s/?#"'<>]+)[/?#][^\s"'<>]*/gi, '$1/…')
    .replaceAll(/\bBearer\s+\S+/gi, 'Bearer …')
    .replaceAll(/\beyJ[\w-]+(?:\.[\w-]*)*/g, '…')
    .replaceAll(/\b(sig|sv|se|token|key|password|secret)=[^\s&"']+/gi, '$1=…')
    .replaceAll(/[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+/g, '…@…');
}

/**
 * A place in the code, as V8 writes it. Nothing else counts, as the stack begins with the message: that may have been
 * replaced since, and be of lines that look like places.
 */
const FUNCTION = String.raw`(?:new |get |set )?[\w$.<>#]+(?: \[as [\w$.<>#]+\])?`;
const LOCATION = String.raw`(?:file:\/\/|node:|\/)[^\s()]*:\d+:\d+|<anonymous>|index \d+`;
const PLACE = new RegExp(String.raw`^at (?:async )?(?:${FUNCTION} \()?(?:${LOCATION})\)?$`);

function placesIn(stack: string, message: string): readonly string[] {
  const below = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  const lines = below.split('\n').map((line) => line.trim());
  return lines
    .slice(lines.findLastIndex((line) => line !== '' && !PLACE.test(line)) + 1)
    .filter((line) => line !== '')
    .slice(0, MAX_PLACES);
}

function serviceRequestOf(error: Error): string | undefined {
  const { activityId, response } = error as Error & {
    readonly activityId?: unknown;
    readonly response?: { readonly headers?: { get?(name: string): unknown } };
  };
  const id = activityId ?? response?.headers?.get?.('x-ms-request-id');
  return typeof id === 'string' && /^[\da-f-]{36}$/i.test(id) ? id : undefined;
}

function isCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && word(code) !== undefined);
}

function word(text: string): string | undefined {
  return /^[\w.:-]{1,64}$/.test(text) ? text : undefined;
}
