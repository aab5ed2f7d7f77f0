/** The desk's log: JSON lines, each a fixed sentence and its fields, with the id of the request that it belongs to. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DestinationStream, Level } from 'pino';
import { pino } from 'pino';
import type { Clock, Log } from '../desk/ports/system.ts';
import { steadyClock } from './clock.ts';
import { logOutputOf } from './logOutput.ts';
import { harmless, loggedError } from './redact.ts';
import { createLogThrottle } from './logThrottle.ts';

export interface LogOptions {
  readonly level: Level | 'silent';
  /** By what clock a minute is measured, see logThrottle.ts: one that is never set. The machine's where left out. */
  readonly clock?: Clock;
  /** Where the lines go; standard output where it is left out. */
  readonly destination?: DestinationStream;
}

const MAX_LISTED = 20;
const requests = new AsyncLocalStorage<string>();

/** Whatever is logged by this work, and by all that it sets going, carries the request's id. */
export function inRequest<Result>(id: string, work: () => Result): Result {
  return requests.run(id, work);
}

export function createLog({ level, clock = steadyClock, destination = logOutputOf(process.stdout) }: LogOptions): Log {
  const options = { level, mixin: requestField, formatters: { log: harmlessFields } };
  return createLogThrottle(pino(options, destination), clock);
}

/** The id of the request that is being answered, for a line of a log. */
export function requestField(): object {
  const request = requests.getStore();
  return request === undefined ? {} : { request };
}

/** Fields are flat: ids, words and numbers, and errors. Anything else may be a person's text, and is left out. */
function harmlessFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, harmlessField(value)]));
}

function harmlessField(value: unknown): unknown {
  if (typeof value === 'string') return harmless(value);
  if (value instanceof Error) return loggedError(value);
  if (Array.isArray(value))
    return value
      .slice(0, MAX_LISTED)
      .map((one: unknown) => (typeof one === 'string' ? harmless(one) : typeof one === 'number' ? one : '…'));
  return typeof value === 'object' && value !== null ? '…' : value;
}
