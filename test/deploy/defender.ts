/**
 * What the setting of Microsoft Defender for Storage may be, written from the reference of
 * `Microsoft.Security/defenderForStorageSettings@2025-06-01`; and that it serves the desk, which reads what it found
 * from the tags of documents, only where the desk was told so.
 */
import { Ajv } from 'ajv';
import { propertiesOf, readString } from './bicep.ts';
import type { BicepFile } from './bicep.ts';
import type { Json } from './readings.ts';
import { at, listAt, textAt } from './safety.ts';
import { bodiesOf, scopeOf, typeNamed } from './templates.ts';

const SETTING = 'Microsoft.Security/defenderForStorageSettings';
const CONTAINERS = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/** An object with all of these properties and no others. */
const strict = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const ajv = new Ajv({ allErrors: true, strict: false });
const isSetting = ajv.compile(
  strict({
    type: {},
    apiVersion: { const: '2025-06-01' },
    name: { const: 'current' },
    properties: strict({
      isEnabled: { const: true },
      // Without it the subscription's own setting counts, where there is one.
      overrideSubscriptionLevelSettings: { const: true },
      malwareScanning: strict({
        blobScanResultsOptions: { const: 'blobIndexTags' },
        onUpload: strict({
          isEnabled: { const: true },
          capGBPerMonth: { const: '[malwareScanGBPerMonth]' },
          filters: strict({ excludeBlobsWithPrefix: { type: 'array', items: { type: 'string', pattern: '/' } } }),
        }),
      }),
      sensitiveDataDiscovery: strict({ isEnabled: { type: 'boolean' } }),
    }),
  }),
);

/** What is wrong with the body of the setting; undefined where the type is another. */
export function defenderFaults(type: string, body: Json): readonly string[] | undefined {
  if (type !== SETTING) return undefined;
  if (isSetting(body)) return [];
  return (isSetting.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? 'is wrong'} ${JSON.stringify(params)}`,
  );
}

/** Where desk and Defender do not agree on whether files are scanned, and which. Expects files of sound syntax. */
export function scanningFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const all = [...files.values()];
  const settings = all.flatMap((file) =>
    file.resources.filter(({ type }) => type === SETTING).map((resource) => ({ resource, file })),
  );
  if (settings.length !== 1) return [`there are ${settings.length} settings of Defender for Storage`];
  return [
    ...settings.flatMap(({ resource, file }) => [
      ...(typeNamed(scopeOf(resource), file) === 'Microsoft.Storage/storageAccounts'
        ? []
        : [`${file.path}:${resource.line} Defender is not set for the storage account`]),
      ...(conditionOf(resource.body.parent?.text ?? '') === "malwareScan == 'defender'"
        ? []
        : [`${file.path}:${resource.line} Defender is not on exactly where the desk reads its tags`]),
      ...bodiesOf(resource, file).flatMap((body) => passedOver(body, file)),
    ]),
    ...appFaults(all),
    ...offFaults(files),
  ];
}

function conditionOf(declaration: string): string {
  return /^if \(([^)]*)\)/.exec(declaration)?.[1] ?? '';
}

/** Only records may be left out: a document that is not looked through waits for ever. */
function passedOver(body: Json, file: BicepFile): readonly string[] {
  const prefixes = listAt(body, 'properties.malwareScanning.onUpload.filters.excludeBlobsWithPrefix').map(String);
  const documents = file.resources.filter(({ type, body: its }) => {
    const name = propertiesOf(its).get('name');
    return type === CONTAINERS && name?.type === 'string' && readString(name) === 'desk-files';
  });
  return documents.flatMap(({ name }) =>
    prefixes.some((prefix) => prefix.includes(`${name}.name`) || 'desk-files/'.startsWith(prefix))
      ? ['Defender passes over the documents']
      : [],
  );
}

function appFaults(files: readonly BicepFile[]): readonly string[] {
  const apps = files.flatMap((file) =>
    file.resources
      .filter(({ type }) => type === 'Microsoft.App/containerApps')
      .flatMap((resource) => bodiesOf(resource, file)),
  );
  const told = apps.map((app) =>
    listAt(app, 'properties.template.containers.0.env').find((one) => textAt(one, 'name') === 'MALWARE_SCAN'),
  );
  return told.every((one) => one !== undefined && at(one, 'value') === '[malwareScan]')
    ? []
    : ['the desk is not told whether Defender scans its files'];
}

/** It is paid for, so it is on only where it was asked for. */
function offFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const fallback = files.get('main.bicep')?.parameters.find(({ name }) => name === 'malwareScan')?.fallback;
  return fallback?.text === "'none'" ? [] : ['Defender is not off where nothing is said of it'];
}
