/** A difference between two worlds as text: how to see it again, and where the two part. */
import type { Found } from './compare.ts';

export interface Replay {
  readonly claims: number;
  readonly days: number;
  readonly worlds: number;
}

/** Of a line that differs from another: how many characters before the difference, and how many from it on. */
const BEFORE = 40;
const AFTER = 120;

/** Two lines on the first difference of a seed: the command that replays it, and what it is. */
export function describeDifference(
  seed: number,
  found: readonly Found[],
  { claims, days, worlds }: Replay,
): readonly string[] {
  const [first] = found;
  if (!first) return [];
  const { claim, chapter, line, one, other, plain, conditions } = first;
  const from = parting(one, other);
  const elsewhere = found.length > 1 ? `, ${found.length} of the other worlds differ` : '';
  return [
    `seed ${seed}: npm run differential -- --from ${seed} --seeds 1 --claims ${claims} --days ${days} --worlds ${worlds}`,
    `  claim ${claim}, ${chapter}, line ${line}${elsewhere}; ${plain}: ${cut(one, from)} | ${conditions}: ${cut(other, from)}`,
  ];
}

/** Both lines whole, for anyone who looks at one seed. */
export function wholeOf([first]: readonly Found[]): readonly string[] {
  return first ? [first.one, first.other].map((line) => `    ${line}`) : [];
}

/** Where they begin to differ. */
function parting(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function cut(line: string, from: number): string {
  const [begin, end] = [Math.max(0, from - BEFORE), from + AFTER];
  return `${begin > 0 ? '…' : ''}${line.slice(begin, end)}${end < line.length ? '…' : ''}`;
}
