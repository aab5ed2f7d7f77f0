/** A whole card, put together from its parts. */
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Note } from './cardOptions.ts';
import type { Speech } from '../text/format.ts';
import type { Section } from './elements.ts';
import { run } from './elements.ts';
import type { Card, Fill } from './templates.ts';

/** A whole card. */
export interface Page {
  /** Shown by clients that cannot show the card; never what people typed. */
  readonly title: string;
  readonly body: readonly Card[];
  readonly actions?: readonly Card[];
}

/** The card itself, from the template `page`. */
export function page(fill: Fill, { title, body, actions = [] }: Page, { language }: Speech): Card {
  return fill('page', { language, title, body, actions });
}

const NOTES = { good: 'good', attention: 'attention', plain: 'emphasis' } as const;

/** The coloured note on top of a card. */
export function noteElement(fill: Fill, { tone, text }: Note): Card {
  return fill('note', { style: NOTES[tone], runs: [run(text)] });
}

/** Everything that is not needed at once, behind a line that shows and hides it. */
export function detailsElement(fill: Fill, sections: readonly Section[], language: Language): Card {
  const show = say(language, 'details.show');
  const hide = say(language, 'details.hide');
  return fill('details', {
    show,
    hide,
    open: `${show} ▾`,
    close: `${hide} ▴`,
    sections: sectionElements(fill, sections),
  });
}

/** One element for each section that has anything in it. */
export function sectionElements(fill: Fill, sections: readonly Section[]): readonly Card[] {
  return sections.filter(({ lines, rows }) => lines.length + rows.length > 0).map((one) => fill('section', one));
}
