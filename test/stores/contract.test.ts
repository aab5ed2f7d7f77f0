import { expect } from 'chai';
import type { Documents, NewDocument, Page, ScanPage } from '../../src/desk/ports/documents.ts';
import { memoryDocuments } from '../support/memoryDocuments.ts';
import { storePromises } from '../contract/documents.ts';

/** Stores that break one promise each, and a sentence that must then fail. */
const broken: readonly {
  readonly fault: string;
  readonly sentence: RegExp;
  spoil(sound: Documents): Partial<Documents>;
}[] = [
  {
    fault: 'replace ignores the etag',
    sentence: /that someone wrote meanwhile is not replaced/,
    spoil: (sound) => ({ replace: (document) => replaceAnyway(sound, document) }),
  },
  {
    fault: 'replace ignores the etag',
    sentence: /none is lost/,
    spoil: (sound) => ({ replace: (document) => replaceAnyway(sound, document) }),
  },
  {
    fault: 'replace writes a document that is not there',
    sentence: /replacing a document that is not there/,
    spoil: (sound) => ({
      replace: async (document, etag) => {
        const answer = await sound.replace(document, etag);
        const created = answer === 'changed' ? await sound.create(document) : answer;
        return created === 'exists' ? 'changed' : created;
      },
    }),
  },
  {
    fault: 'create leaves out the second of two keys',
    sentence: /every value of a key that it has several of/,
    spoil: (sound) => ({ create: (document) => sound.create({ ...document, keys: document.keys.slice(0, 1) }) }),
  },
  {
    fault: 'replace writes no keys',
    sentence: /takes away the keys that it no longer has/,
    spoil: (sound) => ({ replace: (document, etag) => sound.replace({ ...document, keys: [] }, etag) }),
  },
  {
    fault: 'the next page starts after the sort, not after the document',
    sentence: /paging loses and repeats nothing/,
    spoil: (sound) => ({
      find: (find) =>
        sound.find({ ...find, ...(find.after && { after: { ...find.after, id: find.newestFirst ? '' : '\uffff' } }) }),
    }),
  },
  {
    fault: 'every full page has a next',
    sentence: /the last page has no next/,
    spoil: (sound) => ({
      find: async <Body>(find: Parameters<Documents['find']>[0]): Promise<Page<Body>> => {
        const page = await sound.find<Body>(find);
        return page.documents.length === find.limit ? { next: { sort: 0, id: '' }, ...page } : page;
      },
    }),
  },
  {
    fault: 'the next page of a scan leaves out a document',
    sentence: /pages of a scan lose and repeat nothing/,
    spoil: (sound) => ({
      scan: async <Body>(scan: Parameters<Documents['scan']>[0]): Promise<ScanPage<Body>> => {
        const page = await sound.scan<Body>(scan);
        return { ...page, documents: scan.after === undefined ? page.documents : page.documents.slice(1) };
      },
    }),
  },
  {
    fault: 'a scan sees only documents with keys',
    sentence: /with keys or without/,
    spoil: (sound) => ({
      scan: async <Body>({ kind, limit }: Parameters<Documents['scan']>[0]): Promise<ScanPage<Body>> => ({
        documents: (await sound.find<Body>({ kind, limit, name: 'state', value: 'x' })).documents,
      }),
    }),
  },
  {
    fault: 'a find leaves upTo out',
    sentence: /exactly once/,
    spoil: (sound) => ({ find: ({ upTo: _upTo, ...find }) => sound.find(find) }),
  },
];

/** Replaces whatever is there, like a store that does not compare etags. */
async function replaceAnyway<Body>(sound: Documents, document: NewDocument<Body>): ReturnType<Documents['replace']> {
  for (;;) {
    const stored = await sound.read(document.kind, document.id);
    const answer = await sound.replace(document, stored?.etag ?? '');
    if (answer !== 'changed' || !stored) return answer;
  }
}

describe('The promises of the document port can be broken', () => {
  for (const { fault, sentence, spoil } of broken) {
    it(`where ${fault}, it is seen: ${sentence.source}`, async () => {
      const promise = storePromises.find((candidate) => sentence.test(candidate.sentence));
      const sound = memoryDocuments();
      const fails = promise?.show({ ...sound, ...spoil(sound) }).then(
        () => false,
        () => true,
      );
      expect(await fails).to.be.true;
    });
  }
});
