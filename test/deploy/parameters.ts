/** What is wrong with the parameter files: what they do not give, what the template does not take. */
import { posix } from 'node:path';
import type { Node } from 'web-tree-sitter';
import { everyNode, readBicepParameters, readString } from './bicep.ts';
import type { BicepFile, Parameter } from './bicep.ts';
import { partsOf } from './readings.ts';
import type { Texts } from './templates.ts';

export function parameterFaults(texts: Texts, files: ReadonlyMap<string, BicepFile>): readonly string[] {
  return [...texts]
    .filter(([path]) => path.endsWith('.bicepparam'))
    .flatMap(([path, text]) => {
      const { using, given, syntaxFaults } = readBicepParameters(path, text);
      if (syntaxFaults.length > 0) return syntaxFaults;
      const template = files.get(posix.join(posix.dirname(path), using ?? ''));
      if (!template) return [`${path} is for a template that is not there: ${using ?? 'none'}`];
      const missing = template.parameters.filter(
        ({ name, fallback }) => !fallback && !given.some((assigned) => assigned.name === name),
      );
      const twice = given.filter(({ name }, place) => given.findIndex((assigned) => assigned.name === name) !== place);
      return [
        ...missing.map(({ name }) => `${path} does not give ${name}`),
        ...twice.map(({ name, line }) => `${path}:${line} gives ${name} again`),
        ...given.flatMap(({ name, line, value }) => {
          const parameter = template.parameters.find((candidate) => candidate.name === name);
          const fault = parameter
            ? (valueFault(value, parameter) ?? emptyFault(value, parameter))
            : 'is not a parameter of the template';
          return fault === undefined ? [] : [`${path}:${line} ${name} ${fault}`];
        }),
      ];
    });
}

/**
 * A variable of the environment that has to be there may still be empty, where a command failed that should have filled
 * it.
 */
function emptyFault(value: Node, { shortest = 0 }: Parameter): string | undefined {
  const read = everyNode(value).find(
    (node) => node.type === 'call_expression' && node.childForFieldName('function')?.text === 'readEnvironmentVariable',
  );
  const mayBeLeftOut = read !== undefined && partsOf(read).length > 1;
  if (read === undefined || mayBeLeftOut) return undefined;
  return read.id === value.id && shortest > 0 ? undefined : 'is taken from the environment also when it is empty there';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'int',
  boolean: 'bool',
  array: 'array',
  object: 'object',
};

/** Why a parameter cannot have the value in the file; values that are read from the environment are not known here. */
function valueFault(
  value: Node,
  { type, secure, allowed, lowest, highest, shortest, longest }: Parameter,
): string | undefined {
  if (secure && value.type === 'string') return 'is a secret, and is in the file';
  if (value.type === 'call_expression') return undefined;
  if (TYPES[value.type] !== type) return `is of type ${type}`;
  if (value.type === 'number') {
    const number = Number(value.text);
    return number < (lowest ?? number) || number > (highest ?? number) ? `is out of its range` : undefined;
  }
  if (value.type !== 'string') return undefined;
  const text = readString(value);
  if (allowed && !allowed.includes(text)) return `is none of ${allowed.join(', ')}`;
  return text.length < (shortest ?? 0) || text.length > (longest ?? text.length)
    ? 'is too short or too long'
    : undefined;
}
