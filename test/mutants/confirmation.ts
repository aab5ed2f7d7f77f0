/** Confirms that a failure comes from the planted bug: what fails without the bug as well says nothing about it. */
import type { Verdict } from './nets.ts';

export interface Tests {
  /** Runs them with the bug. */
  readonly harmed: () => Promise<Verdict>;
  /** Whether the same pass without it, in the same time. */
  readonly passUnharmed: () => Promise<boolean>;
}

export interface Simulators {
  /** Looks for a violation with the bug, from a seed on. */
  readonly harmed: (from: number, seeds: number) => Promise<Verdict>;
  /** Whether this many seeds pass without it, from one on. */
  readonly passesUnharmed: (from: number, seeds: number) => Promise<boolean>;
}

/**
 * The tests' verdict on a bug. A failure or a run without end counts only where the same tests pass without the bug.
 */
export async function confirmByTests({ harmed, passUnharmed }: Tests): Promise<Verdict> {
  const verdict = await harmed();
  return !verdict.isCaught || (await passUnharmed())
    ? verdict
    : notConfirmed(verdict, 'these tests fail without the bug as well');
}

/**
 * The first violation, from seed 1 on, that only the bug can have caused; without one, the bug passed. Where the
 * simulator broke off it names no seed, and has to pass without the bug as far as it got. Seconds are those of all
 * searches.
 */
export async function confirmBySimulator({ harmed, passesUnharmed }: Simulators, seeds: number): Promise<Verdict> {
  let seconds = 0;
  const unconfirmed: number[] = [];
  for (let from = 1; from <= seeds; ) {
    const left = seeds - from + 1;
    const verdict = await harmed(from, left);
    seconds += verdict.seconds;
    const { seed, brokeOffWithin = left } = verdict;
    if (!verdict.isCaught) return { ...verdict, seconds, how: `${verdict.how}${besides(unconfirmed)}` };
    if (await (seed === undefined ? passesUnharmed(from, brokeOffWithin) : passesUnharmed(seed, 1)))
      return { ...verdict, seconds };
    if (seed === undefined)
      return notConfirmed(
        { ...verdict, seconds },
        `the simulator does not pass without the bug either${besides(unconfirmed)}`,
      );
    unconfirmed.push(seed);
    from = seed + 1;
  }
  return { isCaught: false, how: `passed${besides(unconfirmed)}`, seconds };
}

/** Asks a question whose answer was yes only once for each name; after a no, which may be chance, it is asked again. */
export function onceTrue<Asked extends readonly unknown[]>(
  nameOf: (...asked: Asked) => string,
  question: (...asked: Asked) => Promise<boolean>,
): (...asked: Asked) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return async (...asked) => {
    const name = nameOf(...asked);
    const answer = answers.get(name) ?? question(...asked);
    answers.set(name, answer);
    const isTrue = await answer;
    if (!isTrue) answers.delete(name);
    return isTrue;
  };
}

function notConfirmed(verdict: Verdict, why: string): Verdict {
  return { ...verdict, isCaught: false, how: `not believed: ${verdict.how}; ${why}` };
}

function besides(unconfirmed: readonly number[]): string {
  return unconfirmed.length > 0 ? `, but for seed ${unconfirmed.join(', ')}, which fails without the bug as well` : '';
}
