import { expect } from 'chai';
import { hmac, randomBytes, randomId, sha256 } from '../../src/runtime/random.ts';

describe('ids', () => {
  it('a random id is 128 bits that stand in a URL as they are, and no two are the same', () => {
    const ids = Array.from({ length: 1_000 }, randomId);
    for (const id of ids) {
      expect(id).to.match(/^[A-Za-z0-9_-]{22}$/);
      expect(Buffer.from(id, 'base64url')).to.have.length(16);
    }
    expect(new Set(ids)).to.have.property('size', ids.length);
  });

  it('random bytes come in the length that was asked for', () => {
    expect(randomBytes(0)).to.have.length(0);
    expect(randomBytes(5)).to.be.instanceOf(Uint8Array).and.to.have.length(5);
  });

  it('sha256 is the published digest of a text, in hex', () => {
    expect(sha256('abc')).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('sha256 reads a text as UTF-8', () => {
    expect(sha256('я')).to.equal('9b21f5cf014c9efb35110dcccf3a74eab7fb903d1ca2f4054b3dad9ffabb7727');
  });

  it('hmac is the published authentication code (RFC 4231, case 2), in base64url', () => {
    const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex');
    expect(hmac('Jefe', 'what do ya want for nothing?')).to.equal(expected.toString('base64url'));
  });
});
