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

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function sameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}
