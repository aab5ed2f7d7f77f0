/** Instances of the cards for the checks: every card of the catalogue in words of many kinds, the same in each run. */
import fc from 'fast-check';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import type { NamedCard, Words } from './catalogue.ts';
import { CATALOGUE } from './catalogue.ts';

/** A card that was made in certain words. */
export interface Instance extends Pick<NamedCard, 'kind'> {
  /** The name of the card, the language, and what kind of words it holds. */
  readonly name: string;
  readonly words: Words;
  readonly card: Card;
}

/** What people may type to make a card show something else: links, mentions, headings, templates, other directions. */
export const HOSTILE_PIECES = [
  'https://evil.example/x',
  'www.evil.example',
  'evil.example/x',
  'a@evil.example',
  '[evil](https://evil.example)',
  '![evil](https://evil.example/p.png)',
  '<at>evil</at>',
  '<a href="https://evil.example">evil</a>',
  '# evil',
  '**evil**',
  '\n---\nevil',
  '${evil}',
  '{{DATE(evil,SHORT)}}',
  '&lt;at&gt;evil',
  '\u202eevil',
  '\u2067evil\u2069',
  '"}],"actions":[{"type":"Action.OpenUrl","url":"https://evil.example"}]',
] as const;

/** Some of them, one after the other. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...HOSTILE_PIECES), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(' '));

const NAME_LETTERS = 200;
const TEXT_LETTERS = 4_000;
const filled = (word: string, letters: number): string =>
  word.repeat(Math.ceil(letters / word.length)).slice(0, letters);

/** Each kind of words by name. */
const KINDS: readonly (readonly [name: string, words: () => Omit<Words, 'language'>])[] = [
  ['everyday words', () => ({})],
  ['as many files and comments as there may be', () => ({ isCrowded: true })],
  ['names of 200 letters', () => ({ typed: `evil ${filled('Щ', NAME_LETTERS)}` })],
  ['names of 200 letters in words', () => ({ typed: filled('evil Wide World Importers ', NAME_LETTERS) })],
  ['names from right to left', () => ({ typed: `evil ${filled('חברת ייבוא עולמית ', 60)}` })],
  ['texts of 4,000 letters', () => ({ typed: filled('evil текст 文本 🙂 ', TEXT_LETTERS), isCrowded: true })],
  ...HOSTILE_PIECES.map((piece) => [`typed: ${piece}`, () => ({ typed: piece })] as const),
];

/** So that the texts are the same in each run. */
const SEED = 20_210_503;

/**
 * That many instances: all cards in everyday words first, then all in the next kind of words, in another language each
 * time; when the kinds are through, in hostile texts by chance. `every`: only one of that many of them.
 */
export function* instances(count: number, every = 1): Generator<Instance> {
  for (let index = 0; index < count; index += every) {
    const round = Math.floor(index / CATALOGUE.length);
    const named = CATALOGUE[index % CATALOGUE.length];
    const language = LANGUAGES[(index + round) % LANGUAGES.length];
    if (!named || !language) return;
    const [kindOfWords, told] = KINDS[round] ?? ['hostile texts', () => ({ typed: chanceText(index) })];
    const words = { language, ...told() };
    yield { name: `${named.name} (${language}, ${kindOfWords})`, kind: named.kind, words, card: named.make(words) };
  }
}

function chanceText(index: number): string {
  return fc.sample(hostileText, { seed: SEED + index, numRuns: 1 })[0] ?? '';
}
