import { CosmosClient } from '@azure/cosmos';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Documents, Find, NewDocument } from '../../../src/desk/ports/documents.ts';
import { randomId } from '../../../src/runtime/random.ts';
import { openCosmos } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { partitionOf } from '../../../src/stores/cosmos/partition.ts';
import { StoreError } from '../../../src/stores/storeError.ts';
import { create, document, found, ids, KIND, page, replace } from '../../contract/storePromise.ts';
import { describeDocuments, storePromises } from '../../contract/documents.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';
import { startCosmosEmulator } from '../../support/cosmosEmulator.ts';
import { bodyOf, openOn, Requests, THIS_MACHINE } from './requests.ts';
import type { Hand } from './requests.ts';

interface Query {
  readonly query: string;
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[];
}

let emulator: CosmosEmulator;
before(async () => {
  emulator = await startCosmosEmulator();
});
after(() => emulator.close());

for (const partitions of [1, 4, 16]) {
  describeDocuments(`The Cosmos DB store (COSMOS_PARTITIONS=${partitions})`, async () => {
    const documents = await openOn(emulator, { partitions });
    return { documents, close: async () => documents.close() };
  });
}

/** Requests that were spoiled on their way, and a sentence that must then fail. */
const spoiled: readonly { readonly fault: string; readonly sentence: RegExp; readonly hand: Hand }[] = [
  { fault: 'If-Match is taken out', sentence: /that someone wrote meanwhile is not replaced/, hand: withoutIfMatch },
  { fault: 'If-Match is taken out', sentence: /none is lost/, hand: withoutIfMatch },
  { fault: 'If-Match is taken out', sentence: /two sweepers at once/, hand: withoutIfMatch },
  {
    fault: 'the partition is taken out of the predicate',
    sentence: /one kind, one key name and one value/,
    hand: without('c.pk = @pk AND '),
  },
  {
    fault: 'the partition is taken out of the predicate',
    sentence: /paging loses and repeats nothing/,
    hand: without('c.pk = @pk AND '),
  },
  {
    fault: 'the order is taken out',
    sentence: /finds come lowest sort first/,
    hand: without(/ORDER BY .* (ASC|DESC)/),
  },
  {
    fault: 'the upper end is taken out',
    sentence: /up to a sort takes that sort in/,
    hand: without(/ AND \S+ < @below/),
  },
];

describe('The promises that Cosmos DB keeps for the store can be broken', () => {
  for (const { fault, sentence, hand } of spoiled) {
    it(`where ${fault}, it is seen: ${sentence.source}`, async () => {
      const http = new Requests();
      http.hand = hand;
      const documents = await openOn(emulator, { http });
      const promise = storePromises.find((candidate) => sentence.test(candidate.sentence));
      const fails = await promise?.show(documents).then(
        () => false,
        (error: unknown) => !(error instanceof StoreError),
      );
      documents.close();
      expect(fails).to.be.true;
    });
  }
});

