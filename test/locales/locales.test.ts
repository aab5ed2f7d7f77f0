import { expect } from 'chai';
import { IntlMessageFormat } from 'intl-messageformat';
import { readdirSync, readFileSync } from 'node:fs';
import en from '../../src/locales/en.json' with { type: 'json' };
import ru from '../../src/locales/ru.json' with { type: 'json' };
import tr from '../../src/locales/tr.json' with { type: 'json' };
import { LANGUAGES, say } from '../../src/locales/say.ts';
import type { Language, SentenceKey } from '../../src/locales/say.ts';

const SENTENCES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, ru, tr };
const KEYS = Object.keys(en) as SentenceKey[];

/** What is the same in every language: proper names, and words that a language has taken over. */
const PROPER_NAMES = [
  'Business Applications',
  'Microsoft 365',
  'English',
  'Русский',
  'Türkçe',
  'CPOR',
  'PoE',
  'MPN',
  'OSU',
  'OSA',
  'Teams',
  'SHA-256',
  'JavaScript',
];

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** The kinds of the elements of a message, as the parser counts them. */
const LITERAL = 0;
const POUND = 7;

function elementsOf(language: Language, key: string): readonly Element[] {
  return new IntlMessageFormat(SENTENCES[language][key] ?? '', language, undefined, { ignoreTag: true }).getAst();
}

/** Every element of a message, those of its plural and select branches too. */
function allElements(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((element) =>
    'options' in element
      ? [element, ...Object.values(element.options).flatMap((option) => allElements(option.value))]
      : [element],
  );
}

function argumentsOf(language: Language, key: string): readonly string[] {
  const named = allElements(elementsOf(language, key)).filter(
    (element) => Number(element.type) !== LITERAL && Number(element.type) !== POUND,
  );
  return [...new Set(named.map((element) => ('value' in element ? element.value : '')))].sort();
}

/** What a message says by itself, without its arguments. */
function wordsOf(language: Language, key: string): string {
  const literals = allElements(elementsOf(language, key)).filter((element) => Number(element.type) === LITERAL);
  return literals.map((element) => ('value' in element ? element.value : '')).join(' ');
}

function isProper(text: string): boolean {
  const left = PROPER_NAMES.reduce((rest, name) => rest.replaceAll(name, ''), text);
  return !/\p{L}{2}/u.test(left);
}

/** All code that can say a sentence. */
function sources(): string {
  const root = new URL('../../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(new URL(name, root), 'utf8')).join('\n');
}

/** Keys that are put together from data: `line.${event.type}` means `line.` and one more word. */
function patternsIn(code: string): readonly RegExp[] {
  const templates = [...code.matchAll(/`((?:[A-Za-z0-9]+\.)+\$\{[^`]*)`/g)].map((match) => match[1] ?? '');
  const sums = [...code.matchAll(/'((?:[A-Za-z0-9]+\.)+)' \+/g)].map((match) => `${match[1] ?? ''}\${}`);
  return [...templates, ...sums].map(
    (template) =>
      new RegExp(
        `^${template
          .replace(/\$\{[^}]*\}/g, '\u0000')
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replaceAll('\u0000', '[A-Za-z0-9]+')}$`,
      ),
  );
}

describe('The sentences of the desk', () => {
  for (const language of LANGUAGES) {
    it(`exist in ${language} for every key, and for no other`, () => {
      expect(Object.keys(SENTENCES[language]).sort()).to.deep.equal([...KEYS].sort());
    });

    it(`are never empty in ${language}`, () => {
      expect(
        KEYS.filter(
          (key) => SENTENCES[language][key]?.trim() !== SENTENCES[language][key] || SENTENCES[language][key] === '',
        ),
      ).to.deep.equal([]);
    });

    it(`take the same arguments in ${language} as in English`, () => {
      const different = KEYS.filter((key) => argumentsOf(language, key).join() !== argumentsOf('en', key).join());
      expect(different).to.deep.equal([]);
    });

    it(`can all be said in ${language}, with nothing left over`, () => {
      for (const key of KEYS) {
        const values = Object.fromEntries(argumentsOf(language, key).map((name) => [name, 5]));
        const said = say(language, key, values);
        expect(said, key).not.to.match(/[{}]|undefined|NaN/);
      }
    });

    it(`count in every plural form that ${language} has`, () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const short = KEYS.filter((key) =>
        allElements(elementsOf(language, key)).some(
          (element) =>
            'pluralType' in element &&
            element.pluralType === 'cardinal' &&
            forms.some((form) => !(form in element.options)),
        ),
      );
      expect(short).to.deep.equal([]);
    });
  }

  it('are written in Cyrillic in Russian', () => {
    const latin = KEYS.filter(
      (key) =>
        /\p{Script=Latin}{2}/u.test(wordsOf('ru', key)) &&
        !/\p{Script=Cyrillic}/u.test(wordsOf('ru', key)) &&
        !isProper(wordsOf('ru', key)),
    );
    expect(latin).to.deep.equal([]);
  });

  for (const language of ['ru', 'tr'] as const) {
    it(`are translated into ${language}`, () => {
      const same = KEYS.filter((key) => SENTENCES[language][key] === en[key] && !isProper(wordsOf('en', key)));
      expect(same).to.deep.equal([]);
    });
  }

  it('use no typewriter apostrophe, which quotes braces in a message', () => {
    expect(
      LANGUAGES.flatMap((language) => KEYS.filter((key) => SENTENCES[language][key]?.includes("'"))),
    ).to.deep.equal([]);
  });

  it('are each said somewhere in the code', () => {
    const code = sources();
    const patterns = patternsIn(code);
    const unsaid = KEYS.filter((key) => !code.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)));
    expect(unsaid).to.deep.equal([]);
  });
});
