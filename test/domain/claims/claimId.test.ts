import { expect } from 'chai';
import fc from 'fast-check';
import { claimIdFrom, claimIdsIn, parseClaimId } from '../../../src/domain/claims/claimId.ts';

describe('a claim id', () => {
  it('is read back from what six bytes made, in any case and within a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 9 }), (bytes) => {
        const id = claimIdFrom(bytes);
        expect(id).to.match(/^CPOR-[0-9A-HJKMNP-TV-Z]{6}$/);
        expect(parseClaimId(id)).to.equal(id);
        expect(parseClaimId(` ${id.toLowerCase()} `)).to.equal(id);
        expect(claimIdsIn(`What about ${id.toLowerCase()}? And ${id}!`)).to.deep.equal([id]);
        expect(claimIdsIn(`what about ${id.toLowerCase().replace('-', ' ')} or ${id.replace('-', '')}`)).to.deep.equal([
          id,
        ]);
      }),
      { examples: [[new Uint8Array([15, 28, 20, 16, 20, 27])]] },
    );
  });

  it('takes six bytes at least', () => {
    expect(() => claimIdFrom(new Uint8Array(5))).to.throw(RangeError, '6 random bytes, not 5');
  });

  it('is read with a space, a dash or nothing between, and with the letters that people mistake for digits', () => {
    for (const text of ['CPOR-7F3K9Q', 'cpor 7f3k9q', 'CPOR7F3K9Q', 'cpor–7f3k9q', 'Cpor‑7F3K9q'])
      expect(parseClaimId(text), text).to.equal('CPOR-7F3K9Q');
    expect(parseClaimId('CPOR-OIL7AB')).to.equal('CPOR-0117AB');
  });

  for (const text of [
    '',
    'CPOR-7F3K9',
    'CPOR-7F3K9QQ',
    'CPOR-7F3K9U',
    'CPOR-7F3K9Ж',
    'XPOR-7F3K9Q',
    'CPOR--7F3K9Q',
    'see CPOR-7F3K9Q',
    ' '.repeat(41),
    undefined,
    null,
    7,
    {},
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(parseClaimId(text)).to.equal(undefined);
    });
  }

  it('is found in a sentence once each, in the order of the sentence', () => {
    expect(
      claimIdsIn('cpor-bbbbb2, then CPOR-AAAAA1 and CPOR-BBBBB2 (not XCPOR-CCCCC3, not CPOR-DDDDD44).'),
    ).to.deep.equal(['CPOR-BBBBB2', 'CPOR-AAAAA1']);
    expect(claimIdsIn('İstanbul: cpor-7f3k9q, ещё CPOR 7F3K9R')).to.deep.equal(['CPOR-7F3K9Q', 'CPOR-7F3K9R']);
  });

  it('is not found in plain words after the name of the programme; a dash says that it is one', () => {
    expect(claimIdsIn('Show my CPOR claims, and is the CPOR review late?')).to.deep.equal([]);
    expect(claimIdsIn('CPOR-ABCDEF')).to.deep.equal(['CPOR-ABCDEF']);
  });

  it('is looked for in a very long sentence without delay', () => {
    expect(claimIdsIn('CPOR-'.repeat(200_000))).to.deep.equal([]);
  });
});
