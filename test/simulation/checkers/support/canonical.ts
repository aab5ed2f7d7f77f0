/** JSON with its keys in a fixed order, and its hash: the checkers' own (R55). */
import { createHash } from 'node:crypto';

export function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value)) ?? 'null';
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder((value as Record<string, unknown>)[key])]),
  );
}

/**
 * What the hash of an entry is over, stated a second time (R55): each personal word of it, and the press, is an object
 * with the SHA-256 of salt and word, as JSON.
 */
export function committed(entry: Readonly<Record<string, unknown>>): unknown {
  const { salts, erased: _, hash: __, ...content } = entry;
  // Not structuredClone: it keeps apart no object that is in two places.
  const copy = JSON.parse(JSON.stringify(content)) as Record<string, unknown>;
  for (const [path, salt] of Object.entries((salts ?? {}) as Record<string, string>)) {
    const names = path === 'press' ? ['press'] : ['event', ...path.split('.')];
    const last = names.pop() ?? '';
    let place: Record<string, unknown> = copy;
    for (const name of names) place = (place[name] ?? {}) as Record<string, unknown>;
    place[last] = { sha256: sha256(JSON.stringify([salt, place[last]])) };
  }
  return copy;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function sameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}
