/** A fuzz target: makes inputs from random numbers, plays them, and checks the outcome. */
import type { Chance } from '../support/random.ts';

/** Whether an input got past the first check. */
export type Taken = 'accepted' | 'refused';

/** Where inputs are played. It holds the same at the beginning of every act, so that a number can be replayed. */
export interface Stage {
  begin(): void;
  /** An input by chance alone, and by what the stage holds. */
  make(chance: Chance): unknown;
  /** Takes an input that `make` made, and throws where it breaks a promise. */
  take(input: unknown): Taken | Promise<Taken>;
}

export interface Target {
  readonly name: string;
  /** Its share of a run over all targets. */
  readonly share: number;
  /** This many inputs in a row meet what those before them left; 1: each is played alone. */
  readonly act: number;
  open(): Promise<Stage>;
}

/** A promise of the desk that an input broke. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export function promise(isKept: boolean, sentence: string, shown?: unknown): asserts isKept {
  if (!isKept) throw new Broken(shown === undefined ? sentence : `${sentence}: ${brief(shown)}`);
}

/** The stage of a target whose inputs stand alone and are all of one type. */
export function alone<Input>(make: (chance: Chance) => Input, take: (input: Input) => Taken | Promise<Taken>): Stage {
  return { begin: () => undefined, make, take: (input) => take(input as Input) };
}

const BRIEF = 600;

/** A value as a report shows it: JSON, where it can be JSON. */
export function brief(value: unknown, most = BRIEF): string {
  const text = written(value);
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}

function written(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_, one: unknown) =>
        one instanceof Uint8Array ? `base64:${Buffer.from(one).toString('base64')}` : one,
      ) ?? String(value)
    );
  } catch {
    return 'what is too deep to be written';
  }
}
