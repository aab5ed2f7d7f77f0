/** JSON as it comes out of a parser: `__proto__` is a member like any other. */

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** The object with another value for a member, at the same place. */
export function withMember(object: Json, name: string, value: unknown): Json {
  const entries = Object.entries(object).map(([other, member]): [string, unknown] => [
    other,
    other === name ? value : member,
  ]);
  return Object.fromEntries(Object.hasOwn(object, name) ? entries : [...entries, [name, value]]);
}

export function without(object: Json, name: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}
