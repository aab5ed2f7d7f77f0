// Everything that one claims desk needs in a resource group, but for the registry of its images (registry.bicep).
// README.md says how it is deployed, step by step.

metadata description = 'The claims desk: bot, container app, Cosmos DB, Blob Storage, Key Vault and what watches over them.'

@description('What every resource is named after: small letters and digits, beginning with a letter.')
@minLength(3)
@maxLength(12)
param name string

@description('Where everything lies but the bot, which has no place.')
param location string = resourceGroup().location

@description('The desk\'s image with its tag, as registry.azurecr.io/claims-desk:1.0.0.')
@minLength(1)
param image string

@description('The registry in this resource group that the image lies in. Empty: the image can be had without signing in.')
param registryName string = ''

@description('The application of Entra that the bot is, in the tenant of this subscription; or identity: the bot is the desk\'s managed identity. Fixed for the life of the bot, so that nothing stands for either by being empty.')
@minLength(8)
@maxLength(36)
param appId string

@description('A client secret of that application. Needed once with an application; empty leaves the vault\'s as it is.')
@secure()
param appPassword string = ''

@description('The name that people see over the bot\'s messages where its app package does not say.')
@maxLength(42)
param botDisplayName string = 'Claims Desk'

@description('S1 has a service level agreement; F0 costs nothing. Messages of Teams cost nothing with either.')
@allowed(['F0', 'S1'])
param botSku string = 'S1'

@description('How many desks always run. Two, so that one may be replaced or fail.')
@minValue(2)
@maxValue(30)
param minReplicas int = 2

@description('How many desks run at most. What they may send together is divided by this number.')
@minValue(2)
@maxValue(30)
param maxReplicas int = 6

@description('How many seconds a desk that is told to stop may take to end what it has begun.')
@minValue(1)
@maxValue(590)
param drainSeconds int = 25

@description('Serverless is paid by request; Autoscale by the hour, up to cosmosMaxThroughput.')
@allowed(['Serverless', 'Autoscale'])
param cosmosCapacity string = 'Serverless'

@description('Request units a second that Autoscale may reach; a tenth of them is always paid for. Not used with Serverless.')
@minValue(1000)
param cosmosMaxThroughput int = 1000

@description('How many logical partitions the documents of a kind are spread over, up to 20 GB each. Fixed once there are claims.')
@minValue(1)
@maxValue(256)
param cosmosPartitions int = 16

