import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { openCosmos } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { StoreError } from '../../../src/stores/storeError.ts';
import { create, document, faultOf, found, KIND, page, replace } from '../../contract/storePromise.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';
import { startCosmosEmulator } from '../../support/cosmosEmulator.ts';
import { answered, bodyOf, openOn, Requests, sent, silent } from './requests.ts';
import type { Operation } from './requests.ts';

const THROTTLED = answered(429, { 'x-ms-retry-after-ms': '1' });

describe('When Cosmos DB is in trouble', () => {
  let emulator: CosmosEmulator;
  let http: Requests;
  let store: Awaited<ReturnType<typeof openCosmos>>;
  let etag: string;
  const kept = document('a', [{ name: 'state', value: 'open' }], { count: 1 });
  before(async () => {
    emulator = await startCosmosEmulator();
  });
  after(() => emulator.close());
  beforeEach(async () => {
    http = new Requests();
    store = await openOn(emulator, { http, partitions: 1 });
    etag = await create(store, kept);
    http.counted();
  });
  afterEach(() => store.close());

  /** One call of the port for each kind of request. */
  const calls: readonly { readonly operation: Operation; call(): Promise<unknown> }[] = [
    { operation: 'create', call: () => store.create(document('b')) },
    { operation: 'replace', call: () => store.replace(kept, etag) },
    { operation: 'read', call: () => store.read(KIND, 'a') },
    { operation: 'query', call: () => page(store, { name: 'state', value: 'open' }) },
  ];

  for (const { operation, call } of calls) {
    it(`a ${operation} that is put off waits as long as it is told, and is sent again`, async () => {
      http.next(operation, THROTTLED, THROTTLED, THROTTLED);
      expect(await call()).to.be.an('object');
      expect(http.counted()).to.deep.equal({ [operation]: 4 });
    });

    it(`a ${operation} that is put off for ever is a fault, after a bounded number of tries`, async () => {
      http.every(operation, THROTTLED);
      const fault = await faultOf(call());
      expect(fault).to.be.instanceOf(StoreError).and.to.include({ code: 'store.busy' });
      expect(fault).to.have.nested.property('cause.code', 429);
      expect(http.counted()).to.deep.equal({ [operation]: 10 });
    });

    const refusals = {
      400: 'store.failed',
      401: 'store.notWritable',
      403: 'store.notWritable',
      413: 'store.tooLarge',
    } as const;
    for (const [status, code] of Object.entries(refusals)) {
      it(`a ${operation} that is refused with ${status} is a fault at once: ${code}`, async () => {
        http.every(operation, answered(Number(status)));
        const fault = await faultOf(call());
        expect(fault).to.be.instanceOf(StoreError).and.to.include({ code });
        expect(fault).to.have.nested.property('cause.code', Number(status));
        expect(http.counted()).to.deep.equal({ [operation]: 1 });
      });
    }
  }

  for (const { operation, call } of calls.slice(2)) {
    it(`a ${operation} that fails for once is sent again, whatever the answer was`, async () => {
      http.next(operation, answered(503), answered(408), answered(502, {}, '<html>a proxy of someone</html>'));
      expect(await call()).to.be.an('object');
      expect(http.counted()).to.deep.equal({ [operation]: 4 });
    });

    it(`a ${operation} that fails for ever is a fault, after a bounded number of tries`, async () => {
      http.every(operation, answered(500));
      expect(await faultOf(call())).to.include({ code: 'store.unreachable' });
      expect(http.counted()).to.deep.equal({ [operation]: 4 });
    });
  }

  it('a read that this replica cannot answer yet is sent again; one of a container that is gone is a fault, not a missing document', async () => {
    http.next('read', answered(404, { 'x-ms-substatus': '1002' }));
    expect((await store.read(KIND, 'a'))?.body).to.deep.equal({ count: 1 });
    http.every('read', answered(404, { 'x-ms-substatus': '1003' }));
    expect(await faultOf(store.read(KIND, 'a'))).to.include({ code: 'store.misconfigured' });
  });

  it('a credential that brings no token is told as such', async () => {
    http.every('read', () =>
      Promise.reject(Object.assign(new Error('no identity here'), { name: 'CredentialUnavailableError' })),
    );
    expect(await faultOf(store.read(KIND, 'a'))).to.include({ code: 'store.notWritable' });
    expect(http.counted()).to.deep.equal({ read: 1 });
  });

  it('a find ends within its time where one partition stays silent', async () => {
    const hasty = await openOn(emulator, { http, partitions: 4, retryPolicy: { totalTimeoutMs: 1_000 } });
    http.next('query', sent, silent, sent, sent);
    expect(await faultOf(page(hasty, { name: 'state', value: 'open' }))).to.include({ code: 'store.unreachable' });
    hasty.close();
  });
});

