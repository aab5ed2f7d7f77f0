import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { expect } from 'chai';
import { loggedError } from '../../../src/runtime/redact.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { createReadiness } from '../../../src/runtime/readiness.ts';
import { ClockError } from '../../../src/stores/cosmos/clockCheck.ts';
import type { openCosmos } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { create, document, faultOf, KIND, page, replace } from '../../contract/storePromise.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';
import { startCosmosEmulator } from '../../support/cosmosEmulator.ts';
import { answered, answerLost, openOn, Requests, sent, THIS_MACHINE } from './requests.ts';
import type { Hand } from './requests.ts';

const MINUTE = 60_000;

describe('A machine whose clock is not Cosmos DB’s', () => {
  let emulator: CosmosEmulator;
  let http: Requests;
  let store: Awaited<ReturnType<typeof openCosmos>>;
  let etag: string;
  /** How far this machine's clocks are ahead of what they are: the one that is set, and the one that counts. */
  const ahead = { clock: 0, steady: 0 };
  const machine = {
    clock: { now: () => THIS_MACHINE.clock.now() + ahead.clock },
    steady: { now: () => THIS_MACHINE.steady.now() + ahead.steady },
  };
  const kept = document('a', [{ name: 'state', value: 'open' }], { count: 1 });
  before(async () => {
    emulator = await startCosmosEmulator();
  });
  after(() => emulator.close());
  beforeEach(async () => {
    Object.assign(ahead, { clock: 0, steady: 0 });
    http = new Requests();
    store = await openOn(emulator, { http, machine, partitions: 1 });
    etag = await create(store, kept);
    http.counted();
  });
  afterEach(() => store.close());

  const readings: readonly { readonly what: string; readonly requests: object; ask(): Promise<unknown> }[] = [
    { what: 'a document', requests: { read: 1 }, ask: () => store.read(KIND, 'a') },
    { what: 'a document that is not there', requests: { read: 1 }, ask: () => store.read(KIND, 'none') },
    { what: 'a find', requests: { query: 1 }, ask: () => page(store, { name: 'state', value: 'open' }) },
    { what: 'a find of nothing', requests: { query: 1 }, ask: () => page(store, { name: 'state', value: 'closed' }) },
    { what: 'what prevents a creation', requests: { create: 1, read: 1 }, ask: () => store.create(kept) },
    {
      what: 'what prevents a replacement',
      requests: { replace: 1, read: 1 },
      ask: () => store.replace(kept, `"old" ${etag}`),
    },
  ];

  for (const { what, requests, ask } of readings) {
    for (const [direction, ms] of [
      ['ahead', MINUTE],
      ['behind', -MINUTE],
    ] as const) {
      it(`is told so for ${what}, at once: it is ${direction}`, async () => {
        ahead.clock = ms;
        const fault = await faultOf(ask());
        expect(fault).to.be.instanceOf(ClockError).and.to.include({ code: 'clock.skewed' });
        expect((fault as ClockError).message).to.match(
          ms > 0 ? /^This machine's clock is \d+ seconds ahead of/ : /^This machine's clock is \d+ seconds behind/,
        );
        expect(http.counted(), 'nothing is tried again').to.deep.equal(requests);
        ahead.clock = 0;
        expect(await ask(), 'and goes on when its clock is put right').not.to.be.instanceOf(Error);
      });
    }

    it(`is answered all the same for ${what} where it is only seconds off`, async () => {
      for (const ms of [20_000, -20_000]) {
        ahead.clock = ms;
        await ask();
      }
    });
  }

  it('is told so with words that the log shows', async () => {
    ahead.clock = MINUTE;
    expect(loggedError(await faultOf(store.read(KIND, 'a'))))
      .to.include({ type: 'ClockError', code: 'clock.skewed' })
      .and.to.have.property('message')
      .that.matches(/ahead of the store's; have this machine's time synchronised/);
  });

  it('is not mistaken for someone who may not read, or for a busy or broken service', async () => {
    ahead.clock = 20 * MINUTE;
    for (const status of [401, 403, 429, 503]) {
      http.every(
        'read',
        answered(status, { date: new Date(THIS_MACHINE.clock.now()).toUTCString(), 'x-ms-retry-after-ms': '1' }),
      );
      expect(await faultOf(store.read(KIND, 'a')), String(status)).to.be.instanceOf(ClockError);
      expect(http.counted()).to.deep.equal({ read: 1 });
    }
  });

  it('may write: what was sent has happened', async () => {
    ahead.clock = MINUTE;
    etag = await replace(store, document('a', [], { count: 2 }), etag);
    await create(store, document('b'));
    ahead.clock = 0;
    expect(await store.read(KIND, 'a')).to.deep.include({ etag, body: { count: 2 } });
  });

  it('does not learn what became of a write without an answer, until its clock is put right', async () => {
    ahead.clock = MINUTE;
    http.next('create', answerLost);
    expect(await faultOf(store.create(document('b')))).to.be.instanceOf(ClockError);
    expect(http.counted()).to.deep.equal({ create: 1, read: 1 });
    ahead.clock = 0;
    expect(await store.read(KIND, 'b')).to.be.an('object');
  });

  it('cannot open the store, and says why', async () => {
    ahead.clock = -MINUTE;
    expect(await faultOf(openOn(emulator, { machine }))).to.be.instanceOf(ClockError);
  });

  it('is not ready', async () => {
    const warned: object[] = [];
    const ready = createReadiness(
      {
        store: () => store.read('ready', 'ready'),
        files: async () => true,
        pair: async () => true,
        keys: async () => true,
      },
      {
        log: { info: () => undefined, warn: (fields) => void warned.push(fields), error: () => undefined },
        meters: silentMeters,
        steady: { now: () => 0 },
        pause: () => new Promise(() => undefined),
      },
    );
    ahead.clock = MINUTE;
    expect(await ready()).to.deep.equal({ store: false, files: true, pair: true, keys: true });
    expect(warned).to.have.lengthOf(1);
    expect(warned[0]).to.have.property('part', 'store');
    expect(warned[0]).to.have.property('error').that.is.instanceOf(ClockError);
  });

  /** The answer comes, and only then do this machine's clocks go on. */
  const turning =
    (ms: { readonly clock: number; readonly steady: number }): Hand =>
    async (seen, send) => {
      const answer = await sent(seen, send);
      Object.assign(ahead, ms);
      return answer;
    };

  it('is another thing than a service that takes long to answer', async () => {
    http.next('read', turning({ clock: 5 * MINUTE, steady: 5 * MINUTE }));
    expect(await store.read(KIND, 'a')).to.be.an('object');
  });

  for (const ms of [5 * MINUTE, -5 * MINUTE]) {
    it(`is told so for the very answer that its clock jumped during: by ${ms / MINUTE} minutes`, async () => {
      http.next('read', turning({ clock: ms, steady: 0 }));
      expect(await faultOf(store.read(KIND, 'a'))).to.be.instanceOf(ClockError);
    });
  }

  for (const date of [undefined, 'yesterday']) {
    it(`is believed where the answer has ${date === undefined ? 'no date' : 'a date that is none'}`, async () => {
      ahead.clock = MINUTE;
      http.every('read', async (seen, send) => {
        const { date: _, ...headers } = (await sent(seen, send)).headers.toJSON();
        return {
          ...(await sent(seen, send)),
          headers: createHttpHeaders({ ...headers, ...(date !== undefined && { date }) }),
        };
      });
      expect(await store.read(KIND, 'a')).to.be.an('object');
    });
  }
});
