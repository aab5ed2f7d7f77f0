import { expect } from 'chai';
import { spellings } from '../../../src/teams/text/spellings.ts';

describe('A domain or address on a card', () => {
  const shown: readonly (readonly [typed: string, forms: readonly string[]])[] = [
    ['contoso.com', ['contoso.com']],
    ['Dana@Contoso.com', ['Dana@Contoso.com']],
    ['почта.рф', ['почта.рф', 'xn--80a1acny.xn--p1ai']],
    ['xn--80a1acny.xn--p1ai', ['xn--80a1acny.xn--p1ai', 'почта.рф']],
    ['Юра@почта.рф', ['Юра@почта.рф', 'Юра@xn--80a1acny.xn--p1ai']],
    ['юра@contoso.com', ['юра@contoso.com']],
    // The first letter is Cyrillic.
    ['сontoso.com', ['сontoso.com', 'xn--ontoso-hrf.com']],
    ['', ['']],
    ['no address', ['no address']],
  ];
  for (const [typed, forms] of shown) {
    it(`is shown in both forms where it has two: ${typed}`, () => {
      expect(spellings(typed)).to.deep.equal(forms);
    });
  }
});
