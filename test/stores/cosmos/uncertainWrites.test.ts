import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { openCosmos } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { create, document, KIND, replace } from '../../contract/storePromise.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';
import { startCosmosEmulator } from '../../support/cosmosEmulator.ts';
import { cutting } from './cuttingProxy.ts';
import { answered, answerLost, bodyOf, lost, openOn, Requests, reset, silent } from './requests.ts';
import type { Hand } from './requests.ts';

type Store = Awaited<ReturnType<typeof openCosmos>>;

describe('A write to Cosmos DB of which no one knows whether it happened', () => {
  let emulator: CosmosEmulator;
  let http: Requests;
  let store: Store;
  /** Another instance on the same container. */
  let other: Store;
  before(async () => {
    emulator = await startCosmosEmulator();
  });
  after(() => emulator.close());
  beforeEach(async () => {
    const database = randomUUID();
    http = new Requests();
    store = await openOn(emulator, { database, http });
    other = await openOn(emulator, { database });
    http.counted();
  });
  afterEach(() => {
    store.close();
    other.close();
  });

  const first = document('a', [], { count: 1 });
  const second = document('a', [], { count: 2 });
  const theirs = document('a', [], { theirs: true });

  /** Another client writes the document `times` times. */
  async function writtenByOthers(times = 1): Promise<void> {
    for (let write = 0; write < times; write += 1) {
      const stored = await other.read(KIND, 'a');
      await replace(other, theirs, stored?.etag ?? '');
    }
  }

  async function stored(): Promise<unknown> {
    return (await other.read(KIND, 'a'))?.body;
  }

  /** Carried out, then done by others as well, then no answer. */
  function overtaken(times: number): Hand {
    return async ({ request }, send) => {
      await send(request);
      await writtenByOthers(times);
      throw reset();
    };
  }

  it('is done where a create happened and its answer was lost: it answers the etag, and is sent once', async () => {
    http.next('create', answerLost);
    const etag = await create(store, first);
    expect(http.counted()).to.deep.equal({ create: 1, read: 1 });
    expect(await other.read(KIND, 'a')).to.deep.equal({ id: 'a', body: { count: 1 }, etag });
    await replace(store, second, etag);
  });

  it('is done where a replacement happened and its answer was lost: it answers the etag, and is sent once', async () => {
    const etag = await create(store, first);
    http.next('replace', answerLost);
    http.counted();
    const next = await replace(store, second, etag);
    expect(http.counted()).to.deep.equal({ replace: 1, read: 1 });
    expect(await other.read(KIND, 'a')).to.deep.equal({ id: 'a', body: { count: 2 }, etag: next });
    await replace(store, first, next);
  });

  it('is done where others have written since; the next write on it comes too late', async () => {
    const etag = await create(store, first);
    http.next('replace', overtaken(9));
    const next = await replace(store, second, etag);
    expect(await stored()).to.deep.equal({ theirs: true });
    expect(await store.replace(first, next)).to.equal('changed');
    expect(await stored()).to.deep.equal({ theirs: true });
  });

  it('is done where a create happened and others have replaced it since', async () => {
    http.next('create', overtaken(2));
    const etag = await create(store, first);
    expect(await store.replace(second, etag)).to.equal('changed');
  });

  it('is sent again, as the same write, where it was lost on its way', async () => {
    http.next('create', lost);
    const etag = await create(store, first);
    http.next('replace', lost, answered(503), answered(408));
    http.counted();
    await replace(store, second, etag);
    const writes = http.seen.filter(({ operation }) => operation === 'replace').map(({ request }) => bodyOf(request));
    expect(writes).to.have.lengthOf(4);
    for (const write of writes) expect(write).to.deep.equal(writes[0]);
    expect(await stored()).to.deep.equal({ count: 2 });
  });

  it('happens once where the first sending arrives after the second was sent', async () => {
    const etag = await create(store, first);
    let held: () => Promise<unknown> = () => Promise.resolve();
    const late: Hand = ({ request }, send) => {
      held = () => send(request);
      return Promise.reject(reset());
    };
    const afterTheLate: Hand = async ({ request }, send) => {
      await held();
      return send(request);
    };
    http.next('replace', late, afterTheLate);
    const next = await replace(store, second, etag);
    await replace(store, theirs, next);
    await held();
    expect(await stored(), 'the late one writes over nothing').to.deep.equal({ theirs: true });
  });

  it('is done where the refusal is only the echo of its own first sending', async () => {
    const twice: Hand = async ({ request }, send) => {
      await send(request);
      return send(request);
    };
    http.next('create', twice);
    const etag = await create(store, first);
    http.next('replace', twice);
    await replace(store, second, etag);
    expect(await stored()).to.deep.equal({ count: 2 });
  });

  it('has not happened where it was lost and someone else was faster: nothing of theirs is written over', async () => {
    const etag = await create(store, first);
    http.next('replace', async () => {
      await writtenByOthers();
      throw reset();
    });
    expect(await store.replace(second, etag)).to.equal('changed');
    expect(await stored()).to.deep.equal({ theirs: true });
    http.next('create', async () => {
      await create(other, document('b', [], { theirs: true }));
      throw reset();
    });
    expect(await store.create(document('b'))).to.equal('exists');
    expect((await other.read(KIND, 'b'))?.body).to.deep.equal({ theirs: true });
  });

  it('is told as unknown where no answer ever comes, after a few tries, with what was said last', async () => {
    const etag = await create(store, first);
    http.every('replace', answered(503));
    http.counted();
    const fault = await faultOf(store.replace(second, etag));
    expect(fault).to.include({ code: 'store.unreachable' });
    expect(fault).to.have.nested.property('cause.code', 503);
    expect(http.counted()).to.deep.equal({ replace: 4, read: 4 });
    expect(await stored()).to.deep.equal({ count: 1 });
  });

  it('is told as unknown where it cannot be read back either', async () => {
    http.hand = ({ operation, request }, send) =>
      (operation === 'create' ? answerLost : answered(500))({ operation, request }, send);
    expect(await faultOf(store.create(first))).to.include({ code: 'store.unreachable' });
  });

  it('is settled where a request stays silent: it is given up, read back and sent again', async () => {
    const hasty = await openOn(emulator, { http, retryPolicy: { requestTimeoutMs: 1_000 } });
    http.next('create', silent, async (seen, send) => {
      await send(seen.request);
      return silent(seen, send);
    });
    http.counted();
    await create(hasty, first);
    expect(http.counted()).to.deep.equal({ create: 2, read: 2 });
    hasty.close();
  });

  it('ends within its time where nothing answers, and asks no more', async () => {
    const hasty = await openOn(emulator, { http, retryPolicy: { totalTimeoutMs: 1_000 } });
    http.hand = silent;
    expect(await faultOf(hasty.create(first))).to.include({ code: 'store.unreachable' });
    expect(await faultOf(hasty.read(KIND, 'a'))).to.include({ code: 'store.unreachable' });
    const asked = http.seen.filter(({ operation }) => operation !== 'other').slice(-2);
    expect(asked.map(({ operation, request }) => [operation, request.abortSignal?.aborted])).to.deep.equal([
      ['create', true],
      ['read', true],
    ]);
    hasty.close();
  });

  it('is settled over a real connection that is cut, before the request arrives or after', async () => {
    const cut = await cutting(emulator.endpoint);
    const through = await openOn({ ...emulator, endpoint: cut.endpoint });
    cut.next('POST', 'answer', 'request');
    const etag = await create(through, first);
    cut.next('PUT', 'request', 'answer');
    const next = await replace(through, second, etag);
    expect(cut.cuts).to.equal(3);
    expect(await through.read(KIND, 'a')).to.deep.equal({ id: 'a', body: { count: 2 }, etag: next });
    through.close();
    await cut.close();
  });
});

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  );
}
