/**
 * What the desk's identity may do: at each resource the one role that it needs, and that before the desk is started.
 */
import { basename } from 'node:path';
import { namesIn, propertiesOf, readString } from './bicep.ts';
import type { BicepFile, Resource } from './bicep.ts';
import type { Json } from './readings.ts';
import { textAt } from './safety.ts';
import { bodiesOf, scopeOf, typeNamed } from './templates.ts';

const COSMOS_ROLE = 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments';
const AZURE_ROLE = 'Microsoft.Authorization/roleAssignments';

/** Roles that Microsoft has built in, by the type of what they are given at. */
const ROLES: Readonly<Record<string, readonly [role: string, id: string]>> = {
  'Microsoft.ContainerRegistry/registries': ['AcrPull', '7f951dda-4ed3-4680-a7ca-43fe172d538d'],
  'Microsoft.DocumentDB/databaseAccounts': [
    'Cosmos DB Built-in Data Contributor',
    '00000000-0000-0000-0000-000000000002',
  ],
  'Microsoft.KeyVault/vaults': ['Key Vault Secrets User', '4633458b-17de-408a-b874-0445c86b69e6'],
  'Microsoft.Storage/storageAccounts': ['Storage Blob Data Contributor', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'],
};

/** Expects files whose syntax is sound. */
export function rightsFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const all = [...files.values()];
  const given = all.flatMap((file) => assignments(file).map((assignment) => placeOf(assignment, file)));
  return [
    ...all.flatMap((file) => assignments(file).flatMap((assignment) => assignmentFaults(assignment, file))),
    ...Object.entries(ROLES).flatMap(([type, [role]]) => (given.includes(type) ? [] : [`no one is given ${role}`])),
    ...all.flatMap((file) => orderFaults(file, files)),
  ];
}

function assignments({ resources }: BicepFile): readonly Resource[] {
  return resources.filter(({ type }) => type === AZURE_ROLE || type === COSMOS_ROLE);
}

/** The type of what a role is given at; one without a scope is given at the whole resource group. */
function placeOf(assignment: Resource, file: BicepFile): string | undefined {
  const symbol =
    assignment.type === COSMOS_ROLE ? propertiesOf(assignment.body).get('parent')?.text : scopeOf(assignment);
  return typeNamed(symbol, file);
}

function assignmentFaults(assignment: Resource, file: BicepFile): readonly string[] {
  const at = `${file.path}:${assignment.line} the role`;
  const place = placeOf(assignment, file);
  const [role, id] = ROLES[place ?? ''] ?? [];
  if (role === undefined) return [`${at} is given at ${place ?? 'the whole group'}`];
  const ids = file.variables
    .filter(({ value }) => value.type === 'string' && readString(value) === id)
    .map(({ name }) => name);
  return bodiesOf(assignment, file).flatMap((body) => [
    ...(ids.some((name) => named(body, 'properties.roleDefinitionId', name)) ? [] : [`${at} is not ${role}`]),
    ...(textAt(body, 'properties.principalId') === '[principalId]' ? [] : [`${at} is given to someone else`]),
    ...(assignment.type === COSMOS_ROLE && textAt(body, 'properties.scope') !== '[account.id]'
      ? [`${at} goes beyond the account`]
      : []),
  ]);
}

function named(body: Json, path: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(textAt(body, path));
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
