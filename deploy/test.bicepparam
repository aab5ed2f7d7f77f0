// For trying things out: as little as possible is paid for, and hardly anything is kept for good. The bot is
// the desk's identity, for people of one tenant.
using './main.bicep'

param name = 'deskt'
param image = readEnvironmentVariable('DESK_IMAGE')
param registryName = readEnvironmentVariable('DESK_REGISTRY', '')
param appId = 'identity'
param botDisplayName = 'Claims Desk (test)'
param botSku = 'F0'
param minReplicas = 2
param maxReplicas = 2
param cosmosCapacity = 'Serverless'
param cosmosBackup = 'Continuous7Days'
param storageSku = 'Standard_LRS'
param softDeleteDays = 7
param removedFileDays = 7
param assessmentRetentionDays = 1
param anchorRetentionDays = 1
param poeRetentionDays = 0
param logRetentionDays = 90
param alertEmail = readEnvironmentVariable('DESK_ALERT_EMAIL')
param logLevel = 'debug'
param allowedTenants = 'none'
param operators = readEnvironmentVariable('DESK_OPERATORS')
param linkKey = readEnvironmentVariable('DESK_LINK_KEY', '')
param historyKeys = readEnvironmentVariable('DESK_HISTORY_KEYS', '')
param signingKeys = readEnvironmentVariable('DESK_SIGNING_KEYS', '')
param metricsKey = readEnvironmentVariable('DESK_METRICS_KEY', '')
