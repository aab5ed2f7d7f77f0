/** What a failed request to Cosmos DB means, and what the operator is told. */
import { StoreError } from '../storeError.ts';
import type { StoreErrorCode } from '../storeError.ts';
import { ClockError } from './clockCheck.ts';

/** What the SDK's errors have in common: an HTTP status with a substatus, or a word such as ECONNRESET. */
interface SdkError {
  readonly code?: number | string;
  readonly substatus?: number;
  readonly name?: string;
}

/** The write region has moved (3), or the account is not known there yet (1008). */
const MOVED = [3, 1008];
/** The item may exist, but not yet on the replica that was read (1002). */
const NOT_HERE_YET = 1002;

/**
 * Whether Cosmos DB says that there is no such item; not that its container is gone, or that this replica lags behind.
 */
export function isNotFound(error: unknown): boolean {
  const { code, substatus = 0 } = partsOf(error);
  return code === 404 && substatus === 0;
}

/** The HTTP status of a failure, if it has one. */
export function statusOf(error: unknown): number | undefined {
  const { code } = partsOf(error);
  return typeof code === 'number' ? code : undefined;
}

/**
 * Whether the request may have been carried out or not, or may succeed if it is sent again: no response, a response
 * that is not the service's (a proxy's page), a timeout, a fault of the service.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  const { code, substatus = 0, name = '' } = partsOf(error);
  if (error instanceof StoreError || error instanceof ClockError || /Authentication|Credential/.test(name))
    return false;
  if (typeof code !== 'number') return true;
  return (
    code >= 500 ||
    [408, 410, 449].includes(code) ||
    (code === 403 && MOVED.includes(substatus)) ||
    (code === 404 && substatus === NOT_HERE_YET)
  );
}

/** The failure in the operator's words; a {@link StoreError} stays as it is, a {@link ClockError} is created anew. */
export function asStoreError(error: unknown): StoreError | ClockError {
  if (error instanceof StoreError) return error;
  // The SDK adds headers to every error that passes through it, and of an error with headers the log shows no message.
  if (error instanceof ClockError) return new ClockError(error.aheadMs);
  const [code, words] = isOutcomeUnknown(error) ? UNREACHABLE : (FAULTS[statusOf(error) ?? 401] ?? FAILED);
  return new StoreError(code, words, { cause: error });
}

const UNREACHABLE = [
  'store.unreachable',
  'Cosmos DB gives no clear answer; see whether the account is there and this process may reach it',
] as const;
const FAILED = ['store.failed', 'Cosmos DB refused a request'] as const;
const FAULTS: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  401: [
    'store.notWritable',
    'Cosmos DB does not know this process; give it a managed identity with a role on the account, or the right COSMOS_KEY',
  ],
  403: [
    'store.notWritable',
    'Cosmos DB does not let this process in; give its identity the role Cosmos DB Built-in Data Contributor, ' +
      'and its network a way through the firewall',
  ],
  404: ['store.misconfigured', 'The container is gone; see COSMOS_DATABASE and COSMOS_CONTAINER'],
  413: ['store.tooLarge', 'A document is larger than the 2 MB that Cosmos DB takes'],
  429: ['store.busy', 'Cosmos DB was asked for more than its throughput allows, again and again; raise its RU/s'],
};

function partsOf(error: unknown): SdkError {
  return typeof error === 'object' && error !== null ? error : {};
}
