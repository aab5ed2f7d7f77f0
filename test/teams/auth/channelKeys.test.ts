import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import { adjustableClock } from '../../../src/runtime/clock.ts';
import { APP_ID, KEY } from '../../support/tokenIssuer.ts';
import type { SignedDesk } from './signedDesk.ts';
import { startListener, startSignedDesk, TENANT } from './signedDesk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("the channel's keys", () => {
  let desk: SignedDesk;
  beforeEach(async () => {
    desk = await startSignedDesk();
  });
  afterEach(() => desk.close());

  /** The status of a genuine message, signed now; with the key of that id. */
  const sendRequest = async (kid = KEY): Promise<number> =>
    (await desk.post(desk.activity(), `Bearer ${desk.token({ jti: String(desk.issuer.hits.length) }, { kid })}`))
      .status;
  const down = (response: ServerResponse, status = 503): void => {
    response.writeHead(status);
    response.end();
  };

  it('are asked for once, however many come at the start', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => sendRequest()));
    expect(new Set(answers)).to.deep.equal(new Set([200]));
    expect(desk.issuer.keyFetches()).to.equal(1);
  });

  it('a new one is found when the first token comes that it signed', async () => {
    expect(await sendRequest()).to.equal(200);
    desk.issuer.addKey('new', ['msteams']);
    desk.clock.turn(MINUTE);
    expect(await sendRequest('new')).to.equal(200);
    expect(desk.issuer.keyFetches()).to.equal(2);
  });

  it('are asked for once a minute at most for ids that someone made up', async () => {
    expect(await sendRequest()).to.equal(200);
    const unknown = (index: number): Promise<number> =>
      desk
        .post(desk.activity(), `Bearer ${desk.token({}, { header: { kid: `made-up-${index}` } })}`)
        .then(({ status }) => status);
    for (let minute = 0; minute < 3; minute += 1) {
      desk.clock.turn(MINUTE);
      expect(new Set(await Promise.all(Array.from({ length: 40 }, (_, index) => unknown(index))))).to.deep.equal(
        new Set([401]),
      );
    }
    expect(desk.issuer.keyFetches()).to.equal(4);
  });

  it('one that was taken back is refused from the next look on, with the tokens that it signed before', async () => {
    desk.issuer.addKey('second', ['msteams']);
    const authorization = `Bearer ${desk.token({ exp: (desk.clock.now() + DAY) / 1_000 }, { kid: 'second' })}`;
    expect((await desk.post(desk.activity(), authorization)).status).to.equal(200);
    desk.issuer.removeKey('second');
    desk.clock.turn(13 * HOUR);
    let status = 200;
    // The first sets the background to work; those after it are let in until it has done that.
    while (status === 200) status = (await desk.post(desk.activity(), authorization)).status;
    expect([status, desk.issuer.keyFetches()]).to.deep.equal([401, 2]);
  });

  it('are asked for again in the background when they are half a day old; no one waits for it', async () => {
    await desk.close();
    desk = await startSignedDesk({ keysMs: 600_000 });
    expect(await sendRequest()).to.equal(200);
    desk.clock.turn(12 * HOUR);
    desk.issuer.answer('keys', () => undefined);
    expect(await sendRequest()).to.equal(200);
    while (desk.issuer.keyFetches() < 2) await new Promise(setImmediate);
    expect(await sendRequest()).to.equal(200);
  });

  const outages: readonly (readonly [string, (desk: SignedDesk) => void])[] = [
    ['the metadata answers 503', ({ issuer }) => issuer.answer('metadata', (_request, response) => down(response))],
    ['the keys answer 500', ({ issuer }) => issuer.answer('keys', (_request, response) => down(response, 500))],
    ['the metadata keeps silent', ({ issuer }) => issuer.answer('metadata', () => undefined)],
    [
      'the keys begin and keep silent',
      ({ issuer }) => issuer.answer('keys', (_request, response) => void response.write('{"keys":[')),
    ],
    ['the connection breaks off', ({ issuer }) => issuer.answer('keys', (request) => request.socket.destroy())],
    [
      'the metadata is no JSON',
      ({ issuer }) => issuer.answer('metadata', (_request, response) => void response.end('<html>')),
    ],
    [
      'the metadata names no keys',
      ({ issuer }) => issuer.answer('metadata', (_request, response) => void response.end('{}')),
    ],
    [
      'the keys lie at a foreign address without https',
      ({ issuer }) =>
        issuer.answer('metadata', (_request, response) => void response.end('{"jwks_uri":"http://keys.example/"}')),
    ],
    [
      'the keys lie in a file',
      ({ issuer }) =>
        issuer.answer('metadata', (_request, response) => void response.end('{"jwks_uri":"file:///etc/passwd"}')),
    ],
    [
      'the list of keys is none',
      ({ issuer }) => issuer.answer('keys', (_request, response) => void response.end('{"keys":{"0":{}}}')),
    ],
    [
      'the list of keys is empty',
      ({ issuer }) => issuer.answer('keys', (_request, response) => void response.end('{"keys":[]}')),
    ],
    [
      'the metadata is of 3 MB',
      ({ issuer }) =>
        issuer.answer(
          'metadata',
          (_request, response) =>
            void response.end(`{"x":"${'x'.repeat(3_000_000)}","jwks_uri":"${issuer.url}/v1/.well-known/keys"}`),
        ),
    ],
  ];
  for (const [title, begin] of outages) {
    it(`while ${title}: 503 without a word where there were none, the last good ones where there were`, async () => {
      begin(desk);
      const answer = await desk.post(desk.activity(), `Bearer ${desk.token()}`);
      expect(answer).to.deep.equal({ status: 503, text: '{"error":"unavailable"}' });
      expect(desk.turns).to.deep.equal([]);
      expect(await desk.door.ready()).to.equal(false);

      for (const what of ['metadata', 'keys'] as const) desk.issuer.answer(what, undefined);
      desk.clock.turn(5_000);
      expect(await sendRequest()).to.equal(200);
      begin(desk);
      desk.clock.turn(3 * DAY);
      expect(await sendRequest()).to.equal(200);
      expect(await desk.door.ready()).to.equal(true);
    });
  }

  it("in Microsoft's clouds they are not asked for without https, not even on this machine", async () => {
    const { clock, issuer } = desk;
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const door = createTokenAuthenticator({
      appId: APP_ID,
      tenants: [TENANT],
      cloud: { ...issuer.cloud, loopback: false },
      clock,
      log,
      token: async () => '',
    });
    expect(await door.ready()).to.equal(false);
    expect(issuer.hits).to.deep.equal([]);
  });

  it('a redirect is not followed', async () => {
    const elsewhere = await startListener();
    desk.issuer.answer('metadata', (_request, response) => {
      response.writeHead(302, { location: elsewhere.url });
      response.end();
    });
    expect(await sendRequest()).to.equal(503);
    expect(elsewhere.heard).to.deep.equal([]);
    elsewhere.close();
  });

  it('while there are none, the channel is asked every five seconds at most', async () => {
    desk.issuer.answer('metadata', (_request, response) => down(response));
    for (let time = 0; time < 10; time += 1) expect(await sendRequest()).to.equal(503);
    expect(desk.issuer.hits).to.have.lengthOf(1);
    desk.clock.turn(5_000);
    expect(await sendRequest()).to.equal(503);
    expect(desk.issuer.hits).to.have.lengthOf(2);
  });

  it('are not believed for longer than a week, so that cutting the desk off keeps no bad key alive', async () => {
    expect(await sendRequest()).to.equal(200);
    desk.issuer.answer('metadata', (_request, response) => down(response));
    desk.clock.turn(7 * DAY - MINUTE);
    expect(await sendRequest()).to.equal(200);
    desk.clock.turn(2 * MINUTE);
    expect(await sendRequest()).to.equal(503);
  });

  it('are as old as a clock says that is never set: the wall clock may be set on by weeks, or back', async () => {
    const steady = adjustableClock(0);
    const other = await startSignedDesk({ steady });
    const send = async (): Promise<number> =>
      (await other.post(other.activity(), `Bearer ${other.token({ jti: String(other.clock.now()) })}`)).status;
    try {
      expect(await send()).to.equal(200);
      other.clock.turn(30 * DAY);
      expect(await send()).to.equal(200);
      expect(other.issuer.keyFetches()).to.equal(1);
      other.issuer.answer('metadata', (_request, response) => down(response));
      steady.turn(8 * DAY);
      expect(await send()).to.equal(503);
    } finally {
      await other.close();
    }
  });

  it('entries that are no keys to check with are passed over, and the first of an id counts', async () => {
    const jwk = desk.issuer.publicKey().export({ format: 'jwk' });
    const odd = [
      null,
      5,
      'x',
      [],
      {},
      { kty: 'oct', kid: KEY, k: 'AAAA' },
      { kty: 'RSA', kid: KEY },
      { kty: 'RSA', kid: KEY, n: 5, e: {} },
      { kty: 'RSA', kid: KEY, n: 'AQAB', e: 'AQAB' },
      { ...jwk, kid: 5 },
      { ...jwk, kid: '' },
      { ...jwk, kid: 'x'.repeat(300) },
      { ...jwk, kid: KEY, use: 'enc' },
      { ...jwk, kid: '__proto__' },
    ];
    const good = { ...jwk, kid: KEY, endorsements: ['msteams'] };
    desk.issuer.answer(
      'keys',
      (_request, response) =>
        void response.end(
          JSON.stringify({
            keys: [
              ...odd,
              good,
              { ...good, endorsements: [] },
              ...Array.from({ length: 500 }, (_, index) => ({ ...good, kid: `more-${index}` })),
            ],
          }),
        ),
    );
    expect(await sendRequest()).to.equal(200);
  });

  it('a key of 1024 bits is none', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const short = { ...publicKey.export({ format: 'jwk' }), kid: 'short', endorsements: ['msteams'] };
    const good = { ...desk.issuer.publicKey().export({ format: 'jwk' }), kid: KEY, endorsements: ['msteams'] };
    desk.issuer.answer('keys', (_request, response) => void response.end(JSON.stringify({ keys: [short, good] })));
    expect(
      (await desk.post(desk.activity(), `Bearer ${desk.token({}, { kid: 'short', key: privateKey })}`)).status,
    ).to.equal(401);
    expect(await sendRequest()).to.equal(200);
  });
});
