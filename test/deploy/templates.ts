/**
 * What is wrong with the templates: with their words, with the resources they describe, and with what holds them
 * together.
 */
import { posix } from 'node:path';
import type { Node } from 'web-tree-sitter';
import { everyNode, isCalled, isNoComment, lineOf, loopsIn, namesIn, propertiesOf, readBicep } from './bicep.ts';
import type { BicepFile, Resource } from './bicep.ts';
import { alertFaults } from './alerts.ts';
import { schemaFaults, whyNoSchemas } from './armSchemas.ts';
import { defenderFaults } from './defender.ts';
import { diagnosticsFaults } from './diagnostics.ts';
import { readingsOf } from './readings.ts';
import type { Json } from './readings.ts';

/** Texts of files by their paths, relative to `deploy`. */
export type Texts = ReadonlyMap<string, string>;

const DIAGNOSTICS = 'Microsoft.Insights/diagnosticSettings';

/** Every `.bicep` file of the texts, by its path. */
export function readTemplates(texts: Texts): ReadonlyMap<string, BicepFile> {
  const templates = [...texts].filter(([path]) => path.endsWith('.bicep'));
  return new Map(templates.map(([path, text]) => [path, readBicep(path, text)]));
}

/** Faults of syntax, of names, of modules, and of bodies against Azure's schemas where these are at hand. */
export function templateFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  return [...files.values()].flatMap((file) => {
    if (file.syntaxFaults.length > 0) return file.syntaxFaults;
    return [...nameFaults(file), ...moduleFaults(file, files), ...bodyFaults(file)];
  });
}

const FUNCTIONS = new Set([
  'allowed',
  'concat',
  'description',
  'maxLength',
  'maxValue',
  'minLength',
  'minValue',
  'secure',
  'metadata',
  'empty',
  'environment',
  'guid',
  'join',
  'json',
  'max',
  'min',
  'resourceGroup',
  'string',
  'subscriptionResourceId',
  'take',
  'tenant',
  'toLower',
  'union',
  'uniqueString',
]);

/** Names that nothing declares, declarations that nothing uses, functions that are none. */
function nameFaults(file: BicepFile): readonly string[] {
  const items = loopsIn(file.root).map(({ item }) => ({ name: item }));
  const declared = [...file.parameters, ...file.variables, ...file.resources, ...file.modules, ...items];
  const used = namesIn(file.root).filter((node) => !isDeclared(node));
  const unknown = used.filter((node) =>
    isCalled(node) ? !FUNCTIONS.has(node.text) : !declared.some(({ name }) => name === node.text),
  );
  const unused = [...file.parameters, ...file.variables].filter(({ name }) => !used.some((node) => node.text === name));
  return [
    ...unknown.map((node) => `${file.path}:${lineOf(node)} ${node.text} is not known`),
    ...unused.map(({ name, line }) => `${file.path}:${line} ${name} is not used`),
  ];
}

/** The first name of a declaration is what it declares; what it is assigned may be a name as well. */
function isDeclared(name: Node): boolean {
  const { parent } = name;
  return (
    parent?.type.endsWith('_declaration') === true &&
    parent.namedChildren.find((child) => child.type === 'identifier')?.id === name.id
  );
}

/** Parameters that a module lacks or does not have, and outputs that it does not have. */
function moduleFaults(file: BicepFile, files: ReadonlyMap<string, BicepFile>): readonly string[] {
  return file.modules.flatMap(({ name, line, path, body }) => {
    const at = `${file.path}:${line} the module ${name}`;
    const target = files.get(posix.join(posix.dirname(file.path), path));
    if (!target) return [`${at} is not there: ${path}`];
    const params = propertiesOf(body).get('params');
    const given = params ? [...propertiesOf(params).keys()] : [];
    const known = target.parameters.map((parameter) => parameter.name);
    const outputs = everyNode(file.root)
      .filter(
        (node) => node.type === 'member_expression' && node.childForFieldName('object')?.text === `${name}.outputs`,
      )
      .map((node) => node.childForFieldName('property')?.text ?? '');
    return [
      ...given
        .filter((parameter) => !known.includes(parameter))
        .map((parameter) => `${at} has no parameter ${parameter}`),
      ...target.parameters
        .filter((parameter) => !parameter.fallback && !given.includes(parameter.name))
        .map((parameter) => `${at} is not given ${parameter.name}`),
      ...outputs
        .filter((output) => !target.outputs.some((known) => known.name === output))
        .map((output) => `${at} has no output ${output}`),
    ];
  });
}

function bodyFaults(file: BicepFile): readonly string[] {
  return file.resources
    .filter(({ existing }) => !existing)
    .flatMap((resource) => {
      const faults = bodiesOf(resource, file).flatMap((body) => {
        if (resource.type === DIAGNOSTICS) return diagnosticsFaults(body, typeNamed(scopeOf(resource), file));
        const ours = alertFaults(resource.type, body) ?? defenderFaults(resource.type, body);
        if (ours) return ours;
        return whyNoSchemas() === undefined ? schemaFaults(resource.type, resource.version, body) : [];
      });
      return [...new Set(faults)].map((fault) => `${file.path}:${resource.line} ${resource.type} ${fault}`);
    });
}

/** The symbol of the resource that another is an extension of. */
export function scopeOf(resource: Resource): string | undefined {
  return propertiesOf(resource.body).get('scope')?.text;
}

export function typeNamed(symbol: string | undefined, file: BicepFile): string | undefined {
  return file.resources.find(({ name }) => name === symbol)?.type;
}

/** The file as it is read for each item of a resource's loop, whose name is then a variable; once where it has none. */
function timesOf({ loop, line }: Resource, file: BicepFile): readonly BicepFile[] {
  if (!loop) return [file];
  const { item, list } = loop;
  const known = file.variables.find(({ name }) => name === list.text)?.value ?? list;
  return known.namedChildren
    .filter(isNoComment)
    .map((value) => ({ ...file, variables: [...file.variables, { name: item, line, value }] }));
}

/**
 * Every reading of a resource, as it would be sent, of a loop that of each item: what only Bicep reads is left out, and
 * a child's name is an expression.
 */
export function bodiesOf(resource: Resource, file: BicepFile): readonly { readonly [key: string]: Json }[] {
  return timesOf(resource, file).flatMap((time) => bodiesIn(resource, time));
}

function bodiesIn(resource: Resource, file: BicepFile): readonly { readonly [key: string]: Json }[] {
  return readingsOf(resource.body, file).flatMap(({ value: reading }) => {
    if (typeof reading !== 'object' || reading === null || Array.isArray(reading)) return [];
    const { scope: _scope, parent, dependsOn: _dependsOn, name, ...rest } = reading as { readonly [key: string]: Json };
    const whole = {
      ...rest,
      ...(name !== undefined && { name: parent === undefined ? name : `[${JSON.stringify(name)}]` }),
    };
    return [{ ...whole, type: resource.type, apiVersion: resource.version }];
  });
}
