/**
 * The authenticator of a registered bot: accepts what Teams signed for this bot, from a service of this cloud and an
 * allowed tenant, and nothing else that the Bot Framework knows: no emulator, no skill, no stream. Nothing in a card's
 * data counts.
 */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Activity } from 'botbuilder';
import {
  AuthenticationError,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
} from 'botframework-connector';
import type { AuthenticateRequestResult, UserTokenClient } from 'botframework-connector';
import type { SecurityLog } from '../../desk/ports/securityLog.ts';
import { silentSecurityLog } from '../../desk/ports/securityLog.ts';
import type { Clock, Log } from '../../desk/ports/system.ts';
import { ownProperty, textOf } from '../activity.ts';
import { AuthError } from './authError.ts';
import type { ChannelTokens, TokenProblem, VerifiedToken } from './channelToken.ts';
import { createChannelTokens } from './channelToken.ts';
import type { Cloud } from './clouds.ts';
import { isServiceHost, isFileHost } from './clouds.ts';
import type { Admission, ChannelAuthenticator } from './authenticator.ts';
import { createSigningKeys } from './signingKeys.ts';

export interface TokenAuthenticatorOptions {
  /** The bot's app id, a GUID in lower case: the audience that the channel's tokens must have. */
  readonly appId: string;
  /** The tenants that may use the desk, GUIDs in lower case; never empty. */
  readonly tenants: readonly string[];
  readonly cloud: Cloud;
  /** By which tokens expire. */
  readonly clock: Clock;
  /** By which the age of the channel's keys is measured: one that is never set. `clock` where it is left out. */
  readonly steady?: Clock;
  readonly log: Log;
  /** Where each rejection is recorded by its kind; nowhere where it is left out. */
  readonly securityLog?: SecurityLog;
  /** A token for sending to the channel. May fail; the message is then retried later. */
  readonly token: (() => Promise<string>) & { readonly renew?: () => Promise<string> };
  /** How long fetching the channel's keys may take, in milliseconds. */
  readonly keysMs?: number;
  /** Fetches the channel's keys; over the network where it is left out. */
  readonly fetch?: typeof fetch;
}

/** Why an activity is rejected. The sender sees the status; only the log has the reason. */
type RejectionReason = TokenProblem | 'channel' | 'service' | 'tenant' | 'recipient';

const STATUS: Readonly<Record<RejectionReason, 401 | 403 | 503>> = {
  noToken: 401,
  badToken: 401,
  channel: 403,
  service: 403,
  tenant: 403,
  recipient: 403,
  // It cannot be authenticated now; Teams delivers an authentic one again.
  noKeys: 503,
};
/** A sentence for each, because the log is throttled by sentence: a flood of one must not hide the others. */
const WHY: Readonly<Record<RejectionReason, string>> = {
  noToken: 'Activity rejected: no token',
  badToken: 'Activity rejected: invalid token for this bot',
  noKeys: 'Activity rejected: signing keys unavailable',
  channel: 'Activity rejected: channel is not Teams',
  service: 'Activity rejected: service URL not allowed',
  tenant: 'Activity rejected: tenant not allowed',
  recipient: 'Activity rejected: addressed to another bot',
};
const CHANNEL = 'msteams';

/** Throws an {@link AuthError} where every request would be accepted: without an app id or without a tenant. */
export function createTokenAuthenticator(options: TokenAuthenticatorOptions): ChannelAuthenticator {
  const { appId, tenants, cloud, clock, token, log, securityLog = silentSecurityLog } = options;
  if (appId === '' || tenants.length === 0)
    throw new AuthError('auth.noTenants', 'A registered bot needs an app id and the tenants that may use it');
  const keys = createSigningKeys({
    cloud,
    clock: options.steady ?? clock,
    log,
    ...(options.keysMs !== undefined && { fetchMs: options.keysMs }),
    ...(options.fetch && { fetch: options.fetch }),
  });
  const tokens = createChannelTokens({ appId, cloud, keys, clock });
  const authentication = new TeamsAuthentication(options, tokens);
  return {
    authentication,
    async authenticate(authorization) {
      const verified = await tokens.check(authorization);
      if (typeof verified !== 'string') return { kind: 'admitted', admission: new TokenAdmission(verified) };
      log.warn({}, WHY[verified]);
      securityLog.record({ what: 'tokenRejected', code: verified });
      return { kind: 'rejected', status: STATUS[verified] };
    },
    authorize: async (activity, admission) =>
      authentication.resultFor(activity, admission instanceof TokenAdmission ? admission.proof : 'badToken'),
    ...(token.renew && { renewToken: token.renew }),
    mayServe: (serviceUrl) => isServiceHost(cloud, serviceUrl),
    mayFetch: (url) => isFileHost(cloud, url),
    ready: () => keys.ready(),
  };
}

