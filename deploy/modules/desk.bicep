// The desk itself: at least two containers behind one address.

param name string
param location string
param image string

@description('Where the image is pulled from as the desk\'s identity. Empty: without signing in.')
param registryServer string

@description('The application that the bot is, its secret in the vault. Empty: the bot is the desk\'s identity.')
param appId string

param identityId string
param clientId string
param workspaceId string
param insightsName string
param vaultUri string
param cosmosEndpoint string
param cosmosDatabase string
param cosmosContainer string
param cosmosPartitions int
param blobEndpoint string
param blobContainer string
param blobAssessments string
param blobAnchors string
param malwareScan string
param allowedTenants string
param programmeTenants string
param separateDuties bool
param operators string
param defaultLanguage string
param logLevel string
param minReplicas int
param maxReplicas int
param drainSeconds int

var appName = '${name}-desk'
var port = 3978

// Teams takes about 30 messages a second from all desks together.
var sendsPerSecond = max(1, 30 / maxReplicas)

// How many requests one desk answers at a time before another is started; far below the number that it turns away.
var requestsEach = '50'
var maxConcurrentActivities = '200'

// The app's own address is known only once the app is there; this one is known before.
var domain = '${appName}.${surroundings.properties.defaultDomain}'
var publicUrl = 'https://${domain}'

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// Logs go by way of diagnostic settings, because the other way needs the workspace's key.
resource surroundings 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    zoneRedundant: false
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: surroundings
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: appName
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: surroundings.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 10
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: empty(registryServer) ? [] : [{ server: registryServer, identity: identityId }]
      secrets: concat([
        { name: 'link-key', keyVaultUrl: '${vaultUri}secrets/link-key', identity: identityId }
        { name: 'history-keys', keyVaultUrl: '${vaultUri}secrets/history-keys', identity: identityId }
        { name: 'metrics-key', keyVaultUrl: '${vaultUri}secrets/metrics-key', identity: identityId }
        { name: 'insights', value: insights.properties.ConnectionString }
        { name: 'signing-keys', keyVaultUrl: '${vaultUri}secrets/signing-keys', identity: identityId }
      ], empty(appId) ? [] : [
        { name: 'app-password', keyVaultUrl: '${vaultUri}secrets/app-password', identity: identityId }
      ])
    }
    template: {
      // Longer than the desk itself takes, so that it is not ended in the middle.
      terminationGracePeriodSeconds: drainSeconds + 10
      containers: [
        {
          name: 'desk'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: concat([
            { name: 'HOST', value: '0.0.0.0' }
            { name: 'PORT', value: string(port) }
            { name: 'PUBLIC_URL', value: publicUrl }
            { name: 'MICROSOFT_APP_ID', value: empty(appId) ? clientId : appId }
            { name: 'MICROSOFT_APP_TYPE', value: empty(appId) ? 'UserAssignedMSI' : 'SingleTenant' }
            { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }
            { name: 'ALLOWED_TENANTS', value: allowedTenants }
            { name: 'PROGRAMME_TENANTS', value: programmeTenants }
            { name: 'SEPARATE_DUTIES', value: separateDuties ? 'on' : 'off' }
            { name: 'AZURE_CLIENT_ID', value: clientId }
            { name: 'COSMOS_ENDPOINT', value: cosmosEndpoint }
            { name: 'COSMOS_DATABASE', value: cosmosDatabase }
            { name: 'COSMOS_CONTAINER', value: cosmosContainer }
            { name: 'COSMOS_PARTITIONS', value: string(cosmosPartitions) }
            { name: 'BLOB_ENDPOINT', value: blobEndpoint }
            { name: 'BLOB_CONTAINER', value: blobContainer }
            { name: 'BLOB_ASSESSMENTS', value: blobAssessments }
            { name: 'BLOB_ANCHORS', value: blobAnchors }
            { name: 'MALWARE_SCAN', value: malwareScan }
            { name: 'OPERATORS', value: operators }
            { name: 'DEFAULT_LANGUAGE', value: defaultLanguage }
            { name: 'LOG_LEVEL', value: logLevel }
            { name: 'SENDS_PER_SECOND', value: string(sendsPerSecond) }
            { name: 'MAX_CONCURRENT_ACTIVITIES', value: maxConcurrentActivities }
            { name: 'DRAIN_SECONDS', value: string(drainSeconds) }
            { name: 'LINK_KEY', secretRef: 'link-key' }
            { name: 'HISTORY_KEYS', secretRef: 'history-keys' }
            { name: 'SIGNING_KEYS', secretRef: 'signing-keys' }
            { name: 'METRICS_KEY', secretRef: 'metrics-key' }
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', secretRef: 'insights' }
          ], empty(appId) ? [] : [
            { name: 'MICROSOFT_APP_PASSWORD', secretRef: 'app-password' }
          ])
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 5
              timeoutSeconds: 3
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 3
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: port }
              periodSeconds: 5
              timeoutSeconds: 4
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'requests'
            http: {
              metadata: {
                concurrentRequests: requestsEach
              }
            }
          }
        ]
      }
    }
  }
}

output appName string = app.name
output domain string = domain
output publicUrl string = publicUrl
