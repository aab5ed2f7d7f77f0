/**
 * Azure's own schemas of resources, and what they say of a body. They are not part of this project: they are read from
 * the folder that ARM_SCHEMAS names, laid out as in Azure/azure-resource-manager-schemas
 * (`2025-06-01/Microsoft.Storage.json`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import draft04 from 'ajv-draft-04';
import type { Json } from './readings.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
}

interface Provider extends Schema {
  readonly resourceDefinitions?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Where the schemas are looked for: in the folder that ARM_SCHEMAS names, without it where CI keeps them. */
export const ARM_SCHEMAS =
  process.env['ARM_SCHEMAS'] ?? fileURLToPath(new URL('../../../shared/schemas/arm', import.meta.url));

/** Why the schemas cannot be asked; undefined where they can. */
export function whyNoSchemas(): string | undefined {
  if (existsSync(join(ARM_SCHEMAS, 'common', 'definitions.json'))) return undefined;
  return (
    "Azure's resource schemas are not there; to check the Bicep against them, " +
    'name a copy of Azure/azure-resource-manager-schemas/schemas in ARM_SCHEMAS'
  );
}

type Validate = (body: Json) => readonly string[];
const validators = new Map<string, Validate | undefined>();

/**
 * What the schema of a type says against a body: unknown names at any depth, what is missing, what has no such value.
 */
export function schemaFaults(type: string, version: string, body: Json): readonly string[] {
  const key = `${type}@${version}`;
  if (!validators.has(key)) validators.set(key, validatorOf(type, version));
  return validators.get(key)?.(body) ?? [`there is no schema of ${key}`];
}

function validatorOf(type: string, version: string): Validate | undefined {
  const [provider = ''] = type.split('/');
  const folder = join(ARM_SCHEMAS, version);
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => file === `${provider}.json` || file.startsWith(`${provider}.`))
    : [];
  for (const file of files) {
    const schema = readJson(join(folder, file)) as Provider;
    const found = Object.entries(schema.resourceDefinitions ?? {}).find(([, definition]) =>
      definition.properties?.['type']?.enum?.includes(type),
    );
    if (found) return validatorIn(schema, ...found);
  }
  return undefined;
}

function validatorIn(schema: Provider, name: string, definition: Schema): Validate {
  const ajv = new draft04.default({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(compilable(readJson(join(ARM_SCHEMAS, 'common', 'definitions.json'))));
  ajv.addSchema(compilable(schema), 'provider');
  const validate = ajv.compile({ $ref: `provider#/resourceDefinitions/${name}` });
  return (body) => {
    const unknown = unknownNames(body, definition, schema, '');
    // Some schemas ask for properties though none of them has to be given.
    if (validate({ properties: {}, ...(body as object) })) return unknown;
    // Beside each value an expression may stand: that it is none is not the fault that helps.
    const faults = (validate.errors ?? []).filter(
      ({ keyword, schemaPath }) => keyword !== 'oneOf' && !schemaPath.includes('/expression/'),
    );
    return [
      ...unknown,
      ...new Set(
        faults.map(({ instancePath, message, params }) => {
          const allowed: unknown = params['allowedValues'];
          return `${instancePath} ${message ?? 'is wrong'}${Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''}`;
        }),
      ),
    ];
  };
}

/** Azure's schemas leave objects open, so a misspelt name would pass. */
function unknownNames(value: Json, schema: Schema, root: Provider, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const shapes = shapesOf(schema, value, root);
  if (isList(value)) {
    const items = shapes.find((shape) => shape.items)?.items;
    return items ? value.flatMap((item, place) => unknownNames(item, items, root, `${path}/${place}`)) : [];
  }
  const objects = shapes.filter((shape) => shape.properties);
  if (objects.length === 0 || shapes.some((shape) => shape.additionalProperties)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = objects.flatMap((shape) => shape.properties?.[name] ?? []);
    return known.length === 0
      ? [`${path}/${name} is not known`]
      : unknownNames(inner, { anyOf: known }, root, `${path}/${name}`);
  });
}

/** A schema with everything that it refers to in its own file; of what it chooses from, what this value may be. */
function shapesOf(schema: Schema, value: Json, root: Provider): readonly Schema[] {
  const referred = schema.$ref?.startsWith('#/definitions/')
    ? root.definitions?.[schema.$ref.slice('#/definitions/'.length)]
    : undefined;
  const parts = [...(referred ? [referred] : []), ...(schema.allOf ?? [])].map((part) => shapesOf(part, value, root));
  const choices = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
    .map((choice) => shapesOf(choice, value, root))
    .filter((shapes) => shapes.every((shape) => isOf(value, shape)));
  return [schema, ...parts.flat(), ...choices.flat()];
}

/**
 * Whether a value is of the kind that a shape is for: where the shape names one, as `"type": "Continuous"`, it is that.
 */
function isOf(value: Json, { properties }: Schema): boolean {
  return Object.entries(properties ?? {}).every(([name, { const: only, enum: allowed }]) => {
    const kind = only ?? (allowed?.length === 1 ? allowed[0] : undefined);
    const given = value !== null && typeof value === 'object' && !isList(value) ? value[name] : undefined;
    return kind === undefined || given === undefined || given === kind;
  });
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Without what our validator cannot take: dialects it does not know, and bases that forbid what is built on them. */
function compilable(schema: unknown): object {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$schema' || (key === 'additionalProperties' && value === false) ? undefined : value,
  );
  const { id, ...rest } = JSON.parse(text) as { readonly id?: string };
  return { ...rest, ...(id !== undefined && { id: id.replace(/#$/, '') }) };
}
