/** What every store of documents promises, whatever database stands behind it. */

import { expect } from 'chai';
import fc from 'fast-check';
import type { Documents, Find, Key, NewDocument, PageStart, StoredDocument } from '../../src/desk/documents.ts';

export interface OpenStore {
  readonly documents: Documents;
  /** Lets go of the store and removes what it left. */
  close(): Promise<void>;
}

/** One promise: a sentence, and what shows that an empty store keeps it. */
export interface StorePromise {
  readonly sentence: string;
  show(documents: Documents): Promise<void>;
}

/** Registers one test for each promise, each against a fresh store. */
export function describeDocuments(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} keeps the promises of the document port`, () => {
    let store: OpenStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    for (const { sentence, show } of storePromises) {
      it(sentence, async () => {
        await show(store.documents);
      }).timeout(30_000);
    }
  });
}

interface Counter {
  readonly count: number;
}

const KIND = 'claim';
const AWKWARD = ['__proto__', 'constructor', 'toString', 'İı Ünlü 客户 заявка', '🙂', 'a\'b"c`d', '%_[]', ' ', 'Å'];

export const storePromises: readonly StorePromise[] = [
  {
    sentence: 'a document that was created is read as it was written',
    async show(documents) {
      const body = { text: 'proof', list: [1, 2.5, null, true], nested: { deep: { er: '' } }, at: 1_750_000_000_000 };
      const etag = await create(documents, document('a', [], body));
      expect(await documents.read(KIND, 'a')).to.deep.equal({ id: 'a', body, etag });
    },
  },
  {
    sentence: 'a document that was never written reads as undefined',
    async show(documents) {
      await create(documents, document('a'));
      expect(await documents.read(KIND, 'b')).to.be.undefined;
      expect(await documents.read('person', 'a')).to.be.undefined;
    },
  },
  {
    sentence: 'creating a document that is there answers exists and leaves it, and its keys, alone',
    async show(documents) {
      const etag = await create(documents, document('a', [{ name: 'state', value: 'old' }], { first: true }));
      expect(await documents.create(document('a', [{ name: 'state', value: 'new' }], { first: false }))).to.equal('exists');
      expect(await documents.read(KIND, 'a')).to.deep.equal({ id: 'a', body: { first: true }, etag });
      expect(await found(documents, { name: 'state', value: 'new' })).to.deep.equal([]);
    },
  },
  {
    sentence: 'documents of two kinds may have the same id',
    async show(documents) {
      await create(documents, document('a', [], { of: 'claims' }));
      await create(documents, { ...document('a', [], { of: 'people' }), kind: 'person' });
      expect((await documents.read('person', 'a'))?.body).to.deep.equal({ of: 'people' });
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ of: 'claims' });
    },
  },
  {
    sentence: 'a document that nobody wrote meanwhile is replaced, and gets the etag that was answered',
    async show(documents) {
      const first = await create(documents, document('a', [], { count: 1 }));
      const answer = await documents.replace(document('a', [], { count: 2 }), first);
      const etag = answer === 'changed' ? expect.fail('nobody wrote it') : answer.etag;
      expect(await documents.read(KIND, 'a')).to.deep.equal({ id: 'a', body: { count: 2 }, etag });
    },
  },
  {
    sentence: 'a document that somebody wrote meanwhile is not replaced, nor are its keys',
    async show(documents) {
      const first = await create(documents, document('a', [{ name: 'state', value: 'one' }], { count: 1 }));
      await replace(documents, document('a', [{ name: 'state', value: 'two' }], { count: 2 }), first);
      expect(await documents.replace(document('a', [{ name: 'state', value: 'three' }], { count: 3 }), first)).to.equal('changed');
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ count: 2 });
      expect(await found(documents, { name: 'state', value: 'two' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'state', value: 'three' })).to.deep.equal([]);
    },
  },
  {
    sentence: 'replacing a document that is not there answers changed and writes nothing',
    async show(documents) {
      const etag = await create(documents, document('a'));
      expect(await documents.replace(document('b', [{ name: 'state', value: 'new' }]), etag)).to.equal('changed');
      expect(await documents.read(KIND, 'b')).to.be.undefined;
      expect(await found(documents, { name: 'state', value: 'new' })).to.deep.equal([]);
    },
  },
  {
    sentence: 'the etag changes with every write, also with one that changes nothing',
    async show(documents) {
      const etags = [await create(documents, document('a', [], { count: 1 }))];
      for (let write = 0; write < 5; write += 1) etags.push(await replace(documents, document('a', [], { count: 1 }), etags.at(-1) ?? ''));
      expect(new Set(etags)).to.have.lengthOf(6);
    },
  },
  {
    sentence: 'what was handed in or out can be altered without altering what is stored',
    async show(documents) {
      const body = { list: ['kept'] };
      await create(documents, document('a', [{ name: 'state', value: 'x' }], body));
      body.list.push('added to what was handed in');
      (await documents.read<typeof body>(KIND, 'a'))?.body.list.push('added to what was read');
      (await page<typeof body>(documents, { name: 'state', value: 'x' })).documents[0]?.body.list.push('added to what was found');
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ list: ['kept'] });
    },
  },
  {
    sentence: 'a find gives the whole document of one kind, one key name and one value',
    async show(documents) {
      const etag = await create(documents, document('a', [{ name: 'state', value: 'open' }], { here: true }));
      await create(documents, document('b', [{ name: 'state', value: 'Open' }]));
      await create(documents, document('c', [{ name: 'status', value: 'open' }]));
      await create(documents, { ...document('d', [{ name: 'state', value: 'open' }]), kind: 'person' });
      expect(await page(documents, { name: 'state', value: 'open' })).to.deep.equal({ documents: [{ id: 'a', body: { here: true }, etag }] });
    },
  },
  {
    sentence: 'finds come lowest sort first, or newest first, and a key without a sort has 0',
    async show(documents) {
      await createSorted(documents, { late: 1_750_000_000_001, none: undefined, early: -5, middle: 1_750_000_000_000 });
      expect(await found(documents, { name: 'due', value: '' })).to.deep.equal(['early', 'none', 'middle', 'late']);
      expect(await found(documents, { name: 'due', value: '', newestFirst: true })).to.deep.equal(['late', 'middle', 'none', 'early']);
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
    sentence: 'a page without a place, of 0, less or part of a document, is refused',
    async show(documents) {
      for (const limit of [0, -1, 1.5, Number.NaN, Infinity]) {
        expect(await faultOf(page(documents, { name: 'due', value: '', limit }))).to.be.instanceOf(RangeError);
      }
    },
  },
  {
    sentence: 'a sort that is not a whole number is refused, and nothing is written',
    async show(documents) {
      for (const sort of [1.5, Number.NaN, Infinity]) {
        expect(await faultOf(documents.create(document('a', [{ name: 'due', value: '', sort }])))).to.be.instanceOf(RangeError);
      }
      expect(await documents.read(KIND, 'a')).to.be.undefined;
    },
  },
  {
    sentence: 'a document is found by every value of a key that it has several of',
    async show(documents) {
      await create(documents, document('a', [{ name: 'mpn', value: '1' }, { name: 'mpn', value: '2', sort: 7 }, { name: 'tenant', value: '1' }]));
      expect(await found(documents, { name: 'mpn', value: '1' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'mpn', value: '2' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'tenant', value: '2' })).to.deep.equal([]);
    },
  },
  {
    sentence: 'a document with the same key name and value twice is found once, at the lower sort',
    async show(documents) {
      const twice = [{ name: 'due', value: '', sort: 9 }, { name: 'due', value: '', sort: 3 }];
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
      const etag = await create(documents, document('a', [kept, { name: 'due', value: '', sort: 10 }, { name: 'state', value: 'open' }]));
      await createSorted(documents, { b: 20 });
      await replace(documents, document('a', [kept, { name: 'due', value: '', sort: 30 }, { name: 'state', value: 'closed' }]), etag);
      expect(await found(documents, { name: 'due', value: '' })).to.deep.equal(['b', 'a']);
      expect(await found(documents, { name: 'state', value: 'open' })).to.deep.equal([]);
      expect(await found(documents, { name: 'state', value: 'closed' })).to.deep.equal(['a']);
      expect(await found(documents, { name: 'mpn', value: '1' })).to.deep.equal(['a']);
    },
  },
  {
    sentence: 'letters of every script and the names of JavaScript itself are ordinary ids, values and bodies',
    async show(documents) {
      for (const text of AWKWARD) {
        const body: unknown = JSON.parse(JSON.stringify({ text }).replace('{', `{${JSON.stringify(text)}:1,"__proto__":{"polluted":1},`));
        const etag = await create(documents, document(text, [{ name: text, value: text }], body));
        const stored = await documents.read(KIND, text);
        expect(stored?.etag).to.equal(etag);
        expect(JSON.stringify(stored?.body)).to.equal(JSON.stringify(body));
      }
      for (const text of AWKWARD) expect(await found(documents, { name: text, value: text }), text).to.deep.equal([text]);
      expect(({} as Record<string, unknown>)['polluted']).to.be.undefined;
    },
  },
  {
    sentence: 'a body of a megabyte is kept whole, half a letter in it too',
    async show(documents) {
      const body = { text: 'claim заявка 🙂 '.repeat(70_000), half: '\ud83d' };
      const etag = await create(documents, document('a', [{ name: 'state', value: 'x' }], body));
      await replace(documents, document('a', [{ name: 'state', value: 'x' }], { ...body, again: true }), etag);
      const [stored] = (await page<typeof body>(documents, { name: 'state', value: 'x' })).documents;
      expect(stored?.body.text === body.text).to.be.true;
      expect(stored?.body.half).to.equal('\ud83d');
    },
  },
  {
    sentence: 'paging loses and repeats nothing, however many documents share a sort and whatever is asked for',
    async show(documents) {
      let runs = 0;
      const sort = fc.integer({ min: -2, max: 3 });
      const options = fc.record({ upTo: sort, newestFirst: fc.boolean() }, { requiredKeys: [] });
      await fc.assert(
        fc.asyncProperty(fc.array(sort, { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), options, async (sorts, limit, chosen) => {
          runs += 1;
          const kind = `run${runs}`;
          const all = sorts.map((at, index) => ({ sort: at, id: `d${String(index).padStart(2, '0')}` }));
          for (const { sort: at, id } of shuffled(all)) {
            await create(documents, { kind, id, body: {}, keys: [{ name: 'due', value: '', sort: at }] });
          }
          const wanted = all.filter((key) => key.sort <= (chosen.upTo ?? Infinity)).sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1));
          if (chosen.newestFirst) wanted.reverse();
          expect(await found(documents, { kind, name: 'due', value: '', limit, ...chosen })).to.deep.equal(wanted.map(({ id }) => id));
        }),
        { numRuns: 40 },
      );
    },
  },
  {
    sentence: 'of eight writers who each add 1 twenty-five times, with replace-if-unchanged, none is lost',
    async show(documents) {
      await create(documents, document('a', [], { count: 0 }));
      await Promise.all(Array.from({ length: 8 }, () => addOne(documents, 25)));
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ count: 200 });
    },
  },
  {
    sentence: 'of many who create the same document at once, exactly one does',
    async show(documents) {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, by) => documents.create(document('a', [], { by }))));
      expect(answers.filter((answer) => answer !== 'exists')).to.have.lengthOf(1);
    },
  },
  {
    sentence: 'two sweepers at once claim each document that is due exactly once',
    async show(documents) {
      const due = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`d${index}`, index % 3]));
      await createSorted(documents, { ...due, tomorrow: 99 });
      const claimed = (await Promise.all([sweep(documents), sweep(documents)])).flat();
      expect(claimed.sort()).to.deep.equal(Object.keys(due).sort());
      expect(await found(documents, { name: 'due', value: '' })).to.deep.equal(['tomorrow']);
    },
  },
];

