// The claims: one account, one database, one container. Nobody reads or writes them with a key.

param accountName string
param location string
param principalId string
param workspaceId string

@allowed(['Serverless', 'Autoscale'])
param capacity string

param maxThroughput int

@allowed(['Continuous7Days', 'Continuous30Days'])
param backup string

param zoneRedundant bool

var databaseName = 'claims'
var containerName = 'desk'

// Built in: Cosmos DB Built-in Data Contributor. It reads and writes documents; it makes no database and no container.
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
  name: accountName
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: zoneRedundant
      }
    ]
    capabilities: capacity == 'Serverless' ? [{ name: 'EnableServerless' }] : []
    // What one desk has written, every other reads: a claim that was decided is decided everywhere.
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: backup
      }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: 'Enabled'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-10-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: {
      id: databaseName
    }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-10-15' = {
  parent: database
  name: containerName
  properties: {
    options: capacity == 'Autoscale' ? { autoscaleSettings: { maxThroughput: maxThroughput } } : {}
    resource: {
      id: containerName
      partitionKey: {
        paths: ['/pk']
        kind: 'Hash'
        version: 2
      }
      // Nothing is forgotten that does not say for how long it is kept.
      defaultTtl: -1
      indexingPolicy: {
        automatic: true
        indexingMode: 'consistent'
        includedPaths: [
          { path: '/pk/?' }
          { path: '/keys/*' }
        ]
        excludedPaths: [
          { path: '/*' }
        ]
      }
    }
  }
}

resource role 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-10-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributor)
  properties: {
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    principalId: principalId
    scope: account.id
  }
}

// Not DataPlaneRequests: a line for each request costs more than the requests.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'PartitionKeyStatistics', enabled: true }
    ]
  }
}

output accountName string = account.name
output endpoint string = account.properties.documentEndpoint
output database string = database.name
output container string = container.name
