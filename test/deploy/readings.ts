/** What an object of a template may come to when it is deployed, as plain JSON. What only Azure knows becomes `[expression]`. */

import type { Node } from 'web-tree-sitter';
import { isNoComment, propertiesOf, readString, type BicepFile } from './bicep.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Every reading of a value: both ends of a `? :`, each allowed value of a parameter, what a variable stands for. */
export function readingsOf(node: Node, file: BicepFile): readonly Json[] {
  switch (node.type) {
    case 'object':
      return together([...propertiesOf(node)].map(([key, value]) => readingsOf(value, file).map((reading): [string, Json] => [key.includes('${') ? `[${key}]` : key, reading])))
        .map((pairs) => Object.fromEntries(pairs));
    case 'array':
      return together(node.namedChildren.filter(isNoComment).map((item) => readingsOf(item, file)));
    case 'string':
      return [node.namedChildren.some((part) => part.type === 'interpolation') ? expression(node) : readString(node)];
    case 'number':
    case 'boolean':
    case 'null':
      return [JSON.parse(node.text) as Json];
    case 'unary_expression':
      return [/^-\d+$/.test(node.text) ? Number(node.text) : expression(node)];
    case 'ternary_expression':
      return ['consequence', 'alternative'].flatMap((end) => {
        const branch = node.childForFieldName(end);
        return branch ? readingsOf(branch, file) : [];
      });
    case 'identifier':
      return readingsOfName(node, file);
    default:
      return [expression(node)];
  }
}

function readingsOfName(node: Node, file: BicepFile): readonly Json[] {
  const variable = file.variables.find(({ name }) => name === node.text);
  if (variable) return readingsOf(variable.value, file);
  const allowed = file.parameters.find(({ name }) => name === node.text)?.allowed;
  return allowed ? (allowed as readonly Json[]) : [expression(node)];
}

function expression(node: Node): string {
  return `[${node.text}]`;
}

/** One of each, in every combination. */
function together<Item>(choices: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  return choices.reduce<readonly (readonly Item[])[]>((made, choice) => made.flatMap((before) => choice.map((item) => [...before, item])), [[]]);
}
