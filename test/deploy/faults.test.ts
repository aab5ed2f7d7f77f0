import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { skipBecause } from '../browser/skipBecause.ts';
import { whyNoSchemas } from './armSchemas.ts';
import { deployFaults, deployTexts } from './deployFolder.ts';
import { dockerfileFaults, PROJECT } from './dockerfile.ts';

/** What is done to a file, and what has to be said of it then. */
type Fault = readonly [wrong: string, path: string, from: string, to: string, said: RegExp];

/** Faults that Azure would find, or that only Azure's schemas tell. */
const AGAINST_THE_SCHEMAS: readonly Fault[] = [
  [
    'a misspelt property',
    'modules/files.bicep',
    'allowSharedKeyAccess: false',
    'allowSharedKeysAccess: false',
    /allowSharedKeysAccess is not known/,
  ],
  [
    'a misspelt property deep inside',
    'modules/state.bicep',
    'indexingMode:',
    'indexMode:',
    /indexingPolicy\/indexMode is not known/,
  ],
  [
    'a property of another kind of channel',
    'modules/bot.bicep',
    'enableCalling: false',
    'enableVideo: false',
    /enableVideo is not known/,
  ],
  [
    'a misspelt property in a list',
    'modules/desk.bicep',
    'failureThreshold: 10',
    'failureTreshold: 10',
    /probes\/0\/failureTreshold is not known/,
  ],
  [
    'a value that is none of the allowed',
    'modules/state.bicep',
    "'Strong'",
    "'Strongest'",
    /defaultConsistencyLevel must be equal to one of the allowed values/,
  ],
  [
    'a wrong value at one end of a choice',
    'modules/state.bicep',
    '? { autoscaleSettings: { maxThroughput: maxThroughput } }',
    '? { autoscaleSettings: { maxThroughput: true } }',
    /maxThroughput must be integer/,
  ],
  [
    'a wrong value among those a parameter may have',
    'modules/state.bicep',
    "@allowed(['Continuous7Days', 'Continuous30Days'])",
    "@allowed(['Continuous7Days', 'Continuous90Days'])",
    /tier must be equal to one of the allowed values/,
  ],
  [
    'a text where a number belongs',
    'modules/desk.bicep',
    'targetPort: port',
    "targetPort: 'http'",
    /targetPort must be integer/,
  ],
  [
    'a property that is missing',
    'modules/state.bicep',
    "    databaseAccountOfferType: 'Standard'\n",
    '',
    /must have required property 'databaseAccountOfferType'/,
  ],
  [
    'a vault without a tenant',
    'modules/secrets.bicep',
    '    tenantId: tenant().tenantId\n',
    '',
    /must have required property 'tenantId'/,
  ],
  [
    'a version of a type that there is not',
    'modules/secrets.bicep',
    'Microsoft.KeyVault/vaults@2025-05-01',
    'Microsoft.KeyVault/vaults@2025-05-02',
    /there is no schema of Microsoft.KeyVault\/vaults@2025-05-02/,
  ],
];

