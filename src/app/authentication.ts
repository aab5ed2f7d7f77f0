/** Whom the desk believes: Teams' signed messages where a bot is registered, this machine where none is. */
import type { BotConfig } from '../config/bot.ts';
import type { SecurityLog } from '../desk/ports/securityLog.ts';
import type { Clock, Log } from '../desk/ports/system.ts';
import { steadyClock } from '../runtime/clock.ts';
import type { TokenSource } from '../runtime/azureIdentity.ts';
import { CLOUDS } from '../teams/auth/clouds.ts';
import type { Cloud } from '../teams/auth/clouds.ts';
import { createUnauthenticatedLocal } from '../teams/auth/authenticator.ts';
import type { ChannelAuthenticator } from '../teams/auth/authenticator.ts';
import { createTokenAuthenticator } from '../teams/auth/tokenAuthenticator.ts';

/** Replaces what the configuration names for a registered bot: the issuer of the tests. */
export interface AuthenticationOverrides {
  readonly cloud?: Cloud;
  /** A token for sending. */
  readonly token?: (() => Promise<string>) & Partial<TokenSource>;
}

/** The bot's own tokens: by its secret, or as the managed identity that it is. */
async function tokenFor(
  { appId, tenantId, secret }: BotConfig,
  { loginUrl, sharedTenant, scope }: Cloud,
): Promise<TokenSource> {
  const { appSecretToken, managedIdentityToken } = await import('../runtime/azureIdentity.ts');
  return secret === undefined
    ? managedIdentityToken(appId, scope)
    : appSecretToken({ loginUrl, scope, appId, secret, tenantId: tenantId ?? sharedTenant });
}

export async function createAuthentication(
  bot: BotConfig | undefined,
  surroundings: AuthenticationOverrides,
  clock: Clock,
  log: Log,
  securityLog: SecurityLog,
): Promise<ChannelAuthenticator> {
  if (!bot) return createUnauthenticatedLocal();
  const cloud = surroundings.cloud ?? CLOUDS[bot.cloud];
  return createTokenAuthenticator({
    appId: bot.appId,
    tenants: bot.tenants,
    cloud,
    clock,
    steady: steadyClock,
    log,
    securityLog,
    token: surroundings.token ?? (await tokenFor(bot, cloud)),
  });
}
