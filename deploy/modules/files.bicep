// The documents that people upload, the assessments that are handed over, and the anchors of the histories. Nobody reads
// or writes them with a key.

param accountName string
param location string
param principalId string
param workspaceId string

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

param softDeleteDays int
param removedFileDays int
param assessmentRetentionDays int
param anchorRetentionDays int
param poeRetentionDays int
param retentionLocked bool

@allowed(['none', 'defender'])
param malwareScan string

param malwareScanGBPerMonth int

var group = resourceGroup().id
var containers = 'Microsoft.Storage/storageAccounts/blobServices/containers'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

// The desk removes what it has refused, and what a crash left behind. What it removes becomes an older version.
resource documents 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'desk-files'
  properties: {
    publicAccess: 'None'
    immutableStorageWithVersioning: {
      enabled: poeRetentionDays > 0
    }
  }
}

resource documentsKept 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = if (poeRetentionDays > 0 && !retentionLocked) {
  parent: documents
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: poeRetentionDays
    allowProtectedAppendWrites: false
  }
}

// Written once, each under a name of its own, and never removed by the desk.
resource assessments 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'desk-assessments'
  properties: {
    publicAccess: 'None'
  }
}

resource assessmentsKept 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = if (!retentionLocked) {
  parent: assessments
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: assessmentRetentionDays
    allowProtectedAppendWrites: false
  }
}

// The head of each decision's history, where the desk can add and change nothing: written once, each under a name of its own.
resource anchors 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'desk-anchors'
  properties: {
    publicAccess: 'None'
  }
}

resource anchorsKept 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = if (!retentionLocked) {
  parent: anchors
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: anchorRetentionDays
    allowProtectedAppendWrites: false
  }
}

// Older versions are files that were refused: nobody asks for them, so they do not stay for good.
resource tidying 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'removed-files'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${documents.name}/']
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: removedFileDays
                }
              }
            }
          }
        }
      ]
    }
  }
}

// Writes what it found into the tags of each document, where the desk reads it. Records are the desk's own, and are left
// out. A document in which a virus was found stays, for whoever looks into it; the desk lets no one open it.
resource scanning 'Microsoft.Security/defenderForStorageSettings@2025-06-01' = if (malwareScan == 'defender') {
  scope: account
  name: 'current'
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: {
      blobScanResultsOptions: 'blobIndexTags'
      onUpload: {
        isEnabled: true
        capGBPerMonth: malwareScanGBPerMonth
        filters: {
          excludeBlobsWithPrefix: ['${assessments.name}/', '${anchors.name}/']
        }
      }
    }
    sensitiveDataDiscovery: {
      isEnabled: false
    }
  }
}

// The built-in roles that may write a blob may also delete it, and its whole container.
resource keeper 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(account.id, 'keeper')
  properties: {
    roleName: 'Claims desk: keeps files (${accountName})'
    description: 'Reads, writes and removes blobs and reads their tags; no older version, and no container.'
    type: 'CustomRole'
    assignableScopes: [group]
    permissions: [
      {
        actions: ['${containers}/read']
        notActions: []
        dataActions: [
          '${containers}/blobs/read'
          '${containers}/blobs/write'
          '${containers}/blobs/delete'
          '${containers}/blobs/tags/read'
        ]
        notDataActions: []
      }
    ]
  }
}

resource recorder 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(account.id, 'recorder')
  properties: {
    roleName: 'Claims desk: adds records (${accountName})'
    description: 'Reads and writes blobs, and removes none. That none is written over is the retention policy\'s to hold.'
    type: 'CustomRole'
    assignableScopes: [group]
    permissions: [
      {
        actions: ['${containers}/read']
        notActions: []
        dataActions: ['${containers}/blobs/read', '${containers}/blobs/write']
        notDataActions: []
      }
    ]
  }
}

resource keepsDocuments 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: documents
  name: guid(documents.id, principalId, 'keeper')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keeper.name)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource addsAssessments 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: assessments
  name: guid(assessments.id, principalId, 'recorder')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', recorder.name)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource addsAnchors 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: anchors
  name: guid(anchors.id, principalId, 'recorder')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', recorder.name)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// Who read, wrote or deleted which blob, the desk or someone else.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

output accountName string = account.name
output endpoint string = account.properties.primaryEndpoints.blob
output container string = documents.name
output assessments string = assessments.name
output anchors string = anchors.name
