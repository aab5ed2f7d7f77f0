/** A card as its reader sees it: its texts, its buttons, and the inputs that a button sends. */

export type Json = Readonly<Record<string, unknown>>;

/** A card in a conversation: in the message that was posted, or as the answer to a press on it. */
export interface ShownCard {
  readonly conversationId: string;
  readonly messageId: string;
  readonly card: Json;
}

export interface ShownButton {
  readonly title: string;
  readonly verb: string;
  readonly data: Json;
  /** The inputs that the client sends with it: those of its own card and of the cards around it. */
  readonly inputs: readonly Json[];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function children(element: Json): readonly Json[] {
  const found: Json[] = [];
  for (const value of Object.values(element)) {
    if (Array.isArray(value)) found.push(...value.filter(isObject));
    else if (isObject(value)) found.push(value);
  }
  return found;
}

/** The colour of the note that says what came of a press: of the first coloured box; empty where there is none. */
export function noteColour({ body }: Json): string {
  const styles = (Array.isArray(body) ? body : []).filter(isObject).map(({ style }) => style);
  return styles.find((style) => typeof style === 'string') ?? '';
}

const DISPLAYED = ['text', 'title', 'label', 'value', 'errorMessage'] as const;

/** Every text that the card shows, in order, one below the other. */
export function textOf(card: Json): string {
  const texts: string[] = [];
  const visit = (element: Json): void => {
    for (const name of DISPLAYED)
      if (typeof element[name] === 'string' && element[name] !== '') texts.push(element[name]);
    for (const [name, value] of Object.entries(element)) {
      if (name === 'data' || name === 'fallback') continue;
      if (Array.isArray(value)) value.filter(isObject).forEach(visit);
      else if (isObject(value)) visit(value);
    }
  };
  visit(card);
  return texts.join('\n');
}

/** The buttons of a card, those of its forms included. */
export function buttonsOf(card: Json, around: readonly Json[] = []): readonly ShownButton[] {
  const inputs = [...around, ...inputsIn(card)];
  return actionsIn(card).flatMap((action) => {
    if (action['type'] === 'Action.ShowCard' && isObject(action['card'])) return buttonsOf(action['card'], inputs);
    if (action['type'] !== 'Action.Execute') return [];
    const data = isObject(action['data']) ? action['data'] : {};
    return [
      {
        title: String(action['title']),
        verb: String(action['verb']),
        data,
        inputs: action['associatedInputs'] === 'none' ? [] : inputs,
      },
    ];
  });
}

/** Elements of this card itself, not of a card behind a button. */
function own(card: Json, wanted: (element: Json) => boolean): readonly Json[] {
  const found: Json[] = [];
  const visit = (element: Json): void => {
    for (const child of children(element)) {
      if (wanted(child)) found.push(child);
      if (child['type'] !== 'Action.ShowCard' && child['type'] !== 'Action.Execute') visit(child);
    }
  };
  visit(card);
  return found;
}

function inputsIn(card: Json): readonly Json[] {
  return own(card, (element) => String(element['type']).startsWith('Input.'));
}

function actionsIn(card: Json): readonly Json[] {
  return own(card, (element) => String(element['type']).startsWith('Action.'));
}

/** Addresses that the card opens. */
export function linksOf(card: Json): readonly string[] {
  return children(card).flatMap((child) => [
    ...(child['type'] === 'Action.OpenUrl' ? [String(child['url'])] : []),
    ...linksOf(child),
  ]);
}

/** The one button with this verb; with `data`, the one that also says so. */
export function buttonOf(card: Json, verb: string, data: Json = {}): ShownButton {
  const found = buttonsOf(card).filter(
    (button) => button.verb === verb && Object.entries(data).every(([name, value]) => button.data[name] === value),
  );
  const [only, ...others] = found;
  // A row that is tapped may send what a button sends.
  const more = others.filter((other) => JSON.stringify(other.data) !== JSON.stringify(only?.data));
  if (!only || more.length > 0)
    throw new Error(`${found.length} buttons "${verb}" on a card with ${verbsOf(card).join(', ')}:\n${textOf(card)}`);
  return only;
}

/** What can be pressed, each once, in the order of the buttons: a row that is tapped sends what one of them sends. */
export function verbsOf(card: Json): readonly string[] {
  const verbs = buttonsOf(card).map((button) => button.verb);
  return [...new Set(verbs.toReversed())].toReversed();
}

/**
 * What the client sends when the button is pressed: its data and the inputs around it. `filled` is by the plain names
 * of the inputs, whatever prefix their ids carry; an input that is not on the form cannot be filled in.
 */
export function dataOf(button: ShownButton, filled: Readonly<Record<string, string>> = {}): Json {
  const sent: Record<string, unknown> = { ...button.data };
  for (const input of button.inputs) if (typeof input['value'] === 'string') sent[String(input['id'])] = input['value'];
  for (const [name, value] of Object.entries(filled)) sent[inputNamed(button, name)] = value;
  return sent;
}

function inputNamed(button: ShownButton, name: string): string {
  const ids = button.inputs.map((input) => String(input['id']));
  const id = ids.find((one) => one === `${button.verb}.${name}`) ?? ids.find((one) => one === name);
  if (id === undefined) throw new Error(`no input "${name}" for "${button.verb}", only ${ids.join(', ')}`);
  return id;
}