describe('A find on Cosmos DB', () => {
  let http: Requests;
  let documents: Awaited<ReturnType<typeof openCosmos>>;
  beforeEach(async () => {
    http = new Requests();
    documents = await openOn(emulator, { http, partitions: 4 });
  });
  afterEach(() => documents.close());

  it('asks each partition of the kind once, by the option and by the predicate', async () => {
    await create(documents, document('a', [{ name: 'due', value: '' }]));
    http.seen.splice(0);
    await page(documents, { name: 'due', value: '' });
    const options = http.seen.map(({ request }) => request.headers.get('x-ms-documentdb-partitionkey'));
    expect(options.sort()).to.deep.equal([0, 1, 2, 3].map((shard) => `["${KIND}-${shard}"]`));
    for (const { request } of http.seen) {
      const { query, parameters } = bodyOf(request) as Query;
      expect(query).to.match(/ WHERE c\.pk = @pk AND /);
      const [value] = JSON.parse(request.headers.get('x-ms-documentdb-partitionkey') ?? '') as [string];
      expect(parameters).to.deep.include({ name: '@pk', value });
    }
  });

  it('writes nothing that someone chose into the text of a query', async () => {
    const awkward = '" OR 1=1 --\']';
    await create(documents, document('a', [{ name: awkward, value: awkward }]));
    http.seen.splice(0);
    expect(
      ids((await page(documents, { name: awkward, value: awkward, after: { sort: -1, id: awkward } })).documents),
    ).to.deep.equal(['a']);
    for (const { request } of http.seen) expect((bodyOf(request) as Query).query).to.match(/^[\w *."[\]=@<>]+$/);
  });

  it('fetches more from the partitions that have more, until the page is full', async () => {
    const crowded = Array.from({ length: 400 }, (_, index) => `d${String(index).padStart(3, '0')}`)
      .filter((id) => partitionOf(KIND, id, 4) === `${KIND}-2`)
      .slice(0, 60);
    const all = [...crowded, 'a', 'b', 'z'].sort();
    await Promise.all(all.map((id) => create(documents, document(id, [{ name: 'due', value: '' }]))));
    http.counted();
    for (const newestFirst of [false, true]) {
      const wanted = newestFirst ? all.toReversed() : all;
      expect(ids((await page(documents, { name: 'due', value: '', limit: 50, newestFirst })).documents)).to.deep.equal(
        wanted.slice(0, 50),
      );
      expect(http.counted(), 'one request more than partitions').to.deep.equal({ query: 5 });
      expect(await found(documents, { name: 'due', value: '', limit: 7, newestFirst })).to.deep.equal(wanted);
      http.counted();
    }
  });
});

describe('A conflict on Cosmos DB', () => {
  it('costs one write and one look at what is there', async () => {
    const http = new Requests();
    const documents = await openOn(emulator, { http });
    const etag = await create(documents, document('a'));
    await replace(documents, document('a'), etag);
    http.counted();
    expect(await documents.replace(document('a'), etag)).to.equal('changed');
    expect(http.counted()).to.deep.equal({ replace: 1, read: 1 });
    expect(await documents.create(document('a'))).to.equal('exists');
    expect(http.counted()).to.deep.equal({ create: 1, read: 1 });
    expect(await documents.replace(document('none'), etag)).to.equal('changed');
    expect(http.counted()).to.deep.equal({ replace: 1, read: 1 });
    documents.close();
  });
});

const { COSMOS_ENDPOINT: endpoint = '', COSMOS_KEY: key = '' } = process.env;
if (endpoint) {
  describe('On a real account, in a container of its own', () => {
    const container = `test-${randomUUID()}`;
    const account = { endpoint, key, database: 'claims-tests', container, partitions: 4 };
    let documents: Awaited<ReturnType<typeof openCosmos>>;
    before(async function () {
      documents = await openCosmos({
        ...account,
        newId: randomId,
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        machine: THIS_MACHINE,
      });
    });
    after(async function () {
      documents.close();
      const client = new CosmosClient({
        endpoint,
        key,
        connectionPolicy: { enableEndpointDiscovery: endpoint.startsWith('https:') },
      });
      await client.database(account.database).container(container).delete();
      client.dispose();
    });

    describeDocuments('the Cosmos DB store', async () => ({
      documents: apart(documents, randomUUID()),
      close: async () => undefined,
    }));
  });
}

/** The same store with kinds of its own, as if it were a fresh one. */
function apart(documents: Documents, run: string): Documents {
  const own = <Kind extends NewDocument<unknown> | Find>(one: Kind): Kind => ({ ...one, kind: `${run}-${one.kind}` });
  return {
    create: (created) => documents.create(own(created)),
    read: (kind, id) => documents.read(`${run}-${kind}`, id),
    replace: (replaced, etag) => documents.replace(own(replaced), etag),
    find: (find) => documents.find(own(find)),
    scan: (scan) => documents.scan({ ...scan, kind: `${run}-${scan.kind}` }),
  };
}

function withoutIfMatch(...[{ request }, send]: Parameters<Hand>): ReturnType<Hand> {
  request.headers.delete('if-match');
  return send(request);
}

/** Takes a part out of the text of every query. */
function without(part: string | RegExp): Hand {
  return ({ operation, request }, send) => {
    if (operation === 'query') {
      const asked = bodyOf(request) as Query;
      const query = asked.query.replace(part, '');
      expect(query, 'there is something to take out').not.to.equal(asked.query);
      request.body = JSON.stringify({ ...asked, query });
    }
    return send(request);
  };
}
