/** Whether the simulator's word on a bug can be believed: a seed that fails without the bug as well says nothing of it. */
import type { Verdict } from './nets.ts';

export interface Simulators {
  /** Looks for a violation with the bug, from a seed on. */
  readonly harmed: (from: number, seeds: number) => Promise<Verdict>;
  /** Whether one seed passes without it. */
  readonly passesUnharmed: (seed: number) => Promise<boolean>;
}

/** The first violation, from seed 1 on, that only the bug can have made; without one the bug passed. Seconds are those of all searches. */
export async function believed({ harmed, passesUnharmed }: Simulators, seeds: number): Promise<Verdict> {
  let seconds = 0;
  const doubted: number[] = [];
  for (let from = 1; from <= seeds;) {
    const verdict = await harmed(from, seeds - from + 1);
    seconds += verdict.seconds;
    const { seed } = verdict;
    if (!verdict.isCaught) return { ...verdict, seconds, how: `${verdict.how}${besides(doubted)}` };
    if (seed === undefined || (await passesUnharmed(seed))) return { ...verdict, seconds };
    doubted.push(seed);
    from = seed + 1;
  }
  return { isCaught: false, how: `passed${besides(doubted)}`, seconds };
}

function besides(doubted: readonly number[]): string {
  return doubted.length > 0 ? `, but for seed ${doubted.join(', ')}, which fails without the bug as well` : '';
}
