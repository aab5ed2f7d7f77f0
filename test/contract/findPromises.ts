/** What every document store promises about finding documents. */
import { expect } from 'chai';
import fc from 'fast-check';
import { create, createSorted, document, faultOf, found, ids, page, replace, shuffled, start } from './storePromise.ts';
import type { StorePromise } from './storePromise.ts';

export const findingPromises: readonly StorePromise[] = [
  {
    sentence: 'a find gives the whole document of one kind, one key name and one value',
    async show(documents) {
      const etag = await create(documents, document('a', [{ name: 'state', value: 'open' }], { here: true }));
      await create(documents, document('b', [{ name: 'state', value: 'Open' }]));
      await create(documents, document('c', [{ name: 'status', value: 'open' }]));
      await create(documents, { ...document('d', [{ name: 'state', value: 'open' }]), kind: 'person' });
      expect(await page(documents, { name: 'state', value: 'open' })).to.deep.equal({
        documents: [{ id: 'a', body: { here: true }, etag }],
      });
    },
  },
  {
    sentence: 'finds come lowest sort first, or newest first, and a key without a sort has 0',
    async show(documents) {
      await createSorted(documents, { late: 1_750_000_000_001, none: undefined, early: -5, middle: 1_750_000_000_000 });
      expect(await found(documents, { name: 'due', value: '' })).to.deep.equal(['early', 'none', 'middle', 'late']);
      expect(await found(documents, { name: 'due', value: '', newestFirst: true })).to.deep.equal([
        'late',
        'middle',
        'none',
        'early',
      ]);
    },
  },
  {
    sentence: 'a find up to a sort takes that sort in, in both directions',
    async show(documents) {
      await createSorted(documents, { a: 10, b: 20, c: 30 });
      expect(await found(documents, { name: 'due', value: '', upTo: 20 })).to.deep.equal(['a', 'b']);
      expect(await found(documents, { name: 'due', value: '', upTo: 19 })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'due', value: '', upTo: 20, newestFirst: true })).to.deep.equal(['b', 'a']);
      expect(await found(documents, { name: 'due', value: '', upTo: 9 })).to.deep.equal([]);
    },
  },
  {
    sentence: 'the last page has no next, also when it is full',
    async show(documents) {
      await createSorted(documents, { a: 1, b: 2, c: 3, d: 4 });
      const first = await page(documents, { name: 'due', value: '', limit: 2 });
      expect(ids(first.documents)).to.deep.equal(['a', 'b']);
      const second = await page(documents, { name: 'due', value: '', limit: 2, after: start(first.next) });
      expect(ids(second.documents)).to.deep.equal(['c', 'd']);
      expect(second).not.to.have.property('next');
    },
  },
  {
    sentence: 'a limit that is not a whole number from 1 up is refused',
    async show(documents) {
      for (const limit of [0, -1, 1.5, Number.NaN, Infinity]) {
        expect(await faultOf(page(documents, { name: 'due', value: '', limit }))).to.be.instanceOf(RangeError);
      }
    },
  },
  {
    sentence: 'a document is found by every value of a key that it has several of',
    async show(documents) {
      await create(
        documents,
        document('a', [
          { name: 'mpn', value: '1' },
          { name: 'mpn', value: '2', sort: 7 },
          { name: 'tenant', value: '1' },
        ]),
      );
      expect(await found(documents, { name: 'mpn', value: '1' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'mpn', value: '2' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'tenant', value: '2' })).to.deep.equal([]);
    },
  },
  {
    sentence: 'a document with the same key name and value twice is found once, at the lower sort',
    async show(documents) {
      const twice = [
        { name: 'due', value: '', sort: 9 },
        { name: 'due', value: '', sort: 3 },
      ];
      const etag = await create(documents, document('a', twice));
      await createSorted(documents, { b: 5 });
      expect(await found(documents, { name: 'due', value: '', limit: 1 })).to.deep.equal(['a', 'b']);
      await replace(documents, document('a', [...twice, ...twice]), etag);
      expect(await found(documents, { name: 'due', value: '', limit: 1, newestFirst: true })).to.deep.equal(['b', 'a']);
    },
  },
  {
    sentence: 'a replacement takes away the keys that it no longer has, moves those with a new sort and keeps the rest',
    async show(documents) {
      const kept = { name: 'mpn', value: '1', sort: 1 };
      const etag = await create(
        documents,
        document('a', [kept, { name: 'due', value: '', sort: 10 }, { name: 'state', value: 'open' }]),
      );
      await createSorted(documents, { b: 20 });
      await replace(
        documents,
        document('a', [kept, { name: 'due', value: '', sort: 30 }, { name: 'state', value: 'closed' }]),
        etag,
      );
      expect(await found(documents, { name: 'due', value: '' })).to.deep.equal(['b', 'a']);
      expect(await found(documents, { name: 'state', value: 'open' })).to.deep.equal([]);
      expect(await found(documents, { name: 'state', value: 'closed' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'mpn', value: '1' })).to.deep.equal(['a']);
    },
  },
  {
    sentence: 'paging loses and repeats nothing, however many documents share a sort and whatever is asked for',
    async show(documents) {
      let runs = 0;
      const sort = fc.integer({ min: -2, max: 3 });
      const options = fc.record({ upTo: sort, newestFirst: fc.boolean() }, { requiredKeys: [] });
      await fc.assert(
        fc.asyncProperty(
          fc.array(sort, { maxLength: 20 }),
          fc.integer({ min: 1, max: 6 }),
          options,
          async (sorts, limit, chosen) => {
            runs += 1;
            const kind = `run${runs}`;
            const all = sorts.map((at, index) => ({ sort: at, id: `d${String(index).padStart(2, '0')}` }));
            for (const { sort: at, id } of shuffled(all)) {
              await create(documents, { kind, id, body: {}, keys: [{ name: 'due', value: '', sort: at }] });
            }
            const wanted = all
              .filter((key) => key.sort <= (chosen.upTo ?? Infinity))
              .sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1));
            if (chosen.newestFirst) wanted.reverse();
            expect(await found(documents, { kind, name: 'due', value: '', limit, ...chosen })).to.deep.equal(
              wanted.map(({ id }) => id),
            );
          },
        ),
        { numRuns: 40 },
      );
    },
  },
  {
    sentence: 'half a letter in the value of a key is no fault, also when the document is replaced',
    async show(documents) {
      const keys = [
        { name: 'words', value: 'cut\ud83d' },
        { name: 'words', value: 'cut\udc00' },
      ];
      const etag = await create(documents, document('a', keys));
      await replace(documents, document('a', keys), etag);
      expect(await found(documents, { name: 'words', value: 'cut\ud83d' })).to.deep.equal(['a']);
    },
  },
];
