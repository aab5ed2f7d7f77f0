/** Whom the desk believes: Teams' signed messages where a bot is registered, this machine where none is. */
import type { BotConfig } from '../botConfig.ts';
import type { Clock, Log } from '../desk/ports.ts';
import type { TokenSource } from '../identity/identity.ts';
import { CLOUDS, type Cloud } from '../teams/clouds.ts';
import { loopbackDoor, type Door } from '../teams/door.ts';
import { signedDoor } from '../teams/signedDoor.ts';

/** What the door of a registered bot goes by, where it is not what the configuration names: an issuer of the tests. */
export interface DoorSurroundings {
  readonly cloud?: Cloud;
  /** A token for sending. */
  readonly token?: (() => Promise<string>) & Partial<TokenSource>;
}

/** The bot's own tokens: by its secret, or as the managed identity that it is. */
async function tokenFor(
  { appId, tenantId, secret }: BotConfig,
  { loginUrl, sharedTenant, scope }: Cloud,
): Promise<TokenSource> {
  const { appSecretToken, managedIdentityToken } = await import('../identity/identity.ts');
  return secret === undefined
    ? managedIdentityToken(appId, scope)
    : appSecretToken({ loginUrl, scope, appId, secret, tenantId: tenantId ?? sharedTenant });
}

export async function openDoor(
  bot: BotConfig | undefined,
  surroundings: DoorSurroundings,
  clock: Clock,
  log: Log,
): Promise<Door> {
  if (!bot) return loopbackDoor();
  const cloud = surroundings.cloud ?? CLOUDS[bot.cloud];
  return signedDoor({
    appId: bot.appId,
    tenants: bot.tenants,
    cloud,
    clock,
    log,
    token: surroundings.token ?? (await tokenFor(bot, cloud)),
  });
}
