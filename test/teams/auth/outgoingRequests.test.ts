import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { AuthenticationError, ClaimsIdentity } from 'botframework-connector';
import { expect } from 'chai';
import { systemClock } from '../../../src/runtime/clock.ts';
import { CLOUDS } from '../../../src/teams/auth/clouds.ts';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import { APP_ID, localCloud } from '../../support/tokenIssuer.ts';
import type { SignedDesk } from './signedDesk.ts';
import { startListener, startSignedDesk, TENANT } from './signedDesk.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const nobody = new ClaimsIdentity([], 'anonymous');
const line = { type: 'message', text: 'A line.' } as const;

describe('sending through the signed door', () => {
  let desk: SignedDesk;
  beforeEach(async () => {
    desk = await startSignedDesk();
  });
  afterEach(() => desk.close());

  const where = () => ({ serviceUrl: desk.teams.url, tenantId: TENANT, botId: `28:${APP_ID}`, conversationId: 'a:1' });

  it("each request carries the bot's token", async () => {
    expect((await desk.connector.send(where(), 'a:1', line)).kind).to.equal('delivered');
    expect(desk.teams.heard).to.deep.equal([
      { path: '/v3/conversations/a%3A1/activities', authorization: 'Bearer token-for-sending-1' },
    ]);
  });

  it('while no token is to be had, the message is tried later, and nothing is sent without one', async () => {
    desk.issuer.answer('token', (_request, response) => {
      response.writeHead(500);
      response.end();
    });
    expect((await desk.connector.send(where(), 'a:1', line)).kind).to.equal('tryLater');
    expect(desk.teams.heard).to.deep.equal([]);
    expect(desk.lines.map(({ sentence }) => sentence)).to.deep.equal(['Could not get a token for sending']);
    desk.issuer.answer('token', undefined);
    expect((await desk.connector.send(where(), 'a:1', line)).kind).to.equal('delivered');
  });

  it('no service but those of the cloud is sent anything, and no token is asked for it', async () => {
    const elsewhere = await startListener();
    let asked = 0;
    const door = createTokenAuthenticator({
      appId: APP_ID,
      tenants: [TENANT],
      cloud: { ...localCloud(desk.issuer.url), loopback: false },
      clock: systemClock,
      log: quiet,
      token: async () => String((asked += 1)),
    });
    const client = await door.authentication.createConnectorFactory(nobody).create(elsewhere.url, 'x');
    const fault: unknown = await client.conversations.sendToConversation('a:1', line).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).to.be.an('error').with.property('message', 'The desk does not send to this service');
    expect([elsewhere.heard, asked]).to.deep.equal([[], 0]);
    elsewhere.close();
  });

  it('a redirect takes the token nowhere', async () => {
    const elsewhere = await startListener();
    const service = createServer((request, response) => {
      request.resume();
      response.writeHead(307, { location: `${elsewhere.url}/stolen` });
      response.end();
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    await desk.connector.send(
      { ...where(), serviceUrl: `http://127.0.0.1:${(service.address() as AddressInfo).port}` },
      'a:1',
      line,
    );
    expect(elsewhere.heard).to.deep.equal([]);
    elsewhere.close();
    service.closeAllConnections();
    service.close();
  });
});

describe('what the signed door does not do', () => {
  const options = {
    appId: APP_ID,
    tenants: [TENANT],
    cloud: CLOUDS.public,
    clock: systemClock,
    log: quiet,
    token: async () => 'token',
  };

  it('streams and skills are refused', async () => {
    const { authentication } = createTokenAuthenticator(options);
    for (const asked of [
      authentication.authenticateStreamingRequest('Bearer x.y.z', 'msteams'),
      authentication.authenticateChannelRequest('Bearer x.y.z'),
    ]) {
      expect(
        await asked.then(
          () => undefined,
          (error: unknown) => error,
        ),
      )
        .to.be.instanceOf(AuthenticationError)
        .with.property('statusCode', 403);
    }
  });

  it('it does not open without an app id, nor without a tenant', () => {
    expect(() => createTokenAuthenticator({ ...options, appId: '' })).to.throw('needs an app id');
    expect(() => createTokenAuthenticator({ ...options, tenants: [] })).to.throw('needs an app id and the tenants');
  });
});

describe('clouds', () => {
  const yes: readonly (readonly ['public' | 'usGovernment', string])[] = [
    ['public', 'https://smba.trafficmanager.net/emea/'],
    ['public', 'https://smba.infra.gcc.teams.microsoft.com/teams'],
    ['public', 'https://SMBA.trafficmanager.net/amer/'],
    ['usGovernment', 'https://smba.infra.gov.teams.microsoft.us/teams'],
    ['usGovernment', 'https://smba.infra.dod.teams.microsoft.us/teams'],
  ];
  const no: typeof yes = [
    ['public', 'https://evil.trafficmanager.net/'],
    ['public', 'https://smba.trafficmanager.net.evil.example/'],
    ['public', 'http://smba.trafficmanager.net/'],
    ['public', 'https://smba.trafficmanager.net:444/'],
    ['public', 'https://smba.infra.gov.teams.microsoft.us/teams'],
    ['public', 'http://127.0.0.1/'],
    ['public', 'http://localhost/'],
    ['public', 'https://teams.microsoft.com/'],
    ['public', ''],
    ['usGovernment', 'https://smba.trafficmanager.net/emea/'],
    ['usGovernment', 'https://smba.infra.gcc.teams.microsoft.com/teams'],
  ];
  for (const [expected, list] of [
    [true, yes],
    [false, no],
  ] as const) {
    for (const [cloud, url] of list) {
      it(`${cloud} ${expected ? 'speaks' : 'does not speak'} to ${JSON.stringify(url)}`, () => {
        expect(
          createTokenAuthenticator({
            appId: APP_ID,
            tenants: [TENANT],
            cloud: CLOUDS[cloud],
            clock: systemClock,
            log: quiet,
            token: async () => '',
          }).mayServe(url),
        ).to.equal(expected);
      });
    }
  }
});
