/** What every document store promises, whatever database is behind it. */
import { expect } from 'chai';
import type { Documents } from '../../src/desk/ports/documents.ts';
import { AWKWARD_IDS, create, createSorted, document, faultOf, found, KIND, page, replace } from './storePromise.ts';
import type { StorePromise } from './storePromise.ts';
import { findingPromises } from './findPromises.ts';
import { scanPromises } from './scanPromises.ts';

export interface OpenStore {
  readonly documents: Documents;
  /** Lets go of the store and removes what it left. */
  close(): Promise<void>;
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
      });
    }
  });
}

interface Counter {
  readonly count: number;
}

const writingPromises: readonly StorePromise[] = [
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
      expect(await documents.create(document('a', [{ name: 'state', value: 'new' }], { first: false }))).to.equal(
        'exists',
      );
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
    sentence: 'a document that no one wrote meanwhile is replaced, and gets the etag that was answered',
    async show(documents) {
      const first = await create(documents, document('a', [], { count: 1 }));
      const answer = await documents.replace(document('a', [], { count: 2 }), first);
      const etag = answer === 'changed' ? expect.fail('no one wrote it') : answer.etag;
      expect(await documents.read(KIND, 'a')).to.deep.equal({ id: 'a', body: { count: 2 }, etag });
    },
  },
  {
    sentence: 'a document that someone wrote meanwhile is not replaced, nor are its keys',
    async show(documents) {
      const first = await create(documents, document('a', [{ name: 'state', value: 'one' }], { count: 1 }));
      await replace(documents, document('a', [{ name: 'state', value: 'two' }], { count: 2 }), first);
      expect(await documents.replace(document('a', [{ name: 'state', value: 'three' }], { count: 3 }), first)).to.equal(
        'changed',
      );
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
      for (let write = 0; write < 5; write += 1)
        etags.push(await replace(documents, document('a', [], { count: 1 }), etags.at(-1) ?? ''));
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
      (await page<typeof body>(documents, { name: 'state', value: 'x' })).documents[0]?.body.list.push(
        'added to what was found',
      );
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ list: ['kept'] });
    },
  },
  {
    sentence: 'a sort that is not a whole number is refused, and nothing is written',
    async show(documents) {
      for (const sort of [1.5, Number.NaN, Infinity]) {
        expect(await faultOf(documents.create(document('a', [{ name: 'due', value: '', sort }])))).to.be.instanceOf(
          RangeError,
        );
      }
      expect(await documents.read(KIND, 'a')).to.be.undefined;
    },
  },
  {
    sentence:
      'a document that is not kept for ever is there until its time is over, and can be replaced by one that is',
    async show(documents) {
      const soon = { ...document('a', [{ name: 'state', value: 'x' }], { count: 1 }), keepMs: 60_000 };
      const first = await create(documents, soon);
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ count: 1 });
      const second = await replace(documents, { ...soon, keepMs: 90_000 }, first);
      await replace(documents, document('a', [{ name: 'state', value: 'x' }], { count: 2 }), second);
      await create(documents, { ...soon, id: 'b' });
      expect((await documents.read(KIND, 'a'))?.body).to.deep.equal({ count: 2 });
      expect(await found(documents, { name: 'state', value: 'x' })).to.deep.equal(['a', 'b']);
    },
  },
  {
    sentence: 'a time to keep that is not a whole number of milliseconds from 1 up is refused, and nothing is written',
    async show(documents) {
      for (const keepMs of [0, -1, 1.5, Number.NaN, Infinity]) {
        expect(await faultOf(documents.create({ ...document('a'), keepMs }))).to.be.instanceOf(RangeError);
      }
      expect(await documents.read(KIND, 'a')).to.be.undefined;
    },
  },
  {
    sentence: 'letters of every script and the names of JavaScript itself are ordinary ids, values and bodies',
    async show(documents) {
      for (const text of AWKWARD_IDS) {
        const body: unknown = JSON.parse(
          JSON.stringify({ text }).replace('{', `{${JSON.stringify(text)}:1,"__proto__":{"polluted":1},`),
        );
        const etag = await create(documents, document(text, [{ name: text, value: text }], body));
        const stored = await documents.read(KIND, text);
        expect(stored?.etag).to.equal(etag);
        expect(JSON.stringify(stored?.body)).to.equal(JSON.stringify(body));
      }
      for (const text of AWKWARD_IDS)
        expect(await found(documents, { name: text, value: text }), text).to.deep.equal([text]);
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
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, by) => documents.create(document('a', [], { by }))),
      );
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

export const storePromises: readonly StorePromise[] = [...writingPromises, ...findingPromises, ...scanPromises];

/** Adds 1 to the count of document `a`, `times` times; each time it retries until no other writer was faster. */
export async function addOne(documents: Documents, times: number): Promise<void> {
  for (let done = 0, tries = 0; done < times; tries += 1) {
    if (tries > times * 1_000) expect.fail('no one ever gets to write');
    const stored = (await documents.read<Counter>(KIND, 'a')) ?? expect.fail('the counter is gone');
    const answer = await documents.replace(document('a', [], { count: stored.body.count + 1 }), stored.etag);
    if (answer !== 'changed') done += 1;
  }
}

/** Takes what is due up to 10, a small page at a time; returns the ids that this sweeper got. */
async function sweep(documents: Documents): Promise<string[]> {
  const claimed: string[] = [];
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const due = await page(documents, { name: 'due', value: '', upTo: 10, limit: 3 });
    if (due.documents.length === 0) return claimed;
    for (const { id, etag } of due.documents) {
      if ((await documents.replace(document(id), etag)) !== 'changed') claimed.push(id);
    }
  }
  return expect.fail('what was claimed stays due');
}
