/**
 * What an object of a template may come to when it is deployed, as plain JSON. What only Azure knows becomes
 * `[expression]`.
 */
import type { Node } from 'web-tree-sitter';
import { isNoComment, propertiesOf, readString } from './bicep.ts';
import type { BicepFile } from './bicep.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What has been taken for true: conditions and parameters, as they are written, each with what it comes to. */
export type Taken = ReadonlyMap<string, Json>;

export interface Reading<Value = Json> {
  readonly value: Value;
  readonly taken: Taken;
}

/**
 * Every reading of a value: both branches of a `? :`, each allowed value of a parameter, the value of a variable.
 * Within one reading the same condition has the same result wherever it is used.
 */
export function readingsOf(node: Node, file: BicepFile): readonly Reading[] {
  switch (node.type) {
    case 'object':
      return together(
        [...propertiesOf(node)].map(([key, value]) =>
          readingsOf(value, file).map((reading) => ({
            ...reading,
            value: [key.includes('${') ? `[${key}]` : key, reading.value] as const,
          })),
        ),
      ).map(({ value, taken }) => ({ value: Object.fromEntries(value), taken }));
    case 'array':
      return together(node.namedChildren.filter(isNoComment).map((item) => readingsOf(item, file)));
    case 'string':
      return [certain(textOf(node, file))];
    case 'number':
    case 'boolean':
    case 'null':
      return [certain(JSON.parse(node.text) as Json)];
    case 'unary_expression':
      return [certain(/^-\d+$/.test(node.text) ? Number(node.text) : expression(node))];
    case 'ternary_expression':
      return [...endOf(node, 'consequence', true, file), ...endOf(node, 'alternative', false, file)];
    case 'call_expression':
      return readingsOfCall(node, file);
    case 'identifier':
      return readingsOfName(node, file);
    case 'member_expression':
      return readingsOfMember(node, file);
    case 'binary_expression':
      return [certain(comparisonOf(node, file) ?? expression(node))];
    default:
      return [certain(expression(node))];
  }
}

/**
 * A string with the values of variables in place. Where one of them only Azure knows it is an expression, in which the
 * properties of a loop's item are in place all the same.
 */
function textOf(node: Node, file: BicepFile): string {
  const parts = node.namedChildren
    .filter(({ type }) => type === 'interpolation')
    .map((part) => {
      const inner = part.namedChildren.find(isNoComment);
      return { part, isMember: inner?.type === 'member_expression', value: inner && textIn(inner, file) };
    });
  const filled = (text: string, known: typeof parts): string =>
    known.reduce((before, { part, value }) => before.replace(part.text, () => value ?? ''), text);
  const known = parts.filter(({ value }) => value !== undefined);
  if (known.length === parts.length) return filled(readString(node), known);
  const members = known.filter(({ isMember }) => isMember);
  return filled(expression(node), members);
}

function textIn(node: Node, file: BicepFile): string | undefined {
  const value = knownOf(node, file);
  return typeof value === 'string' ? value : undefined;
}

/** The one value that something certainly has; undefined where there are several, or only Azure knows. */
function knownOf(node: Node, file: BicepFile): Json | undefined {
  const [reading, ...others] = readingsOf(node, file);
  const isCertain = reading && others.length === 0 && reading.taken.size === 0;
  return isCertain && reading.value !== expression(node) ? reading.value : undefined;
}

/** What `a == b` and `a != b` come to where both are known. */
function comparisonOf(node: Node, file: BicepFile): boolean | undefined {
  const [left, right] = node.namedChildren.filter(isNoComment).map((side) => knownOf(side, file));
  const operator = node.children.find(({ isNamed }) => !isNamed)?.text;
  if (left === undefined || right === undefined || (operator !== '==' && operator !== '!=')) return undefined;
  return (left === right) === (operator === '==');
}

/** A property of a variable that is an object, as of the item of a loop. */
function readingsOfMember(node: Node, file: BicepFile): readonly Reading[] {
  const holder = file.variables.find(({ name }) => name === node.childForFieldName('object')?.text)?.value;
  const name = node.childForFieldName('property')?.text ?? '';
  const value = holder?.type === 'object' ? propertiesOf(holder).get(name) : undefined;
  return value ? readingsOf(value, file) : [certain(expression(node))];
}

function endOf(ternary: Node, end: string, holds: boolean, file: BicepFile): readonly Reading[] {
  const condition = ternary.childForFieldName('condition');
  const branch = ternary.childForFieldName(end);
  if (!condition || !branch) return [];
  const known = knownOf(condition, file);
  if (typeof known === 'boolean') return known === holds ? readingsOf(branch, file) : [];
  const taken = new Map([[condition.text, holds]]);
  return readingsOf(branch, file).flatMap((reading) =>
    both(taken, reading.taken).map((all) => ({ value: reading.value, taken: all })),
  );
}

/** `concat` and `union` put together what is known; what other functions return only Azure knows. */
function readingsOfCall(call: Node, file: BicepFile): readonly Reading[] {
  const called = call.childForFieldName('function')?.text ?? '';
  if (called !== 'concat' && called !== 'union') return [certain(expression(call))];
  return together(partsOf(call).map((part) => readingsOf(part, file))).map(({ value, taken }) => ({
    value: called === 'concat' ? (value.flat() as readonly Json[]) : (Object.assign({}, ...value) as Json),
    taken,
  }));
}

/** What a function is called with. */
export function partsOf(call: Node): readonly Node[] {
  return call.childForFieldName('arguments')?.namedChildren.filter(isNoComment) ?? [];
}

function readingsOfName(node: Node, file: BicepFile): readonly Reading[] {
  const variable = file.variables.find(({ name }) => name === node.text);
  if (variable) return readingsOf(variable.value, file);
  const allowed = file.parameters.find(({ name }) => name === node.text)?.allowed as readonly Json[] | undefined;
  return allowed
    ? allowed.map((value) => ({ value, taken: new Map([[node.text, value]]) }))
    : [certain(expression(node))];
}

function certain(value: Json): Reading {
  return { value, taken: new Map() };
}

function expression(node: Node): string {
  return `[${node.text}]`;
}

/** One of each, in every combination that does not contradict itself. */
function together<Item>(choices: readonly (readonly Reading<Item>[])[]): readonly Reading<readonly Item[]>[] {
  return choices.reduce<readonly Reading<readonly Item[]>[]>(
    (made, choice) =>
      made.flatMap((before) =>
        choice.flatMap((item) =>
          both(before.taken, item.taken).map((taken) => ({ value: [...before.value, item.value], taken })),
        ),
      ),
    [{ value: [], taken: new Map() }],
  );
}

/** What two readings take for true; none where they contradict each other. */
function both(one: Taken, other: Taken): readonly Taken[] {
  const agree = [...other].every(([asked, answer]) => !one.has(asked) || one.get(asked) === answer);
  return agree ? [new Map([...one, ...other])] : [];
}
