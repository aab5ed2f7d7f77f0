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
      return [
        certain(node.namedChildren.some((part) => part.type === 'interpolation') ? expression(node) : readString(node)),
      ];
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
    default:
      return [certain(expression(node))];
  }
}

function endOf(ternary: Node, end: string, holds: boolean, file: BicepFile): readonly Reading[] {
  const condition = ternary.childForFieldName('condition');
  const branch = ternary.childForFieldName(end);
  if (!condition || !branch) return [];
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
