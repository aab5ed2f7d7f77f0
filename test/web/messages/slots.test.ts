import { expect } from 'chai';
import type { TestServer, RawConnection } from '../testServer.ts';
import { heldTimer, LINK, openTestServer, promised, sendRaw } from '../testServer.ts';

const MESSAGE = '{"type":"message"}';
const head = (length: number): string =>
  `POST /api/messages HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;

describe('When too many activities come at once', () => {
  let server: TestServer;
  const counted: string[] = [];
  const standing: number[] = [];
  const meters = {
    activity: (...turn: readonly unknown[]) => void counted.push(turn.join(' ')),
    inFlight: (turns: number) => void standing.push(turns),
  };
  beforeEach(() => {
    counted.length = 0;
    standing.length = 0;
  });
  afterEach(() => server.web.close());

  /** A server whose turns wait until they are released; `inHand(n)` resolves when `n` are in flight. */
  async function waitingDoor(limits: NonNullable<Parameters<typeof openTestServer>[0]>['limits'], timer = heldTimer()) {
    const go = promised();
    const arrivals: (() => void)[] = [];
    let arrived = 0;
    server = await openTestServer({
      meters,
      after: timer.after,
      limits: limits ?? {},
      messages: async () => {
        arrived += 1;
        for (const tell of arrivals.splice(0)) tell();
        await go.kept;
        return { status: 200 };
      },
    });
    const backend = async (turns: number): Promise<void> => {
      while (arrived < turns) await new Promise<void>((resolve) => arrivals.push(resolve));
    };
    return { go: go.keep, backend, arrived: (): number => arrived };
  }

  /** Sends the head and these bytes of the body; resolves when the server holds them. */
  async function begin(length: number, bytes: string): Promise<RawConnection> {
    const before = standing.length;
    const connection = sendRaw(server, head(length) + bytes);
    while (standing.length === before) await new Promise((resolve) => setImmediate(resolve));
    return connection;
  }

  const post = (): Promise<Response> =>
    fetch(`${server.url}/api/messages`, {
      method: 'POST',
      body: MESSAGE,
      headers: { 'content-type': 'application/json', connection: 'close' },
    });

  it('takes as many as there is room for, and asks each of the others to retry soon', async () => {
    const { go, backend, arrived } = await waitingDoor({ maxConcurrentActivities: 5 });
    const taken = Array.from({ length: 5 }, post);
    await backend(5);
    const others = await Promise.all(Array.from({ length: 20 }, post));
    for (const other of others) {
      expect([
        other.status,
        other.headers.get('retry-after'),
        other.headers.get('connection'),
        await other.text(),
      ]).to.deep.equal([503, '1', 'close', '{"error":"tooMany"}']);
    }
    expect(arrived()).to.equal(5);
    go();
    expect((await Promise.all(taken)).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
    expect((await post()).status, 'there is room again').to.equal(200);
    expect(counted).to.deep.equal(Array.from({ length: 20 }, () => 'unread shed 0'));
    expect(Math.max(...standing)).to.equal(5);
    expect(standing.at(-1)).to.equal(0);
  });

  it('counts those whose body is still on its way', async () => {
    const { go } = await waitingDoor({ maxConcurrentActivities: 2 });
    const slow = [await begin(20, '{'), await begin(20, '{')];
    expect((await post()).status).to.equal(503);
    for (const { socket } of slow) socket.destroy();
    await Promise.all(slow.map(({ heard }) => heard));
    while (standing.at(-1) !== 0) await new Promise((resolve) => setImmediate(resolve));
    go();
    expect((await post()).status).to.equal(200);
  });

  it('lets the oldest body that is long on its way give its place up, so that slow senders keep no one out', async () => {
    const timer = heldTimer();
    const { go, backend } = await waitingDoor({ maxConcurrentActivities: 2, slowBodyMs: 3 }, timer);
    const slow = [await begin(20, '{'), await begin(20, '{')];
    timer.runOut(3);
    const taken = post();
    expect(await slow[0]?.heard).to.match(/^HTTP\/1\.1 408 [^]*tooSlow/);
    await backend(1);
    go();
    expect((await taken).status).to.equal(200);
    slow[1]?.socket.destroy();
  });

  it('never lets a turn give way that the desk is handling', async () => {
    const timer = heldTimer();
    const { go, backend } = await waitingDoor({ maxConcurrentActivities: 1, slowBodyMs: 3 }, timer);
    const taken = post();
    await backend(1);
    timer.runOut(3);
    expect((await post()).status).to.equal(503);
    go();
    expect((await taken).status).to.equal(200);
  });

  it('gives the largest body up when all together hold too much', async () => {
    const { go } = await waitingDoor({ maxConcurrentActivities: 10, bodiesBytes: 1_000 });
    const large = await begin(900, '"'.padEnd(700, 'x'));
    const small = await begin(500, '"'.padEnd(400, 'x'));
    expect(await large.heard).to.match(/^HTTP\/1\.1 503 [^]*Retry-After: 1/);
    expect(counted).to.deep.equal(['unread shed 0']);
    small.socket.write(`${'x'.repeat(99)}"`);
    expect(await small.heard).to.match(/^HTTP\/1\.1 400 /);
    go();
  });

  it('counts what was refused unread, and logs no text of it', async () => {
    server = await openTestServer({ meters });
    await fetch(`${server.url}/api/messages`, {
      method: 'POST',
      body: 'anna@example.com',
      headers: { 'content-type': 'application/json', connection: 'close' },
    });
    expect(counted).to.deep.equal(['unread refused 0']);
    expect(JSON.stringify(server.log)).not.to.contain('anna');
  });
});

