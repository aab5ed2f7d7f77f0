// The documents that people upload, and the assessments that are handed over. Nobody reads or writes them with a key.

param accountName string
param location string
param principalId string
param workspaceId string

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

param softDeleteDays int
param removedFileDays int
param assessmentRetentionDays int
param poeRetentionDays int
param retentionLocked bool

// Built in: Storage Blob Data Contributor. It may delete a blob, but not an older version of one.
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

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

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, blobDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

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
