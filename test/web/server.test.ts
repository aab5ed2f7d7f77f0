import { expect } from 'chai';
import { Agent, request as httpRequest } from 'node:http';
import type { TestServer } from './testServer.ts';
import { ADMITTED, heldTimer, LINK, openTestServer, READY, promised, sendRaw } from './testServer.ts';

describe('The web server', () => {
  let server: TestServer;
  afterEach(() => server.web.close());

  it('lives, and says whether the desk is ready', async () => {
    let store = true;
    let pair = true;
    server = await openTestServer({ ready: async () => ({ ...READY, store, pair }) });
    const readiness = async (): Promise<unknown> => {
      const response = await server.get('/readyz');
      return [response.status, await response.json()];
    };
    expect((await server.get('/healthz')).status).to.equal(200);
    expect(await readiness()).to.deep.equal([200, { ok: true, store: true, files: true, pair: true, keys: true }]);
    pair = false;
    expect(await readiness()).to.deep.equal([503, { ok: false, store: true, files: true, pair: false, keys: true }]);
    pair = true;
    store = false;
    expect(await readiness()).to.deep.equal([503, { ok: false, store: false, files: true, pair: true, keys: true }]);
    expect((await server.get('/healthz')).status).to.equal(200);
  });

  it('answers paths and methods that it does not know shortly, repeating nothing of them', async () => {
    server = await openTestServer();
    for (const path of ['/', '/nothing-here', '/poe', `/poe/${LINK}/`, '/%ZZ', '//x:y/', '/api/messages/']) {
      const response = await server.get(path);
      expect([response.status, await response.text()], path).to.deep.equal([404, '{"error":"notFound"}']);
      expect(response.headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(response.headers.get('server') ?? response.headers.get('x-powered-by')).to.equal(null);
    }
    const response = await server.get('/api/messages');
    expect([response.status, await response.text()]).to.deep.equal([405, '{"error":"notAllowed"}']);
  });

  for (const target of ['http://a:b/', 'http://[/', 'http://x/healthz', '*']) {
    it(`survives the request target ${target}`, async () => {
      server = await openTestServer();
      const { heard } = sendRaw(server, `GET ${target} HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n`);
      expect(await heard).to.match(/^HTTP\/1\.1 400 [^]*badTarget/);
      expect((await server.get('/healthz')).status).to.equal(200);
    });
  }

  for (const host of [
    '[',
    '://[',
    'a b',
    'a@[',
    '%',
    'd:99999',
    'd/about?',
    'd?',
    'd#',
    'd\\',
    'anna@d',
    'd:80:80',
    '\u00e9',
  ]) {
    it(`refuses the host ${JSON.stringify(host)}, and lives`, async () => {
      server = await openTestServer();
      const { heard } = sendRaw(
        server,
        Buffer.from(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 'latin1'),
      );
      expect(await heard).to.match(/^HTTP\/1\.1 400 [^]*badTarget/);
      expect((await server.get('/healthz')).status).to.equal(200);
    });
  }

  it('takes every host that is one, with and without a port', async () => {
    server = await openTestServer();
    for (const host of [
      '',
      'd',
      'desk.example.com',
      'desk--rev1.azure_x.example:443',
      '10.0.0.4:3978',
      '[::1]',
      '[fd00::4]:3978',
    ]) {
      expect(
        await sendRaw(server, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`).heard,
        host,
      ).to.match(/^HTTP\/1\.1 200 /);
    }
  });

  it('takes a request that asks for an upgrade as a plain one, instead of keeping its socket for good', async () => {
    server = await openTestServer();
    const { heard } = sendRaw(
      server,
      'GET /healthz HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(await heard).to.match(/^HTTP\/1\.1 200 /);
  });

  it('refuses headers that are too long, and what is no HTTP', async () => {
    server = await openTestServer();
    expect(
      await sendRaw(server, `GET /healthz HTTP/1.1\r\nHost: d\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`).heard,
    ).to.match(/^HTTP\/1\.1 431 /);
    expect(await sendRaw(server, 'hello\r\n\r\n').heard).to.match(/^HTTP\/1\.1 400 /);
    expect((await server.get('/healthz')).status).to.equal(200);
  });

  it('closes: idle connections at once, running requests when they are answered', async () => {
    const taken = promised();
    const answered = promised();
    server = await openTestServer({
      messages: async () => {
        taken.keep();
        await answered.kept;
        return { status: 200, body: { done: true } };
      },
    });
    const agent = new Agent({ keepAlive: true });
    const ask = (method: string, path: string, body?: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const asked = httpRequest({
          port: server.web.port,
          host: '127.0.0.1',
          method,
          path,
          agent,
          headers: { 'content-type': 'application/json' },
        });
        asked.on('response', (response) => {
          let text = `${response.statusCode} ${response.headers.connection} `;
          response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8'))).on('end', () => resolve(text));
        });
        asked.on('error', reject).end(body);
      });
    expect(await ask('GET', '/healthz')).to.match(/^200 keep-alive/);
    const running = ask('POST', '/api/messages', '{"type":"message"}');
    await taken.kept;
    const closed = server.web.close();
    const refused = await server.get('/healthz').then(
      () => 'answered',
      () => 'refused',
    );
    answered.keep();
    expect(await running).to.equal('200 close {"done":true}');
    expect(refused).to.equal('refused');
    await closed;
    agent.destroy();
  });

  it('waits for a running request only so long', async () => {
    const timer = heldTimer();
    const taken = promised();
    server = await openTestServer({
      after: timer.after,
      limits: { drainMs: 7 },
      messages: () => {
        taken.keep();
        return new Promise(() => undefined);
      },
    });
    const body = '{"type":"message"}';
    const { heard } = sendRaw(
      server,
      `POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await taken.kept;
    const closed = server.web.close();
    timer.runOut(7);
    await closed;
    expect(await heard).to.equal('');
  });

  it('says when its port is taken', async () => {
    server = await openTestServer();
    const { startWeb } = await import('../../src/web/server.ts');
    const never = async () => ({ ok: false, problem: 'altered' }) as const;
    const quiet = (): void => undefined;
    const backend = {
      authenticate: async () => ADMITTED,
      messages: async () => ({ status: 200 }),
      uploads: { show: never, enter: never, open: never, take: never, finish: never },
      downloads: { show: never, enter: never, open: never },
      signingKeys: () => [],
      ready: async () => READY,
      log: { info: quiet, warn: quiet, error: quiet },
    };
    const fault = await startWeb({
      host: '127.0.0.1',
      port: server.web.port,
      backend,
      publicUrl: () => server.url,
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).to.be.an('error').with.property('code', 'EADDRINUSE');
  });
});
