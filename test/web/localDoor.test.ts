import { expect } from 'chai';
import type { TestServer } from './testServer.ts';
import { LINK, openTestServer, sendRaw } from './testServer.ts';

const PUBLIC = 'https://desk.contoso.example';

/** What a browser, or a program, says of where it wants to and where it comes from. */
type Case = readonly [what: string, target: string, headers: readonly string[], status: 200 | 400 | 403];

describe('A desk without a registered bot', () => {
  let server: TestServer;
  const activities: unknown[] = [];
  beforeEach(async () => {
    activities.length = 0;
    server = await openTestServer({
      onlyLocal: true,
      publicUrl: PUBLIC,
      messages: async (activity) => {
        activities.push(activity);
        return { status: 200 };
      },
    });
  });
  afterEach(() => server.web.close());

  async function send(target: string, headers: readonly string[]): Promise<string> {
    const body = '{"type":"message"}';
    const lines = [
      `${target.startsWith('/api') ? 'POST' : 'GET'} ${target} HTTP/1.1`,
      ...headers.map((header) => header.replaceAll('PORT', String(server.web.port))),
      'Content-Type: application/json',
      ...(target.startsWith('/api') ? [`Content-Length: ${body.length}`] : []),
      'Connection: close',
    ];
    return sendRaw(server, `${lines.join('\r\n')}\r\n\r\n${target.startsWith('/api') ? body : ''}`).heard;
  }

  const MESSAGES = '/api/messages';
  const FORM = ['Host: localhost:PORT', 'Origin: null', 'Sec-Fetch-Site: same-origin'];
  const cases: readonly Case[] = [
    ['a program of this machine', MESSAGES, ['Host: 127.0.0.1:PORT'], 200],
    ['one that says localhost', MESSAGES, ['Host: localhost:PORT'], 200],
    ['one that speaks IPv6', MESSAGES, ['Host: [::1]:PORT'], 200],
    ['one with another address of the loopback', MESSAGES, ['Host: 127.9.9.9'], 200],
    ['a page of the desk itself', MESSAGES, ['Host: localhost:PORT', 'Origin: http://localhost:PORT'], 200],
    ['a name that was made to mean this machine', MESSAGES, ['Host: evil.example:PORT'], 403],
    ['a name that begins like this machine', MESSAGES, ['Host: 127.0.0.1.evil.example'], 403],
    ['a name that begins like localhost', MESSAGES, ['Host: localhost.evil.example:PORT'], 403],
    ['an address of another machine', MESSAGES, ['Host: 192.168.0.7:PORT'], 403],
    ['every address at once', MESSAGES, ['Host: 0.0.0.0:PORT'], 403],
    ['no name', MESSAGES, ['Host: '], 403],
    ['the public name, which pages alone may have', MESSAGES, ['Host: desk.contoso.example'], 403],
    ['a page of elsewhere', MESSAGES, ['Host: localhost:PORT', 'Origin: https://evil.example'], 403],
    ['a page of another program here', MESSAGES, ['Host: localhost:PORT', 'Origin: http://localhost:8080'], 403],
    ['a page without an origin', MESSAGES, ['Host: localhost:PORT', 'Origin: null'], 403],
    ['two origins', MESSAGES, ['Host: localhost:PORT', 'Origin: http://localhost:PORT http://evil.example'], 403],
    ['a rebound name that asks for metrics', '/metrics', ['Host: evil.example'], 403],
    ['a rebound name that asks for a page', `/poe/${LINK}`, ['Host: evil.example'], 403],
    ['a form of its own page, which says no more', `/poe/${LINK}`, FORM, 200],
    [
      'a form of another page',
      `/poe/${LINK}`,
      ['Host: localhost:PORT', 'Origin: null', 'Sec-Fetch-Site: cross-site'],
      403,
    ],
    ['a reader who has the public link', `/poe/${LINK}`, ['Host: desk.contoso.example'], 200],
    ['a page under the public name', `/poe/${LINK}`, ['Host: localhost:PORT', `Origin: ${PUBLIC}`], 200],
    ['a hidden way to the messages', '/api%2Fmessages', ['Host: desk.contoso.example'], 403],
    ['a look at its health', '/healthz', ['Host: 127.0.0.1:PORT'], 200],
  ];
  for (const [what, target, headers, status] of cases) {
    it(`answers ${what} with ${status}`, async () => {
      expect(await send(target, headers)).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(activities).to.have.length(target === MESSAGES && status === 200 ? 1 : 0);
    });
  }
});
