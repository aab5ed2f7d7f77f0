/** The client of Blob Storage: its address, and the identity that the desk uses there. */
import {
  AnonymousCredential,
  BlobServiceClient,
  StorageSharedKeyCredential,
  type StoragePipelineOptions,
} from '@azure/storage-blob';
import { FilesError } from '../filesError.ts';
import { isLoopbackHost } from '../../shared/loopback.ts';

/** A source of tokens, as in `@azure/identity`. */
export type TokenCredential = Exclude<
  BlobServiceClient['credential'],
  StorageSharedKeyCredential | AnonymousCredential
>;

export interface BlobLocation {
  /** `https://ACCOUNT.blob.core.windows.net`, or an emulator on this machine: `http://127.0.0.1:PORT/ACCOUNT`. */
  readonly endpoint: string;
  /** The account's key. One of `key` and `credential` is needed; with both, the key is used. */
  readonly key?: string;
  readonly credential?: TokenCredential;
  /** Sends the requests; by default over the network. */
  readonly httpClient?: StoragePipelineOptions['httpClient'];
}

/** The account's own host, also in the DNS zones of newer accounts and in other clouds. */
const ACCOUNT_HOST = /^([a-z0-9]{3,24})\.(?:z\d+\.)?blob\./;

/**
 * The SDK's client; sends nothing yet. Its own retries are off: {@link createCalls} has ours. Refuses an endpoint
 * without TLS.
 */
export function createServiceClient(place: BlobLocation): BlobServiceClient {
  const url = urlOf(place.endpoint);
  return new BlobServiceClient(url.href.replace(/\/+$/, ''), credentialOf(place, url), {
    retryOptions: { maxTries: 1 },
    ...(place.httpClient && { httpClient: place.httpClient }),
  });
}

function urlOf(endpoint: string): URL {
  const url = URL.parse(endpoint);
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) && !url.search)
    return url;
  throw badEndpoint(
    'Give an https:// address, as https://account.blob.core.windows.net; http:// is only for an emulator on this machine',
    endpoint,
  );
}

function credentialOf(
  { endpoint, key, credential }: BlobLocation,
  url: URL,
): StorageSharedKeyCredential | TokenCredential {
  if (key !== undefined) return new StorageSharedKeyCredential(accountOf(url), key);
  if (credential) return credential;
  throw badEndpoint(
    "Nobody is there to go there as: give the account's key as BLOB_KEY, or run with a managed identity",
    endpoint,
  );
}

/** The account of the key: named by the host, or by the path of an emulator. */
function accountOf(url: URL): string {
  const account = isLoopbackHost(url.hostname) ? url.pathname.split('/')[1] : ACCOUNT_HOST.exec(url.hostname)?.[1];
  if (account) return account;
  throw badEndpoint(
    'With BLOB_KEY the address has to name the account: https://account.blob.core.windows.net',
    url.href,
  );
}

/** Shows only host and path: a query could hold a signature. */
function badEndpoint(mend: string, endpoint: string): FilesError {
  return new FilesError(
    'files.badEndpoint',
    `BLOB_ENDPOINT is ${JSON.stringify(endpoint.replace(/[?#].*$/s, ''))}. ${mend}.`,
  );
}
