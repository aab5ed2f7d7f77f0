/**
 * Who the desk is towards Microsoft: tokens for speaking to Teams, and the credential for Cosmos DB and Blob Storage. Tokens are
 * kept by Azure's own library until shortly before their end.
 */
import { DeskError } from '../domain/deskError.ts';
import type { TokenCredential } from '@azure/identity';
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';

/** Hands out a token that is good now. Throws an {@link IdentityError}. */
export interface TokenSource {
  (): Promise<string>;
  /** The same, but not the token that was kept: for one that was refused though its time has not come. */
  renew(): Promise<string>;
}

/** No token was to be had. The sentence is always the same; what Microsoft said is the cause. */
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

/** How Microsoft is asked, where it is not the usual way; times in milliseconds. */
export interface Asking {
  readonly timeoutMs?: number;
  readonly httpClient?: HttpClient;
}

const TIMEOUT_MS = 10_000;
/** One more try: whoever waits for the token comes again by itself. */
const RETRIES = { maxRetries: 1, maxRetryDelayInMs: 500 } as const;

/** Tokens of a registration that has a client secret. */
export function appSecretToken(
  { loginUrl, tenantId, appId, secret, scope }: AppSecret,
  { timeoutMs = TIMEOUT_MS, httpClient }: Asking = {},
): TokenSource {
  const open = (): TokenCredential =>
    new ClientSecretCredential(tenantId, appId, secret, {
      authorityHost: loginUrl,
      retryOptions: RETRIES,
      ...(httpClient && { httpClient }),
    });
  return tokensOf(() => bounded(open(), timeoutMs), scope);
}

/** Tokens of a managed identity that the machine has; `clientId` says which. */
export function managedIdentityToken(
  clientId: string,
  scope: string,
  { timeoutMs = TIMEOUT_MS }: Asking = {},
): TokenSource {
  return tokensOf(() => bounded(new ManagedIdentityCredential({ clientId, retryOptions: RETRIES }), timeoutMs), scope);
}

/**
 * The credential for Azure's stores: the managed identity `clientId`; without one, whatever the machine is signed in with (its own
 * identity, the environment, `az login`).
 */
export function azureCredential(clientId?: string, { timeoutMs = TIMEOUT_MS }: Asking = {}): TokenCredential {
  return bounded(
    clientId === undefined
      ? new DefaultAzureCredential()
      : new ManagedIdentityCredential({ clientId, retryOptions: RETRIES }),
    timeoutMs,
  );
}

/** The credential with an end to its patience: fails with an {@link IdentityError} and with nothing else. */
function bounded(credential: TokenCredential, timeoutMs: number): TokenCredential {
  return {
    async getToken(scopes, options) {
      const timer = new AbortController();
      let alarm: NodeJS.Timeout | undefined;
      const tooSlow = new Promise<never>((_resolve, reject) => {
        alarm = setTimeout(() => {
          reject(new IdentityError('identity.timeout'));
          timer.abort();
        }, timeoutMs);
      });
      const asked = credential.getToken(scopes, { ...options, abortSignal: timer.signal }).then(
        (token) => {
          if (token) return token;
          throw new IdentityError('identity.noToken');
        },
        (error: unknown) => {
          throw new IdentityError('identity.noToken', error);
        },
      );
      try {
        return await Promise.race([asked, tooSlow]);
      } finally {
        clearTimeout(alarm);
      }
    },
  };
}

/** Many who want a token at once ask once. What is kept lies in the credential, so a new one has kept nothing. */
function tokensOf(open: () => TokenCredential, scope: string): TokenSource {
  let credential = open();
  let asked: Promise<string> | undefined;
  const ask = (): Promise<string> => {
    if (asked) return asked;
    const asking = credential
      .getToken(`${scope}/.default`)
      .then((given) => given?.token ?? '')
      .finally(() => {
        if (asked === asking) asked = undefined;
      });
    asked = asking;
    return asking;
  };
  return Object.assign(ask, {
    renew(): Promise<string> {
      credential = open();
      asked = undefined;
      return ask();
    },
  });
}
