/** What every document store promises about reading all documents of a kind. */
import { expect } from 'chai';
import type { Documents, Scan } from '../../src/desk/ports/documents.ts';
import { AWKWARD_IDS, create, document, faultOf, ids, KIND, replace } from './storePromise.ts';
import type { StorePromise } from './storePromise.ts';

export const scanPromises: readonly StorePromise[] = [
  {
    sentence: 'a scan gives every document of a kind whole, with keys or without, and none of another',
    async show(documents) {
      const etags = new Map<string, string>();
      for (const id of ['b', 'a', 'c']) etags.set(id, await create(documents, document(id, [], { of: id })));
      await create(documents, document('keyed', [{ name: 'state', value: 'x' }]));
      await create(documents, { ...document('d'), kind: 'person' });
      const { documents: all, next } = await documents.scan<{ of?: string }>({ kind: KIND, limit: 100 });
      expect(ids(all).sort()).to.deep.equal(['a', 'b', 'c', 'keyed']);
      expect(next).to.be.undefined;
      for (const { id, body, etag } of all.filter((one) => etags.has(one.id)))
        expect({ body, etag }).to.deep.equal({ body: { of: id }, etag: etags.get(id) });
      expect(await documents.scan({ kind: 'nothing', limit: 1 })).to.deep.equal({ documents: [] });
    },
  },
  {
    sentence: 'the pages of a scan lose and repeat nothing, whatever their size and the ids',
    async show(documents) {
      const all = [...AWKWARD_IDS, ...Array.from({ length: 20 }, (_, index) => `CPOR-${index}`)];
      for (const id of all) await create(documents, document(id));
      for (const limit of [1, 3, 7, all.length - 1, all.length, all.length + 1])
        expect((await scanned(documents, { kind: KIND, limit })).sort(), `${limit} on a page`).to.deep.equal(
          [...all].sort(),
        );
    },
  },
  {
    sentence: 'the last page of a scan has no next, also when it is full',
    async show(documents) {
      for (const id of ['a', 'b', 'c', 'd']) await create(documents, document(id));
      const first = await documents.scan({ kind: KIND, limit: 2 });
      const second = await documents.scan({
        kind: KIND,
        limit: 2,
        ...(first.next !== undefined && { after: first.next }),
      });
      expect(first.next).to.be.a('string');
      expect(second.documents).to.have.lengthOf(2);
      expect(second).not.to.have.property('next');
    },
  },
  {
    sentence: 'a document that is there all the time is on one page, whatever is written in between',
    async show(documents) {
      const etags = new Map<string, string>();
      for (const id of ['a', 'c', 'e', 'g', 'i']) etags.set(id, await create(documents, document(id)));
      const seen: string[] = [];
      const between = ['b', 'd', 'f', 'h', 'j', 'k'];
      for (let after: string | undefined, more = true; more; ) {
        const page = await documents.scan({ kind: KIND, limit: 1, ...(after !== undefined && { after }) });
        seen.push(...ids(page.documents));
        const created = between.shift();
        if (created !== undefined) await create(documents, document(created));
        etags.set('e', await replace(documents, document('e', [], { again: seen.length }), etags.get('e') ?? ''));
        if (seen.length > 20) expect.fail('the scan does not end');
        after = page.next;
        more = after !== undefined;
      }
      expect(new Set(seen).size).to.equal(seen.length);
      for (const id of ['a', 'c', 'e', 'g', 'i'].filter((one) => !seen.includes(one)))
        expect.fail(`${id} is on no page: ${seen.join(' ')}`);
    },
  },
  {
    sentence: 'a scan with a limit that is not a whole number from 1 up is refused',
    async show(documents) {
      for (const limit of [0, -1, 1.5, Number.NaN, Infinity])
        expect(await faultOf(documents.scan({ kind: KIND, limit }))).to.be.instanceOf(RangeError);
    },
  },
];

/** The ids of every page, one after the other. */
async function scanned(documents: Documents, scan: Scan): Promise<string[]> {
  const all: string[] = [];
  for (let after = scan.after, more = true; more; ) {
    const page = await documents.scan({ ...scan, ...(after !== undefined && { after }) });
    expect(page.documents.length).to.be.at.most(scan.limit);
    all.push(...ids(page.documents));
    if (all.length > 1_000) expect.fail('the scan does not end');
    after = page.next;
    more = after !== undefined;
  }
  return all;
}
