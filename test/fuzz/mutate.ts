/** Turns a valid example into one that is wrong somewhere: members deleted, retyped, duplicated, renamed, swapped. */
import type { Chance } from '../support/random.ts';
import { hostileText } from './hostile.ts';
import { isRecord, withMember, without } from './json.ts';
import type { Json } from './json.ts';

export const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  '__defineGetter__',
] as const;
const NUMBERS = [
  0,
  -1,
  1,
  2,
  0.5,
  -0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  2 ** 53 - 1,
  1e17,
  1e21,
] as const;
/** Deeper than the web server lets in, and not so deep that the tests' own JSON fails. */
const DEEP = 150;

/** An example with a number of mutations: none in a third of all cases, so that many get past the first check. */
export function mutated(chance: Chance, example: unknown): unknown {
  const times = chance.weighed({ none: 30, one: 45, two: 15, many: 10 });
  let value = example;
  for (
    let left = times === 'none' ? 0 : times === 'one' ? 1 : times === 'two' ? 2 : 3 + chance.below(4);
    left > 0;
    left -= 1
  )
    value = once(chance, value, value);
  return value;
}

/** The same of the members of an object. */
export function mutatedRecord(chance: Chance, example: Json): Json {
  const value = mutated(chance, example);
  return isRecord(value) ? value : { value };
}

/** One mutation somewhere below; `whole` is where members to put in another's place are taken from. */
function once(chance: Chance, value: unknown, whole: unknown): unknown {
  if (isRecord(value) && Object.keys(value).length > 0 && chance.happens(0.92)) return inRecord(chance, value, whole);
  if (Array.isArray(value) && value.length > 0 && chance.happens(0.8)) return inList(chance, value, whole);
  return another(chance, value, whole);
}

function inRecord(chance: Chance, value: Json, whole: unknown): unknown {
  const name = chance.pick(Object.keys(value));
  switch (chance.weighed({ below: 62, remove: 12, rename: 6, add: 8, double: 6, swap: 6 })) {
    case 'remove':
      return without(value, name);
    case 'rename':
      return { ...without(value, name), ...Object.fromEntries([[memberName(chance), value[name]]]) };
    case 'add':
      return withMember(value, memberName(chance), strange(chance, whole));
    case 'double':
      return withMember(value, `${name}${chance.pick(['', ' ', '2', '.x', '\u200b'])}`, value[name]);
    case 'swap':
      return withMember(value, name, value[chance.pick(Object.keys(value))]);
    default:
      return withMember(value, name, once(chance, value[name], whole));
  }
}

function inList(chance: Chance, value: readonly unknown[], whole: unknown): unknown {
  const index = chance.below(value.length);
  switch (chance.weighed({ below: 55, remove: 15, double: 15, many: 5, strange: 10 })) {
    case 'remove':
      return value.filter((_, at) => at !== index);
    case 'double':
      return [...value, value[index]];
    case 'many':
      return Array.from({ length: 20 + chance.below(200) }, () => value[index]);
    case 'strange':
      return [...value, strange(chance, whole)];
    default:
      return value.map((one, at) => (at === index ? once(chance, one, whole) : one));
  }
}

function memberName(chance: Chance): string {
  return chance.happens(0.6)
    ? chance.pick(PROTOTYPE_NAMES)
    : chance.happens(0.5)
      ? hostileText(chance).slice(0, 60)
      : chance.pick(['id', 'type', 'verb', 'claim', 'version', 'text', 'value', 'action', 'data', 'tenant', '']);
}

/** Another value in the place of one, of the same type or of any. */
function another(chance: Chance, value: unknown, whole: unknown): unknown {
  if (typeof value === 'number' && chance.happens(0.6))
    return chance.happens(0.5) ? chance.pick(NUMBERS) : value + chance.below(5) - 2;
  if (typeof value === 'string' && chance.happens(0.6)) return anotherText(chance, value);
  return strange(chance, whole, value);
}

function anotherText(chance: Chance, text: string): string {
  const at = chance.below(text.length + 1);
  switch (chance.weighed({ hostile: 40, insert: 20, cut: 12, double: 8, upper: 6, space: 6, empty: 8 })) {
    case 'insert':
      return text.slice(0, at) + hostileText(chance) + text.slice(at);
    case 'cut':
      return text.slice(0, at);
    case 'double':
      return text + text;
    case 'upper':
      return chance.happens(0.5) ? text.toUpperCase() : text.toLocaleUpperCase('tr');
    case 'space':
      return ` ${text}\n`;
    case 'empty':
      return '';
    default:
      return hostileText(chance);
  }
}

function strange(chance: Chance, whole: unknown, value?: unknown): unknown {
  switch (
    chance.weighed({
      nothing: 14,
      yes: 8,
      number: 12,
      text: 22,
      list: 12,
      wrapped: 8,
      record: 8,
      part: 10,
      deep: 2,
      asText: 4,
    })
  ) {
    case 'nothing':
      return null;
    case 'yes':
      return chance.happens(0.5);
    case 'number':
      return chance.pick(NUMBERS);
    case 'list':
      return chance.happens(0.5) ? [] : [value ?? hostileText(chance)];
    case 'wrapped':
      return { value, toString: 'x', length: -1 };
    case 'record':
      return Object.fromEntries([
        [chance.pick(PROTOTYPE_NAMES), chance.happens(0.5) ? { polluted: true } : hostileText(chance)],
      ]);
    case 'part':
      return part(chance, whole);
    case 'deep':
      return deep(chance);
    case 'asText':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : hostileText(chance);
    default:
      return hostileText(chance);
  }
}

/** Some part of the whole, in a place where it does not belong. */
function part(chance: Chance, whole: unknown): unknown {
  const members = isRecord(whole) ? Object.values(whole) : Array.isArray(whole) ? (whole as readonly unknown[]) : [];
  if (members.length === 0) return whole;
  const one = chance.pick(members.map((member) => ({ member }))).member;
  return chance.happens(0.5) ? one : part(chance, one);
}

function deep(chance: Chance): unknown {
  let value: unknown = 'x';
  const asList = chance.happens(0.5);
  for (let left = chance.happens(0.5) ? 60 : DEEP; left > 0; left -= 1) value = asList ? [value] : { value };
  return value;
}