describe('Cosmos DB is not asked', () => {
  let emulator: CosmosEmulator;
  let http: Requests;
  let store: Awaited<ReturnType<typeof openCosmos>>;
  before(async () => {
    emulator = await startCosmosEmulator();
    http = new Requests();
    store = await openOn(emulator, { http });
  });
  after(async () => {
    store.close();
    await emulator.close();
  });
  beforeEach(() => http.counted());
  afterEach(() => expect(http.counted()).to.deep.equal({}));

  it('to write a document that is larger than it takes', async () => {
    const noise = createHash('shake256', { outputLength: 2_000_000 })
      .update('what no packing makes smaller')
      .digest('base64');
    const fault = await faultOf(store.create(document('a', [], { noise })));
    expect(fault).to.be.instanceOf(StoreError).and.to.include({ code: 'store.tooLarge' });
    expect((fault as StoreError).message).to.match(/^The claim a takes \d{7} bytes, more than the 2 MB/);
  });

  it('for a document whose id is longer than it takes: none is there, and none can be', async () => {
    const long = '/'.repeat(342);
    expect(await store.read(KIND, long)).to.be.undefined;
    expect(await store.replace(document(long), 'etag write')).to.equal('changed');
    expect(await faultOf(store.create(document(long)))).to.include({ code: 'store.tooLarge' });
  });

  it('to replace whatever is there, by an etag that is none of its own', async () => {
    for (const etag of ['', '*', '"0000"', '1']) expect(await store.replace(document('a'), etag)).to.equal('changed');
  });

  it('for what no store takes', async () => {
    expect(await faultOf(store.replace({ ...document('a'), keepMs: 0 }, 'etag write'))).to.be.instanceOf(RangeError);
    expect(await faultOf(store.create(document('a', [{ name: 'due', value: '', sort: 0.5 }])))).to.be.instanceOf(
      RangeError,
    );
  });
});

describe('A document on Cosmos DB', () => {
  let emulator: CosmosEmulator;
  let http: Requests;
  let store: Awaited<ReturnType<typeof openCosmos>>;
  before(async () => {
    emulator = await startCosmosEmulator();
    http = new Requests();
    store = await openOn(emulator, { http });
  });
  after(async () => {
    store.close();
    await emulator.close();
  });

  /** The item that was written last. */
  function written(): Record<string, unknown> {
    const write =
      http.seen.findLast(({ operation }) => operation === 'create' || operation === 'replace') ??
      expect.fail('nothing was written');
    return bodyOf(write.request) as Record<string, unknown>;
  }

  it('is dropped a second after its time at the earliest, and never again once it is replaced by one that is kept', async () => {
    const etag = await create(store, { ...document('brief'), keepMs: 60_001 });
    expect(written()['ttl']).to.equal(62);
    await replace(store, document('brief'), etag);
    expect(written()).not.to.have.property('ttl');
    await create(store, { ...document('long'), keepMs: 70 * 366 * 24 * 3_600_000 });
    expect(written(), 'Cosmos DB counts to 68 years').not.to.have.property('ttl');
  });

  it('can be read by people where it is small, under the id that they know', async () => {
    await create(store, {
      kind: 'claim',
      id: 'CPOR-7F3K9Q',
      body: { count: 1 },
      keys: [{ name: 'wake', value: '', sort: 7 }],
    });
    const { keys, writes, ...rest } = written();
    expect(rest).to.deep.equal({ id: 'CPOR-7F3K9Q', pk: rest['pk'], kind: 'claim', body: '{"count":1}' });
    expect(rest['pk']).to.match(/^claim-[0-3]$/);
    expect(Object.keys(keys as object)).to.have.lengthOf(1);
    expect(Object.keys(keys as object)[0]).to.match(/^wake_[0-9a-f]{32}$/);
    expect(writes).to.have.lengthOf(1);
  });

  it('is packed where it is large, and unpacked letter by letter', async () => {
    const body = { text: 'заявка 🙂 '.repeat(10_000), half: '\ud83d' };
    await create(store, document('large', [{ name: 'state', value: 'x' }], body));
    expect(written()).to.include({ packed: true });
    expect(JSON.stringify(written()).length).to.be.below(4_000);
    expect((await store.read(KIND, 'large'))?.body).to.deep.equal(body);
    expect(await found(store, { name: 'state', value: 'x' })).to.deep.equal(['large']);
  });

  it('is out of reach once the store is closed', async () => {
    const closed = await openOn(emulator);
    closed.close();
    for (const call of [closed.read(KIND, 'a'), closed.create(document('a')), page(closed, { name: 'x', value: '' })]) {
      expect(await faultOf(call)).to.be.instanceOf(StoreError);
    }
  });
});
