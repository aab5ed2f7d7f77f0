import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { CosmosClient } from '@azure/cosmos';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { ConnectorClient } from 'botframework-connector';
import { expect } from 'chai';
import { useFakeTimers } from 'sinon';
import { adjustableClock } from '../../src/runtime/clock.ts';
import { StoreError } from '../../src/stores/storeError.ts';
import { inRequest, createLog } from '../../src/runtime/log.ts';

type Line = Record<string, unknown>;

function listening() {
  const clock = adjustableClock(0);
  let text = '';
  const log = createLog({ level: 'info', clock, destination: { write: (line: string) => void (text += line) } });
  return {
    log,
    clock,
    text: (): string => text,
    lines: (): readonly Line[] =>
      text
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line),
  };
}

const TOKEN = `eyJ${'hbGciOiJSUzI1NiJ9'}.eyJhdWQiOiJkZXNrIn0.c2lnbmF0dXJl`;
const PERSONAL = 'anna.ivanova@fabrikam.example wrote: our margin is secret';

/** A service that answers everything with this. */
async function service(status: number, body: string, type: string) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': type, 'x-ms-request-id': '0f7be4b5-5f8c-4ff4-8a53-1d1a2c7f0b11' });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(() => undefined).closeAllConnections(),
  };
}

const faultOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('The log', () => {
  it('writes a line of JSON: the sentence, its fields and the level', () => {
    const { log, lines } = listening();
    log.warn({ claim: 'CPOR-7F3K9Q', times: 3 }, 'A claim waits');
    expect(lines()[0]).to.include({ level: 40, claim: 'CPOR-7F3K9Q', times: 3, msg: 'A claim waits' });
  });

  it('gives every line of a request its id, also of what the request set going, and no line of another', async () => {
    const { log, lines } = listening();
    const beside: Promise<void>[] = [];
    await Promise.all(
      ['one', 'two'].map((id) =>
        inRequest(id, async () => {
          await Promise.resolve();
          log.info({ id }, 'In the request');
          beside.push(Promise.resolve().then(() => log.info({ id }, 'Beside the answer')));
        }),
      ),
    );
    await Promise.all(beside);
    log.info({}, 'Outside');
    expect(lines().map(({ id, request, msg }) => [msg, request, id === request])).to.have.deep.members([
      ['In the request', 'one', true],
      ['In the request', 'two', true],
      ['Beside the answer', 'one', true],
      ['Beside the answer', 'two', true],
      ['Outside', undefined, true],
    ]);
  });

  it('takes e-mail addresses, tokens and the ways of web addresses out of every text', () => {
    const { log, text, lines } = listening();
    log.info(
      {
        reason: `for ${PERSONAL}`,
        header: `Bearer ${TOKEN}`,
        token: TOKEN,
        url: 'https://desk.example/poe/eyJjIjoiQ1BPUiJ9.c2ln?sig=abc',
        list: [PERSONAL, 4, { deep: PERSONAL }],
      },
      'Texts',
    );
    expect(text()).not.to.match(/fabrikam|eyJ|c2ln|sig=abc/);
    expect(lines()[0]).to.include({ url: 'https://desk.example/…', header: 'Bearer …' });
  });

  it('leaves out what is no plain field, and cuts what is long', () => {
    const { log, lines } = listening();
    log.info({ activity: { text: PERSONAL }, long: 'x'.repeat(5_000) }, 'Fields');
    expect(lines()[0]).to.include({ activity: '…' });
    expect(String(lines()[0]?.['long']).length).to.equal(300);
  });

  it('says of an error of ours what it is, why and where', () => {
    const { log, lines } = listening();
    log.error(
      { error: new StoreError('store.full', 'the disk is full', { cause: new RangeError('no pages') }) },
      'A fault',
    );
    const error = lines()[0]?.['error'] as Line;
    expect(error).to.include({ type: 'StoreError', code: 'store.full', message: 'the disk is full' });
    expect(error['cause']).to.include({ type: 'RangeError' }).and.not.have.property('message');
    expect((error['stack'] as readonly string[])[0]).to.match(/^at .*log\.test\.ts/);
  });

  it('repeats nothing that a parser or a check of arguments quotes', () => {
    const { log, text } = listening();
    const bad = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    const typed = 'our margin is secret';
    for (const [number, work] of [
      () => JSON.parse(PERSONAL) as unknown,
      () => JSON.parse(`{"${typed}`) as unknown,
      () => 'x' in (typed as unknown as object),
      () => Object.assign(typed, { 0: 'x' }),
      () => Object.defineProperty(Object.freeze({ [typed]: 1 }), typed, { value: 2 }),
      () => (undefined as unknown as Record<string, unknown>)[typed],
      () => new Intl.DateTimeFormat(typed),
      () => new Intl.DateTimeFormat('en', { timeZone: typed }),
      () => new URL(typed),
      () => BigInt(typed),
      () => new RegExp(`(${typed}`),
      () => Buffer.alloc(typed as unknown as number),
      () => readFileSync(typed),
      () => structuredClone({ [typed]: () => undefined }),
      () => new Date(Number.NaN).toISOString() + typed,
      () => decodeURIComponent(`%${typed}`),
      () => {
        throw new AggregateError([new TypeError(typed)], typed, { cause: new Error(typed) });
      },
      () => {
        const error = new Error(`${typed}\n    at ${typed}:1:2\n    at ${typed} (file:///x:1:2)`);
        // It is written when it is read first.
        expect(error.stack).to.include(typed);
        error.message = 'another';
        throw error;
      },
    ].entries()) {
      const error = bad(work);
      expect(error, String(number)).to.be.instanceOf(Error);
      log.error({ error }, `Number ${number}`);
      log.error({ error: new StoreError('store.failed', 'it failed', { cause: error }) }, `Number ${number}, within`);
    }
    expect(text()).not.to.match(/margin|secret/);
    expect(text())
      .to.match(/"call":"open"/)
      .and.to.match(/"stack":\["at /);
    log.error({ error: bad(() => JSON.parse(PERSONAL)) }, 'A parser');
    log.error({ error: bad(() => Buffer.alloc(PERSONAL as unknown as number)) }, 'A check');
    log.error({ error: PERSONAL }, 'Thrown as a text');
    log.error({ error: new Error(`first\n    at ${PERSONAL}`) }, 'Two lines');
    expect(text()).to.contain('SyntaxError');
    expect(text()).not.to.match(/fabrikam/);
  });

  describe('says nothing of a call that failed but what, where and with which status', () => {
    const read = (error: unknown): { readonly raw: string; readonly logged: string; readonly fields: Line } => {
      const { log, text, lines } = listening();
      log.error({ error }, 'A call failed');
      log.error({ error: new StoreError('store.failed', 'the store failed', { cause: error }) }, 'A fault around it');
      return {
        raw: inspect(error, { depth: 8, showHidden: true }),
        logged: text(),
        fields: lines()[0]?.['error'] as Line,
      };
    };
    const holdsNothing = (logged: string): void => {
      expect(logged).not.to.match(/anna|fabrikam|margin|eyJ|Bearer|SharedKey|authorization|sig=|c2lnbmF0dXJl/i);
    };

    it('by the Bot Connector', async () => {
      const teams = await service(
        500,
        JSON.stringify({ error: { code: 'ServiceError', message: PERSONAL } }),
        'application/json',
      );
      const credentials = {
        signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
          request.headers.set('authorization', `Bearer ${TOKEN}`);
          return request;
        },
      };
      const client = new ConnectorClient(credentials as unknown as ConstructorParameters<typeof ConnectorClient>[0], {
        baseUri: teams.url,
      });
      const { pipeline } = client as unknown as {
        readonly pipeline?: { removePolicy(policy: { name: string }): void };
      };
      (
        pipeline ??
        (
          client as unknown as {
            readonly client: { readonly pipeline: { removePolicy(policy: { name: string }): void } };
          }
        ).client.pipeline
      ).removePolicy({ name: 'defaultRetryPolicy' });
      const error = await faultOf(
        client.conversations.sendToConversation('a:anna-chat', { type: 'message', text: PERSONAL }),
      );
      teams.close();
      const { raw, logged, fields } = read(error);
      expect(raw, 'the error does hold it').to.contain('margin');
      expect(fields).to.include({ status: 500 });
      holdsNothing(logged);
    });

    it('by Blob Storage', async () => {
      const storage = await service(
        403,
        `<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>${PERSONAL}</Message></Error>`,
        'application/xml',
      );
      const client = new BlobServiceClient(
        `${storage.url}/desk`,
        new StorageSharedKeyCredential('desk', Buffer.from('key').toString('base64')),
        { retryOptions: { maxTries: 1 } },
      );
      const error = await faultOf(client.getContainerClient('files').getBlobClient('anna').getProperties());
      const signed = await faultOf(
        new BlobServiceClient(`${storage.url}/desk?sig=c2lnbmF0dXJl`, undefined, { retryOptions: { maxTries: 1 } })
          .getContainerClient('files')
          .getBlobClient('x')
          .download(),
      );
      storage.close();
      const { raw, logged, fields } = read(error);
      expect(raw).to.match(/anna|SharedKey/);
      expect(fields).to.include({
        type: 'RestError',
        status: 403,
        serviceRequest: '0f7be4b5-5f8c-4ff4-8a53-1d1a2c7f0b11',
      });
      holdsNothing(logged);
      const of = read(signed);
      expect(of.raw).to.contain('fabrikam');
      holdsNothing(of.logged);
    });

    it('by Cosmos DB', async () => {
      const cosmos = await service(
        400,
        JSON.stringify({ code: 'BadRequest', message: `Syntax error near ${PERSONAL}` }),
        'application/json',
      );
      const client = new CosmosClient({
        endpoint: cosmos.url,
        key: Buffer.from(TOKEN).toString('base64'),
        connectionPolicy: { enableEndpointDiscovery: false, enableBackgroundEndpointRefreshing: false },
      });
      const error = await faultOf(client.database('claims').container('desk').item('a', 'b').read());
      client.dispose();
      cosmos.close();
      const { raw, logged, fields } = read(error);
      expect(raw).to.contain('margin');
      expect(fields).to.include({ code: 400 });
      holdsNothing(logged);
    });
  });
});

describe('The log under a flood', () => {
  it('says a warning five times a minute, and then how many more there were', () => {
    const { log, clock, lines } = listening();
    for (let time = 0; time < 1_000; time += 1) log.warn({ time }, 'A stranger knocks');
    log.warn({}, 'Something else');
    expect(lines().filter(({ msg }) => msg === 'A stranger knocks')).to.have.length(5);
    expect(lines().filter(({ msg }) => msg === 'Something else')).to.have.length(1);
    clock.turn(60_000);
    log.warn({ time: 1_000 }, 'A stranger knocks');
    expect(lines().slice(-2)).to.containSubset([
      { msg: 'A stranger knocks', suppressed: 995 },
      { msg: 'A stranger knocks', time: 1_000 },
    ]);
  });

  it('tells the number also when the knocking has ended, with whatever is said next', () => {
    const { log, clock, lines } = listening();
    for (let time = 0; time < 7; time += 1) log.warn({}, 'A stranger knocks');
    clock.turn(60_000);
    log.info({}, 'Desk stopped');
    expect(lines().slice(-2)).to.containSubset([{ msg: 'A stranger knocks', suppressed: 2 }, { msg: 'Desk stopped' }]);
  });

  it('counts its minute by a clock that is never set: the wall clock may go back a day, and forward again', () => {
    const time = useFakeTimers({ toFake: ['Date', 'performance'], now: Date.UTC(2021, 4, 3) });
    try {
      let text = '';
      const log = createLog({ level: 'info', destination: { write: (line: string) => void (text += line) } });
      for (let knock = 0; knock < 6; knock += 1) log.warn({}, 'A stranger knocks');
      for (const day of [-1, 2]) {
        time.setSystemTime(Date.now() + day * 86_400_000);
        log.warn({}, 'A stranger knocks');
        expect(text.trim().split('\n')).to.have.length(5);
      }
      time.setSystemTime(Date.UTC(2021, 4, 1));
      time.tick(60_000);
      log.warn({}, 'A stranger knocks');
      expect(text.trim().split('\n')).to.have.length(7);
      expect(text).to.include('"suppressed":3');
    } finally {
      time.restore();
    }
  });

  it('shows more of the errors, and limits them too', () => {
    const { log, lines } = listening();
    for (let time = 0; time < 1_000; time += 1) log.error({ time }, 'A claim could not be read');
    expect(lines()).to.have.length(50);
  });

  it('limits nothing that is rare', () => {
    const { log, clock, lines } = listening();
    for (let minute = 0; minute < 20; minute += 1) {
      log.warn({}, 'Now and then');
      clock.turn(60_000);
    }
    expect(lines()).to.have.length(20);
    expect(lines().some((line) => 'suppressed' in line)).to.equal(false);
  });
});
