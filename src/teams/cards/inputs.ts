/** The inputs of forms: texts and choices, each with its label and the message for an empty required one. */
import { MAX_COMMENT } from '../../domain/claims/text.ts';
import { say } from '../../locales/say.ts';
import { truncateWithEllipsis, literal } from './escape.ts';
import type { Line } from './elements.ts';
import type { Card, Fill } from './templates.ts';
import type { Inputs } from './verbs.ts';

/** `value` is what the client sends. */
export interface Choice {
  readonly title: string;
  readonly value: string;
}

interface InputSpecBase {
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
  /** Shown below the input. */
  readonly hint?: Line;
}

/** A text input; `maxLength` in UTF-16 units. */
export interface TextInputSpec extends InputSpecBase {
  readonly kind: 'text';
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly long?: boolean;
  readonly email?: boolean;
}

/** A choice of one value, or of several. */
export interface ChoiceInputSpec extends InputSpecBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  /** The chosen values. Values that are not among the choices are ignored. */
  readonly chosen: readonly string[];
  readonly several?: boolean;
  /** Shows all choices at once. Only for the desk's own words: clients read the titles of such choices as markup. */
  readonly expanded?: boolean;
}

export type InputSpec = TextInputSpec | ChoiceInputSpec;

/** An input for a longer text: a comment, a reason, a justification. */
export function longText(name: string, label: string, filled: Inputs, required = true): TextInputSpec {
  return { kind: 'text', name, label, value: typed(filled, name), maxLength: MAX_COMMENT, long: true, required };
}

/** The value of an input that a form sent; anything but a text counts as not sent. */
export function typed(filled: Inputs, name: string, fallback = ''): string {
  const value = Object.hasOwn(filled, name) ? filled[name] : undefined;
  return typeof value === 'string' ? value : fallback;
}

/** The values of an input with several choices, which clients send as one text. */
export function severalTyped(filled: Inputs, name: string, otherwise: readonly string[] = []): readonly string[] {
  return Object.hasOwn(filled, name)
    ? typed(filled, name)
        .split(/[\s,;]+/)
        .filter((item) => item !== '')
    : otherwise;
}

/**
 * How much is shown of a text that may have `most` letters. A text that was refused as too long stays longer than
 * `most`, for its author to shorten, but does not blow up the card.
 */
function shownLength(most: number): number {
  return most + Math.floor(most / 2) + 100;
}

/** The input element. `id` is the input's id on its card (see inputIds.ts). */
export function inputElement(fill: Fill, asked: InputSpec, id: string, language: Parameters<typeof say>[0]): Card {
  const face = {
    id,
    label: asked.label,
    isRequired: asked.required ?? false,
    errorMessage: say(language, 'form.fillIn', { label: asked.label }),
  };
  if (asked.kind === 'text') {
    return fill('textInput', {
      ...face,
      value: literal(truncateWithEllipsis(asked.value, shownLength(asked.maxLength))),
      placeholder: asked.placeholder ?? '',
      isMultiline: asked.long ?? false,
      maxLength: asked.maxLength,
      style: asked.email ? 'Email' : 'Text',
    });
  }
  const { choices, chosen } = asked;
  return fill('choiceInput', {
    ...face,
    value: choices
      .map((choice) => choice.value)
      .filter((value) => chosen.includes(value))
      .join(','),
    placeholder: say(language, 'form.choose'),
    choices: choices.map(({ title, value }) => ({ title: literal(title), value })),
    isMultiSelect: asked.several ?? false,
    style: asked.expanded ? 'expanded' : 'compact',
  });
}