@description('How far back the claims can be restored to any second.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param cosmosBackup string = 'Continuous30Days'

@description('The account of the claims where it is not the usual one: after a restore, the restored one.')
param cosmosAccountName string = ''

@description('Whether Cosmos DB is spread over the zones of its region. Not every region has them.')
param zoneRedundant bool = false

@description('How often each file is kept, and where.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('For how many days a deleted file or container can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 30

@description('After how many days from its upload what is left of a refused file is deleted.')
@minValue(1)
param removedFileDays int = 90

@description('For how many days a handed-over assessment can be neither changed nor deleted.')
@minValue(1)
@maxValue(146000)
param assessmentRetentionDays int = 365

@description('For how many days the anchor of a decision can be neither changed nor deleted: as long as a decision may be doubted.')
@minValue(1)
@maxValue(146000)
param anchorRetentionDays int = 365

@description('For how many days no version of an uploaded document can be deleted. 0: versions are kept, but not locked. Try more than 0 first, as README.md says; fixed whether 0 or not.')
@minValue(0)
@maxValue(146000)
param poeRetentionDays int = 0

@description('Whether Microsoft Defender for Storage looks through each uploaded document for viruses. It is paid for by the GB; README.md says what else it changes.')
@allowed(['none', 'defender'])
param malwareScan string = 'none'

@description('How many GB a month Defender looks through at most. Documents beyond that wait, and count as no proof. -1: no limit.')
@minValue(-1)
param malwareScanGBPerMonth int = -1

@description('Whether the retention policies were locked. A locked one is left alone: it can only be prolonged, and not from here.')
param retentionLocked bool = false

@description('For how many days logs are kept. At least as long as a consent can be disputed and decided anew; README.md adds it up.')
@minValue(90)
@maxValue(730)
param logRetentionDays int = 180

@description('The e-mail address that alerts are sent to.')
@minLength(5)
param alertEmail string

@description('How much the desk logs.')
@allowed(['trace', 'debug', 'info', 'warn', 'error'])
param logLevel string = 'info'

@description('The ids of tenants whose people may use the desk, besides the tenant that this subscription belongs to, with commas between them; or none.')
@minLength(4)
param allowedTenants string

@description('The ids of the tenants that staff may belong to, with commas between them. Empty: any tenant.')
param programmeTenants string = ''

@description('Whether approving and assessing a claim are two people, and an operator is neither.')
param separateDuties bool = false

@description('Who may enrol people and organisations: tenantId/aadObjectId each, with commas between them.')
@minLength(73)
param operators string

@description('The language for people whose own is not known.')
@allowed(['en', 'ru', 'tr'])
param defaultLanguage string = 'en'

@description('What links are signed with, at least 32 random characters. Needed once; empty leaves the vault\'s as it is.')
@secure()
param linkKey string = ''

@description('What histories are authenticated with: secrets of at least 32 random characters with commas between them, the newest first. Needed once; empty leaves the vault\'s as it is.')
@secure()
param historyKeys string = ''

@description('What exports are signed with: KEY@FROM with commas between them, the newest first; .env.example says how. Needed once; empty leaves the vault\'s as it is.')
@secure()
param signingKeys string = ''

@description('What whoever reads /metrics shows, at least 32 random characters. Needed once; empty leaves the vault\'s as it is.')
@secure()
param metricsKey string = ''

// Names that are looked up all over the world need more than the group's own.
var suffix = take(uniqueString(resourceGroup().id), 6)

// Empty: there is none, the bot is the identity.
var application = appId == 'identity' ? '' : appId

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-identity'
  location: location
}

module watching 'modules/watching.bicep' = {
  name: '${name}-watching'
  params: {
    name: name
    location: location
    retentionDays: logRetentionDays
  }
}

module alerts 'modules/alerts.bicep' = {
  name: '${name}-alerts'
  params: {
    name: name
    location: location
    workspaceId: watching.outputs.workspaceId
    email: alertEmail
  }
}

module state 'modules/state.bicep' = {
  name: '${name}-state'
  params: {
    accountName: empty(cosmosAccountName) ? '${name}-cosmos-${suffix}' : cosmosAccountName
    location: location
    principalId: identity.properties.principalId
    workspaceId: watching.outputs.workspaceId
    capacity: cosmosCapacity
    maxThroughput: cosmosMaxThroughput
    backup: cosmosBackup
    zoneRedundant: zoneRedundant
  }
}

module files 'modules/files.bicep' = {
  name: '${name}-files'
  params: {
    accountName: '${name}${suffix}'
    location: location
    principalId: identity.properties.principalId
    workspaceId: watching.outputs.workspaceId
    sku: storageSku
    softDeleteDays: softDeleteDays
    removedFileDays: removedFileDays
    assessmentRetentionDays: assessmentRetentionDays
    anchorRetentionDays: anchorRetentionDays
    poeRetentionDays: poeRetentionDays
    retentionLocked: retentionLocked
    malwareScan: malwareScan
    malwareScanGBPerMonth: malwareScanGBPerMonth
  }
}

module secrets 'modules/secrets.bicep' = {
  name: '${name}-secrets'
  params: {
    vaultName: '${name}-kv-${suffix}'
    location: location
    principalId: identity.properties.principalId
    workspaceId: watching.outputs.workspaceId
    linkKey: linkKey
    historyKeys: historyKeys
    signingKeys: signingKeys
    metricsKey: metricsKey
    appPassword: appPassword
  }
}

module pulling 'modules/pulling.bicep' = if (!empty(registryName)) {
  name: '${name}-pulling'
  params: {
    registryName: registryName
    principalId: identity.properties.principalId
  }
}

module desk 'modules/desk.bicep' = {
  name: '${name}-desk'
  params: {
    name: name
    location: location
    image: image
    registryServer: empty(registryName) ? '' : '${registryName}${environment().suffixes.acrLoginServer}'
    appId: application
    identityId: identity.id
    clientId: identity.properties.clientId
    workspaceId: watching.outputs.workspaceId
    insightsName: watching.outputs.insightsName
    vaultUri: secrets.outputs.vaultUri
    cosmosEndpoint: state.outputs.endpoint
    cosmosDatabase: state.outputs.database
    cosmosContainer: state.outputs.container
    cosmosPartitions: cosmosPartitions
    blobEndpoint: files.outputs.endpoint
    blobContainer: files.outputs.container
    blobAssessments: files.outputs.assessments
    blobAnchors: files.outputs.anchors
    malwareScan: malwareScan
    allowedTenants: allowedTenants == 'none' ? '' : allowedTenants
    programmeTenants: programmeTenants
    separateDuties: separateDuties
    operators: operators
    defaultLanguage: defaultLanguage
    logLevel: logLevel
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    drainSeconds: drainSeconds
  }
  dependsOn: [pulling]
}

module bot 'modules/bot.bicep' = {
  name: '${name}-bot'
  params: {
    botName: '${name}-bot-${suffix}'
    displayName: botDisplayName
    sku: botSku
    endpoint: '${desk.outputs.publicUrl}/api/messages'
    appId: application
    identityId: identity.id
    clientId: identity.properties.clientId
    workspaceId: watching.outputs.workspaceId
  }
}

@description('What the app package is made with: its --app-id.')
output appId string = empty(application) ? identity.properties.clientId : application

@description('What the app package is made with: its --domain.')
output domain string = desk.outputs.domain

@description('Where people and Teams reach the desk.')
output publicUrl string = desk.outputs.publicUrl

output appName string = desk.outputs.appName
output vaultName string = secrets.outputs.vaultName
output storageAccountName string = files.outputs.accountName
output cosmosAccountName string = state.outputs.accountName