const AGAINST_THE_HOUSE: readonly Fault[] = [
  [
    'a bracket that is not closed',
    'modules/files.bicep',
    "  kind: 'StorageV2'\n  sku: {",
    "  kind: 'StorageV2'\n  sku: [",
    /cannot be read/,
  ],
  ['a name that nothing declares', 'modules/files.bicep', 'name: sku', 'name: skuName', /skuName is not known/],
  ['a function that there is not', 'main.bicep', 'take(uniqueString(', 'first(uniqueString(', /first is not known/],
  [
    'a parameter that nothing uses',
    'main.bicep',
    'drainSeconds: drainSeconds',
    'drainSeconds: 25',
    /drainSeconds is not used/,
  ],
  ['a module that is not given what it needs', 'main.bicep', '    sku: storageSku\n', '', /files is not given sku/],
  [
    'a module that is given what it does not take',
    'main.bicep',
    'sku: storageSku',
    'sku: storageSku\n    tier: storageSku',
    /files has no parameter tier/,
  ],
  [
    'an output that a module does not have',
    'main.bicep',
    'state.outputs.endpoint',
    'state.outputs.uri',
    /state has no output uri/,
  ],
  [
    'a module that is not there',
    'main.bicep',
    'modules/bot.bicep',
    'modules/robot.bicep',
    /the module bot is not there/,
  ],
  [
    'a diagnostic setting of a log that there is not',
    'modules/bot.bicep',
    "'BotRequest'",
    "'BotRequests'",
    /must be equal to one of the allowed values/,
  ],
  [
    'a vault whose logs go where no one looks',
    'modules/secrets.bicep',
    "    logAnalyticsDestinationType: 'Dedicated'\n",
    '',
    /secrets\.bicep:\d+ .*must have required property 'logAnalyticsDestinationType'/,
  ],
  [
    'a vault that no one watches',
    'modules/secrets.bicep',
    "scope: vault\n  name: 'logs'",
    "scope: linkSecret\n  name: 'logs'",
    /Microsoft.KeyVault\/vaults has no diagnostic setting/,
  ],
  [
    'a key of the storage account in an output',
    'modules/files.bicep',
    'output container string = documents.name',
    'output container string = account.listKeys().keys[0].value',
    /container shows a secret/,
  ],
  [
    'a secret parameter in an output',
    'modules/secrets.bicep',
    'output vaultUri string = vault.properties.vaultUri',
    "output vaultUri string = '${vault.properties.vaultUri}${linkKey}'",
    /vaultUri shows a secret/,
  ],
  [
    'a connection string in an output',
    'modules/watching.bicep',
    '= insights.name',
    '= insights.properties.ConnectionString',
    /insightsName shows a secret/,
  ],
  [
    'a key that is a plain parameter of a module',
    'modules/secrets.bicep',
    '@secure()\nparam linkKey',
    'param linkKey',
    /linkKey is not @secure\(\)/,
  ],
  [
    'a secret handed to a plain parameter',
    'main.bicep',
    'displayName: botDisplayName',
    'displayName: metricsKey',
    /the module bot is given a secret/,
  ],
  [
    'a secret in a variable of the container',
    'modules/desk.bicep',
    "'insights', value: insights.properties.ConnectionString",
    "'insights', keyVaultUrl: insights.properties.ConnectionString",
    /has a secret in properties.configuration.secrets.3.keyVaultUrl/,
  ],
  [
    'a key given to the container as it is',
    'modules/desk.bicep',
    "name: 'LINK_KEY', secretRef: 'link-key'",
    "name: 'LINK_KEY', value: clientId",
    /LINK_KEY is not taken from a secret/,
  ],
  [
    "the bot's secret given to the container as it is",
    'modules/desk.bicep',
    "name: 'MICROSOFT_APP_PASSWORD', secretRef: 'app-password'",
    "name: 'MICROSOFT_APP_PASSWORD', value: vaultUri",
    /MICROSOFT_APP_PASSWORD is not taken from a secret/,
  ],
  [
    "the bot's secret handed to the desk",
    'main.bicep',
    'appId: application\n    identityId: identity.id\n    clientId: identity.properties.clientId\n    ' +
      'workspaceId: watching.outputs.workspaceId\n    insights',
    'appId: appPassword\n    identityId: identity.id\n    clientId: identity.properties.clientId\n    ' +
      'workspaceId: watching.outputs.workspaceId\n    insights',
    /the module desk is given a secret in params.appId/,
  ],
  [
    "the bot's secret as a plain parameter",
    'main.bicep',
    '@secure()\nparam appPassword',
    'param appPassword',
    /appPassword is not @secure\(\)/,
  ],
  [
    "the bot's secret in a list that is put together",
    'modules/secrets.bicep',
    "    publicNetworkAccess: 'Enabled'\n",
    "    publicNetworkAccess: 'Enabled'\n    accessPolicies: concat([], empty(linkKey) ? [] : [appPassword])\n",
    /has a secret in properties.accessPolicies.0/,
  ],
  [
    'a secret of the bot that the vault does not have',
    'modules/secrets.bicep',
    "name: 'app-password'",
    "name: 'bot-password'",
    /the vault has nothing where app-password is looked for/,
  ],
  [
    'a secret that the container app has not',
    'modules/desk.bicep',
    "secretRef: 'metrics-key'",
    "secretRef: 'metric-key'",
    /has no secret "metric-key"/,
  ],
  [
    'a variable that the desk does not read',
    'modules/desk.bicep',
    "'DRAIN_SECONDS'",
    "'DRAIN_TIME'",
    /is given DRAIN_TIME, which the desk does not read/,
  ],
  [
    'a variable that the desk needs and lacks',
    'modules/desk.bicep',
    "            { name: 'PUBLIC_URL', value: publicUrl }\n",
    '',
    /is not given PUBLIC_URL/,
  ],
  [
    'shared keys let in',
    'modules/files.bicep',
    'allowSharedKeyAccess: false',
    'allowSharedKeyAccess: true',
    /has not properties.allowSharedKeyAccess false/,
  ],
  [
    'a container that everyone can read',
    'modules/files.bicep',
    "publicAccess: 'None'",
    "publicAccess: 'Blob'",
    /has not properties.publicAccess "None"/,
  ],
  [
    'versions that are not kept',
    'modules/files.bicep',
    'isVersioningEnabled: true',
    'isVersioningEnabled: false',
    /has not properties.isVersioningEnabled true/,
  ],
  [
    'assessments that can be overwritten',
    'modules/files.bicep',
    'parent: assessments\n',
    'parent: documents\n',
    /assessments has no immutability policy/,
  ],
  [
    'keys of Cosmos DB let in',
    'modules/state.bicep',
    'disableLocalAuth: true',
    'disableLocalAuth: false',
    /has not properties.disableLocalAuth true/,
  ],
  [
    'a weaker consistency',
    'modules/state.bicep',
    "'Strong'",
    "'Eventual'",
    /has not properties.consistencyPolicy.defaultConsistencyLevel "Strong"/,
  ],
  [
    'a desk that is ended in the middle',
    'modules/desk.bicep',
    'drainSeconds + 10',
    'drainSeconds',
    /has not properties.template.terminationGracePeriodSeconds/,
  ],
  [
    'a question after its health at another port',
    'modules/desk.bicep',
    "httpGet: { path: '/readyz', port: port }",
    "httpGet: { path: '/readyz', port: 80 }",
    /has not .*probes\.2\.httpGet\.port 3978/,
  ],
  [
    'traffic at another port than the desk listens on',
    'modules/desk.bicep',
    'targetPort: port',
    'targetPort: 80',
    /has not .*ingress\.targetPort 3978/,
  ],
  [
    'an old version that goes on beside the new one',
    'modules/desk.bicep',
    "'Single'",
    "'Multiple'",
    /has not .*activeRevisionsMode "Single"/,
  ],
  [
    'a role that writes where one that reads is enough',
    'modules/secrets.bicep',
    '4633458b-17de-408a-b874-0445c86b69e6',
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    /the role is not Key Vault Secrets User/,
  ],
  [
    'a role that may delete documents',
    'modules/state.bicep',
    "          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace'\n",
    "          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace'\n" +
      "          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/delete'\n",
    /state\.bicep:\d+ the role allows too much in its dataActions: \S+items\/delete/,
  ],
  [
    'a role that may do anything to documents',
    'modules/state.bicep',
    'containers/items/create',
    'containers/items/*',
    /the role allows too much in its dataActions: \S+items\/\*/,
  ],
  [
    'a role that may not look for documents',
    'modules/state.bicep',
    "          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'\n",
    '',
    /the role lacks in its dataActions: \S+executeQuery/,
  ],
  [
    'the built-in role of Cosmos DB, which may delete',
    'modules/state.bicep',
    'roleDefinitionId: writer.id',
    "roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'",
    /the role is not one of the desk's own/,
  ],
  [
    'a role at the whole account of Cosmos DB',
    'modules/state.bicep',
    '    scope: documents\n',
    '    scope: account.id\n',
    /the role is given at Microsoft.DocumentDB\/databaseAccounts/,
  ],
  [
    'a role that may remove anchors and assessments',
    'modules/files.bicep',
    "dataActions: ['${containers}/blobs/read', '${containers}/blobs/write']",
    "dataActions: ['${containers}/blobs/read', '${containers}/blobs/write', '${containers}/blobs/delete']",
    /the role allows too much in its dataActions: \S+blobs\/delete/,
  ],
  [
    'a role that may delete what versions keep',
    'modules/files.bicep',
    "'${containers}/blobs/delete'\n",
    "'${containers}/blobs/delete'\n          '${containers}/blobs/deleteBlobVersion/action'\n",
    /the role allows too much in its dataActions: \S+deleteBlobVersion/,
  ],
  [
    'a role that may delete containers',
    'modules/files.bicep',
    "actions: ['${containers}/read']",
    "actions: ['${containers}/read', '${containers}/delete']",
    /the role allows too much in its actions: \S+containers\/delete/,
  ],
  [
    'assessments that the desk may remove',
    'modules/files.bicep',
    "roleDefinitions', recorder.name)",
    "roleDefinitions', keeper.name)",
    /the role allows too much in its dataActions: \S+blobs\/delete/,
  ],
  [
    'a role at the whole account of Storage',
    'modules/files.bicep',
    '  scope: anchors\n',
    '  scope: account\n',
    /the role is given at Microsoft.Storage\/storageAccounts/,
  ],
  [
    'anchors that can be overwritten',
    'modules/files.bicep',
    'parent: anchors\n',
    'parent: documents\n',
    /anchors has no immutability policy/,
  ],
  [
    'anchors that the desk may not write',
    'modules/files.bicep',
    '  scope: anchors\n  name: guid(anchors.id',
    '  scope: assessments\n  name: guid(anchors.id',
    /the desk has not one role at desk-anchors/,
  ],
  [
    'a Cosmos DB that does not tell who changed a document',
    'modules/state.bicep',
    "      { category: 'DataPlaneRequests', enabled: true }\n",
    '',
    /leaves out DataPlaneRequests of Microsoft.DocumentDB\/databaseAccounts/,
  ],
  [
    'a storage account that does not tell who read a file',
    'modules/files.bicep',
    "      { category: 'StorageRead', enabled: true }\n",
    '',
    /leaves out StorageRead of Microsoft.Storage\/storageAccounts\/blobServices/,
  ],
  [
    'an alert of a metric that the desk does not have',
    'modules/alerts.bicep',
    "metric: 'desk_quarantined_files'",
    "metric: 'desk_quarantine_files'",
    /goes by desk_quarantine_files, which is no metric of the desk[^]*no alert goes by desk_quarantined_files/,
  ],
  [
    'an alert that was not thought of',
    'modules/alerts.bicep',
    "metric: 'desk_dead_notices_total'",
    "metric: 'desk_turns_total'",
    /the alert of desk_turns_total is not one that was thought of/,
  ],
  [
    'an alert that fires when all is well',
    'modules/alerts.bicep',
    'threshold: 0',
    'threshold: -1',
    /the alert of desk_not_ready reads Minimum GreaterThan -1, not Minimum GreaterThan 0/,
  ],
  [
    'an alert that adds up what every replica reports of the same files',
    'modules/alerts.bicep',
    "aggregation: 'Maximum'",
    "aggregation: 'Total'",
    /the alert of desk_pair_mismatch reads Total GreaterThan 0/,
  ],
  [
    'an alert that measures rows by a column',
    'modules/alerts.bicep',
    "== 'Count' ? null",
    "== 'Total' ? null",
    /counts a column, or measures none/,
  ],
  [
    'an alert of a severity that there is not',
    'modules/alerts.bicep',
    'severity: 2',
    'severity: 5',
    /\/properties\/severity must be <= 4/,
  ],
  ['an alert that tells no one', 'modules/alerts.bicep', '[group.id]', '[workspaceId]', /the alert .+ tells no one/],
  ['two alerts of one name', 'modules/alerts.bicep', "'silent'", "'quarantine'", /two alerts are called/],
  [
    'alerts that are sent to no one',
    'modules/alerts.bicep',
    '    enabled: true\n    emailReceivers',
    '    enabled: false\n    emailReceivers',
    /actionGroups \/properties\/enabled must be equal to constant/,
  ],
  [
    'an address for alerts that may be empty',
    'main.bicep',
    '@minLength(5)\nparam alertEmail',
    'param alertEmail',
    /alertEmail is taken from the environment also when it is empty/,
  ],
  [
    'logs that may be gone before a dispute is over',
    'main.bicep',
    '@minValue(90)',
    '@minValue(30)',
    /logs may be gone after 30 days, before \d+ are over/,
  ],
  [
    'logs that are gone before a dispute is over where nothing is said',
    'main.bicep',
    'logRetentionDays int = 180',
    'logRetentionDays int = 60',
    /logs are gone before \d+ days are over/,
  ],
  [
    'a role at everything in the group',
    'modules/files.bicep',
    '  scope: documents\n  name: guid',
    '  name: guid',
    /the role is given at the whole group/,
  ],
  [
    'a role given to someone else',
    'modules/files.bicep',
    '    principalId: principalId\n',
    '    principalId: workspaceId\n',
    /the role is given to someone else/,
  ],
  [
    'a desk that is started before it may pull its image',
    'main.bicep',
    '  dependsOn: [pulling]\n',
    '',
    /the desk does not wait for pulling/,
  ],
  [
    'a secret that is read as no one',
    'modules/desk.bicep',
    "secrets/link-key', identity: identityId",
    "secrets/link-key'",
    /link-key is not read by the desk's identity/,
  ],
  [
    'a secret of the bot that is read as no one',
    'modules/desk.bicep',
    "secrets/app-password', identity: identityId",
    "secrets/app-password'",
    /app-password is not read by the desk's identity/,
  ],
  [
    'a bot without its tenant',
    'modules/bot.bicep',
    '    msaAppTenantId: tenant().tenantId\n',
    '',
    /an application as bot msaAppTenantId is missing/,
  ],
  [
    "a desk that is not told the bot's tenant",
    'modules/desk.bicep',
    "            { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }\n",
    '',
    /an application as bot MICROSOFT_APP_TENANT_ID is missing/,
  ],
  [
    'an application registered as an identity',
    'modules/bot.bicep',
    "msaAppType: 'SingleTenant'",
    "msaAppType: 'UserAssignedMSI'",
    /an application as bot msaAppType is UserAssignedMSI/,
  ],
  [
    "an identity's id registered as an application",
    'modules/bot.bicep',
    "'SingleTenant', msaAppId: appId",
    "'SingleTenant', msaAppId: clientId",
    /an application as bot msaAppId is \[clientId\]/,
  ],
  [
    'a bot of a type of which no new ones are made',
    'modules/bot.bicep',
    "'SingleTenant'",
    "'MultiTenant'",
    /an application as bot msaAppType is MultiTenant/,
  ],
  [
    'an application that is said to be the identity',
    'modules/bot.bicep',
    'msaAppId: appId }',
    'msaAppId: appId, msaAppMSIResourceId: identityId }',
    /an application as bot msaAppMSIResourceId is \[identityId\], not missing/,
  ],
  [
    'a registration the wrong way round',
    'modules/bot.bicep',
    'empty(appId)',
    '!empty(appId)',
    /bot\.bicep:\d+ does not ask whether there is an application/,
  ],
  [
    'a desk that takes itself for another type of bot',
    'modules/desk.bicep',
    "'UserAssignedMSI' : 'SingleTenant'",
    "'SingleTenant' : 'UserAssignedMSI'",
    /an application as bot MICROSOFT_APP_TYPE is UserAssignedMSI/,
  ],
  [
    'a desk that takes itself for another bot',
    'modules/desk.bicep',
    'empty(appId) ? clientId : appId',
    'clientId',
    /an application as bot MICROSOFT_APP_ID is \[clientId\]/,
  ],
  [
    'an identity that is given a secret',
    'modules/desk.bicep',
    '], empty(appId) ? [] : [\n            {',
    "], empty(appId) ? [{ name: 'MICROSOFT_APP_PASSWORD', value: '', secretRef: 'link-key' }] : [\n            {",
    /the identity as bot MICROSOFT_APP_PASSWORD is .*link-key.*, not missing/,
  ],
  [
    'a desk that opens claims as the application',
    'modules/desk.bicep',
    "name: 'AZURE_CLIENT_ID', value: clientId",
    "name: 'AZURE_CLIENT_ID', value: appId",
    /an application as bot AZURE_CLIENT_ID is \[appId\]/,
  ],
  [
    'a bot that is not given the application',
    'main.bicep',
    "/api/messages'\n    appId: application",
    "/api/messages'\n    appId: ''",
    /the module bot is not given the application/,
  ],
  [
    'an app package for another bot',
    'main.bicep',
    'string = empty(application) ? identity.properties.clientId : application',
    'string = identity.properties.clientId',
    /the output appId is not who the bot is/,
  ],
  [
    'a bot that leads elsewhere',
    'main.bicep',
    'publicUrl}/api/messages',
    'publicUrl}/api/message',
    /the bot does not lead to \/api\/messages/,
  ],
  [
    'one desk alone',
    'main.bicep',
    '@minValue(2)\n@maxValue(30)\nparam minReplicas',
    '@minValue(1)\n@maxValue(30)\nparam minReplicas',
    /minReplicas may be less than 2/,
  ],
  [
    'an address that takes what is not encrypted',
    'modules/desk.bicep',
    'allowInsecure: false',
    'allowInsecure: true',
    /has not properties.configuration.ingress.allowInsecure false/,
  ],
  [
    'a parameter that is not given',
    'test.bicepparam',
    "param image = readEnvironmentVariable('DESK_IMAGE')\n",
    '',
    /test.bicepparam does not give image/,
  ],
  [
    'a parameter that the template does not take',
    'production.bicepparam',
    'param logLevel',
    'param logsLevel',
    /logsLevel is not a parameter/,
  ],
  [
    'a parameter of a wrong kind',
    'production.bicepparam',
    'param maxReplicas = 6',
    "param maxReplicas = '6'",
    /maxReplicas is of type int/,
  ],
  [
    'a parameter out of its range',
    'production.bicepparam',
    'param minReplicas = 2',
    'param minReplicas = 1',
    /minReplicas is out of its range/,
  ],
  ['a parameter that is none of the allowed', 'production.bicepparam', "'S1'", "'S2'", /botSku is none of F0, S1/],
  [
    'a bot that is fixed as the identity where its application was not read',
    'main.bicep',
    '@minLength(8)\n@maxLength(36)\nparam appId string\n',
    'param appId string\n',
    /production.bicepparam:\d+ appId is taken from the environment also when it is empty/,
  ],
  [
    'a bot that is the identity by being left empty',
    'main.bicep',
    "appId == 'identity' ? '' : appId",
    'appId',
    /the bot is the identity where no parameter says so/,
  ],
  [
    'operators that are no one',
    'main.bicep',
    '@minLength(73)\n',
    '',
    /test.bicepparam:\d+ operators is taken from the environment also when it is empty/,
  ],
  [
    'a list of what may be empty',
    'production.bicepparam',
    "readEnvironmentVariable('DESK_TENANTS')",
    "split(readEnvironmentVariable('DESK_TENANTS'), ',')",
    /allowedTenants is taken from the environment also when it is empty/,
  ],
  [
    'a secret in a file of parameters',
    'production.bicepparam',
    "param linkKey = readEnvironmentVariable('DESK_LINK_KEY', '')",
    "param linkKey = '0123456789abcdef0123456789abcdef'",
    /linkKey is a secret, and is in the file/,
  ],
];

