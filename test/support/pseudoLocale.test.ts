import { expect } from 'chai';
import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../src/locales/en.json' with { type: 'json' };
import { lengthened } from './pseudoLocale.ts';

const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
const formatOf = (message: string): IntlMessageFormat =>
  new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true });

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** The kind of an element that is text, as the parser counts them. */
const LITERAL = 0;

/** The text of a message apart from its values, and that of each of its branches. */
function textsOf(elements: readonly Element[]): readonly string[] {
  const own = elements.map((element) => (Number(element.type) === LITERAL && 'value' in element ? element.value : ''));
  const branches = elements.flatMap((element) => ('options' in element ? Object.values(element.options) : []));
  return [own.join(''), ...branches.flatMap((option) => textsOf(option.value))];
}

/** What a message inserts and how: everything but its text. */
function shapeOf(elements: readonly Element[]): unknown {
  return elements.flatMap((element): unknown[] => {
    if (Number(element.type) === LITERAL) return [];
    if (!('options' in element)) return [element];
    const options = Object.entries(element.options).map(([name, option]) => [name, shapeOf(option.value)]);
    return [[element.value, options]];
  });
}

describe('The pseudo-locale', () => {
  it('makes every sentence of the desk at least 40 % longer, in each of its branches', () => {
    for (const [key, message] of Object.entries(en)) {
      const [before, after] = [message, lengthened(message)].map((text) => textsOf(formatOf(text).getAst()));
      expect(after?.length, key).to.equal(before?.length);
      for (const [index, text] of (before ?? []).entries())
        expect(lettersIn(after?.[index] ?? ''), key).to.be.at.least(lettersIn(text) * 1.4);
    }
  });

  it('keeps values, plurals and choices', () => {
    for (const [key, message] of Object.entries(en))
      expect(shapeOf(formatOf(lengthened(message)).getAst()), key).to.deep.equal(shapeOf(formatOf(message).getAst()));
  });

  it('counts as before', () => {
    const message = lengthened('{count, plural, one {# day} other {# days}} left, {name}');
    expect(formatOf(message).format({ count: 2, name: 'Anna' })).to.equal('2 daaays leeeft, Anna');
  });
});
