/**
 * What Teams takes as a card: read from the types of Microsoft's own package for building cards, so that the schema is
 * the version that the package has. Every element and action is checked for what it must have, for names that Teams
 * does not know, and for values that it does not take; upper and lower case matter, as they do to Teams.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What is wrong with a value, each fault with its path. */
type Check = (value: unknown, path: string) => readonly string[];
type JsonObject = Readonly<Record<string, unknown>>;

const TYPES = join(dirname(createRequire(import.meta.url).resolve('@microsoft/teams.cards')), 'core.d.ts');

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);
const valid: Check = () => [];
const ofType =
  (type: string): Check =>
  (value, path) =>
    typeof value === type ? [] : [`${path}: ${shown(value)} is no ${type}`];
const exactly =
  (wanted: unknown): Check =>
  (value, path) =>
    value === wanted ? [] : [`${path}: ${shown(value)} is not ${shown(wanted)}`];
const eachOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}[${index}]`))
      : [`${path}: ${shown(value)} is no list`];

/** One of several: by the `type` that an object names, otherwise the one that fits. */
function anyOf(choices: readonly Check[], byType: ReadonlyMap<string, Check>): Check {
  return (value, path) => {
    if (isObject(value) && byType.size > 0) {
      const chosen = byType.get(String(value['type']));
      return chosen ? chosen(value, path) : [`${path}: there is no ${shown(value['type'])} here`];
    }
    const faults = choices.map((choice) => choice(value, path));
    return faults.find((found) => found.length === 0) ?? [`${path}: ${shown(value)} does not fit`];
  };
}

interface Property {
  readonly check: () => Check;
  readonly isOptional: boolean;
}

function objectOf(properties: ReadonlyMap<string, Property>, isOpen: boolean): Check {
  return (value, path) => {
    if (!isObject(value)) return [`${path}: ${shown(value)} is no object`];
    const missing = [...properties].filter(([name, { isOptional }]) => !isOptional && value[name] === undefined);
    const held = Object.entries(value).flatMap(([name, item]) => {
      const property = properties.get(name);
      if (property) return property.check()(item, `${path}.${name}`);
      return isOpen ? [] : [`${path}: ${shown(value['type'])} has no ${name}`];
    });
    return [...missing.map(([name]) => `${path}: ${name} is missing`), ...held];
  };
}

function readTypes(): (card: unknown) => readonly string[] {
  const source = ts.createSourceFile(TYPES, readFileSync(TYPES, 'utf8'), ts.ScriptTarget.ESNext);
  const declared = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
  for (const statement of source.statements)
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      declared.set(statement.name.text, statement);
  const checks = new Map<string, Check>();

  /** The `type` of the objects that an interface describes. */
  function typeNameOf(node: ts.TypeNode): string | undefined {
    const statement = ts.isTypeReferenceNode(node) ? declared.get(node.typeName.getText(source)) : undefined;
    if (!statement || !ts.isInterfaceDeclaration(statement)) return undefined;
    for (const member of statement.members)
      if (ts.isPropertySignature(member) && member.name.getText(source) === 'type' && member.type)
        return ts.isLiteralTypeNode(member.type) && ts.isStringLiteral(member.type.literal)
          ? member.type.literal.text
          : undefined;
    return undefined;
  }

  function checkOfName(name: string): Check {
    const known = checks.get(name);
    if (known) return known;
    const statement = declared.get(name);
    if (!statement) throw new Error(`the types of cards have no ${name}`);
    const made = ts.isInterfaceDeclaration(statement) ? checkOfInterface(statement) : checkOf(statement.type);
    checks.set(name, made);
    return made;
  }

  function checkOfInterface({ members, heritageClauses }: ts.InterfaceDeclaration): Check {
    const properties = new Map(
      members.filter(ts.isPropertySignature).map((member): [string, Property] => {
        const name =
          ts.isStringLiteral(member.name) || ts.isIdentifier(member.name)
            ? member.name.text
            : member.name.getText(source);
        const { type } = member;
        return [name, { check: () => (type ? checkOf(type) : valid), isOptional: member.questionToken !== undefined }];
      }),
    );
    return objectOf(properties, heritageClauses !== undefined);
  }

  const ofNode = new Map<ts.TypeNode, Check>();
  function checkOf(node: ts.TypeNode): Check {
    const made = ofNode.get(node) ?? makeCheck(node);
    ofNode.set(node, made);
    return made;
  }

  function makeCheck(node: ts.TypeNode): Check {
    if (ts.isParenthesizedTypeNode(node)) return checkOf(node.type);
    if (ts.isArrayTypeNode(node)) return eachOf(checkOf(node.elementType));
    if (ts.isUnionTypeNode(node)) {
      const byType = new Map(
        node.types.flatMap((one): [string, Check][] => {
          const name = typeNameOf(one);
          return name === undefined ? [] : [[name, (value, path) => checkOf(one)(value, path)]];
        }),
      );
      return anyOf(
        node.types.map(
          (one): Check =>
            (value, path) =>
              checkOf(one)(value, path),
        ),
        byType,
      );
    }
    if (ts.isLiteralTypeNode(node)) {
      if (ts.isStringLiteral(node.literal)) return exactly(node.literal.text);
      if (node.literal.kind === ts.SyntaxKind.NullKeyword) return exactly(null);
      return exactly(node.literal.kind === ts.SyntaxKind.TrueKeyword);
    }
    if (ts.isTypeReferenceNode(node)) {
      const name = node.typeName.getText(source);
      return name === 'Record' ? objectOf(new Map(), true) : (value, path) => checkOfName(name)(value, path);
    }
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return ofType('string');
      case ts.SyntaxKind.NumberKeyword:
        return ofType('number');
      case ts.SyntaxKind.BooleanKeyword:
        return ofType('boolean');
      case ts.SyntaxKind.AnyKeyword:
      case ts.SyntaxKind.UnknownKeyword:
        return valid;
      default:
        throw new Error(`the types of cards have a type that is not read: ${node.getText(source)}`);
    }
  }

  return (card) => checkOfName('IAdaptiveCard')(card, 'card');
}

let schema: ((card: unknown) => readonly string[]) | undefined;

/** What Teams objects to on a card; empty where it takes the card. */
export function schemaFaults(card: unknown): readonly string[] {
  schema ??= readTypes();
  return schema(card);
}
