/**
 * What the desk's resources must be, beyond what Azure asks: closed, kept, watched, and with no secret where it can be
 * read.
 */
import type { Node } from 'web-tree-sitter';
import { everyNode, isCalled, namesIn, propertiesOf } from './bicep.ts';
import type { BicepFile, Resource } from './bicep.ts';
import { WATCHED } from './diagnostics.ts';
import { partsOf } from './readings.ts';
import type { Json } from './readings.ts';
import { bodiesOf, scopeOf, typeNamed } from './templates.ts';

/** Each has to be there, and in every reading of it the value at the path has to be this. */
const MUST: readonly (readonly [type: string, path: string, value: Json])[] = [
  ['Microsoft.App/containerApps', 'properties.configuration.activeRevisionsMode', 'Single'],
  ['Microsoft.App/containerApps', 'properties.configuration.ingress.allowInsecure', false],
  ['Microsoft.App/containerApps', 'properties.configuration.ingress.external', true],
  ['Microsoft.App/containerApps', 'properties.configuration.ingress.targetPort', 3978],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.0.httpGet.path', '/healthz'],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.0.httpGet.port', 3978],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.0.type', 'Startup'],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.1.httpGet.path', '/healthz'],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.1.httpGet.port', 3978],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.1.type', 'Liveness'],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.2.httpGet.path', '/readyz'],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.2.httpGet.port', 3978],
  ['Microsoft.App/containerApps', 'properties.template.containers.0.probes.2.type', 'Readiness'],
  ['Microsoft.App/containerApps', 'properties.template.scale.maxReplicas', '[maxReplicas]'],
  ['Microsoft.App/containerApps', 'properties.template.scale.minReplicas', '[minReplicas]'],
  ['Microsoft.App/containerApps', 'properties.template.terminationGracePeriodSeconds', '[drainSeconds + 10]'],
  ['Microsoft.BotService/botServices', 'properties.disableLocalAuth', true],
  ['Microsoft.BotService/botServices', 'properties.endpoint', '[endpoint]'],
  ['Microsoft.BotService/botServices/channels', 'properties.properties.isEnabled', true],
  ['Microsoft.ContainerRegistry/registries', 'properties.adminUserEnabled', false],
  ['Microsoft.ContainerRegistry/registries', 'properties.anonymousPullEnabled', false],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.backupPolicy.type', 'Continuous'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.consistencyPolicy.defaultConsistencyLevel', 'Strong'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.disableLocalAuth', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.minimalTlsVersion', 'Tls12'],
  ['Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments', 'properties.principalId', '[principalId]'],
  ['Microsoft.KeyVault/vaults', 'properties.enablePurgeProtection', true],
  ['Microsoft.KeyVault/vaults', 'properties.enableRbacAuthorization', true],
  ['Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', true],
  ['Microsoft.Storage/storageAccounts', 'properties.allowBlobPublicAccess', false],
  ['Microsoft.Storage/storageAccounts', 'properties.allowSharedKeyAccess', false],
  ['Microsoft.Storage/storageAccounts', 'properties.minimumTlsVersion', 'TLS1_2'],
  ['Microsoft.Storage/storageAccounts', 'properties.supportsHttpsTrafficOnly', true],
  ['Microsoft.Storage/storageAccounts/blobServices', 'properties.containerDeleteRetentionPolicy.enabled', true],
  ['Microsoft.Storage/storageAccounts/blobServices', 'properties.deleteRetentionPolicy.enabled', true],
  ['Microsoft.Storage/storageAccounts/blobServices', 'properties.isVersioningEnabled', true],
  ['Microsoft.Storage/storageAccounts/blobServices/containers', 'properties.publicAccess', 'None'],
  [
    'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies',
    'properties.allowProtectedAppendWrites',
    false,
  ],
];

/** What the templates leave open or show. Expects files whose syntax is sound. */
export function safetyFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const all = [...files.values()];
  return [
    ...mustFaults(all),
    ...watchFaults(all),
    ...keptFaults(all),
    ...replicaFaults(files),
    ...endpointFaults(files),
    ...all.flatMap((file) => secretFaults(file, files)),
  ];
}

function mustFaults(files: readonly BicepFile[]): readonly string[] {
  return MUST.flatMap(([type, path, value]) => {
    const found = files.flatMap((file) =>
      own(file)
        .filter((resource) => resource.type === type)
        .map((resource) => ({ file, resource })),
    );
    if (found.length === 0) return [`there is no ${type}`];
    return found.flatMap(({ file, resource }) => {
      const sound = bodiesOf(resource, file).every((body) => at(body, path) === value);
      return sound ? [] : [`${file.path}:${resource.line} ${type} has not ${path} ${JSON.stringify(value)}`];
    });
  });
}

/** Whatever can tell who did what has to tell it. */
function watchFaults(files: readonly BicepFile[]): readonly string[] {
  return files.flatMap((file) => {
    const watched = own(file).flatMap((resource) =>
      resource.type === 'Microsoft.Insights/diagnosticSettings' ? [typeNamed(scopeOf(resource), file)] : [],
    );
    return own(file)
      .filter(({ type }) => WATCHED.includes(type) && !watched.includes(type))
      .map(({ type, line }) => `${file.path}:${line} ${type} has no diagnostic setting`);
  });
}

/** Every container of files has a policy that says how long they stay. */
function keptFaults(files: readonly BicepFile[]): readonly string[] {
  const containers = 'Microsoft.Storage/storageAccounts/blobServices/containers';
  return files.flatMap((file) =>
    own(file)
      .filter(({ type }) => type === containers)
      .flatMap(({ name, line }) => {
        const kept = own(file).some(
          ({ type, body }) =>
            type === `${containers}/immutabilityPolicies` && propertiesOf(body).get('parent')?.text === name,
        );
        return kept ? [] : [`${file.path}:${line} ${name} has no immutability policy`];
      }),
  );
}

function replicaFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const replicas = files.get('main.bicep')?.parameters.filter(({ name }) => /Replicas$/.test(name)) ?? [];
  const low = replicas.filter(({ lowest = 0 }) => lowest < 2);
  return replicas.length === 0
    ? ['main.bicep has no number of replicas']
    : low.map(({ name, line }) => `main.bicep:${line} ${name} may be less than 2`);
}

/** Teams posts where the desk hears it. */
function endpointFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const file = files.get('main.bicep');
  const bot = file?.modules.find(({ path }) => path === 'modules/bot.bicep');
  const params = bot && propertiesOf(bot.body).get('params');
  const endpoint = params && propertiesOf(params).get('endpoint')?.text;
  return !bot || endpoint === "'${desk.outputs.publicUrl}/api/messages'"
    ? []
    : [`main.bicep:${bot.line} the bot does not lead to /api/messages of the desk`];
}

/** Where a secret may go: into the vault, and into the secrets of the container app. */
const MAY_HOLD: Readonly<Record<string, RegExp>> = {
  'Microsoft.KeyVault/vaults/secrets': /^properties\.value$/,
  'Microsoft.App/containerApps': /^properties\.configuration\.secrets\.\d+\.value$/,
};

function secretFaults(file: BicepFile, files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const open = file.parameters.filter(
    ({ name, type, secure }) =>
      type === 'string' && !secure && /(key|secret|password|token|connectionString)$/i.test(name),
  );
  const shown = [...file.outputs, ...file.variables].filter(({ value }) => isSecret(value, file));
  const written = own(file).flatMap((resource) =>
    leavesOf(resource.body, '')
      .filter(([path, node]) => isSecret(node, file) && !MAY_HOLD[resource.type]?.test(path))
      .map(([path]) => `${file.path}:${resource.line} ${resource.type} has a secret in ${path}`),
  );
  const plain = own(file).flatMap((resource) =>
    bodiesOf(resource, file).flatMap((body) =>
      plainSecrets(body).map((name) => `${file.path}:${resource.line} ${name} is not taken from a secret`),
    ),
  );
  const handedOn = file.modules.flatMap(({ name, line, path, body }) =>
    leavesOf(body, '').flatMap(([place, node]) => {
      if (!isSecret(node, file)) return [];
      const target = [...files.values()]
        .find((candidate) => candidate.path.endsWith(path))
        ?.parameters.find((parameter) => `params.${parameter.name}` === place);
      return target?.secure ? [] : [`${file.path}:${line} the module ${name} is given a secret in ${place}`];
    }),
  );
  return [
    ...open.map(({ name, line }) => `${file.path}:${line} ${name} is not @secure()`),
    ...shown.map(({ name, line }) => `${file.path}:${line} ${name} shows a secret`),
    ...written,
    ...new Set(plain),
    ...handedOn,
  ];
}

const SECRET_MEMBERS =
  /^(ConnectionString|InstrumentationKey|primaryKey|secondaryKey|primarySharedKey|\w*[mM]asterKey)$/;

/** Whether a value tells a secret. Whether one is empty is none. */
function isSecret(node: Node, file: BicepFile): boolean {
  const asked = everyNode(node)
    .filter((inner) => inner.type === 'call_expression' && inner.childForFieldName('function')?.text === 'empty')
    .flatMap(namesIn);
  const told = namesIn(node).filter((name) => !asked.some((other) => other.id === name.id));
  const listed = everyNode(node).some(
    (inner) =>
      inner.type === 'call_expression' &&
      /(^|\.)(list\w+|getSecret)$/.test(inner.childForFieldName('function')?.text ?? ''),
  );
  const member = everyNode(node).some(
    (inner) => inner.type === 'property_identifier' && SECRET_MEMBERS.test(inner.text),
  );
  return (
    listed ||
    member ||
    told.some(
      (name) =>
        !isCalled(name) && file.parameters.some((parameter) => parameter.secure && parameter.name === name.text),
    )
  );
}

/**
 * Every value below an object that is neither object nor array, with its path; also those of a choice and of what is
 * put together.
 */
function leavesOf(node: Node, path: string): readonly (readonly [path: string, node: Node])[] {
  const below = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
  if (node.type === 'object') return [...propertiesOf(node)].flatMap(([key, value]) => leavesOf(value, below(key)));
  if (node.type === 'array') return node.namedChildren.flatMap((item, place) => leavesOf(item, below(place)));
  if (node.type === 'ternary_expression') return node.namedChildren.slice(1).flatMap((end) => leavesOf(end, path));
  if (node.type === 'call_expression' && /^(concat|union)$/.test(node.childForFieldName('function')?.text ?? ''))
    return partsOf(node).flatMap((part) => leavesOf(part, path));
  return [[path, node]];
}

/** Variables of the container that are secret by their name and yet stand there as they are. */
function plainSecrets(body: Json): readonly string[] {
  return listAt(body, 'properties.template.containers.0.env').flatMap((variable) => {
    const name = textAt(variable, 'name');
    return /(KEY|PASSWORD|SECRET|CONNECTION_STRING)$/.test(name) && at(variable, 'secretRef') === undefined
      ? [name]
      : [];
  });
}

function own(file: BicepFile): readonly Resource[] {
  return file.resources.filter(({ existing }) => !existing);
}

/** The value at a path of names and places; undefined where there is none. */
export function at(value: Json, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, Json>>)[key] : undefined,
      value,
    );
}

/** The list at a path; empty where there is none. */
export function listAt(value: Json, path: string): readonly Json[] {
  const found = at(value, path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** The text at a path; empty where there is none. */
export function textAt(value: Json, path: string): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}
