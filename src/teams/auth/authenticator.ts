/** Who is let in, and whom the desk talks to: what stands between the bot and whoever reaches its port. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { AuthenticateRequestResult, BotFrameworkAuthentication } from 'botframework-connector';
import { isLoopbackUrl } from '../../shared/loopback.ts';

/** What a valid Authorization header proves. Only the authenticator that made it reads it. */
export interface Admission {
  readonly proof: unknown;
}

export type Authentication =
  | { readonly kind: 'admitted'; readonly admission: Admission }
  | { readonly kind: 'rejected'; readonly status: 401 | 403 | 503 };

export interface ChannelAuthenticator {
  /** botbuilder's own interface, which signs what the bot sends. */
  readonly authentication: BotFrameworkAuthentication;
  /** Verifies an Authorization header, once per request and before its body is read: without a token the desk does no work. */
  authenticate(authorization: string | undefined): Promise<Authentication>;
  /** Holds an activity against what its header proved. Throws botframework's AuthenticationError where they do not fit. */
  authorize(activity: Activity, admission: Admission): Promise<AuthenticateRequestResult>;
  /** Whether the desk talks to this service; asked of every activity that comes in, and again at every send. */
  mayServe(serviceUrl: string): boolean;
  /** Whether a file that somebody sent may be fetched from there. */
  mayFetch(url: string): boolean;
  /** Puts another token in the place of one that Teams refused; absent where nothing is signed. May throw. */
  readonly renewToken?: () => Promise<unknown>;
  /** Whether what comes in can be told genuine from forged just now; bounded in time. */
  ready(): Promise<boolean>;
}

/**
 * The door of a desk without an app id: nothing is signed, whoever reaches the port is believed. The configuration lets such
 * a desk listen on loopback only, and it talks to loopback only.
 */
export function createUnauthenticatedLocal(): ChannelAuthenticator {
  const authentication = new ConfigurationBotFrameworkAuthentication({});
  return {
    authentication,
    authenticate: async () => ({ kind: 'admitted', admission: { proof: undefined } }),
    authorize: (activity) => authentication.authenticateRequest(activity, ''),
    mayServe: isLoopbackUrl,
    mayFetch: isLoopbackUrl,
    ready: async () => true,
  };
}
