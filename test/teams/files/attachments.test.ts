import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createFileFetcher } from '../../../src/teams/files/attachments.ts';
import { CLOUDS } from '../../../src/teams/auth/clouds.ts';
import { createUnauthenticatedLocal } from '../../../src/teams/auth/authenticator.ts';
import { isPublicAddress, publicLookup } from '../../../src/teams/files/ssrfGuard.ts';
import type { Resolve } from '../../../src/teams/files/ssrfGuard.ts';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import { APP_ID } from '../../support/tokenIssuer.ts';
import { startListener, TENANT } from '../auth/signedDesk.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const doorOf = (cloud: keyof typeof CLOUDS) =>
  createTokenAuthenticator({
    appId: APP_ID,
    tenants: [TENANT],
    cloud: CLOUDS[cloud],
    clock: systemClock,
    log: quiet,
    token: async () => '',
  });
const leadingTo =
  (...addresses: readonly string[]): Resolve =>
  (_host, _options, found) =>
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

async function textOf(bytes: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> {
  if (!bytes) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

describe('where files are fetched from', () => {
  const places: readonly (readonly [boolean, keyof typeof CLOUDS, string])[] = [
    [true, 'public', 'https://contoso.sharepoint.com/personal/anna/_layouts/15/download.aspx?UniqueId=1&tempauth=x'],
    [true, 'public', 'https://contoso-my.sharepoint.com/file'],
    [true, 'usGovernment', 'https://contoso.sharepoint.us/file'],
    [true, 'usGovernment', 'https://contoso.sharepoint-mil.us/file'],
    [false, 'public', 'https://contoso.sharepoint.us/file'],
    [false, 'usGovernment', 'https://contoso.sharepoint.com/file'],
    [false, 'public', 'https://sharepoint.com/file'],
    [false, 'public', 'https://.sharepoint.com/file'],
    [false, 'public', 'https://evilsharepoint.com/file'],
    [false, 'public', 'https://contoso.sharepoint.com.evil.example/file'],
    [false, 'public', 'https://evil.example/contoso.sharepoint.com'],
    [false, 'public', 'https://contoso.sharepoint.com@evil.example/file'],
    [false, 'public', 'https://anna@contoso.sharepoint.com/file'],
    [false, 'public', 'https://contoso.sharepoint.com:8443/file'],
    [false, 'public', 'http://contoso.sharepoint.com/file'],
    [false, 'public', 'ftp://contoso.sharepoint.com/file'],
    [false, 'public', 'file:///etc/passwd'],
    [false, 'public', 'http://127.0.0.1/file'],
    [false, 'public', 'http://[::1]/file'],
    [false, 'public', 'https://169.254.169.254/metadata/identity/oauth2/token'],
    [false, 'public', 'not a url'],
  ];
  for (const [may, cloud, url] of places) {
    it(`${cloud}: ${may ? 'from' : 'not from'} ${url}`, () => {
      expect(doorOf(cloud).mayFetch(url)).to.equal(may);
    });
  }
});

describe("addresses that are not everyone's", () => {
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '168.63.129.16',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    'localhost',
    '',
  ]) {
    it(`${JSON.stringify(address)} is none`, () => {
      expect(isPublicAddress(address)).to.equal(false);
    });
  }
  for (const address of ['13.107.136.10', '52.96.0.1', '172.32.0.1', '100.128.0.1', '2603:1020::1', '2a00:1450::1']) {
    it(`${address} is one`, () => {
      expect(isPublicAddress(address)).to.equal(true);
    });
  }
});