function document<Body>(id: string, keys: readonly Key[] = [], body?: Body): NewDocument<Body | object> {
  return { kind: KIND, id, body: body ?? {}, keys };
}

async function create<Body>(documents: Documents, created: NewDocument<Body>): Promise<string> {
  const answer = await documents.create(created);
  return answer === 'exists' ? expect.fail(`${created.id} was not there yet`) : answer.etag;
}

async function replace<Body>(documents: Documents, replaced: NewDocument<Body>, etag: string): Promise<string> {
  const answer = await documents.replace(replaced, etag);
  return answer === 'changed' ? expect.fail(`nobody wrote ${replaced.id}`) : answer.etag;
}

async function createSorted(documents: Documents, sorts: Readonly<Record<string, number | undefined>>): Promise<void> {
  for (const [id, sort] of Object.entries(sorts)) {
    await create(documents, document(id, [{ name: 'due', value: '', ...(sort !== undefined && { sort }) }]));
  }
}

type Sought = Omit<Find, 'kind' | 'limit'> & { readonly kind?: string; readonly limit?: number };

function page<Body>(documents: Documents, sought: Sought): ReturnType<typeof documents.find<Body>> {
  return documents.find<Body>({ kind: KIND, limit: 100, ...sought });
}

/** The ids of every page, one after the other. */
async function found(documents: Documents, sought: Sought): Promise<string[]> {
  const all: string[] = [];
  for (let after: PageStart | undefined, more = true; more; ) {
    const { documents: some, next } = await page(documents, { ...sought, ...(after && { after }) });
    expect(some.length).to.be.at.most(sought.limit ?? 100);
    all.push(...ids(some));
    if (all.length > 1_000) expect.fail('paging does not end');
    after = next;
    more = next !== undefined;
  }
  return all;
}

