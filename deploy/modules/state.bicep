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

// Where the documents are, as roles name it.
var documents = '${account.id}/dbs/${databaseName}/colls/${containerName}'

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

// What the desk does to documents and nothing else. It has no action to delete one: what has had its time names its own
// end (ttl), and a claim stays for good. The role that Azure has built in may delete.
resource writer 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2025-10-15' = {
  parent: account
  name: guid(account.id, 'writer')
  properties: {
    roleName: 'Claims desk: reads and writes documents, deletes none'
    type: 'CustomRole'
    assignableScopes: [documents]
    permissions: [
      {
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/readMetadata'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'
        ]
      }
    ]
  }
  // Cosmos DB makes one thing at a time: beside another it answers 412.
  dependsOn: [container]
}

resource role 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-10-15' = {
  parent: account
  name: guid(account.id, principalId, 'writer')
  properties: {
    roleDefinitionId: writer.id
    principalId: principalId
    scope: documents
  }
}

// DataPlaneRequests is dear, a line for each request, and it is the one record that the desk itself cannot write: who
// read or changed a document, the desk or someone else.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'DataPlaneRequests', enabled: true }
      { category: 'PartitionKeyStatistics', enabled: true }
    ]
  }
}

output accountName string = account.name
output endpoint string = account.properties.documentEndpoint
output database string = database.name
output container string = container.name
