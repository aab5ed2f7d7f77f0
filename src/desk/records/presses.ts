/**
 * Which entry a press led to (R58), also after its words were erased. A press is a hash over what was asked for, from
 * which words can be guessed, so it goes with them. What is kept in its place is a code of a secret key: it says
 * whether a press is the same, and nothing to anyone without the key. It never leaves the desk.
 */
import type { Entry, ErasedWords } from '../../domain/claims/history.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { KeyedCode } from '../ports/historyKeys.ts';
import type { World } from '../ports/world.ts';

/** The press of an entry whose words were erased. */
export interface ErasedPress extends KeyedCode {
  readonly version: number;
}

type PressPorts = Pick<World, 'historyKeys'>;

/** The body of a claim, as far as its presses go. */
interface Pressed {
  readonly entries: readonly Entry[];
  readonly erasedPresses?: readonly ErasedPress[];
}

/** The entry that a press led to; undefined where there is none, so that the request is still to be handled. */
export function entryOfPress(
  { historyKeys }: PressPorts,
  { entries, erasedPresses = [] }: Pressed,
  press: string,
): Entry | undefined {
  const known = entries.find((entry) => entry.press === press);
  if (known) return known;
  const erased = erasedPresses.find(
    (code) => historyKeys.check(coveredText(entries, code.version, press), code) === 'sound',
  );
  return erased && entries[erased.version - 1];
}

/** What is kept of the presses that are about to be erased, with those that were before. */
export function withErasedPresses(
  { historyKeys }: PressPorts,
  { entries, erasedPresses = [] }: Pressed,
  words: readonly ErasedWords[],
): readonly ErasedPress[] {
  const erased = words.flatMap(({ version, paths }): readonly ErasedPress[] => {
    const press = paths.includes('press') ? entries[version - 1]?.press : undefined;
    if (press === undefined || press === '') return [];
    return [{ version, ...historyKeys.authenticate(coveredText(entries, version, press)) }];
  });
  return [...erasedPresses, ...erased];
}

/** With the claim, so that the same request of two claims has two codes. */
function coveredText([first]: readonly Entry[], version: number, press: string): string {
  const claim = first?.event.type === 'ClaimCreated' ? first.event.id : '';
  return canonical({ erasedPress: press, claim, version });
}
