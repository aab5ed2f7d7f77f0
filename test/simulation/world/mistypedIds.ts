/** How people type the id of a claim: right, in other letters that look the same, or wrong. */
import type { Chance } from '../../support/random.ts';

const MISTAKES: readonly ((id: string, chance: Chance) => string)[] = [
  (id) => id,
  (id) => id,
  (id) => id.toLowerCase(),
  (id) => id.replace('CPOR', 'СРОR'),
  (id) => id.replace('-', '\u2013'),
  (id) => id.replace('-', ' - '),
  (id) => `${id.slice(0, 7)}\u200b${id.slice(7)}`,
  // Of no claim, or of none that can be meant.
  (id) => id.slice(0, -1),
  (id) => `${id}7`,
  (id, chance) => `${id.slice(0, -1)}${chance.pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'])}`,
  (id) => `${id.slice(0, 7)}${id.slice(8)}${id.slice(7, 8)}`,
  (id) => `${id.slice(0, 5)}${id.slice(6)}`,
];

export function mistyped(id: string, chance: Chance): string {
  return chance.pick(MISTAKES)(id, chance);
}
