/** The settings of a registered bot: who it is, how it proves that, and whom it lets in. */
import { ConfigError, isGuid, read, readGuid, readList, readOneOf } from './environment.ts';
import type { Environment } from './environment.ts';

export const APP_TYPES = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
export const CLOUD_NAMES = ['public', 'usGovernment'] as const;

export interface BotConfig {
  readonly appId: string;
  readonly type: (typeof APP_TYPES)[number];
  readonly cloud: (typeof CLOUD_NAMES)[number];
  /** The tenant of the registration; absent for MultiTenant. */
  readonly tenantId?: string;
  /** The registration's secret; absent for UserAssignedMSI, which needs none. */
  readonly secret?: string;
  /** Whose people are let in: never empty. */
  readonly tenants: readonly string[];
}

/** The bot by its settings; undefined without an app id. Refuses every mixture that would leave the door open or could not send. */
export function readBot(env: Environment): BotConfig | undefined {
  const appId = readGuid(env, 'MICROSOFT_APP_ID', "the application (client) id of the bot's registration");
  const type = readOneOf(env, 'MICROSOFT_APP_TYPE', APP_TYPES, 'SingleTenant');
  const tenantId = readGuid(env, 'MICROSOFT_APP_TENANT_ID', 'the id of the tenant in which the bot is registered');
  const secret = read(env, 'MICROSOFT_APP_PASSWORD');
  const allowed = readTenants(env);
  const cloud = readOneOf(env, 'CLOUD', CLOUD_NAMES, 'public');
  if (appId === undefined) {
    refuseWithoutAppId(env);
    return undefined;
  }
  if (type === 'UserAssignedMSI' && secret !== undefined) {
    throw new ConfigError(
      'not-used',
      'MICROSOFT_APP_PASSWORD',
      'is set, but a UserAssignedMSI bot has no secret. Leave it out, or set MICROSOFT_APP_TYPE to SingleTenant.',
    );
  }
  if (type !== 'UserAssignedMSI' && secret === undefined) {
    throw new ConfigError(
      'missing',
      'MICROSOFT_APP_PASSWORD',
      `is not set. Give the client secret of the ${type} registration ${appId}, or set MICROSOFT_APP_TYPE to UserAssignedMSI where the bot has a managed identity.`,
    );
  }
  if (type === 'MultiTenant') {
    if (allowed.length === 0)
      throw new ConfigError(
        'missing',
        'ALLOWED_TENANTS',
        'is not set. A MultiTenant bot hears from every tenant of Teams: give the ids of those whose people may use the desk, with commas between them.',
      );
    return { appId, type, cloud, tenants: allowed, ...(secret !== undefined && { secret }) };
  }
  if (tenantId === undefined)
    throw new ConfigError(
      'missing',
      'MICROSOFT_APP_TENANT_ID',
      `is not set. Give the id of the tenant in which the ${type} bot ${appId} is registered.`,
    );
  return {
    appId,
    type,
    cloud,
    tenantId,
    tenants: [...new Set([tenantId, ...allowed])],
    ...(secret !== undefined && { secret }),
  };
}

/** Half a registration is one whose id was forgotten: without it nothing would be checked. */
function refuseWithoutAppId(env: Environment): void {
  const half = ['MICROSOFT_APP_TYPE', 'MICROSOFT_APP_TENANT_ID', 'MICROSOFT_APP_PASSWORD', 'ALLOWED_TENANTS'].find(
    (variable) => read(env, variable) !== undefined,
  );
  if (half === undefined) return;
  throw new ConfigError(
    'missing',
    'MICROSOFT_APP_ID',
    `is not set, but ${half} is. Give the application (client) id of the bot's registration: without it no message would be checked. To try the desk on this machine, leave both out.`,
  );
}

function readTenants(env: Environment): readonly string[] {
  const tenants = readList(env, 'ALLOWED_TENANTS').map((tenant) => {
    if (isGuid(tenant)) return tenant.toLowerCase();
    throw new ConfigError(
      'not-a-guid',
      'ALLOWED_TENANTS',
      `has the entry "${tenant}". Give the ids of tenants, GUIDs, with commas between them.`,
    );
  });
  return [...new Set(tenants)];
}