describe('fetching a file', () => {
  let server: Server;
  let url: string;
  let asked: { path: string; encoding: string | undefined }[];
  let broken: PromiseWithResolvers<undefined>;

  beforeEach(async () => {
    asked = [];
    broken = Promise.withResolvers();
    server = createServer((request, response) => {
      asked.push({ path: request.url ?? '', encoding: String(request.headers['accept-encoding']) });
      switch (request.url) {
        case '/file':
          return void response.end('bytes');
        case '/packed':
          return void response.setHeader('content-encoding', 'gzip').end('not gzip');
        case '/redirect':
          response.statusCode = 302;
          return void response.setHeader('location', '/file').end();
        case '/partial':
          response.statusCode = 206;
          return void response.end('half');
        case '/silent':
          return undefined;
        case '/stops':
          return void response.write('half');
        case '/breaks':
          response.setHeader('content-length', '100');
          response.write('half');
          response.once('close', () => broken.resolve(undefined));
          return void setImmediate(() => response.destroy());
        default:
          response.statusCode = 404;
          return void response.end();
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const fetched = (path: string, door = createUnauthenticatedLocal()) =>
    createFileFetcher(door, { fetchMs: 2_000 })({ name: 'file', url: url + path });

  it('brings its bytes, asking for them as they are', async () => {
    expect(await textOf(await fetched('/file'))).to.equal('bytes');
    expect(asked).to.deep.equal([{ path: '/file', encoding: 'identity' }]);
  });

  for (const path of ['/packed', '/redirect', '/partial', '/none', '/silent']) {
    it(`brings nothing of ${path}`, async () => {
      expect(await fetched(path)).to.equal(undefined);
      expect(asked).to.have.lengthOf(1);
    });
  }

  for (const path of ['/stops', '/breaks']) {
    it(`fails whoever reads ${path}, and no one else`, async () => {
      expect(
        await textOf(await fetched(path)).then(
          () => 'read',
          () => 'failed',
        ),
      ).to.equal('failed');
    });
  }

  it('one that breaks off before it is read ends nothing but itself', async () => {
    const bytes = await fetched('/breaks');
    await broken.promise;
    await new Promise(setImmediate);
    expect(
      await textOf(bytes).then(
        () => 'read',
        () => 'failed',
      ),
    ).to.equal('failed');
  });

  it('is given up at the end of the time that all files of a message have', async () => {
    const end = new AbortController();
    const silent = createFileFetcher(createUnauthenticatedLocal())({ name: 'file', url: `${url}/silent` }, end.signal);
    end.abort();
    expect(await silent).to.equal(undefined);
    expect(
      await createFileFetcher(createUnauthenticatedLocal())({ name: 'file', url: `${url}/file` }, end.signal),
    ).to.equal(undefined);
  });

  it('asks for nothing where the door does not allow it', async () => {
    expect(await fetched('/file', doorOf('public'))).to.equal(undefined);
    expect(asked).to.deep.equal([]);
  });

  it('does not follow a name into the network of the desk: no connection is made', async () => {
    const { port } = server.address() as AddressInfo;
    const lenient = { mayFetch: () => true };
    let connections = 0;
    server.on('connection', () => (connections += 1));
    for (const addresses of [['127.0.0.1'], ['::1'], ['13.107.136.10', '127.0.0.1'], ['::ffff:127.0.0.1'], []]) {
      const fetchFile = createFileFetcher(lenient, { resolve: leadingTo(...addresses), fetchMs: 2_000 });
      expect(await fetchFile({ name: 'file', url: `http://files.example:${port}/file` }), addresses.join()).to.equal(
        undefined,
      );
    }
    expect([connections, asked]).to.deep.equal([0, []]);
  });

  it('over https the name is looked up in the same way, and the look-up is the one that the connection is made by', async () => {
    const listener = await startListener();
    const looked: string[] = [];
    const resolve: Resolve = (host, _options, found) => {
      looked.push(host);
      found(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    expect(
      await createFileFetcher(doorOf('public'), { resolve, fetchMs: 2_000 })({
        name: 'file',
        url: 'https://contoso.sharepoint.com/file',
      }),
    ).to.equal(undefined);
    expect(looked).to.deep.equal(['contoso.sharepoint.com']);
    expect(listener.heard).to.deep.equal([]);
    listener.close();
  });

  it('a name that leads to public addresses is connected to at those', (done) => {
    publicLookup(leadingTo('13.107.136.10', '13.107.138.10'))(
      'contoso.sharepoint.com',
      { all: true },
      (error, addresses) => {
        expect([error, addresses]).to.deep.equal([
          null,
          [
            { address: '13.107.136.10', family: 4 },
            { address: '13.107.138.10', family: 4 },
          ],
        ]);
        publicLookup(leadingTo('13.107.136.10'))('contoso.sharepoint.com', {}, (alone, address, family) => {
          expect([alone, address, family]).to.deep.equal([null, '13.107.136.10', 4]);
          done();
        });
      },
    );
  });
});
