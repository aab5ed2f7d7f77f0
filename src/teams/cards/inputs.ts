/** What a form asks for: texts and choices, each with its label and what is said when it is left empty. */
import { MAX_COMMENT } from '../../domain/claims/text.ts';
import { say } from '../../locales/say.ts';
import { truncateWithEllipsis, literal } from './escape.ts';
import type { Line } from './elements.ts';
import type { Card, Fill } from './templates.ts';
import type { Inputs } from './verbs.ts';

export interface Choice {
  readonly title: string;
  readonly value: string;
}

interface InputSpecBase {
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
  /** Stands below the input. */
  readonly hint?: Line;
}

export interface TextInputSpec extends InputSpecBase {
  readonly kind: 'text';
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly long?: boolean;
  readonly email?: boolean;
}

export interface ChoiceInputSpec extends InputSpecBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  /** The values that are chosen; those that are no choice are left out. */
  readonly chosen: readonly string[];
  readonly several?: boolean;
  /** All choices in sight. Only for the desk's own words: the clients read the titles of such choices as markup. */
  readonly expanded?: boolean;
}

export type InputSpec = TextInputSpec | ChoiceInputSpec;

/** A longer text of people: a comment, a reason, a justification. */
export function longText(name: string, label: string, filled: Inputs, required = true): TextInputSpec {
  return { kind: 'text', name, label, value: typed(filled, name), maxLength: MAX_COMMENT, long: true, required };
}

/** What a form held; only texts count. */
export function typed(filled: Inputs, name: string, fallback = ''): string {
  const value = Object.hasOwn(filled, name) ? filled[name] : undefined;
  return typeof value === 'string' ? value : fallback;
}

/** Several values in one text, as clients send them. */
export function severalTyped(filled: Inputs, name: string, otherwise: readonly string[] = []): readonly string[] {
  return Object.hasOwn(filled, name)
    ? typed(filled, name)
        .split(/[\s,;]+/)
        .filter((item) => item !== '')
    : otherwise;
}

/** So many letters are shown of a text that may have `most`: what is too long stays too long, to be shortened by its writer, and the card stays small. */
function shownLength(most: number): number {
  return most + Math.floor(most / 2) + 100;
}

/** The element that asks. `id` is the input's id on its card. */
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
