import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { createCards } from '../../../src/teams/cards/cards.ts';
import { CardError, loadTemplates, TEMPLATES } from '../../../src/teams/cards/templates.ts';

const FOLDER = new URL('../../../cards/', import.meta.url);
const SHOWN = [
  'text',
  'title',
  'label',
  'placeholder',
  'errorMessage',
  'fallbackText',
  'speak',
  'altText',
  'value',
  'subtitle',
];

function stringsOf(part: unknown, name = ''): readonly { readonly name: string; readonly text: string }[] {
  if (typeof part === 'string') return [{ name, text: part }];
  if (Array.isArray(part)) return part.flatMap((item) => stringsOf(item, name));
  return part !== null && typeof part === 'object'
    ? Object.entries(part).flatMap(([key, value]) => stringsOf(value, key))
    : [];
}

describe('The templates of the cards', () => {
  it('are all in the folder, and no others', () => {
    expect(readdirSync(FOLDER).sort()).to.deep.equal(TEMPLATES.map((name) => `${name}.json`).sort());
  });

  for (const name of TEMPLATES) {
    const strings = stringsOf(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')));

    it(`hold no letter that people read: ${name}`, () => {
      const letters = strings
        .filter((one) => SHOWN.includes(one.name))
        .filter((one) => /\p{L}/u.test(one.text.replace(/\$\{[^}]*\}/g, '')));
      expect(letters).to.deep.equal([]);
    });

    // In a longer text a missing value would stay as `${…}` instead of being a fault.
    it(`take whole values, never parts of a text: ${name}`, () => {
      expect(strings.filter((one) => one.text.includes('${') && !/^\$\{[^{}]+\}$/.test(one.text))).to.deep.equal([]);
    });
  }

  it('fault where something is missing, rather than show a placeholder', () => {
    const fill = loadTemplates(FOLDER);
    expect(() => fill('title', {})).to.throw(CardError, 'title');
    expect(() => fill('page', { language: 'en', title: 'x', body: [] })).to.throw(CardError, 'actions');
  });

  it('do not read as a template what they are filled with', () => {
    const card = createCards(FOLDER).message('${body} {{DATE(2026-01-01)}}', {
      language: 'en',
      zone: 'UTC',
      tone: 'plain',
    });
    expect(JSON.stringify(card)).to.include('$\u2060{body} {\u2060{DATE(2026-01-01)}}');
  });

  it('are found by a path as well as by a URL', () => {
    expect(() => createCards(new URL('.', FOLDER).pathname)).not.to.throw();
  });
});
