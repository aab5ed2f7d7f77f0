/** Every call to Blob Storage goes through here: bounded in time, tried again a few times, its error sorted. */
import { setTimeout as pause } from 'node:timers/promises';
import { RestError } from '@azure/storage-blob';
import type { Ids } from '../../desk/ports/system.ts';
import { FilesError } from '../filesError.ts';
import type { FilesErrorCode } from '../filesError.ts';

export interface RetryPolicy {
  /** How long one try may take, in milliseconds. A try moves at most one piece of a file. */
  readonly tryMs: number;
  readonly tries: number;
  /** The wait after the first try, in milliseconds; it doubles each time, by chance up to a half less. */
  readonly pauseMs: number;
}

/** Tries `ask`, which is to heed the signal. What ends in a {@link FilesError} says `what` was to be done. */
export type Call = <Answer>(what: string, ask: (abortSignal: AbortSignal) => Promise<Answer>) => Promise<Answer>;

export const DEFAULT_RETRY_POLICY: RetryPolicy = { tryMs: 20_000, tries: 4, pauseMs: 500 };

/** Storage's own word for how long to wait is heeded up to here. */
const LONGEST_PAUSE_MS = 10_000;
const TRY_AGAIN: readonly FilesErrorCode[] = ['files.busy', 'files.unreachable'];

export function openCalls(ids: Pick<Ids, 'randomBytes'>, { tryMs, tries, pauseMs }: RetryPolicy): Call {
  return async (what, ask) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await ask(AbortSignal.timeout(tryMs));
      } catch (error) {
        const fault = faultOf(what, error);
        if (tried >= tries || !TRY_AGAIN.includes(fault.code)) throw fault;
        const whole = pauseMs * 2 ** (tried - 1);
        const [chance = 0] = ids.randomBytes(1);
        await pause(Math.min(LONGEST_PAUSE_MS, Math.max(retryAfterMs(error), whole * (1 - chance / 512))));
      }
    }
  };
}

function faultOf(what: string, error: unknown): FilesError {
  const [code, because] = sorted(error);
  return new FilesError(code, `Blob Storage ${because}: ${what}`, { cause: error });
}

function sorted(error: unknown): [code: FilesErrorCode, because: string] {
  const status = error instanceof RestError ? error.statusCode : undefined;
  // A connection that broke, a try that took too long, an identity that brought no token.
  if (status === undefined) return ['files.unreachable', 'gave no answer'];
  const name = nameOf(error);
  const said = `answered ${status}${name === undefined ? '' : ` (${name})`}`;
  if (status === 408 || status === 429 || status >= 500) return ['files.busy', said];
  if (status === 401 || status === 403) return ['files.forbidden', said];
  if (status === 404) return [name === 'ContainerNotFound' ? 'files.noContainer' : 'files.missing', said];
  if (status === 409 && name?.startsWith('BlobImmutable')) return ['files.kept', said];
  if (status === 412) return ['files.changed', said];
  return ['files.refused', said];
}

/** Storage's name for the error, which an answer without a body has in a header. */
export function nameOf(error: unknown): string | undefined {
  if (!(error instanceof RestError)) return undefined;
  return error.response?.headers.get('x-ms-error-code') ?? error.code;
}

function retryAfterMs(error: unknown): number {
  const seconds = error instanceof RestError ? Number(error.response?.headers.get('retry-after') ?? 0) : 0;
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
