/** Reads a Bicep file as far as it can be read without its compiler: what it declares, and which names it uses. */
import { fileURLToPath } from 'node:url';
import { Language, Parser, type Node } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(fileURLToPath(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))));

/** Anything with a name, at its line (from 1). */
interface Declared {
  readonly name: string;
  readonly line: number;
}

export interface Parameter extends Declared {
  readonly type: string;
  readonly secure: boolean;
  /** Absent: it has to be given. */
  readonly fallback?: Node;
  /** Absent: any. */
  readonly allowed?: readonly unknown[];
  readonly lowest?: number;
  readonly highest?: number;
  readonly shortest?: number;
  readonly longest?: number;
}

export interface Resource extends Declared {
  /** As `Microsoft.Storage/storageAccounts`. */
  readonly type: string;
  readonly version: string;
  readonly existing: boolean;
  readonly body: Node;
  /** What it is repeated for; absent: it is there once. */
  readonly loop?: Loop;
}

/** `for item in list`. */
export interface Loop {
  readonly item: string;
  readonly list: Node;
}

export interface Module extends Declared {
  /** As it is written, relative to the file. */
  readonly path: string;
  readonly body: Node;
}

/** A variable, an output, or an assignment of a parameter file. */
export interface Assigned extends Declared {
  readonly value: Node;
}

export interface BicepFile {
  readonly path: string;
  readonly root: Node;
  readonly syntaxFaults: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly variables: readonly Assigned[];
  readonly resources: readonly Resource[];
  readonly modules: readonly Module[];
  readonly outputs: readonly Assigned[];
}

/** Reads one file. What cannot be read is listed in `syntaxFaults`; the rest is returned all the same. */
export function readBicep(path: string, text: string): BicepFile {
  const tree = parser.parse(text);
  if (!tree) throw new Error(`${path}: the parser gave up`);
  const root = tree.rootNode;
  const of = (kind: string): readonly Node[] => root.namedChildren.filter((child) => child.type === kind);
  return {
    path,
    root,
    syntaxFaults: everyNode(root)
      .filter((node) => node.isError || node.isMissing)
      .map((node) => `${path}:${lineOf(node)} cannot be read near ${JSON.stringify(node.text.slice(0, 40))}`),
    parameters: of('parameter_declaration').map(readParameter),
    variables: of('variable_declaration').map(readAssigned),
    resources: of('resource_declaration').map(readResource),
    modules: of('module_declaration').map((node) => ({
      ...named(node),
      path: readString(child(node, 'string')),
      body: bodyOf(node),
    })),
    outputs: of('output_declaration').map(readAssigned),
  };
}

/** A parameter file: the template it is for, and what it gives. */
export function readBicepParameters(
  path: string,
  text: string,
): {
  readonly using: string | undefined;
  readonly given: readonly Assigned[];
  readonly syntaxFaults: readonly string[];
} {
  // The grammar has no parameter files; `var` reads alike and is as long.
  const file = readBicep(path, text.replace(/^param (?=\w+ =)/gm, 'var   '));
  const using = file.root.namedChildren.find((node) => node.type === 'using_statement');
  return { using: using && readString(child(using, 'string')), given: file.variables, syntaxFaults: file.syntaxFaults };
}

/** The node and everything below it, from the top. */
export function everyNode(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap(everyNode)];
}

export function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

/** A string as it is written, with `${…}` in place. */
export function readString(node: Node): string {
  return node.text.slice(1, -1).replace(/\\(['\\$])/g, '$1');
}

/** The properties of an object, by name, with their nodes. */
export function propertiesOf(object: Node): ReadonlyMap<string, Node> {
  const pairs = object.namedChildren
    .filter((node) => node.type === 'object_property')
    .map((property): [string, Node] => {
      const [key, value] = property.namedChildren.filter(isNoComment);
      if (!key || !value) throw new Error(`line ${lineOf(property)}: a property without a value`);
      return [key.type === 'string' ? readString(key) : key.text, value];
    });
  return new Map(pairs);
}

export function isNoComment(node: Node): boolean {
  return !node.type.endsWith('comment');
}

/** The names that a node uses: symbols, and the functions it calls. Keys and members are none. */
export function namesIn(node: Node): readonly Node[] {
  if (node.type === 'identifier') return [node];
  const below = node.namedChildren.filter(isNoComment);
  return (node.type === 'object_property' ? below.slice(below[0]?.type === 'string' ? 0 : 1) : below).flatMap(namesIn);
}

/** Whether an identifier is that of a function. */
export function isCalled(identifier: Node): boolean {
  const parent = identifier.parent;
  return parent?.type === 'call_expression' && parent.childForFieldName('function')?.id === identifier.id;
}

function child(node: Node, type: string): Node {
  const found = node.namedChildren.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`line ${lineOf(node)}: no ${type} in ${node.type}`);
  return found;
}

function named(node: Node): Declared {
  return { name: child(node, 'identifier').text, line: lineOf(node) };
}

function readAssigned(node: Node): Assigned {
  const value = node.namedChildren.filter(isNoComment).at(-1);
  if (!value) throw new Error(`line ${lineOf(node)}: nothing is assigned`);
  return { ...named(node), value };
}

/** Each loop of a file. */
export function loopsIn(root: Node): readonly Loop[] {
  return everyNode(root)
    .filter(({ type }) => type === 'for_statement')
    .map(readLoop);
}

function readLoop(node: Node): Loop {
  const [item, list] = node.namedChildren.filter(isNoComment);
  if (!item || !list) throw new Error(`line ${lineOf(node)}: a loop over nothing`);
  return { item: item.text, list };
}

function readResource(node: Node): Resource {
  const [type = '', version = ''] = readString(child(node, 'string')).split('@');
  const repeated = node.namedChildren.find((candidate) => candidate.type === 'for_statement');
  return {
    ...named(node),
    type,
    version,
    existing: node.children.some((part) => part.type === 'existing'),
    body: bodyOf(node),
    ...(repeated && { loop: readLoop(repeated) }),
  };
}

/** The object of a resource or module, also behind an `if` or in a loop. */
function bodyOf(node: Node): Node {
  const around = node.namedChildren.find(({ type }) => type === 'if_statement' || type === 'for_statement');
  return child(around ?? node, 'object');
}

function readParameter(node: Node): Parameter {
  const before = node.previousNamedSibling;
  const decorators = new Map(
    (before?.type === 'decorators' ? before.namedChildren : []).map((decorator): [string, Node | undefined] => {
      const call = child(decorator, 'call_expression');
      return [
        call.childForFieldName('function')?.text ?? '',
        call.childForFieldName('arguments')?.namedChildren.find(isNoComment),
      ];
    }),
  );
  const [, type, fallback] = node.namedChildren.filter(isNoComment);
  const allowed = decorators.get('allowed');
  const number = (name: string): number | undefined =>
    decorators.has(name) ? Number(decorators.get(name)?.text) : undefined;
  const [lowest, highest, shortest, longest] = ['minValue', 'maxValue', 'minLength', 'maxLength'].map(number);
  return {
    ...named(node),
    type: type?.text ?? '',
    secure: decorators.has('secure'),
    ...(fallback && { fallback }),
    ...(allowed && { allowed: allowed.namedChildren.filter(isNoComment).map((value) => readString(value)) }),
    ...(lowest !== undefined && { lowest }),
    ...(highest !== undefined && { highest }),
    ...(shortest !== undefined && { shortest }),
    ...(longest !== undefined && { longest }),
  };
}
