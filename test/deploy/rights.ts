/**
 * What the desk's identity may do: at each resource the one role that it needs, with the actions that it needs and no
 * more, and that before the desk is started.
 */
import { basename } from 'node:path';
import { namesIn, propertiesOf, readString } from './bicep.ts';
import type { BicepFile, Resource } from './bicep.ts';
import type { Json } from './readings.ts';
import { listAt, textAt } from './safety.ts';
import { bodiesOf, scopeOf, typeNamed } from './templates.ts';

const COSMOS_ROLE = 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments';
const AZURE_ROLE = 'Microsoft.Authorization/roleAssignments';
const DEFINITIONS = [
  'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
  'Microsoft.Authorization/roleDefinitions',
];
const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const ITEMS = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers';

/** A role that Microsoft has built in. */
interface BuiltIn {
  readonly role: string;
  readonly id: string;
}

/** A role that the templates define. */
export interface OwnRole {
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

/** What the desk does to documents, by the names that Cosmos DB has for it. */
export const COSMOS_ACTIONS: readonly string[] = [
  'Microsoft.DocumentDB/databaseAccounts/readMetadata',
  `${ITEMS}/items/create`,
  `${ITEMS}/items/read`,
  `${ITEMS}/items/replace`,
  `${ITEMS}/executeQuery`,
];

export const ADDS: OwnRole = {
  actions: [`${BLOBS}/read`],
  dataActions: [`${BLOBS}/blobs/read`, `${BLOBS}/blobs/write`],
};
export const KEEPS: OwnRole = {
  ...ADDS,
  dataActions: [...ADDS.dataActions, `${BLOBS}/blobs/delete`, `${BLOBS}/blobs/tags/read`],
};

/** The one role at each place: a type of resource, or a container of files by its name. */
const RIGHTS: Readonly<Record<string, BuiltIn | OwnRole>> = {
  'Microsoft.ContainerRegistry/registries': { role: 'AcrPull', id: '7f951dda-4ed3-4680-a7ca-43fe172d538d' },
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers': { actions: [], dataActions: COSMOS_ACTIONS },
  'Microsoft.KeyVault/vaults': { role: 'Key Vault Secrets User', id: '4633458b-17de-408a-b874-0445c86b69e6' },
  'desk-files': KEEPS,
  'desk-assessments': ADDS,
  'desk-anchors': ADDS,
};

/** Expects files whose syntax is sound. */
export function rightsFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const all = [...files.values()];
  const given = all.flatMap((file) => assignments(file).map((assignment) => placeOf(assignment, file)));
  return [
    ...all.flatMap((file) => assignments(file).flatMap((assignment) => assignmentFaults(assignment, file))),
    ...Object.keys(RIGHTS).flatMap((place) =>
      given.filter((one) => one === place).length === 1 ? [] : [`the desk has not one role at ${place}`],
    ),
    ...all.flatMap((file) => orderFaults(file, files)),
  ];
}

function assignments({ resources }: BicepFile): readonly Resource[] {
  return resources.filter(({ type }) => type === AZURE_ROLE || type === COSMOS_ROLE);
}

/** What a role is given at, as `RIGHTS` names it; one without a scope is given at the whole resource group. */
function placeOf(assignment: Resource, file: BicepFile): string | undefined {
  if (assignment.type === COSMOS_ROLE) return cosmosPlaceOf(assignment, file);
  const symbol = scopeOf(assignment);
  const type = typeNamed(symbol, file);
  if (type !== BLOBS) return type;
  const container = file.resources.find(({ name }) => name === symbol);
  return container && readString(propertiesOf(container.body).get('name') ?? container.body);
}

/** By the scope that Cosmos DB reads: the account, a database, or a container. */
function cosmosPlaceOf(assignment: Resource, file: BicepFile): string | undefined {
  const scopes = new Set(bodiesOf(assignment, file).map((body) => textAt(body, 'properties.scope')));
  const [scope = ''] = scopes;
  if (scopes.size !== 1) return undefined;
  if (scope === "['${account.id}/dbs/${databaseName}/colls/${containerName}']") return ITEMS;
  return scope === '[account.id]' ? 'Microsoft.DocumentDB/databaseAccounts' : undefined;
}

function assignmentFaults(assignment: Resource, file: BicepFile): readonly string[] {
  const at = `${file.path}:${assignment.line} the role`;
  const place = placeOf(assignment, file);
  const right = RIGHTS[place ?? ''];
  if (!right) return [`${at} is given at ${place ?? 'the whole group'}`];
  return bodiesOf(assignment, file).flatMap((body) => [
    ...('id' in right ? builtInFaults(body, right, file) : ownRoleFaults(body, right, file)).map(
      (fault) => `${at} ${fault}`,
    ),
    ...(textAt(body, 'properties.principalId') === '[principalId]' ? [] : [`${at} is given to someone else`]),
  ]);
}

function builtInFaults(body: Json, { role, id }: BuiltIn, file: BicepFile): readonly string[] {
  const isNamed = file.variables.some(
    ({ name, value }) =>
      value.type === 'string' &&
      readString(value) === id &&
      new RegExp(`\\b${name}\\b`).test(textAt(body, 'properties.roleDefinitionId')),
  );
  return isNamed ? [] : [`is not ${role}`];
}

/**
 * Azure keeps roles with the subscription, though they are defined in the group; those of Cosmos DB are parts of the
 * account.
 */
const OWN_ROLE = /^\[(?:subscriptionResourceId\('Microsoft.Authorization\/roleDefinitions', )?(\w+)\.(?:id|name)\)?\]$/;

/** A role that the same file defines, with just these actions and no scope beyond its resource group. */
function ownRoleFaults(body: Json, right: OwnRole, file: BicepFile): readonly string[] {
  const symbol = OWN_ROLE.exec(textAt(body, 'properties.roleDefinitionId'))?.[1];
  const definition = file.resources.find(({ name, type }) => name === symbol && DEFINITIONS.includes(type));
  if (!definition) return ["is not one of the desk's own"];
  return bodiesOf(definition, file).flatMap((defined) => {
    const permissions = listAt(defined, 'properties.permissions');
    const allowed = (name: string) => permissions.flatMap((permission) => listAt(permission, name).map(String));
    return [
      ...differences('actions', allowed('actions'), right.actions),
      ...differences('dataActions', allowed('dataActions'), right.dataActions),
    ];
  });
}

function differences(name: string, allowed: readonly string[], needed: readonly string[]): readonly string[] {
  return [
    ...allowed
      .filter((action) => !needed.includes(action))
      .map((action) => `allows too much in its ${name}: ${action}`),
    ...needed.filter((action) => !allowed.includes(action)).map((action) => `lacks in its ${name}: ${action}`),
  ];
}

/** The module that starts the desk waits for each module that gives it a right. */
function orderFaults(file: BicepFile, files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const holds = (path: string, types: readonly string[]): boolean =>
    [...files.values()].some(
      (target) => basename(target.path) === basename(path) && target.resources.some(({ type }) => types.includes(type)),
    );
  const desk = file.modules.find(({ path }) => holds(path, ['Microsoft.App/containerApps']));
  const rights = file.modules.filter(({ path }) => holds(path, [AZURE_ROLE, COSMOS_ROLE]));
  const awaited = desk ? namesIn(desk.body).map(({ text }) => text) : [];
  return desk
    ? rights
        .filter(({ name }) => !awaited.includes(name))
        .map(({ name }) => `${file.path}:${desk.line} the desk does not wait for ${name}`)
    : [];
}
