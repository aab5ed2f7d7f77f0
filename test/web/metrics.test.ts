import { expect } from 'chai';
import type { TestServer } from './testServer.ts';
import { openTestServer } from './testServer.ts';

const KEY = 'a key for the metrics that is long enough';

describe('/metrics', () => {
  let server: TestServer;
  let asked: number;
  const text = async (): Promise<string> => {
    asked += 1;
    return 'desk_conflicts_total 3\n';
  };
  beforeEach(() => {
    asked = 0;
  });
  afterEach(() => server.web.close());

  it('is not there without a door', async () => {
    server = await openTestServer();
    const response = await server.get('/metrics');
    expect([response.status, await response.text()]).to.deep.equal([404, '{"error":"notFound"}']);
  });

  it('is open where no key is asked for', async () => {
    server = await openTestServer({ metrics: { text } });
    const response = await server.get('/metrics');
    expect([response.status, response.headers.get('content-type'), await response.text()]).to.deep.equal([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'desk_conflicts_total 3\n',
    ]);
  });

  it('is shown to who has the key', async () => {
    server = await openTestServer({ metrics: { text, key: KEY } });
    expect((await server.get('/metrics', { authorization: `Bearer ${KEY}` })).status).to.equal(200);
  });

  for (const authorization of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${KEY}x`,
    `Bearer ${KEY.slice(1)}`,
    `Basic ${KEY}`,
    KEY,
    `bearer${KEY}`,
  ]) {
    it(`is shown to no one who sends ${JSON.stringify(authorization ?? 'nothing')}`, async () => {
      server = await openTestServer({ metrics: { text, key: KEY } });
      const response = await server.get('/metrics', authorization === undefined ? {} : { authorization });
      expect([response.status, await response.text(), asked]).to.deep.equal([401, '{"error":"unauthorized"}', 0]);
    });
  }
});