const OF_THE_IMAGE: readonly (readonly [wrong: string, from: string | RegExp, to: string, said: RegExp])[] = [
  ['an instruction that there is not', 'WORKDIR /desk', 'WORKDIRS /desk', /unknown instruction/i],
  ['root', 'USER 1000:1000', 'USER 0', /runs as root/],
  ['no one named', 'USER 1000:1000\n', '', /runs as root/],
  ['a user by name', 'USER 1000:1000', 'USER node', /no one can see from outside/],
  ['a base without its digest', /@sha256:\w+/, '', /a base has no digest/],
  ['a digest that is cut short', /(@sha256:\w{63})\w/, '$1', /a base has no digest/],
  ['two bases', /(@sha256:)\w{4}/, '$10000', /installed with another Node/],
  ['a reader of the Dockerfile that may change', /^/, '# syntax=docker/dockerfile:1\n', /no digest names/],
  ['packages for development', '--omit=dev ', '', /packages for development/],
  ['packages that are not those of the lock file', 'npm ci', 'npm install', /packages for development/],
  [
    'a Node that no one tested',
    /node:24\.21\.0-bookworm-slim(@\S+\nWORKDIR \/desk\nENV)/,
    'node:latest$1',
    /not the Node that the tests run under/,
  ],
  ['a shell in front of Node', 'CMD ["node", "src/main.ts"]', 'CMD node src/main.ts', /Node is not the first process/],
  ['a folder that is not there', 'COPY cards', 'COPY card', /card is not there to be copied/],
  ['everything there is', 'COPY src ./src', 'COPY . .', /everything is copied/],
  ['a variable that the desk does not read', 'ENV DATA_DIR', 'ENV DATA_FOLDER', /does not read DATA_FOLDER/],
  ['no question after its health', '/healthz', '/', /no one asks whether the desk is well/],
];