function ids(documents: readonly StoredDocument<unknown>[]): string[] {
  return documents.map(({ id }) => id);
}

function start(next: PageStart | undefined): PageStart {
  return next ?? expect.fail('there is another page');
}

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => expect.fail('it was not refused'), (error: unknown) => error);
}

/** The same at every run, and not the order of the ids. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return [...items.filter((_, index) => index % 2 === 1), ...items.filter((_, index) => index % 2 === 0).reverse()];
}

/** Adds 1 to the count of document `a`, `times` times, each time trying until nobody was faster. */
export async function addOne(documents: Documents, times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const stored = (await documents.read<Counter>(KIND, 'a')) ?? expect.fail('the counter is gone');
    const answer = await documents.replace(document('a', [], { count: stored.body.count + 1 }), stored.etag);
    if (answer !== 'changed') done += 1;
  }
}

/** Claims what is due up to 10, a small page at a time; answers the ids that this sweeper got. */
async function sweep(documents: Documents): Promise<string[]> {
  const claimed: string[] = [];
  for (;;) {
    const due = await page(documents, { name: 'due', value: '', upTo: 10, limit: 3 });
    if (due.documents.length === 0) return claimed;
    for (const { id, etag } of due.documents) {
      if ((await documents.replace(document(id), etag)) !== 'changed') claimed.push(id);
    }
  }
}
