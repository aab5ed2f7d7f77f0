// For the programme itself, whose partners and customers are in tenants of their own. How long things are kept is the programme's to decide: read README.md before the first deployment.
using './main.bicep'

param name = 'desk'
param image = readEnvironmentVariable('DESK_IMAGE')
param registryName = readEnvironmentVariable('DESK_REGISTRY', '')
param appId = readEnvironmentVariable('DESK_APP_ID')
param appPassword = readEnvironmentVariable('DESK_APP_PASSWORD', '')
param botDisplayName = 'Claims Desk'
param botSku = 'S1'
param minReplicas = 2
param maxReplicas = 6
param drainSeconds = 25
param cosmosCapacity = 'Autoscale'
param cosmosMaxThroughput = 4000
param cosmosPartitions = 16
param cosmosBackup = 'Continuous30Days'
param zoneRedundant = true
param storageSku = 'Standard_ZRS'
param softDeleteDays = 30
param removedFileDays = 90
param assessmentRetentionDays = 1095
param anchorRetentionDays = 1095
param poeRetentionDays = 0
param logRetentionDays = 365
param alertEmail = readEnvironmentVariable('DESK_ALERT_EMAIL')
param logLevel = 'info'
param allowedTenants = readEnvironmentVariable('DESK_TENANTS')
param operators = readEnvironmentVariable('DESK_OPERATORS')
param defaultLanguage = 'en'
param linkKey = readEnvironmentVariable('DESK_LINK_KEY', '')
param historyKeys = readEnvironmentVariable('DESK_HISTORY_KEYS', '')
param signingKeys = readEnvironmentVariable('DESK_SIGNING_KEYS', '')
param metricsKey = readEnvironmentVariable('DESK_METRICS_KEY', '')