describe('A web server that drains', () => {
  it('is not ready at once, answers the turns in flight, takes no more of them, and tells every connection that it is closed', async () => {
    const taken = promised();
    const answered = promised();
    const server = await openTestServer({
      messages: async () => {
        taken.keep();
        await answered.kept;
        return { status: 200 };
      },
    });
    const post = (): Promise<Response> =>
      fetch(`${server.url}/api/messages`, {
        method: 'POST',
        body: MESSAGE,
        headers: { 'content-type': 'application/json' },
      });
    const first = post();
    await taken.kept;
    let drained = false;
    const draining = server.web.drain().then(() => {
      drained = true;
    });
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, ready.headers.get('connection'), await ready.json()]).to.deep.equal([
      503,
      'close',
      { ok: false, store: true, files: true, pair: true, keys: true },
    ]);
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
    const late = await post();
    expect([late.status, late.headers.get('connection')]).to.deep.equal([503, 'close']);
    expect(drained).to.equal(false);
    answered.keep();
    const last = await first;
    expect([last.status, last.headers.get('connection')]).to.deep.equal([200, 'close']);
    await draining;
    await server.web.close();
    expect(
      await fetch(`${server.url}/healthz`).then(
        () => 'answered',
        () => 'refused',
      ),
    ).to.equal('refused');
  });

  it('breaks an upload off when it is told to, and the desk keeps nothing of it', async () => {
    const begun = promised();
    const ended = promised<string>();
    const server = await openTestServer({
      uploads: {
        take: async (_link, _name, bytes) => {
          try {
            for await (const chunk of bytes) if (chunk.length > 0) begun.keep();
            ended.keep('whole');
          } catch {
            ended.keep('broken off');
          }
          return { ok: false, problem: 'interrupted' };
        },
      },
    });
    const { heard } = sendRaw(
      server,
      `PUT /poe/${LINK}/files HTTP/1.1\r\nHost: d\r\nX-Requested-With: desk\r\nX-File-Name: a.pdf\r\nCookie: desk-session=s\r\nContent-Length: 100\r\n\r\n%PDF`,
    );
    await begun.kept;
    await server.web.drain();
    const closed = server.web.close();
    server.web.breakOff();
    await closed;
    expect([await ended.kept, await heard]).to.deep.equal(['broken off', '']);
  });
});
