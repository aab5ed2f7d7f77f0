/** The settings of a registered bot: who it is, how it proves that, and whom it lets in. */
import type { z } from 'zod';
import { isGuid } from '../domain/claims/fields.ts';
import { guid, listOf, oneOf, text } from './settings.ts';
import type { Given } from './settings.ts';

export const APP_TYPES = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
export const CLOUD_NAMES = ['public', 'usGovernment'] as const;

const USUAL_TYPE = 'SingleTenant';

export const BOT_SETTINGS = {
  MICROSOFT_APP_ID: guid("the application (client) id of the bot's registration").optional(),
  // Without a default: a type without an id is half a registration.
  MICROSOFT_APP_TYPE: oneOf(APP_TYPES, USUAL_TYPE).optional(),
  MICROSOFT_APP_TENANT_ID: guid('the id of the tenant in which the bot is registered').optional(),
  MICROSOFT_APP_PASSWORD: text().optional(),
  ALLOWED_TENANTS: listOf(isGuid, 'not-a-guid', 'Give the ids of tenants, GUIDs, with commas between them.').optional(),
  CLOUD: oneOf(CLOUD_NAMES, 'public').default('public'),
};

export type BotSettings = z.output<z.ZodObject<typeof BOT_SETTINGS>>;

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

/** Refuses every mixture of settings that would let in anyone, or with which the bot could not send. */
export function checkBot(given: Given<BotSettings>): void {
  if (!given.has('MICROSOFT_APP_ID')) refuseHalf(given);
  else if (given.isSound('MICROSOFT_APP_TYPE'))
    checkRegistration(given, given.value('MICROSOFT_APP_TYPE') ?? USUAL_TYPE);
}

const HALVES = [
  'MICROSOFT_APP_TYPE',
  'MICROSOFT_APP_TENANT_ID',
  'MICROSOFT_APP_PASSWORD',
  'ALLOWED_TENANTS',
] as const satisfies readonly (keyof BotSettings)[];

/** Half a registration is one whose id was forgotten: without it nothing would be checked. */
function refuseHalf(given: Given<BotSettings>): void {
  const half = HALVES.find((variable) => given.has(variable));
  if (half === undefined) return;
  given.refuse(
    'MICROSOFT_APP_ID',
    'missing',
    `is not set, but ${half} is. Give the application (client) id of the bot's registration: ` +
      `without it no message would be checked. To try the desk on this machine, leave both out.`,
  );
}

function checkRegistration(given: Given<BotSettings>, type: BotConfig['type']): void {
  const appId = given.value('MICROSOFT_APP_ID');
  const registration = appId === undefined ? '' : ` ${appId}`;
  const hasSecret = given.has('MICROSOFT_APP_PASSWORD');
  if (type === 'UserAssignedMSI' && hasSecret) {
    given.refuse(
      'MICROSOFT_APP_PASSWORD',
      'not-used',
      'is set, but a UserAssignedMSI bot has no secret. Leave it out, or set MICROSOFT_APP_TYPE to SingleTenant.',
    );
  }
  if (type !== 'UserAssignedMSI' && !hasSecret) {
    given.refuse(
      'MICROSOFT_APP_PASSWORD',
      'missing',
      `is not set. Give the client secret of the ${type} registration${registration}, ` +
        `or set MICROSOFT_APP_TYPE to UserAssignedMSI where the bot has a managed identity.`,
    );
  }
  if (type === 'MultiTenant') {
    if (given.isSound('ALLOWED_TENANTS') && (given.value('ALLOWED_TENANTS') ?? []).length === 0)
      given.refuse(
        'ALLOWED_TENANTS',
        'missing',
        'is not set. A MultiTenant bot hears from every tenant of Teams: give the ids of those whose people ' +
          'may use the desk, with commas between them.',
      );
  } else if (!given.has('MICROSOFT_APP_TENANT_ID')) {
    given.refuse(
      'MICROSOFT_APP_TENANT_ID',
      'missing',
      `is not set. Give the id of the tenant in which the ${type} bot${registration} is registered.`,
    );
  }
}

/** The bot by settings that {@link checkBot} has passed; undefined without an app id. */
export function botOf(settings: BotSettings): BotConfig | undefined {
  const {
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TYPE: type = USUAL_TYPE,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_PASSWORD: secret,
    ALLOWED_TENANTS: allowed = [],
    CLOUD: cloud,
  } = settings;
  if (appId === undefined) return undefined;
  const bot = { appId, type, cloud, ...(secret !== undefined && { secret }) };
  return type === 'MultiTenant' || tenantId === undefined
    ? { ...bot, tenants: allowed }
    : { ...bot, tenantId, tenants: [...new Set([tenantId, ...allowed])] };
}
