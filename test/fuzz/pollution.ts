/** That no input reaches the prototypes that everything in the process shares. */
import { Broken } from './target.ts';

const SHARED = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype, Promise.prototype, Map.prototype] as const;
const BEFORE = SHARED.map((prototype) => Reflect.ownKeys(prototype).length);
const TO_STRING = Object.prototype.toString;

export function unpolluted(): void {
  for (const [at, prototype] of SHARED.entries()) if (Reflect.ownKeys(prototype).length !== BEFORE[at]) throw new Broken('a prototype that everything shares has other members than before');
  if (Object.prototype.toString !== TO_STRING) throw new Broken('Object.prototype.toString is another');
}
