/**
 * The desk's identities at Microsoft: tokens for calls to Teams, and the credential for Cosmos DB and Blob Storage.
 * Azure's own library caches tokens until shortly before they expire.
 */
import { DeskError } from '../domain/deskError.ts';
import type { TokenCredential } from '@azure/identity';
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import pTimeout from 'p-timeout';

/** A token that is valid now. Throws an {@link IdentityError}. */
export interface TokenSource {
  (): Promise<string>;
  /** The same, but never the cached token: for one that was refused before it expired. */
  renew(): Promise<string>;
}

/** No token was given. The message is always the same; Microsoft's answer is the cause. */
export class IdentityError extends DeskError<'identity.noToken' | 'identity.timeout'> {
  constructor(code: IdentityError['code'], cause?: unknown) {
    super(code, code === 'identity.timeout' ? 'No token was given in time.' : 'No token was given.', { cause });
  }
}

export interface AppSecret {
  /** `https://login.microsoftonline.com`, or the one of another cloud. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly secret: string;
  /** What the token is for: `https://api.botframework.com`. */
  readonly scope: string;
}

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ClientSecretCredential>[3]>['httpClient']>;

/** How tokens are requested, where it is not the usual way; times in milliseconds. */
export interface TokenOptions {
  readonly timeoutMs?: number;
  readonly httpClient?: HttpClient;
}

const TIMEOUT_MS = 10_000;
/** One retry: what waits for the token is retried by itself. */
const RETRIES = { maxRetries: 1, maxRetryDelayInMs: 500 } as const;

/** Tokens of a registration that has a client secret. */
export function appSecretToken(
  { loginUrl, tenantId, appId, secret, scope }: AppSecret,
  { timeoutMs = TIMEOUT_MS, httpClient }: TokenOptions = {},
): TokenSource {
  const open = (): TokenCredential =>
    new ClientSecretCredential(tenantId, appId, secret, {
      authorityHost: loginUrl,
      retryOptions: RETRIES,
      ...(httpClient && { httpClient }),
    });
  return tokensOf(() => bounded(open(), timeoutMs), scope);
}

/** Tokens of the machine's managed identity with this client id. */
export function managedIdentityToken(
  clientId: string,
  scope: string,
  { timeoutMs = TIMEOUT_MS }: TokenOptions = {},
): TokenSource {
  return tokensOf(() => bounded(new ManagedIdentityCredential({ clientId, retryOptions: RETRIES }), timeoutMs), scope);
}

/**
 * The credential for Azure's stores: the managed identity `clientId`; without one, what the machine is signed in with
 * (its own identity, the environment, `az login`).
 */
export function azureCredential(clientId?: string, { timeoutMs = TIMEOUT_MS }: TokenOptions = {}): TokenCredential {
  return bounded(
    clientId === undefined
      ? new DefaultAzureCredential()
      : new ManagedIdentityCredential({ clientId, retryOptions: RETRIES }),
    timeoutMs,
  );
}

/** The credential with a timeout: throws an {@link IdentityError} and nothing else. */
function bounded(credential: TokenCredential, timeoutMs: number): TokenCredential {
  return {
    async getToken(scopes, options) {
      const abort = new AbortController();
      const requested = credential.getToken(scopes, { ...options, abortSignal: abort.signal }).then(
        (token) => {
          if (token) return token;
          throw new IdentityError('identity.noToken');
        },
        (error: unknown) => {
          throw new IdentityError('identity.noToken', error);
        },
      );
      return pTimeout(requested, {
        milliseconds: timeoutMs,
        fallback: () => {
          abort.abort();
          throw new IdentityError('identity.timeout');
        },
      });
    },
  };
}

/** Concurrent requests for a token share one. The credential holds the cache, so a new credential has none. */
function tokensOf(open: () => TokenCredential, scope: string): TokenSource {
  let credential = open();
  let inFlight: Promise<string> | undefined;
  const request = (): Promise<string> => {
    if (inFlight) return inFlight;
    const requested = credential
      .getToken(`${scope}/.default`)
      .then((answer) => answer?.token ?? '')
      .finally(() => {
        if (inFlight === requested) inFlight = undefined;
      });
    inFlight = requested;
    return requested;
  };
  return Object.assign(request, {
    renew(): Promise<string> {
      credential = open();
      inFlight = undefined;
      return request();
    },
  });
}
