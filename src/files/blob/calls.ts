/** Every call to Blob Storage goes through here: limited in time, retried a few times, its error translated. */
import { setTimeout as pause } from 'node:timers/promises';
import { RestError } from '@azure/storage-blob';
import type { RandomSource } from '../../desk/ports/system.ts';
import type { BackOff } from '../../shared/backOff.ts';
import { backOffMs } from '../../shared/backOff.ts';
import { FilesError } from '../filesError.ts';
import type { FilesErrorCode } from '../filesError.ts';

export interface RetryPolicy {
  /** How long one request may take, in milliseconds. A request moves at most one piece of a file. */
  readonly requestTimeoutMs: number;
  readonly maxAttempts: number;
  /** The wait before the first retry, in milliseconds; it doubles each time, and is by chance up to a half shorter. */
  readonly firstBackOffMs: number;
}

/**
 * Makes a request, which is to obey the signal. The {@link FilesError} that it may throw says `what` was to be done.
 */
export type Call = <Result>(what: string, request: (abortSignal: AbortSignal) => Promise<Result>) => Promise<Result>;

export const DEFAULT_RETRY_POLICY: RetryPolicy = { requestTimeoutMs: 20_000, maxAttempts: 4, firstBackOffMs: 500 };

/** A longer Retry-After of Storage is cut to this. */
const MAX_PAUSE_MS = 10_000;
const RETRIED: readonly FilesErrorCode[] = ['files.busy', 'files.unreachable'];

export function createCalls(
  ids: Pick<RandomSource, 'randomBytes'>,
  { requestTimeoutMs, maxAttempts, firstBackOffMs }: RetryPolicy,
): Call {
  const backOff: BackOff = { firstMs: firstBackOffMs, factor: 2, spread: [1, 0.5] };
  return async (what, request) => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await request(AbortSignal.timeout(requestTimeoutMs));
      } catch (error) {
        const fault = asFilesError(what, error);
        if (attempts >= maxAttempts || !RETRIED.includes(fault.code)) throw fault;
        const [byte = 0] = ids.randomBytes(1);
        await pause(Math.min(MAX_PAUSE_MS, Math.max(retryAfterMs(error), backOffMs(backOff, attempts, byte / 256))));
      }
    }
  };
}

function asFilesError(what: string, error: unknown): FilesError {
  const [code, because] = classify(error);
  return new FilesError(code, `Blob Storage ${because}: ${what}`, { cause: error });
}

function classify(error: unknown): [code: FilesErrorCode, because: string] {
  const status = error instanceof RestError ? error.statusCode : undefined;
  // A broken connection, a request that took too long, an identity without a token.
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

/** Storage's name for the error, which a response without a body has in a header. */
export function nameOf(error: unknown): string | undefined {
  if (!(error instanceof RestError)) return undefined;
  return error.response?.headers.get('x-ms-error-code') ?? error.code;
}

function retryAfterMs(error: unknown): number {
  const seconds = error instanceof RestError ? Number(error.response?.headers.get('retry-after') ?? 0) : 0;
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
