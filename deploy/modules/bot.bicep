// The bot's registration, and its way into Teams. It is the desk's identity, or an application of Entra; no key of its own is let in.

param botName string
param displayName string

@allowed(['F0', 'S1'])
param sku string

param endpoint string

@description('The application that the bot is. Empty: it is the desk\'s identity.')
param appId string

param identityId string
param clientId string
param workspaceId string

// For Azure the bot is of one tenant either way. Which tenants may sign in to the application, the application itself says.
var registration = empty(appId)
  ? { msaAppType: 'UserAssignedMSI', msaAppId: clientId, msaAppMSIResourceId: identityId }
  : { msaAppType: 'SingleTenant', msaAppId: appId }

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: botName
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: union(registration, {
    displayName: displayName
    endpoint: endpoint
    msaAppTenantId: tenant().tenantId
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  })
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      acceptedTerms: true
      enableCalling: false
    }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: bot
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'BotRequest', enabled: true }
    ]
  }
}
