/**
 * What every card must be, whatever is on it: valid, small, labelled, with fallbacks, never by colour alone, and with
 * what people typed shown as they typed it. Each check says what is wrong with a card; no answer is a good one.
 *
 * What can only be seen on a drawn card (heights, contrast, words that break) is measured in a browser, see
 * test/gallery/measures.ts.
 */
import type { Card } from '../../../src/teams/cards/templates.ts';
import type { CardKind } from './catalogue.ts';
import { OWN_LINKS } from './claimCatalogue.ts';
import { objectionsTo } from './cardReader.ts';
import { schemaFaults } from './teamsSchema.ts';

/** Bytes of a card as Teams counts them: JSON in UTF-16. */
export const MAX_CARD_BYTES_UTF16 = 40 * 1024;
/** Buttons that Teams shows; the others belong in the overflow menu. */
const MAX_PRIMARY_BUTTONS = 6;
/** Letters of a button's title that are never cut on a phone. */
const MAX_BUTTON_LETTERS = 24;

/** Elements that older clients do not know: without a fallback they leave a hole or an error. */
const NEWER =
  /^(Badge|Icon|ProgressBar|ProgressRing|Rating|Input\.Rating|CompoundButton|CodeBlock|Carousel|Chart\..+)$/;
/** Where clients read text as it is: runs, and what an input holds. */
const LITERAL = ['TextRun', 'Input.Text'];
const HAS_WORDS = /[\p{L}\p{N}]/u;
/** Overrides and isolates: what follows them is read from the other side. */
const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
const COLOURS = ['good', 'warning', 'attention', 'accent'];

/** What a card says of itself; the answer of each check. */
export type Faults = readonly string[];

/** All checks by name. */
export const CHECKS = {
  schema: schemaFaults,
  parser: objectionsTo,
  size: sizeFaults,
  ids: idFaults,
  labels: labelFaults,
  fallbacks: fallbackFaults,
  colours: colourFaults,
  buttons: buttonFaults,
  leftovers: leftoverFaults,
  literal: literalFaults,
} as const satisfies Readonly<Record<string, (card: Card) => Faults>>;
export type CheckName = keyof typeof CHECKS;

/** The kinds of card that do not pass a check yet, whatever they hold. An empty list: the check is in force for all. */
export const NOT_YET: Readonly<Partial<Record<CheckName, readonly CardKind[]>>> = {
  // The form that removes a file lists all files, and the list of links has all links.
  size: ['claim', 'form'],
};

/** Whether a check is in force for a kind of card. */
export function isInForce(check: CheckName, kind: CardKind): boolean {
  return NOT_YET[check]?.includes(kind) !== true;
}

/** Everything that is wrong with a card. */
export function faultsOf(card: Card): readonly { readonly check: CheckName; readonly what: string }[] {
  return (Object.keys(CHECKS) as CheckName[]).flatMap((check) => CHECKS[check](card).map((what) => ({ check, what })));
}

function sizeFaults(card: Card): Faults {
  const bytes = Buffer.byteLength(JSON.stringify(card), 'utf16le');
  return bytes > MAX_CARD_BYTES_UTF16 ? [`${bytes} bytes`] : [];
}

const isInput = (part: Card): boolean => String(part['type']).startsWith('Input.');
const isButton = (part: Card): boolean => String(part['type']).startsWith('Action.');
const textOf = (part: Card, name: string): string => (typeof part[name] === 'string' ? part[name] : '');

/** The parts of a card that clients show: without the fallbacks, which stand for a part that is there already. */
function shownParts(part: unknown): readonly Card[] {
  if (Array.isArray(part)) return part.flatMap(shownParts);
  if (part === null || typeof part !== 'object') return [];
  const rest = Object.entries(part).flatMap(([name, value]) =>
    name === 'fallback' || name === 'data' ? [] : shownParts(value),
  );
  return [part as Card, ...rest];
}

