/** Checks that no input changes the prototypes that everything in the process shares. */
import { Broken } from './target.ts';

const SHARED = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Number.prototype,
  Promise.prototype,
  Map.prototype,
] as const;
const counts = (): readonly number[] => SHARED.map((prototype) => Reflect.ownKeys(prototype).length);
let before = counts();
const TO_STRING = Object.prototype.toString;

/** They have to stay as they are now; other code in this process may have added to them before. */
export function lookAtPrototypes(): void {
  before = counts();
}

export function unpolluted(): void {
  for (const [at, prototype] of SHARED.entries())
    if (Reflect.ownKeys(prototype).length !== before[at])
      throw new Broken('a prototype that everything shares has other members than before');
  if (Object.prototype.toString !== TO_STRING) throw new Broken('Object.prototype.toString is another');
}
