// The secrets of the desk. They come in once, by parameter, and leave only through the desk's identity.

param vaultName string
param location string
param principalId string
param workspaceId string

@secure()
param linkKey string

@secure()
param historyKeys string

@secure()
param signingKeys string

@secure()
param metricsKey string

@secure()
param appPassword string

// Built in: Key Vault Secrets User. It reads secrets and nothing else.
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: vaultName
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: 'Enabled'
  }
}

resource linkSecret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(linkKey)) {
  parent: vault
  name: 'link-key'
  properties: {
    value: linkKey
    contentType: 'text/plain'
  }
}

resource historySecret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(historyKeys)) {
  parent: vault
  name: 'history-keys'
  properties: {
    value: historyKeys
    contentType: 'text/plain'
  }
}

resource signingSecret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(signingKeys)) {
  parent: vault
  name: 'signing-keys'
  properties: {
    value: signingKeys
    contentType: 'text/plain'
  }
}

resource metricsSecret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(metricsKey)) {
  parent: vault
  name: 'metrics-key'
  properties: {
    value: metricsKey
    contentType: 'text/plain'
  }
}

resource appSecret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(appPassword)) {
  parent: vault
  name: 'app-password'
  properties: {
    value: appPassword
    contentType: 'text/plain'
  }
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, secretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    // Into the table AZKVAuditLogs; without this, into the one that all of Azure shares.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'AuditEvent', enabled: true }
    ]
  }
}

output vaultName string = vault.name
output vaultUri string = vault.properties.vaultUri
