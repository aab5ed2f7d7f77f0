import { expect } from 'chai';
import fc from 'fast-check';
import { claimIdFrom } from '../../../src/domain/claims/claimId.ts';
import { idOfItem, itemIdOf } from '../../../src/stores/cosmos/itemId.ts';

const awkward = fc.string({
  unit: fc.constantFrom('/', '\\', '?', '#', '~', '%', '.', ' ', '2', 'f', 'a', '-', '_', 'ş', '🙂', '\u0000'),
  maxLength: 12,
});
const anyId = fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 40 }), fc.webUrl());

describe('The id of an item', () => {
  it('leaves a claim id and a random id as they are', () => {
    const claimId = claimIdFrom(new Uint8Array([7, 15, 3, 19, 9, 23]));
    expect(itemIdOf(claimId)).to.equal(claimId);
    expect(itemIdOf('Ab3-_9')).to.equal('Ab3-_9');
  });

  it('holds nothing that Cosmos DB forbids or that a URL reads otherwise', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(itemIdOf(id)).to.match(/^[A-Za-z0-9_~-]+$/);
      }),
    );
    expect(itemIdOf('..')).to.equal('~2e~2e');
    expect(itemIdOf('tenant/object')).to.equal('tenant~2fobject');
  });

  it('gives the id back, so that no two ids become one', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(idOfItem(itemIdOf(id) ?? 'too long')).to.equal(id.toWellFormed());
      }),
      { numRuns: 500 },
    );
    expect(idOfItem(itemIdOf('') ?? '')).to.equal('');
  });

  it('is none where it would be longer than 1023 bytes', () => {
    expect(itemIdOf('a'.repeat(1023))).to.have.lengthOf(1023);
    expect(itemIdOf('a'.repeat(1024))).to.be.undefined;
    expect(itemIdOf('/'.repeat(341))).to.have.lengthOf(1023);
    expect(itemIdOf('/'.repeat(342))).to.be.undefined;
  });
});
