/**
 * The ids of inputs. Mobile clients reject a whole card on which two inputs have the same id, even in different forms.
 * So on a card with several forms the id of an input is `verb.name`, and is read as `name` again.
 */
import type { Inputs } from './verbs.ts';

/** The id of an input on a card with several forms. */
export function inputId(verb: string, name: string): string {
  return `${verb}.${name}`;
}

/** The inputs of a form by their plain names. Names without the prefix stay as they are. */
export function inputsOf(verb: string, inputs: Inputs): Inputs {
  const prefix = inputId(verb, '');
  return Object.fromEntries(
    Object.entries(inputs).map(([id, value]) => [id.startsWith(prefix) ? id.slice(prefix.length) : id, value]),
  );
}
