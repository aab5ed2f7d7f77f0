/**
 * What is wrong with the environment that the template gives the desk: variables that it does not read, or needs and
 * lacks.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { BicepFile } from './bicep.ts';
import { at, listAt, textAt } from './safety.ts';
import { bodiesOf } from './templates.ts';

/** What the desk must be told to run on Azure behind a registered bot. */
const NEEDED = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'MICROSOFT_APP_ID',
  'MICROSOFT_APP_TYPE',
  'MICROSOFT_APP_TENANT_ID',
  'AZURE_CLIENT_ID',
  'COSMOS_ENDPOINT',
  'BLOB_ENDPOINT',
  'OPERATORS',
  'LINK_KEY',
  'HISTORY_KEYS',
  'SIGNING_KEYS',
  'METRICS_KEY',
  'SENDS_PER_SECOND',
  'DRAIN_SECONDS',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
];

export function environmentFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const known = Object.keys(parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')));
  const apps = [...files.values()].flatMap((file) =>
    file.resources
      .filter(({ type }) => type === 'Microsoft.App/containerApps')
      .flatMap((resource) => bodiesOf(resource, file)),
  );
  const faults = apps.flatMap((app) => {
    const variables = listAt(app, 'properties.template.containers.0.env');
    const names = variables.map((variable) => textAt(variable, 'name'));
    const secrets = listAt(app, 'properties.configuration.secrets').map((secret) => at(secret, 'name'));
    const references = variables.flatMap((variable) => at(variable, 'secretRef') ?? []);
    return [
      ...names
        .filter((name) => !known.includes(name))
        .map((name) => `the container is given ${name}, which the desk does not read`),
      ...NEEDED.filter((name) => !names.includes(name)).map((name) => `the container is not given ${name}`),
      ...references
        .filter((name) => !secrets.includes(name))
        .map((name) => `the container app has no secret ${JSON.stringify(name)}`),
    ];
  });
  return [...new Set(faults)];
}