class TokenAdmission implements Admission {
  readonly proof: VerifiedToken;

  constructor(proof: VerifiedToken) {
    this.proof = proof;
  }
}

class TeamsAuthentication extends BotFrameworkAuthentication {
  readonly #options: TokenAuthenticatorOptions;
  readonly #tokens: ChannelTokens;
  readonly #connectors: ConnectorFactory;
  readonly #identity: ClaimsIdentity;
  /** botbuilder wants a client for user tokens. No user signs in through this bot, so it has no credentials. */
  readonly #anonymousUserTokens: Promise<UserTokenClient>;

  constructor(options: TokenAuthenticatorOptions, tokens: ChannelTokens) {
    super();
    this.#options = options;
    this.#tokens = tokens;
    this.#connectors = new TeamsConnectors(options);
    this.#identity = new ClaimsIdentity(
      [
        { type: 'aud', value: options.appId },
        { type: 'iss', value: options.cloud.issuer },
      ],
      true,
    );
    this.#anonymousUserTokens = new ConfigurationBotFrameworkAuthentication({}).createUserTokenClient(
      new ClaimsIdentity([], 'anonymous'),
    );
  }

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    return this.resultFor(activity, await this.#tokens.check(authHeader));
  }

  /** Accepts an activity that matches its token; throws an AuthenticationError for any other. */
  resultFor(activity: Activity, verified: VerifiedToken | TokenProblem): AuthenticateRequestResult {
    const reason = this.#reasonAgainst(activity, verified);
    if (reason) this.#reject(reason);
    return { audience: this.#options.cloud.scope, claimsIdentity: this.#identity, connectorFactory: this.#connectors };
  }

  #reasonAgainst(activity: Activity, verified: VerifiedToken | TokenProblem): RejectionReason | undefined {
    const { appId, cloud, tenants } = this.#options;
    if (typeof verified === 'string') return verified;
    if (ownProperty(activity, 'channelId') !== CHANNEL || !verified.endorsements.has(CHANNEL)) return 'channel';
    // A token does not sign the body: the service URL is the only thing that ties the two together.
    if (ownProperty(activity, 'serviceUrl') !== verified.serviceUrl || !isServiceHost(cloud, verified.serviceUrl))
      return 'service';
    if (!tenants.includes(tenantOf(activity) ?? '')) return 'tenant';
    return textOf(ownProperty(ownProperty(activity, 'recipient'), 'id')).toLowerCase() === `28:${appId}`
      ? undefined
      : 'recipient';
  }

  #reject(reason: RejectionReason): never {
    this.#options.log.warn({}, WHY[reason]);
    this.#options.securityLog?.record({ what: 'tokenRejected', code: reason });
    throw new AuthenticationError(reason, STATUS[reason]);
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return this.#reject('channel');
  }

  /** Skills come through here. */
  override async authenticateChannelRequest(): Promise<ClaimsIdentity> {
    return this.#reject('channel');
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors;
  }

  override createUserTokenClient(): Promise<UserTokenClient> {
    return this.#anonymousUserTokens;
  }

  override getOriginatingAudience(): string {
    return this.#options.cloud.scope;
  }
}

/** The tenant of an activity, in lower case; undefined where it names none, or two that differ. */
function tenantOf(activity: unknown): string | undefined {
  const told = [
    ownProperty(ownProperty(ownProperty(activity, 'channelData'), 'tenant'), 'id'),
    ownProperty(ownProperty(activity, 'conversation'), 'tenantId'),
  ];
  const tenants = new Set(
    told.filter((one) => one !== undefined && one !== null).map((one) => textOf(one).toLowerCase()),
  );
  const [tenant, ...more] = tenants;
  return more.length === 0 ? tenant : undefined;
}

/** Clients that sign their requests, and send to Teams' services only. */
class TeamsConnectors extends ConnectorFactory {
  readonly #credentials: ConstructorParameters<typeof ConnectorClient>[0];

  constructor({ cloud, token, log }: TokenAuthenticatorOptions) {
    super();
    this.#credentials = {
      async signRequest(request) {
        // Checked for each request, not each client: the token must not go where a response or an activity may lead.
        if (!isServiceHost(cloud, request.url))
          throw new AuthError('auth.foreignService', 'The desk does not send to this service');
        const bearer = await token().catch((error: unknown) => {
          log.warn({ error }, 'Could not get a token for sending');
          throw error;
        });
        request.headers.set('Authorization', `Bearer ${bearer}`);
        return request;
      },
    };
  }

  override async create(serviceUrl: string): Promise<ConnectorClient> {
    return new ConnectorClient(this.#credentials, { baseUri: serviceUrl });
  }
}
