/** The buttons of the cards: presses with their fallback for clients that do not know Action.Execute, links, forms behind a button. */
import type { Language } from '../../locales/say.ts';
import { inputElement } from './inputs.ts';
import type { InputAsked } from './inputs.ts';
import { inputId } from './inputIds.ts';
import type { Line } from './elements.ts';
import type { Card, Fill } from './templates.ts';
import type { Verb } from './verbs.ts';

export type ButtonStyle = 'default' | 'positive' | 'destructive';

/** What a press says: its verb, and what it is about. */
export interface Said {
  readonly verb: Verb;
  readonly [fact: string]: string | number;
}

export interface Button {
  readonly title: string;
  readonly says: Said;
  readonly style?: ButtonStyle;
  /** A press that takes nothing from the inputs around it, and so is not stopped by them. */
  readonly alone?: boolean;
}

export function button(fill: Fill, { title, says, style = 'default', alone = false }: Button): Card {
  return fill('button', { title, data: says, style, mode: 'primary', inputs: alone ? 'none' : 'auto' });
}

export function linkButton(fill: Fill, title: string, url: string): Card {
  return fill('link', { title, url, style: 'positive', mode: 'primary' });
}

/** A form: what it is for and what follows from it, its inputs, and the button that sends it. */
export interface FormAsked {
  /** On the button that opens it, and above it where it stands open. */
  readonly title: string;
  readonly lines?: readonly Line[];
  readonly inputs: readonly InputAsked[];
  readonly send: Button;
}

/** The form as part of a card. `shared`: other forms are on the card too. */
export function formElement(
  fill: Fill,
  form: FormAsked,
  language: Language,
  where: { readonly titled: boolean; readonly shared: boolean },
): Card {
  const inputs = form.inputs.map((asked) => ({
    items: [
      inputElement(fill, asked, where.shared ? inputId(form.send.says.verb, asked.name) : asked.name, language),
      ...(asked.hint ? [{ type: 'RichTextBlock', spacing: 'None', inlines: asked.hint.runs }] : []),
    ],
  }));
  return fill('form', { title: form.title, hasTitle: where.titled, lines: form.lines ?? [], inputs });
}

/** A button that opens the form below the buttons. */
export function formButton(fill: Fill, form: FormAsked, language: Language, style: ButtonStyle = 'default'): Card {
  return fill('showCard', {
    title: form.title,
    mode: 'primary',
    style,
    body: [formElement(fill, form, language, { titled: false, shared: true })],
    actions: [button(fill, form.send)],
  });
}

const MAX_IN_A_ROW = 6;

/** Clients show six buttons; the others go behind the button with three dots. */
export function inRow(buttons: readonly Card[]): readonly Card[] {
  return buttons.map((one, index) =>
    index < MAX_IN_A_ROW ? one : { ...one, mode: 'secondary', ...secondaryFallback(one) },
  );
}

function secondaryFallback({ fallback }: Card): Card {
  return fallback !== null && typeof fallback === 'object' ? { fallback: { ...fallback, mode: 'secondary' } } : {};
}
