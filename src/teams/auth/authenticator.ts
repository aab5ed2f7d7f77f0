/** Who is let in, and whom the desk talks to: what stands between the bot and whoever reaches its port. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import { isLoopbackUrl } from '../../shared/loopback.ts';

export interface ChannelAuthenticator {
  /** botbuilder's own interface: lets an activity in or throws, and signs what the bot sends. */
  readonly authentication: BotFrameworkAuthentication;
  /**
   * Whether whoever shows this Authorization header is turned away, as the status that says so, whatever they have to say.
   * Asked before anything of it is read: who has no token gets no work out of the desk.
   */
  rejectUnauthenticated(authorization: string | undefined): Promise<401 | 403 | 503 | undefined>;
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
  return {
    authentication: new ConfigurationBotFrameworkAuthentication({}),
    rejectUnauthenticated: async () => undefined,
    mayServe: isLoopbackUrl,
    mayFetch: isLoopbackUrl,
    ready: async () => true,
  };
}
