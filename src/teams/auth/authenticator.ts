/** Which requests the bot accepts, and which services it sends to. */
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
  /**
   * Verifies an Authorization header, once per request and before its body is read: without a token the desk does no
   * work.
   */
  authenticate(authorization: string | undefined): Promise<Authentication>;
  /** Compares an activity with what its header proved. Throws botframework's AuthenticationError where they differ. */
  authorize(activity: Activity, admission: Admission): Promise<AuthenticateRequestResult>;
  /** Whether the desk sends to this service; checked for every incoming activity, and again at every send. */
  mayServe(serviceUrl: string): boolean;
  /** Whether an attached file may be fetched from this URL. */
  mayFetch(url: string): boolean;
  /** Replaces a token that Teams refused; absent where nothing is signed. May throw. */
  readonly renewToken?: () => Promise<unknown>;
  /** Whether incoming activities can be authenticated now; limited in time. */
  ready(): Promise<boolean>;
}

/**
 * For a desk without an app id: nothing is signed, and every request is accepted. The configuration lets such a desk
 * listen on loopback only, and it sends to loopback only.
 */
export function createUnauthenticatedLocal(): ChannelAuthenticator {
  const authentication = new ConfigurationBotFrameworkAuthentication({});
  return {
    authentication,
    authenticate: async (authorization) => ({ kind: 'admitted', admission: { proof: authorization } }),
    authorize: (activity, { proof }) =>
      authentication.authenticateRequest(activity, typeof proof === 'string' ? proof : ''),
    mayServe: isLoopbackUrl,
    mayFetch: isLoopbackUrl,
    ready: async () => true,
  };
}
