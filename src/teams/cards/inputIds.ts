/**
 * The ids of inputs. The clients for phones refuse a whole card on which two inputs have the same id, also where they stand in
 * different forms; so on a card with several forms an input is called `verb.name`, and read as `name` again.
 */
import type { Inputs } from './verbs.ts';

export function inputId(verb: string, name: string): string {
  return `${verb}.${name}`;
}

/** The inputs of a form by their plain names; those of a form with plain names stay as they are. */
export function inputsOf(verb: string, inputs: Inputs): Inputs {
  const prefix = inputId(verb, '');
  return Object.fromEntries(
    Object.entries(inputs).map(([id, value]) => [id.startsWith(prefix) ? id.slice(prefix.length) : id, value]),
  );
}
