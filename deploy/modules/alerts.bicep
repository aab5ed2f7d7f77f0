// What wakes someone. Each alert goes by one metric of the desk; README.md says what each means and what to do.

param name string
param location string
param workspaceId string

@description('Who is written to.')
param email string

// One row an alert. The aggregation is over all that the replicas sent in the window; byReplica: of each replica by itself.
// Severity: 0 evidence is at stake, 1 the desk does not do its work, 2 people have to be looked after.
var alerts = [
  {
    name: 'broken-history'
    metric: 'desk_broken_histories_total'
    says: 'The history of a claim does not hold. Nothing is decided by it.'
    severity: 0
    aggregation: 'Total'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'pair-mismatch'
    metric: 'desk_pair_mismatch'
    says: 'The database and the files do not belong together. Nothing is cleaned up, and the desk is not ready.'
    severity: 0
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'standstill'
    metric: 'desk_standstill'
    says: 'The desk stands still: an older state was restored. Nothing is decided or sent until an operator has looked.'
    severity: 0
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'quarantine'
    metric: 'desk_quarantined_files'
    says: 'There are files that belong to no claim the desk knows. They are kept.'
    severity: 0
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'clock-fault'
    metric: 'desk_clock_faults_total'
    says: 'The clock of a replica is wrong, or that of the database. That replica decides nothing.'
    severity: 1
    aggregation: 'Total'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'not-ready'
    metric: 'desk_not_ready'
    says: 'A replica was not ready for ten minutes.'
    severity: 1
    aggregation: 'Minimum'
    operator: 'GreaterThan'
    window: 'PT10M'
    byReplica: true
  }
  {
    name: 'silent'
    metric: 'desk_sweeps_total'
    says: 'No replica has looked after the deadlines for a quarter of an hour.'
    severity: 1
    aggregation: 'Count'
    operator: 'LessThanOrEqual'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'scan-overdue'
    metric: 'desk_scans_overdue'
    says: 'A file has waited for its virus scan for more than an hour. It counts as no proof, and no one can open it.'
    severity: 1
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'malicious-file'
    metric: 'desk_malicious_files_total'
    says: 'A virus was found in a file. No one can open it any more.'
    severity: 2
    aggregation: 'Total'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
  {
    name: 'dead-notices'
    metric: 'desk_dead_notices_total'
    says: 'A notice was given up: someone was not told.'
    severity: 2
    aggregation: 'Total'
    operator: 'GreaterThan'
    window: 'PT15M'
    byReplica: false
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-alerts'
  location: 'global'
  properties: {
    groupShortName: name
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in alerts: {
  name: '${name}-${alert.name}'
  location: location
  kind: 'LogAlert'
  properties: {
    displayName: '${name}: ${alert.name}'
    description: alert.says
    severity: alert.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: alert.window
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "${alert.metric}" | project TimeGenerated, AppRoleInstance, Value = Sum'
          timeAggregation: alert.aggregation
          metricMeasureColumn: alert.aggregation == 'Count' ? null : 'Value'
          operator: alert.operator
          threshold: 0
          dimensions: alert.byReplica ? [{ name: 'AppRoleInstance', operator: 'Include', values: ['*'] }] : []
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    // The table of metrics is there only once the desk has sent some.
    skipQueryValidation: true
    actions: {
      actionGroups: [group.id]
    }
  }
}]
