import { expect } from 'chai';
import fc from 'fast-check';
import type { Find, PageStart } from '../../../src/desk/ports/documents.ts';
import { orderOf, placeOf, propertyOf, sortRangeOf } from '../../../src/stores/cosmos/sortKey.ts';

const sort = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.maxSafeInteger(),
  fc.constantFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
);
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\uffee', '🙂'), maxLength: 4 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
);
const place: fc.Arbitrary<PageStart> = fc.record({ sort, id });

/** The order that the port promises: by sort, then by the UTF-8 bytes of the id. */
function compared(one: PageStart, other: PageStart): number {
  return Math.sign(one.sort - other.sort) || Buffer.compare(Buffer.from(one.id), Buffer.from(other.id));
}

function textsCompared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

describe('The order text of a key', () => {
  it('orders as (sort, bytes of the id) do', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        expect(textsCompared(orderOf(one), orderOf(other))).to.equal(compared(one, other));
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells its place', () => {
    fc.assert(
      fc.property(place, (one) => {
        expect(placeOf(orderOf(one))).to.deep.equal({ sort: one.sort + 0, id: one.id });
      }),
    );
  });

  it('is in the stretch of a find just where the port wants it found', () => {
    const upTo = fc.oneof(sort, fc.double({ noNaN: true }));
    const options = fc.record({ upTo, after: place, newestFirst: fc.boolean() }, { requiredKeys: [] });
    fc.assert(
      fc.property(place, options, (one, chosen) => {
        const find: Find = { kind: 'claim', name: 'due', value: '', limit: 1, ...chosen };
        const { from, below } = sortRangeOf(find);
        const side = chosen.after ? compared(one, chosen.after) : 0;
        const isPast = !chosen.after || (chosen.newestFirst ? side < 0 : side > 0);
        expect(orderOf(one) > from && orderOf(one) < below).to.equal(isPast && one.sort <= (chosen.upTo ?? Infinity));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('The property of a key', () => {
  it('begins with the name and holds letters and digits alone', () => {
    expect(propertyOf('wake', '')).to.match(/^wake_[0-9a-f]{32}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
        expect(propertyOf(name, value)).to.match(/^[A-Za-z0-9]{0,24}_[0-9a-f]{32}$/);
      }),
    );
  });

  it('is another for every pair of name and value', () => {
    expect(
      new Set([
        propertyOf('ab', 'c'),
        propertyOf('a', 'bc'),
        propertyOf('a', 'BC'),
        propertyOf('a-', 'bc'),
        propertyOf('', 'abc'),
      ]),
    ).to.have.lengthOf(5);
  });
});