describe('the checks of the deployment', () => {
  const texts = deployTexts();

  /** The faults that are found when one file is changed in one place. */
  function faultsAfter(path: string, from: string, to: string): readonly string[] {
    const text = texts.get(path) ?? '';
    expect(text, `${path} has to hold what is changed`).to.include(from);
    return deployFaults(new Map([...texts, [path, text.replace(from, () => to)]]));
  }

  for (const [wrong, path, from, to, said] of AGAINST_THE_HOUSE) {
    it(`find ${wrong}`, () => {
      expect(faultsAfter(path, from, to).join('\n')).to.match(said);
    });
  }

  for (const [wrong, path, from, to, said] of AGAINST_THE_SCHEMAS) {
    it(`find ${wrong}, by Azure's schemas`, function () {
      const missing = whyNoSchemas();
      if (missing !== undefined) skipBecause(this, missing);
      expect(faultsAfter(path, from, to).join('\n')).to.match(said);
    });
  }

  for (const [wrong, from, to, said] of OF_THE_IMAGE) {
    it(`find ${wrong} in the Dockerfile`, () => {
      const text = readFileSync(`${PROJECT}deploy/Dockerfile`, 'utf8');
      const altered = text.replace(from, to);
      expect(altered).to.not.equal(text);
      expect(dockerfileFaults(altered).join('\n')).to.match(said);
    });
  }
});