function idFaults(card: Card): Faults {
  const ids = shownParts(card).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const targets = shownParts(card)
    .filter(({ type }) => type === 'Action.ToggleVisibility')
    .flatMap(({ targetElements }) => (Array.isArray(targetElements) ? (targetElements as unknown[]) : []))
    .map((target) => (typeof target === 'string' ? target : textOf(target as Card, 'elementId')));
  const nameless = shownParts(card).filter((part) => isInput(part) && textOf(part, 'id') === '');
  return [
    ...nameless.map(({ type }) => `${String(type)} has no id, so what is typed is not sent`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice`),
    ...targets.filter((id) => !ids.includes(id)).map((id) => `there is no ${id} to show or hide`),
  ];
}

function labelFaults(card: Card): Faults {
  return shownParts(card)
    .filter(isInput)
    .flatMap((input) => {
      const id = textOf(input, 'id');
      return [
        ...(HAS_WORDS.test(textOf(input, 'label')) ? [] : [`${id} has no label`]),
        ...(input['isRequired'] === true && !HAS_WORDS.test(textOf(input, 'errorMessage'))
          ? [`${id} is required, but does not say so when it is empty`]
          : []),
      ];
    });
}

function fallbackFaults(card: Card): Faults {
  return shownParts(card).flatMap((part): Faults => {
    const type = textOf(part, 'type');
    const fallback = part['fallback'] as Card | undefined;
    if (NEWER.test(type) && (fallback === undefined || NEWER.test(textOf(fallback, 'type'))))
      return [`${type} has no fallback that older clients show`];
    if (type !== 'Action.Execute') return [];
    if (fallback?.['type'] !== 'Action.Submit') return [`the button ${textOf(part, 'title')} has no fallback`];
    const differs = ['title', 'data', 'style', 'mode', 'associatedInputs'].filter(
      (name) => JSON.stringify(fallback[name]) !== JSON.stringify(part[name]),
    );
    return differs.map((name) => `the fallback of the button ${textOf(part, 'title')} has another ${name}`);
  });
}

const hasWords = (part: unknown): boolean =>
  shownParts(part).some((one) =>
    ['text', 'title', 'altText', 'label', 'value'].some((name) => HAS_WORDS.test(textOf(one, name))),
  );

const isColoured = (part: Card): boolean =>
  [part['style'], part['color']].some((colour) => COLOURS.includes(String(colour).toLowerCase())) && !isButton(part);

/**
 * Colour alone tells nothing to those who do not see it. A coloured part has words, or stands in one list with words:
 * a dot before a sentence, a bar above its label.
 */
function colourFaults(card: Card): Faults {
  const faults: string[] = [];
  const visit = (part: unknown, isToldBeside: boolean): void => {
    if (Array.isArray(part)) {
      for (const item of part)
        visit(
          item,
          part.some((other) => other !== item && hasWords(other)),
        );
      return;
    }
    if (part === null || typeof part !== 'object') return;
    const element = part as Card;
    if (isColoured(element) && !isToldBeside && !hasWords(element))
      faults.push(`${textOf(element, 'type')} is told by colour alone`);
    for (const [name, value] of Object.entries(element))
      if (name !== 'fallback' && name !== 'data') visit(value, false);
  };
  visit(card, false);
  return faults;
}

/** The rows of buttons of a card: its own, those of a form behind a button, those of a set in its body. */
function buttonRows(card: Card): readonly (readonly Card[])[] {
  return shownParts(card).flatMap(({ actions }) => (Array.isArray(actions) ? [actions as readonly Card[]] : []));
}

function buttonFaults(card: Card): Faults {
  const rows = buttonRows(card);
  const primary = rows.map((row) => row.filter(({ mode }) => mode !== 'secondary').length);
  const titles = rows.flat().map((part) => textOf(part, 'title'));
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [
    ...primary.filter((count) => count > MAX_PRIMARY_BUTTONS).map((count) => `${count} buttons side by side`),
    ...titles.filter((title) => !HAS_WORDS.test(title)).map(() => 'a button without a title'),
    ...titles
      .filter((title) => [...segments.segment(title)].length > MAX_BUTTON_LETTERS)
      .map((title) => `the title of a button is too long: ${title}`),
  ];
}

function leftoverFaults(card: Card): Faults {
  // What a press sends back is shown to no one.
  const shown = JSON.stringify(card, (name, value: unknown) => (name === 'data' ? undefined : value));
  const found = /\$\{[^"]{0,20}|\{\{[^"]{0,20}|\bundefined\b|\bNaN\b|\[object \w+\]|:null\b/.exec(shown);
  return found ? [`“${found[0]}” is left over`] : [];
}

/**
 * What people typed is literal: it stands only where no client reads markup, opens no address that is not the desk's
 * own, and cannot turn the direction of what stands around it. Hostile texts are known by the word `evil` in them.
 */
function literalFaults(card: Card): Faults {
  const faults: string[] = [];
  for (const part of shownParts(card)) {
    const { url, type, style } = part;
    if (url !== undefined && type !== 'Image' && !OWN_LINKS.some((link) => link === url))
      faults.push(`opens ${JSON.stringify(url)}`);
    const texts = Object.values(part).filter((value) => typeof value === 'string');
    const isChoice = Object.keys(part).sort().join() === 'title,value';
    if (texts.some((text) => text.includes('evil')) && !isChoice && !LITERAL.includes(String(type)))
      faults.push(`${String(type)} shows what people typed, and reads it as markup`);
    if (type === 'Input.ChoiceSet' && style !== 'compact' && JSON.stringify(part).includes('evil'))
      faults.push('an open list of choices shows what people typed, and reads it as markup');
    if (texts.some((text) => TURNS_DIRECTION.test(text))) faults.push(`${String(type)} turns the direction of text`);
  }
  return faults;
}
