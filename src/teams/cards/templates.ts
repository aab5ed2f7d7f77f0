/** The templates of the cards: read and compiled once, filled in for each card. */
import { DeskError } from '../../domain/deskError.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalSettings, Template } from 'adaptivecards-templating';

/** An Adaptive Card, or a part of one. */
export type Card = Readonly<Record<string, unknown>>;

/** The files of the folder, without `.json`. */
export const TEMPLATES = [
  'badge',
  'button',
  'choiceInput',
  'details',
  'fileRow',
  'form',
  'header',
  'link',
  'listRow',
  'note',
  'page',
  'section',
  'showCard',
  'steps',
  'textInput',
  'title',
] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** Fills in a template. Values are not read as templates again. Throws a CardError where a value is missing. */
export type Fill = (name: TemplateName, face: object) => Card;

/** A template needs a value that it was not given, or does not exist: a bug of this project. */
export class CardError extends DeskError<'card.missingValue' | 'card.unknownTemplate'> {}

/** Reads and compiles `<name>.json` of the folder for each template. */
export function loadTemplates(folder: URL | string): Fill {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const compiled = new Map(
    TEMPLATES.map((name) => [name, new Template(JSON.parse(readFileSync(join(path, `${name}.json`), 'utf8')))]),
  );
  GlobalSettings.getUndefinedFieldValueSubstitutionString = (missing) => {
    throw new CardError('card.missingValue', `a card lacks ${missing}`);
  };
  return (name, face) => {
    const template = compiled.get(name);
    if (!template) throw new CardError('card.unknownTemplate', `there is no template ${name}`);
    return template.expand({ $root: face }) as Card;
  };
}
