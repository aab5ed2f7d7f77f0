/**
 * What an alert may be, written from the references of `Microsoft.Insights/actionGroups@2023-01-01` and
 * `Microsoft.Insights/scheduledQueryRules@2023-12-01`; and that each goes by a metric that the desk has, in the way in
 * which that can be read.
 */
import { Ajv } from 'ajv';
import { METRICS } from '../../src/telemetry/metrics.ts';
import type { BicepFile } from './bicep.ts';
import { readingsOf } from './readings.ts';
import type { Json } from './readings.ts';
import { at, listAt, textAt } from './safety.ts';
import { bodiesOf } from './templates.ts';

const GROUP = 'Microsoft.Insights/actionGroups';
const RULE = 'Microsoft.Insights/scheduledQueryRules';

/** What has to wake someone, by the metric, and how the metric is to be read. */
const NEEDED: Readonly<Record<string, string>> = {
  desk_broken_histories_total: 'Total GreaterThan 0',
  desk_clock_faults_total: 'Total GreaterThan 0',
  desk_dead_notices_total: 'Total GreaterThan 0',
  desk_malicious_files_total: 'Total GreaterThan 0',
  desk_not_ready: 'Minimum GreaterThan 0',
  desk_pair_mismatch: 'Maximum GreaterThan 0',
  desk_quarantined_files: 'Maximum GreaterThan 0',
  desk_scans_overdue: 'Maximum GreaterThan 0',
  desk_standstill: 'Maximum GreaterThan 0',
  // No rows at all: no one sweeps.
  desk_sweeps_total: 'Count LessThanOrEqual 0',
};

const text = { type: 'string', minLength: 1 };
/** An object with all of these properties and no others. */
const strict = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const isLength = { type: 'string', pattern: '^PT\\d+[MH]$' };

const SCHEMAS: Readonly<Record<string, object>> = {
  [GROUP]: strict({
    type: {},
    apiVersion: { const: '2023-01-01' },
    name: text,
    location: { const: 'global' },
    properties: strict({
      // Of at most twelve characters, which the name of a desk is.
      groupShortName: { const: '[name]' },
      enabled: { const: true },
      emailReceivers: {
        type: 'array',
        minItems: 1,
        items: strict({ name: text, emailAddress: text, useCommonAlertSchema: { type: 'boolean' } }),
      },
    }),
  }),
  [RULE]: strict({
    type: {},
    apiVersion: { const: '2023-12-01' },
    name: text,
    location: text,
    kind: { const: 'LogAlert' },
    properties: strict({
      displayName: text,
      description: text,
      severity: { type: 'integer', minimum: 0, maximum: 4 },
      enabled: { const: true },
      scopes: { type: 'array', minItems: 1, maxItems: 1, items: text },
      evaluationFrequency: isLength,
      windowSize: isLength,
      criteria: strict({
        allOf: {
          type: 'array',
          minItems: 1,
          maxItems: 1,
          items: strict({
            query: text,
            timeAggregation: { enum: ['Count', 'Average', 'Minimum', 'Maximum', 'Total'] },
            metricMeasureColumn: { enum: ['Value', null] },
            operator: { enum: ['Equals', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual'] },
            threshold: { type: 'number' },
            dimensions: {
              type: 'array',
              items: strict({
                name: text,
                operator: { enum: ['Include', 'Exclude'] },
                values: { type: 'array', minItems: 1, items: text },
              }),
            },
            failingPeriods: strict({
              numberOfEvaluationPeriods: { const: 1 },
              minFailingPeriodsToAlert: { const: 1 },
            }),
          }),
        },
      }),
      autoMitigate: { type: 'boolean' },
      skipQueryValidation: { type: 'boolean' },
      actions: strict({ actionGroups: { type: 'array', minItems: 1, items: text } }),
    }),
  }),
};

const ajv = new Ajv({ allErrors: true, strict: false });

/** What is wrong with the body of an alert or an action group; undefined where the type is neither. */
export function alertFaults(type: string, body: Json): readonly string[] | undefined {
  const schema = SCHEMAS[type];
  if (!schema) return undefined;
  if (!ajv.validate(schema, body)) {
    return (ajv.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? 'is wrong'} ${JSON.stringify(params)}`,
    );
  }
  return type === RULE ? ruleFaults(body) : [];
}

/** A count is of rows, and its column is null; anything else is of one. */
function ruleFaults(body: Json): readonly string[] {
  const [condition = {}] = listAt(body, 'properties.criteria.allOf');
  const isOfRows = textAt(condition, 'timeAggregation') === 'Count';
  const metric = metricOf(condition);
  const isKnown = Object.values(METRICS).some(({ name }) => name === metric);
  return [
    ...((at(condition, 'metricMeasureColumn') === null) === isOfRows ? [] : ['counts a column, or measures none']),
    ...(isKnown ? [] : [`goes by ${metric || 'nothing'}, which is no metric of the desk`]),
  ];
}

function metricOf(condition: Json): string {
  return /^AppMetrics \| where Name == "(\w+)" \|/.exec(textAt(condition, 'query'))?.[1] ?? '';
}

/** Alerts that are missing, read a metric wrongly, or tell no one. */
export function alarmFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const rules = [...files.values()].flatMap((file) =>
    file.resources.filter(({ type }) => type === RULE).flatMap((resource) => bodiesOf(resource, file)),
  );
  const read = new Map(
    rules.map((body): [string, string] => {
      const [condition = {}] = listAt(body, 'properties.criteria.allOf');
      const how = ['timeAggregation', 'operator', 'threshold'].map((name) => JSON.stringify(at(condition, name)));
      return [metricOf(condition), how.join(' ').replaceAll('"', '')];
    }),
  );
  const names = rules.map((body) => textAt(body, 'properties.displayName'));
  return [
    ...Object.entries(NEEDED).flatMap(([metric, how]) => {
      const found = read.get(metric);
      if (found === undefined) return [`no alert goes by ${metric}`];
      return found === how ? [] : [`the alert of ${metric} reads ${found}, not ${how}`];
    }),
    ...[...read.keys()]
      .filter((metric) => metric !== '' && NEEDED[metric] === undefined)
      .map((metric) => `the alert of ${metric} is not one that was thought of`),
    ...rules
      .filter((body) => listAt(body, 'properties.actions.actionGroups')[0] !== '[group.id]')
      .map((body) => `the alert ${textAt(body, 'properties.displayName')} tells no one`),
    ...names.filter((name, place) => names.indexOf(name) !== place).map((name) => `two alerts are called ${name}`),
  ];
}

/** What the documentation has to have of each alert: the beginning of its row. */
export function alertRows(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const tables = [...files.values()].flatMap((file) =>
    file.variables.filter(({ name }) => name === 'alerts').flatMap(({ value }) => readingsOf(value, file)),
  );
  return tables.flatMap(({ value }) =>
    listAt({ rows: value }, 'rows').map(
      (row) =>
        `| \`${textAt(row, 'name')}\` | ${String(at(row, 'severity') as number)} | \`${textAt(row, 'metric')}\` | `,
    ),
  );
}
