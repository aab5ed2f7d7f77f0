import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { expect } from 'chai';
import {
  appSecretToken,
  azureCredential,
  IdentityError,
  managedIdentityToken,
} from '../../src/runtime/azureIdentity.ts';
import { startIssuer } from '../support/tokenIssuer.ts';
import type { Issuer } from '../support/tokenIssuer.ts';

const APP = {
  loginUrl: 'https://login.microsoftonline.com',
  tenantId: '11111111-2222-4333-8444-555555555555',
  appId: '99999999-2222-4333-8444-555555555555',
  secret: 'the secret of the app',
  scope: 'https://api.botframework.com',
};

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function faultOf(asked: Promise<unknown>): Promise<IdentityError> {
  const fault = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof IdentityError)) throw new Error(`no fault of identity, but ${String(fault)}`);
  return fault;
}

describe('identity: tokens of a registration with a secret', () => {
  let issuer: Issuer;
  const asked: string[] = [];
  before(async () => {
    issuer = await startIssuer();
  });
  after(() => issuer.close());
  beforeEach(() => {
    asked.length = 0;
    issuer.answer('token', undefined);
  });

  /** Microsoft's own client, led to the issuer on this machine; what goes where is written down. */
  const inner = createDefaultHttpClient();
  const httpClient: typeof inner = {
    async sendRequest(request) {
      const { pathname } = new URL(request.url);
      asked.push(`${new URL(request.url).origin}${pathname}`);
      request.url = pathname.endsWith('/token') ? `${issuer.url}/token` : `${issuer.url}${pathname}`;
      request.allowInsecureConnection = true;
      return inner.sendRequest(request);
    },
  };

  it('asks at the tenant of the registration, and keeps the token', async () => {
    const token = appSecretToken(APP, { httpClient });
    const first = await token();
    expect(first).to.match(/^token-for-sending-/);
    expect(await token()).to.equal(first);
    expect(asked.filter((url) => url.endsWith('/token'))).to.deep.equal([
      `https://login.microsoftonline.com/${APP.tenantId}/oauth2/v2.0/token`,
    ]);
  });

  it('asks anew where a token was refused before its time', async () => {
    const token = appSecretToken(APP, { httpClient });
    const first = await token();
    const second = await token.renew();
    expect(second).not.to.equal(first);
    expect(await token()).to.equal(second);
  });

  it('asks at the common tenant for a bot of many tenants, and in the cloud that it is told', async () => {
    await appSecretToken({ ...APP, tenantId: 'botframework.com' }, { httpClient })();
    await appSecretToken({ ...APP, loginUrl: 'https://login.microsoftonline.us' }, { httpClient })();
    expect(asked.filter((url) => url.endsWith('/token'))).to.deep.equal([
      'https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token',
      `https://login.microsoftonline.us/${APP.tenantId}/oauth2/v2.0/token`,
    ]);
  });

  it('asks once for many who want a token at once', async () => {
    const token = appSecretToken(APP, { httpClient });
    const tokens = await Promise.all(Array.from({ length: 20 }, () => token()));
    expect(new Set(tokens).size).to.equal(1);
    expect(asked.filter((url) => url.endsWith('/token'))).to.have.lengthOf(1);
  });

  it('a refusal is one fixed sentence without a status, and the next one asks again', async () => {
    issuer.answer('token', (_request, response) =>
      answerJson(response, 400, {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret.',
        error_codes: [7000215],
      }),
    );
    const token = appSecretToken(APP, { httpClient });
    const fault = await faultOf(token());
    expect([fault.message, fault.code, 'statusCode' in fault]).to.deep.equal([
      'No token was given.',
      'identity.noToken',
      false,
    ]);
    expect(String((fault.cause as Error).message))
      .to.contain('AADSTS7000215')
      .and.not.to.contain(APP.secret);
    issuer.answer('token', undefined);
    expect(await token()).to.match(/^token-for-sending-/);
  });

  it('a login that keeps silent is waited for only so long', async () => {
    issuer.answer('token', () => undefined);
    expect((await faultOf(appSecretToken(APP, { httpClient, timeoutMs: 100 })())).code).to.equal('identity.timeout');
  });
});

describe("identity: the machine's own", () => {
  let endpoint: Server;
  let asked: string[];
  const saved: Record<string, string | undefined> = {};

  beforeEach(async () => {
    asked = [];
    endpoint = createServer((request, response) => {
      asked.push(`${request.url} ${String(request.headers['x-identity-header'])}`);
      answerJson(response, 200, {
        access_token: 'machine-token',
        expires_on: String(4_000_000_000),
        resource: 'x',
        token_type: 'Bearer',
      });
    });
    endpoint.listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    for (const [name, value] of Object.entries({
      IDENTITY_ENDPOINT: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/msi/token`,
      IDENTITY_HEADER: 'header',
    })) {
      saved[name] = process.env[name];
      process.env[name] = value;
    }
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(saved)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    endpoint.closeAllConnections();
    endpoint.close();
  });

  it('gives tokens for Teams, and a credential for the stores', async () => {
    const clientId = '77777777-2222-4333-8444-555555555555';
    expect(await managedIdentityToken(clientId, 'https://api.botframework.com')()).to.equal('machine-token');
    expect((await azureCredential(clientId).getToken('https://cosmos.azure.com/.default'))?.token).to.equal(
      'machine-token',
    );
    expect(asked).to.have.lengthOf(2);
    for (const one of asked)
      expect(one)
        .to.contain(`client_id=${clientId}`)
        .and.to.match(/ header$/);
  });
});
