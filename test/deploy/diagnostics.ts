/**
 * What a diagnostic setting may be, written from the reference of
 * `Microsoft.Insights/diagnosticSettings@2021-05-01-preview`.
 */
import { Ajv } from 'ajv';
import type { Json } from './readings.ts';
import { listAt, textAt } from './safety.ts';

/** The logs that there are of the types that the desk is made of. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.App/managedEnvironments': [
    'ContainerAppConsoleLogs',
    'ContainerAppSystemLogs',
    'AppEnvSpringAppConsoleLogs',
    'AppEnvSessionConsoleLogs',
  ],
  'Microsoft.BotService/botServices': ['BotRequest'],
  'Microsoft.DocumentDB/databaseAccounts': [
    'DataPlaneRequests',
    'QueryRuntimeStatistics',
    'PartitionKeyStatistics',
    'PartitionKeyRUConsumption',
    'ControlPlaneRequests',
  ],
  'Microsoft.KeyVault/vaults': ['AuditEvent', 'AzurePolicyEvaluationDetails'],
  'Microsoft.Storage/storageAccounts/blobServices': ['StorageRead', 'StorageWrite', 'StorageDelete'],
};

/** The logs that tell who did what: without one of these a setting is not enough. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.App/managedEnvironments': ['ContainerAppConsoleLogs', 'ContainerAppSystemLogs'],
  'Microsoft.BotService/botServices': ['BotRequest'],
  'Microsoft.DocumentDB/databaseAccounts': ['ControlPlaneRequests', 'DataPlaneRequests'],
  'Microsoft.KeyVault/vaults': ['AuditEvent'],
  'Microsoft.Storage/storageAccounts/blobServices': ['StorageRead', 'StorageWrite', 'StorageDelete'],
};

/** What has to be watched, each by a setting of its own. */
export const WATCHED: readonly string[] = Object.keys(CATEGORIES);

/** What logs into the table that all of Azure shares, unless it is told to use tables of its own. */
const SHARING: readonly string[] = ['Microsoft.DocumentDB/databaseAccounts', 'Microsoft.KeyVault/vaults'];

const ajv = new Ajv({ allErrors: true, strict: false });

function schemaOf(categories: readonly string[], shares: boolean): object {
  const log = {
    type: 'object',
    required: ['category', 'enabled'],
    additionalProperties: false,
    properties: { category: { enum: categories }, enabled: { const: true } },
  };
  return {
    type: 'object',
    required: ['name', 'properties'],
    additionalProperties: false,
    properties: {
      type: {},
      apiVersion: { const: '2021-05-01-preview' },
      name: { type: 'string' },
      properties: {
        type: 'object',
        required: ['workspaceId', 'logs', ...(shares ? ['logAnalyticsDestinationType'] : [])],
        additionalProperties: false,
        properties: {
          workspaceId: { type: 'string' },
          logAnalyticsDestinationType: { const: 'Dedicated' },
          logs: { type: 'array', minItems: 1, items: log },
        },
      },
    },
  };
}

/** What is wrong with a setting for a resource of this type. */
export function diagnosticsFaults(body: Json, scope = 'nothing'): readonly string[] {
  const categories = CATEGORIES[scope];
  if (!categories) return [`is of ${scope}, whose logs are not known here`];
  if (ajv.validate(schemaOf(categories, SHARING.includes(scope)), body)) {
    const logged = listAt(body, 'properties.logs').map((log) => textAt(log, 'category'));
    const missing = (NEEDED[scope] ?? []).filter((category) => !logged.includes(category));
    return missing.map((category) => `leaves out ${category} of ${scope}`);
  }
  return (ajv.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? 'is wrong'} ${JSON.stringify(params)}`,
  );
}
