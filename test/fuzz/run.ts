/** Plays a target's inputs by their numbers, and counts the outcomes. */
import { chanceOf } from '../support/random.ts';
import type { Chance } from '../support/random.ts';
import { lookAtPrototypes } from './pollution.ts';
import { reasonOf, tooSlow } from './reason.ts';
import type { Reason } from './reason.ts';
import { shrunk } from './shrink.ts';
import type { Stage, Target } from './target.ts';

export interface Fault {
  readonly target: string;
  readonly seed: number;
  readonly why: string;
  /** As small as it could be made. */
  readonly input: unknown;
  /** As it was made. */
  readonly original: unknown;
}

export interface Count {
  readonly inputs: number;
  readonly accepted: number;
  readonly slowest: { readonly ms: number; readonly seed: number };
  readonly faults: readonly Fault[];
}

export interface Looking {
  /** Told of each input before it is taken. */
  readonly onInput?: (seed: number) => void;
  readonly onFault?: (fault: Fault) => void;
}

/** The longest that one input may take, in milliseconds. */
export const CEILING_MS = 2_000;
/** A target stops after this many faults; more of them tell nothing new. */
const MOST_FAULTS = 20;

/** The random numbers of an input, seeded by its target and its number. */
export function chanceFor(target: string, seed: number): Chance {
  let mixed = Math.imul(seed, 0x9e3779b1);
  for (const letter of target) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
  return chanceOf(mixed);
}

/** Plays the inputs `from`, `from + 1`, … What came before them in their act is played first and not counted. */
export async function play(target: Target, from: number, inputs: number, looking: Looking = {}): Promise<Count> {
  const stage = await target.open();
  lookAtPrototypes();
  const faults: Fault[] = [];
  let accepted = 0;
  let played = 0;
  let slowest = { ms: 0, seed: from };
  for (let seed = actOf(target, from); seed < from + inputs && faults.length < MOST_FAULTS; seed += 1) {
    if (seed === actOf(target, seed)) stage.begin();
    const input = stage.make(chanceFor(target.name, seed));
    looking.onInput?.(seed);
    const first = await tried(stage, input);
    const { taken, ms } = first;
    if (seed < from) continue;
    played += 1;
    if (taken === 'accepted') accepted += 1;
    if (ms > slowest.ms) slowest = { ms, seed };
    const reason = first.reason ?? (ms > CEILING_MS ? await slowAgain(target, stage, seed, input) : undefined);
    if (!reason) continue;
    const smallest = await shrunk(input, (candidate) => failsSo(target, stage, seed, candidate, reason));
    const fault = { target: target.name, seed, why: reason.why, input: smallest, original: input };
    await again(target, stage, seed, input);
    faults.push(fault);
    looking.onFault?.(fault);
  }
  return { inputs: played, accepted, slowest, faults };
}

/** The number that the act of an input begins with. */
function actOf({ act }: Target, seed: number): number {
  return seed - ((seed - 1) % act);
}

interface Tried {
  readonly taken?: string;
  readonly reason?: Reason;
  readonly ms: number;
}

async function tried(stage: Stage, input: unknown): Promise<Tried> {
  const from = performance.now();
  try {
    const taken = await stage.take(input);
    return { taken, ms: performance.now() - from };
  } catch (error) {
    return { reason: reasonOf(error), ms: performance.now() - from };
  }
}

/** An input counts as too slow only when it is too slow twice: the machine may have been busy. */
async function slowAgain(target: Target, stage: Stage, seed: number, input: unknown): Promise<Reason | undefined> {
  const { ms } = await again(target, stage, seed, input);
  return ms > CEILING_MS ? tooSlow(ms) : undefined;
}

/** Whether a smaller input fails in the same way, upon the same stage. */
async function failsSo(
  target: Target,
  stage: Stage,
  seed: number,
  candidate: unknown,
  { kind }: Reason,
): Promise<boolean> {
  const { reason, ms } = await again(target, stage, seed, candidate);
  const found = reason ?? (ms > CEILING_MS ? tooSlow(ms) : undefined);
  return found?.kind === kind;
}

/** Plays an act up to a number, with another input in its place. */
async function again(target: Target, stage: Stage, seed: number, input: unknown): Promise<Tried> {
  stage.begin();
  for (let before = actOf(target, seed); before < seed; before += 1)
    await tried(stage, stage.make(chanceFor(target.name, before)));
  return tried(stage, input);
}
