/**
 * The buttons of the cards: Action.Execute with its fallback for clients that do not support it, links, and forms
 * behind a button.
 */
import type { Language } from '../../locales/say.ts';
import { inputElement } from './inputs.ts';
import type { InputSpec } from './inputs.ts';
import { inputId } from './inputIds.ts';
import type { Line } from './elements.ts';
import type { Card, Fill } from './templates.ts';
import type { Verb } from './verbs.ts';

export type ButtonStyle = 'default' | 'positive' | 'destructive';

/** The data that a press sends: its verb, and what it is about (`claim`, `version`, `form`, …). */
export interface PressData {
  readonly verb: Verb;
  readonly [fact: string]: string | number;
}

/** A button that sends its data to the desk. */
export interface Button {
  readonly title: string;
  readonly data: PressData;
  readonly style?: ButtonStyle;
  /** The press sends no inputs, so an input that is required but empty does not block it. */
  readonly ignoresInputs?: boolean;
}

/** The button element, from the template `button`. */
export function button(fill: Fill, { title, data, style = 'default', ignoresInputs = false }: Button): Card {
  return fill('button', { title, data, style, mode: 'primary', inputs: ignoresInputs ? 'none' : 'auto' });
}

/** What a tap on a row sends to the desk, from the template `button`. */
export function pressAction(fill: Fill, title: string, data: PressData): Card {
  return button(fill, { title, data, ignoresInputs: true });
}

/** A button that opens an address in the browser. */
export function linkButton(fill: Fill, title: string, url: string): Card {
  return fill('link', { title, url, style: 'positive', mode: 'primary' });
}

/** A form: its title, what sending it leads to, its inputs, and the button that sends it. */
export interface FormSpec {
  /** The label of the button that opens it; the heading where the form is open. */
  readonly title: string;
  readonly lines?: readonly Line[];
  readonly inputs: readonly InputSpec[];
  readonly send: Button;
}

/** The form as part of a card. `shared`: the card has other forms too, so its inputs need unique ids. */
export function formElement(
  fill: Fill,
  form: FormSpec,
  language: Language,
  where: { readonly titled: boolean; readonly shared: boolean },
): Card {
  const inputs = form.inputs.map((input) => ({
    items: [
      inputElement(fill, input, where.shared ? inputId(form.send.data.verb, input.name) : input.name, language),
      ...(input.hint ? [{ type: 'RichTextBlock', spacing: 'None', inlines: input.hint.runs }] : []),
    ],
  }));
  return fill('form', { title: form.title, hasTitle: where.titled, lines: form.lines ?? [], inputs });
}

/** A button that opens the form below the buttons. */
export function formButton(fill: Fill, form: FormSpec, language: Language, style: ButtonStyle = 'default'): Card {
  return fill('showCard', {
    title: form.title,
    mode: 'primary',
    style,
    body: [formElement(fill, form, language, { titled: false, shared: true })],
    actions: [button(fill, form.send)],
  });
}

const MAX_PRIMARY = 3;

/** The first three buttons stand on the card; the others become secondary, in the overflow menu. */
export function withOverflow(buttons: readonly Card[]): readonly Card[] {
  return buttons.map((one, index) =>
    index < MAX_PRIMARY ? one : { ...one, mode: 'secondary', ...secondaryFallback(one) },
  );
}

function secondaryFallback({ fallback }: Card): Card {
  return fallback !== null && typeof fallback === 'object' ? { fallback: { ...fallback, mode: 'secondary' } } : {};
}
