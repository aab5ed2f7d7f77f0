import { expect } from 'chai';
import type { WebBackend } from '../../../src/web/ports.ts';
import type { TestBackend, TestServer } from '../testServer.ts';
import { ADMITTED, heldTimer, openTestServer, promised, sendRaw } from '../testServer.ts';

type Activity = Record<string, unknown>;

describe('The door for messages', () => {
  let server: TestServer;
  const open = async (backend: TestBackend = {}): Promise<void> => {
    server = await openTestServer(backend);
  };
  afterEach(() => server.web.close());

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/api/messages`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    });

  it('verifies the authorization once, hands over the activity with what it proves, and sends the answer back', async () => {
    const seen: unknown[] = [];
    const shown: unknown[] = [];
    await open({
      authenticate: async (authorization) => {
        shown.push(authorization);
        return { kind: 'admitted', admission: { proof: 'verified' } };
      },
      messages: async (...call) => {
        seen.push(call);
        return { status: 201, body: { id: '7' } };
      },
    });
    const response = await post('{"type":"message","text":"hi"}', { authorization: 'Bearer x' });
    expect(response.status).to.equal(201);
    expect(await response.json()).to.deep.equal({ id: '7' });
    expect(shown).to.deep.equal(['Bearer x']);
    expect(seen).to.deep.equal([[{ type: 'message', text: 'hi' }, { proof: 'verified' }]]);
  });

  it('answers without a body where there is none', async () => {
    await open({ messages: async () => ({ status: 202 }) });
    const response = await post('{"type":"typing"}');
    expect([response.status, await response.text()]).to.deep.equal([202, '']);
  });

  const hostile: readonly (readonly [
    string,
    string | Uint8Array<ArrayBuffer>,
    Record<string, string>,
    number,
    string,
  ])[] = [
    ['an empty body', '', {}, 400, 'notJson'],
    ['an empty object', '{}', {}, 400, 'notAnActivity'],
    ['an empty array', '[]', {}, 400, 'notAnActivity'],
    ['null', 'null', {}, 400, 'notAnActivity'],
    ['a text', '"message"', {}, 400, 'notAnActivity'],
    ['a type that is no text', '{"type":{"a":1}}', {}, 400, 'notAnActivity'],
    ['half a document', '{"type":"mess', {}, 400, 'notJson'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), {}, 400, 'notJson'],
    [
      'very deep nesting',
      `{"type":"message","value":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      {},
      400,
      'notAnActivity',
    ],
    ['garbage that says it is gzip', 'x', { 'content-encoding': 'gzip' }, 415, 'wrongType'],
    ['a form', 'type=message', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'wrongType'],
    ['plain text', '{"type":"message"}', { 'content-type': 'text/plain' }, 415, 'wrongType'],
    ['something like JSON by name', '{"type":"message"}', { 'content-type': 'application/jsonx' }, 415, 'wrongType'],
    ['5 MB', `{"type":"message","text":"${'x'.repeat(5_000_000)}"}`, {}, 413, 'tooLarge'],
  ];
  for (const [what, body, headers, status, error] of hostile) {
    it(`refuses ${what} with ${status} and lives`, async () => {
      let calls = 0;
      await open({
        messages: async () => {
          calls += 1;
          return { status: 200 };
        },
      });
      const response = await post(body, headers);
      expect([response.status, await response.json(), calls]).to.deep.equal([status, { error }, 0]);
      expect((await server.get('/healthz')).status).to.equal(200);
    });
  }

  describe('where the caller is rejected', () => {
    const headOf = (length: string): string =>
      `POST /api/messages HTTP/1.1\r\nHost: d\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;
    const standing: number[] = [];
    const meters = { activity: () => undefined, inFlight: (turns: number) => void standing.push(turns) };

    it('answers before the body has come, hands nothing over and takes no place among the turns', async () => {
      const shown: unknown[] = [];
      await open({
        meters,
        authenticate: async (authorization) => {
          shown.push(authorization);
          return { kind: 'rejected', response: { status: 401, body: { error: 'unauthorized' } } };
        },
        messages: async () => expect.fail('nothing is handed over'),
      });
      for (const length of ['Content-Length: 1000000', 'Content-Length: x1', 'Transfer-Encoding: chunked']) {
        const heard = await sendRaw(server, headOf(length)).heard;
        expect(heard).to.match(
          length.endsWith('x1')
            ? /^HTTP\/1\.1 400/
            : /^HTTP\/1\.1 401[^]*Connection: close[^]*\{"error":"unauthorized"\}$/,
        );
      }
      expect([shown, standing]).to.deep.equal([['Bearer x', 'Bearer x'], []]);
    });

    it('keeps the connection where little is left to be thrown away, and answers the next request on it', async () => {
      let times = 0;
      await open({
        authenticate: async () =>
          (times += 1) === 1 ? { kind: 'rejected', response: { status: 401, body: {} } } : ADMITTED,
      });
      const body = '{"type":"message"}';
      const { heard } = sendRaw(
        server,
        `${headOf('Content-Length: 5')}xxxxx${headOf(`Content-Length: ${body.length}\r\nConnection: close`)}${body}`,
      );
      expect([...(await heard).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).to.deep.equal([
        '401',
        '200',
      ]);
    });

    it('waits for nothing from a client who left meanwhile', async () => {
      const asked = promised();
      const left = promised();
      const timer = heldTimer();
      standing.length = 0;
      await open({
        meters,
        after: timer.after,
        authenticate: async () => {
          asked.keep();
          await left.kept;
          return ADMITTED;
        },
      });
      const { socket } = sendRaw(server, headOf('Content-Length: 1000'));
      await asked.kept;
      socket.destroy();
      // The server hears of it before it hears of who comes afterwards.
      expect((await server.get('/healthz')).status).to.equal(200);
      left.keep();
      expect((await post('{"type":"message"}')).status).to.equal(200);
      expect([standing, timer.running()]).to.deep.equal([[1, 0, 1, 0], 0]);
    });
  });

  it('counts bytes also where no length is announced', async () => {
    await open({ limits: { activityBytes: 100 } });
    const chunk = 'x'.repeat(150);
    const { heard } = sendRaw(
      server,
      `POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nConnection: close\r\n` +
        `Transfer-Encoding: chunked\r\n\r\n96\r\n${chunk}\r\n0\r\n\r\n`,
    );
    expect(await heard).to.match(/^HTTP\/1\.1 413 /);
  });

  it('does not read a body that announces itself as far too large', async () => {
    await open();
    const { heard } = sendRaw(
      server,
      'POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{',
    );
    expect(await heard).to.match(/^HTTP\/1\.1 413 [^]*Connection: close/i);
  });

  it('takes a text of 1 MB, also when every character is written as an escape', async () => {
    const seen = promised<Activity>();
    await open({
      messages: async (activity) => {
        seen.keep(activity);
        return { status: 200 };
      },
    });
    const response = await post(`{"type":"message","text":"${'\\u0416'.repeat(600_000)}"}`);
    expect(response.status).to.equal(200);
    expect(String((await seen.kept)['text']).length).to.equal(600_000);
  });

  it('gives up on a body that comes too slowly', async () => {
    const timer = heldTimer();
    const started = promised();
    await open({
      after: (ms, then) => {
        const cancel = timer.after(ms, then);
        started.keep();
        return cancel;
      },
      limits: { activityMs: 5 },
    });
    const { heard } = sendRaw(
      server,
      'POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"ty',
    );
    await started.kept;
    timer.runOut(5);
    expect(await heard).to.match(/^HTTP\/1\.1 408 [^]*\{"error":"tooSlow"\}$/);
  });

  it('forgets a body whose sender has gone', async () => {
    const timer = heldTimer();
    const started = promised();
    const ended = promised();
    await open({
      after: (ms, then) => {
        const cancel = timer.after(ms, then);
        started.keep();
        return () => {
          cancel();
          ended.keep();
        };
      },
    });
    const { socket } = sendRaw(
      server,
      'POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"ty',
    );
    await started.kept;
    socket.destroy();
    await ended.kept;
    expect(timer.running()).to.equal(0);
    expect((await server.get('/healthz')).status).to.equal(200);
  });

  it('takes the poison out of __proto__ wherever it is', async () => {
    const seen = promised<Activity>();
    await open({
      messages: async (activity) => {
        seen.keep(activity);
        return { status: 200 };
      },
    });
    await post('{"type":"message","__proto__":{"admin":true},"value":[{"\\u005f_proto__":{"admin":true},"a":1}]}');
    const activity = await seen.kept;
    expect(Object.keys(activity)).to.deep.equal(['type', 'value']);
    expect(Object.assign({}, activity)['admin']).to.equal(undefined);
    expect(JSON.stringify(activity['value'])).to.equal('[{"a":1}]');
  });

  it('says nothing of what went wrong behind it, but logs it', async () => {
    const fail: WebBackend['messages'] = async () => {
      throw new Error('the secret of the store');
    };
    await open({ messages: fail });
    const response = await post('{"type":"message"}');
    expect([response.status, await response.text()]).to.deep.equal([500, '{"error":"fault"}']);
    expect(server.log.map((entry) => entry.level)).to.deep.equal(['error']);
  });
});
