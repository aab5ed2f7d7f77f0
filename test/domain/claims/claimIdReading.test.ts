import { expect } from 'chai';
import fc from 'fast-check';
import { claimIdsIn, hasBrokenId, parseClaimId } from '../../../src/domain/claims/claimId.ts';

describe('a claim id as people write, paste and type it', () => {
  for (const [what, text] of Object.entries({
    'zero-width space': 'CPOR-7F3\u200bK9Q',
    'zero-width joiners and marks of direction': '\u200eCPOR\u200d-\u2060\u202a7F3K9Q\u202c\ufeff',
    'a soft hyphen': 'CPOR-7F3\u00adK9Q',
    'a variation selector': 'CPOR-7F3K9Q\ufe0f',
    'a figure dash': 'CPOR\u20127F3K9Q',
    'an em dash': 'CPOR\u20147F3K9Q',
    'a two-em dash': 'CPOR\u2e3a7F3K9Q',
    'a minus sign': 'CPOR\u22127F3K9Q',
    'a non-breaking hyphen': 'CPOR\u20117F3K9Q',
    'a small hyphen': 'CPOR\ufe637F3K9Q',
    'spaces around the dash': 'CPOR - 7F3K9Q',
    'a non-breaking space and a dash': 'CPOR\u00a0\u2013\u00a07F3K9Q',
    'full-width letters': '\uff23\uff30\uff2f\uff32\uff0d\uff17\uff26\uff13\uff2b\uff19\uff31',
    'a Cyrillic word': '\u0421\u0420\u041e\u0420-7F3K9Q',
    'a Cyrillic word in small letters': '\u0441\u0440\u043e\u0440-7f3k9q',
    'Cyrillic letters among Latin ones': '\u0421P\u041eR-7F3\u041a9Q',
    'Greek letters among Latin ones': 'C\u03a1\u039fR-7F3\u039a9Q',
    'small letters': 'cpor-7f3k9q',
    'an underscore in the name of a file': 'SOW_CPOR-7F3K9Q_final.pdf',
    'a Turkish ending': "cpor-7f3k9q'nin",
    none: 'CPOR7F3K9Q',
  }))
    it(`is read with ${what}`, () => {
      expect(claimIdsIn(`for ${text}, please`)).to.deep.equal(['CPOR-7F3K9Q']);
      expect(hasBrokenId(text)).to.equal(false);
    });

  for (const text of [
    'CPOR-7F3K',
    'CPOR-7F3K9',
    'CPOR-7F3K9QX',
    'CPOR-7F3K9U',
    'CPO-7F3K9Q',
    'CROP-7F3K9Q',
    'cpor 7f3',
    'CP0R-12',
    'CPOR-',
  ])
    it(`is none in ${JSON.stringify(text)}, which is noticed`, () => {
      expect(claimIdsIn(text)).to.deep.equal([]);
      expect(hasBrokenId(text)).to.equal(true);
      expect(hasBrokenId(`CPOR-2B4D6H, not ${text}`)).to.equal(true);
    });

  for (const text of ['my CPOR claims', 'the corporate order', 'CPR', 'спор о сроках', 'срок', 'cpu-7'])
    it(`is none in ${JSON.stringify(text)}, and no attempt at one`, () => {
      expect(claimIdsIn(text)).to.deep.equal([]);
      expect(hasBrokenId(text)).to.equal(false);
    });

  it('is never another than the one that is written', () => {
    const id = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), minLength: 6, maxLength: 6 });
    const noise = fc.constantFrom('', '\u200b', '\u00ad', '\u2060', '\ufe0f', '\u200d');
    const dash = fc.constantFrom('-', '\u2010', '\u2212', ' - ', '\u2014', '\uff0d');
    fc.assert(
      fc.property(id, noise, dash, fc.nat(6), fc.boolean(), (letters, mark, between, at, small) => {
        const written = `CPOR${between}${letters.slice(0, at)}${mark}${letters.slice(at)}`;
        expect(parseClaimId(small ? written.toLowerCase() : written)).to.equal(`CPOR-${letters}`);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const one of claimIdsIn(text)) expect(parseClaimId(one)).to.equal(one);
        expect(hasBrokenId(text)).to.be.a('boolean');
      }),
    );
  });
});
