import { expect } from 'chai';
import { Agent, request as httpRequest } from 'node:http';
import type { Door } from './door.ts';
import { ADMITTED, heldTimer, LINK, openDoor, READY, promised, speak } from './door.ts';

describe('The web server', () => {
  let door: Door;
  afterEach(() => door.web.close());

  it('lives, and says whether the desk is ready', async () => {
    let store = true;
    door = await openDoor({ ready: async () => ({ ...READY, store }) });
    const readiness = async (): Promise<unknown> => {
      const response = await door.get('/readyz');
      return [response.status, await response.json()];
    };
    expect((await door.get('/healthz')).status).to.equal(200);
    expect(await readiness()).to.deep.equal([200, { ok: true, store: true, files: true, keys: true }]);
    store = false;
    expect(await readiness()).to.deep.equal([503, { ok: false, store: false, files: true, keys: true }]);
    expect((await door.get('/healthz')).status).to.equal(200);
  });

  it('answers paths and methods that it does not know shortly, repeating nothing of them', async () => {
    door = await openDoor();
    for (const path of ['/', '/nothing-here', '/poe', `/poe/${LINK}/`, '/%ZZ', '//x:y/', '/api/messages/']) {
      const response = await door.get(path);
      expect([response.status, await response.text()], path).to.deep.equal([404, '{"error":"notFound"}']);
      expect(response.headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(response.headers.get('server') ?? response.headers.get('x-powered-by')).to.equal(null);
    }
    const response = await door.get('/api/messages');
    expect([response.status, await response.text()]).to.deep.equal([405, '{"error":"notAllowed"}']);
  });

  for (const target of ['http://a:b/', 'http://[/', 'http://x/healthz', '*']) {
    it(`survives the request target ${target}`, async () => {
      door = await openDoor();
      const { heard } = speak(door, `GET ${target} HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n`);
      expect(await heard).to.match(/^HTTP\/1\.1 400 [^]*badTarget/);
      expect((await door.get('/healthz')).status).to.equal(200);
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
      door = await openDoor();
      const { heard } = speak(
        door,
        Buffer.from(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 'latin1'),
      );
      expect(await heard).to.match(/^HTTP\/1\.1 400 [^]*badTarget/);
      expect((await door.get('/healthz')).status).to.equal(200);
    });
  }

  it('takes every host that is one, with and without a port', async () => {
    door = await openDoor();
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
        await speak(door, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`).heard,
        host,
      ).to.match(/^HTTP\/1\.1 200 /);
    }
  });

  it('takes a request that asks for an upgrade as a plain one, instead of keeping its socket for good', async () => {
    door = await openDoor();
    const { heard } = speak(
      door,
      'GET /healthz HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(await heard).to.match(/^HTTP\/1\.1 200 /);
  });

  it('refuses headers that are too long, and what is no HTTP', async () => {
    door = await openDoor();
    expect(
      await speak(door, `GET /healthz HTTP/1.1\r\nHost: d\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`).heard,
    ).to.match(/^HTTP\/1\.1 431 /);
    expect(await speak(door, 'hello\r\n\r\n').heard).to.match(/^HTTP\/1\.1 400 /);
    expect((await door.get('/healthz')).status).to.equal(200);
  });

  it('closes: idle connections at once, running requests when they are answered', async () => {
    const taken = promised();
    const answered = promised();
    door = await openDoor({
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
          port: door.web.port,
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
    const closed = door.web.close();
    const refused = await door.get('/healthz').then(
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
    door = await openDoor({
      after: timer.after,
      limits: { drainMs: 7 },
      messages: () => {
        taken.keep();
        return new Promise(() => undefined);
      },
    });
    const body = '{"type":"message"}';
    const { heard } = speak(
      door,
      `POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await taken.kept;
    const closed = door.web.close();
    timer.runOut(7);
    await closed;
    expect(await heard).to.equal('');
  });

  it('says when its port is taken', async () => {
    door = await openDoor();
    const { startWeb } = await import('../../src/web/server.ts');
    const never = async () => ({ ok: false, problem: 'altered' }) as const;
    const quiet = (): void => undefined;
    const backend = {
      authenticate: async () => ADMITTED,
      messages: async () => ({ status: 200 }),
      uploads: { open: never, take: never, finish: never },
      downloads: { open: never },
      ready: async () => READY,
      log: { info: quiet, warn: quiet, error: quiet },
    };
    const fault = await startWeb({ host: '127.0.0.1', port: door.web.port, backend }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).to.be.an('error').with.property('code', 'EADDRINUSE');
  });
});
