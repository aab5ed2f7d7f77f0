import { expect } from 'chai';
import type { Door } from './door.ts';
import { openDoor } from './door.ts';

const KEY = 'a key for the metrics that is long enough';

describe('/metrics', () => {
  let door: Door;
  let asked: number;
  const text = async (): Promise<string> => {
    asked += 1;
    return 'desk_conflicts_total 3\n';
  };
  beforeEach(() => {
    asked = 0;
  });
  afterEach(() => door.web.close());

  it('is not there without a door', async () => {
    door = await openDoor();
    const response = await door.get('/metrics');
    expect([response.status, await response.text()]).to.deep.equal([404, '{"error":"notFound"}']);
  });

  it('is open where no key is asked for', async () => {
    door = await openDoor({ metrics: { text } });
    const response = await door.get('/metrics');
    expect([response.status, response.headers.get('content-type'), await response.text()]).to.deep.equal([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'desk_conflicts_total 3\n',
    ]);
  });

  it('is shown to who has the key', async () => {
    door = await openDoor({ metrics: { text, key: KEY } });
    expect((await door.get('/metrics', { authorization: `Bearer ${KEY}` })).status).to.equal(200);
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
    it(`is shown to nobody who sends ${JSON.stringify(authorization ?? 'nothing')}`, async () => {
      door = await openDoor({ metrics: { text, key: KEY } });
      const response = await door.get('/metrics', authorization === undefined ? {} : { authorization });
      expect([response.status, await response.text(), asked]).to.deep.equal([401, '{"error":"unauthorized"}', 0]);
    });
  }
});
