import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { APP_ID, base64url, ISSUER, KEY, startIssuer } from '../../support/tokenIssuer.ts';
import type { Issuer } from '../../support/tokenIssuer.ts';
import type { Held } from './signedDeskProcess.ts';
import { TENANT } from './signedDesk.ts';

const MB = 1_048_576;
const SERVICE = 'https://smba.trafficmanager.net/emea/';
const ACTIVITY = JSON.stringify({
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: SERVICE,
  text: 'x'.repeat(200),
  from: { id: '29:1' },
  recipient: { id: `28:${APP_ID}` },
  conversation: { id: 'a:1', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
});
/** How many files a process may have open on this machine; Node raises the limit as far as it is allowed to. */
const MOST_OPEN = Number(/Max open files\s+(\S+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1_024);

const mb = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

/** A complete request with the given headers and a body of the length that they declare. */
function request(
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
  length = Buffer.byteLength(body),
): Buffer {
  const lines = Object.entries({
    host: 'd',
    'content-type': 'application/json',
    'content-length': String(length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /api/messages HTTP/1.1\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}

/** A forged token, different from every other. */
function forged(index: number): string {
  const unlike = `${index}-${randomBytes(8).toString('hex')}`;
  const now = Math.floor(performance.timeOrigin / 1_000);
  const claims = { iss: ISSUER, aud: APP_ID, serviceurl: SERVICE, exp: now + 3_600, jti: unlike };
  const token = (header: object, own: object = {}): string =>
    [JSON.stringify(header), JSON.stringify({ ...claims, ...own })]
      .map(base64url)
      .concat(randomBytes(256).toString('base64url'))
      .join('.');
  switch (index % 6) {
    case 0:
      return token({ alg: 'RS256', kid: KEY });
    case 1:
      return token({ alg: 'RS256', kid: unlike });
    case 2:
      return token({ alg: index % 4 === 0 ? 'none' : 'HS256', kid: KEY });
    case 3:
      return token(
        { alg: 'RS256', kid: KEY },
        { iss: `https://sts.windows.net/${unlike}/`, tid: unlike, appid: APP_ID, ver: '1.0' },
      );
    case 4:
      return token({ alg: 'RS512', kid: KEY }, { more: unlike.repeat(200) });
    default:
      return randomBytes(200).toString('base64url');
  }
}

describe('the signed door among strangers', function () {
  let issuer: Issuer;
  let desk: ChildProcess;
  let port: number;
  const sockets: Socket[] = [];

  before(async () => {
    issuer = await startIssuer();
    desk = fork(new URL('./signedDeskProcess.ts', import.meta.url), [JSON.stringify(issuer.cloud)], {
      execArgv: ['--expose-gc'],
    });
    [{ port }] = (await once(desk, 'message')) as [{ readonly port: number }];
  });
  after(async () => {
    desk.disconnect();
    await once(desk, 'exit');
    await issuer.close();
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  async function held(): Promise<Held> {
    desk.send('held');
    const [told] = (await once(desk, 'message')) as [Held];
    return told;
  }

  async function open(): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    return socket;
  }

  /** Says it, and answers the status of as many answers; fewer where the connection ends. */
  function ask(socket: Socket, said: Buffer, answers = 1): Promise<readonly number[]> {
    return new Promise((resolve) => {
      let heard = '';
      const statuses = (): readonly number[] =>
        [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
      const end = (): void => {
        socket.off('data', onData).off('close', end);
        resolve(statuses());
      };
      const onData = (chunk: Buffer): void => {
        heard += chunk.toString('latin1');
        if (statuses().length >= answers) end();
      };
      socket.on('data', onData).on('close', end);
      socket.write(said);
    });
  }

  const genuine = (): string => `Bearer ${issuer.sign({ serviceurl: SERVICE })}`;

  /** What a genuine message is answered with, on a connection of its own. */
  const sendRequest = async (): Promise<readonly number[]> =>
    ask(await open(), request(ACTIVITY, { authorization: genuine() }));

  /** Sends a number of forged tokens over a few connections; returns how often each status was answered. */
  async function forge(count: number, start: number): Promise<Readonly<Record<number, number>>> {
    const batch = 25;
    const seen: Record<number, number> = {};
    let next = start;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const socket = await open();
        while (next < start + count) {
          const from = next;
          next += batch;
          const said = Buffer.concat(
            Array.from({ length: batch }, (_, index) =>
              request(ACTIVITY, { authorization: `Bearer ${forged(from + index)}` }),
            ),
          );
          for (const status of await ask(socket, said, batch)) seen[status] = (seen[status] ?? 0) + 1;
        }
      }),
    );
    return seen;
  }

  it('20 000 forged tokens, no two alike, are refused, and memory stays flat', async () => {
    expect(await sendRequest()).to.deep.equal([200]);
    await forge(2_000, 0);
    const before = await held();
    const from = performance.now();
    expect(await forge(20_000, 2_000)).to.deep.equal({ 401: 20_000 });
    const seconds = (performance.now() - from) / 1_000;
    const after = await held();
    console.log(
      `      20 000 forged tokens in ${seconds.toFixed(1)} s. ` +
        `Heap ${mb(before.heap)} before, ${mb(after.heap)} after; ` +
        `outside the heap ${mb(before.outside)}, ${mb(after.outside)}; ` +
        `resident ${mb(before.resident)}, ${mb(after.resident)}. Lines logged: ${after.lines}. Keys asked ` +
        `for: ${issuer.keyFetches()} times.`,
    );
    expect(after.heap - before.heap).to.be.below(3 * MB);
    expect(after.outside - before.outside).to.be.below(3 * MB);
    expect(after.lines).to.be.below(10);
    expect(issuer.keyFetches()).to.be.below(4);
    expect(await sendRequest()).to.deep.equal([200]);
  });

  it('garbage that calls itself gzip, and 100 MB packed into 100 kB, are refused unread', async () => {
    const before = await held();
    const bomb = gzipSync(Buffer.alloc(100 * MB, ' '));
    for (const body of [randomBytes(10_000), bomb]) {
      for (const encoding of ['gzip', 'deflate', 'br', 'gzip, gzip']) {
        expect(
          await ask(await open(), request(body, { 'content-encoding': encoding, authorization: genuine() })),
        ).to.deep.equal([415]);
      }
    }
    // Without saying what it is, it is no JSON.
    expect(await ask(await open(), request(bomb, { authorization: genuine() }))).to.deep.equal([400]);
    expect((await held()).outside - before.outside).to.be.below(10 * MB);
    expect(await sendRequest()).to.deep.equal([200]);
  });

  it("without a token of the channel's nothing is waited for: neither a body that never comes nor one that is packed or too large", async () => {
    for (const authorization of ['', 'Bearer x.y.z', `Bearer ${forged(0)}`]) {
      const said = [
        request('', { authorization }, 1_000),
        request('{', { authorization }, 4 * MB),
        request('x', { authorization }, 100 * MB),
        request('x', { authorization, 'content-encoding': 'gzip' }, 1_000),
      ];
      for (const one of said) expect(await ask(await open(), one)).to.deep.equal([401]);
    }
    expect(await sendRequest()).to.deep.equal([200]);
  });

  it('bodies that hardly come, and bodies that are too large, keep no one out', async () => {
    const slow = await Promise.all(
      Array.from({ length: 150 }, async () => {
        const socket = await open();
        socket.write(request('{"type":', { authorization: genuine() }, 100_000));
        return socket;
      }),
    );
    for (let time = 0; time < 10; time += 1) {
      for (const socket of slow) socket.write('"');
      expect(await sendRequest()).to.deep.equal([200]);
    }
    expect(await ask(await open(), request('x', { authorization: genuine() }, 100 * MB))).to.deep.equal([413]);
    expect(await sendRequest()).to.deep.equal([200]);
  });

  it('10 000 connections that say nothing keep no one out', async () => {
    const count = Math.min(10_000, MOST_OPEN - 1_000);
    const before = await held();
    for (let opened = 0; opened < count; opened += 250)
      await Promise.all(Array.from({ length: Math.min(250, count - opened) }, open));
    for (const socket of sockets.slice(0, count / 2)) socket.write('POST /api/messages HTTP/1.1\r\nHost: d\r\n');
    const from = performance.now();
    for (let time = 0; time < 20; time += 1) expect(await sendRequest()).to.deep.equal([200]);
    const perAnswer = (performance.now() - from) / 20;
    const among = await held();
    console.log(
      `      ${count} idle connections (of ${MOST_OPEN} files that may be open), half of them in the middle of a head: ` +
        `a genuine message is answered in ${perAnswer.toFixed(1)} ms. ` +
        `Resident ${mb(before.resident)} before, ${mb(among.resident)} among them.`,
    );
    expect(among.open).to.be.above(count);
    for (const socket of sockets.splice(0)) socket.destroy();
    expect(await sendRequest()).to.deep.equal([200]);
  });
});
