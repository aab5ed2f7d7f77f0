/** The real HTTP server with token authentication, and in place of the bot a handler that counts what reaches it. */
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adjustableClock } from '../../../src/runtime/clock.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { createLogThrottle } from '../../../src/runtime/logThrottle.ts';
import type { IncomingActivity } from '../../../src/teams/activity.ts';
import { DeskAdapter } from '../../../src/teams/adapter.ts';
import { createConnector } from '../../../src/teams/sending/connector.ts';
import { createRateLimiter } from '../../../src/teams/sending/rateLimiter.ts';
import { systemTimer } from '../../../src/teams/sending/timer.ts';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import type { TokenAuthenticatorOptions } from '../../../src/teams/auth/tokenAuthenticator.ts';
import { startWeb } from '../../../src/web/server.ts';
import { APP_ID, localToken, startIssuer } from '../../support/tokenIssuer.ts';
import { leaping } from '../virtualTime.ts';

export const TENANT = '11111111-aaaa-4000-8000-000000000001';
export const OTHER_TENANT = '22222222-bbbb-4000-8000-000000000002';
export const NOW = Date.parse('2026-11-23T17:00:00Z');

export type Json = Readonly<Record<string, unknown>>;
export interface Answered {
  readonly status: number;
  readonly text: string;
}
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly sentence: string;
}

/** A server that records what reaches it and answers everything with 200. */
export async function startListener() {
  const heard: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    heard.push({ path: request.url ?? '', authorization: request.headers.authorization });
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"id":"1","keys":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    heard,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type SignedDesk = Awaited<ReturnType<typeof startSignedDesk>>;

export async function startSignedDesk(own: Partial<TokenAuthenticatorOptions> = {}) {
  const clock = adjustableClock(NOW);
  const issuer = await startIssuer({ clock });
  const teams = await startListener();
  const turns: IncomingActivity[] = [];
  const counted: string[] = [];
  const lines: LogLine[] = [];
  const line = (level: LogLine['level']) => (fields: object, sentence: string) =>
    void lines.push({ level, fields, sentence });
  const log = createLogThrottle({ info: line('info'), warn: line('warn'), error: line('error') }, clock);
  const door = createTokenAuthenticator({
    appId: APP_ID,
    tenants: [TENANT],
    cloud: issuer.cloud,
    clock,
    log,
    token: localToken(issuer.url),
    keysMs: 2_000,
    ...own,
  });
  const time = leaping();
  const connector = createConnector(door, {
    limiter: createRateLimiter({ perSecond: 30, ...time }),
    ...time,
    timer: systemTimer,
    meters: silentMeters,
    timeoutMs: 20_000,
    chance: () => 0,
    pause: async () => undefined,
  });
  const adapter = new DeskAdapter({
    authenticator: door,
    clock,
    log,
    meters: { ...silentMeters, activity: (kind, outcome) => void counted.push(`${kind} ${outcome}`) },
    handler: async (incoming) => {
      turns.push(incoming);
      return { statusCode: 200 };
    },
  });
  const never = async () => ({ ok: false, problem: 'altered' }) as const;
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    publicUrl: () => 'http://127.0.0.1',
    backend: {
      authenticate: (authorization) => adapter.authenticate(authorization),
      messages: (activity, admission) => adapter.handle(activity, admission),
      uploads: { show: never, enter: never, open: never, take: never, finish: never },
      downloads: { show: never, enter: never, open: never },
      signingKeys: () => [],
      ready: async () => ({ store: true, files: true, pair: true, keys: await door.ready() }),
      log,
    },
  });

  const desk = {
    clock,
    issuer,
    teams,
    turns,
    counted,
    lines,
    door,
    connector,
    port: web.port,
    /** What Teams sends when a user writes; undefined members are left out. */
    activity: (own: Json = {}): Json => ({
      type: 'message',
      id: '1700000000001',
      channelId: 'msteams',
      serviceUrl: teams.url,
      text: 'help',
      from: { id: '29:1anna', name: 'Anna', aadObjectId: '33333333-cccc-4000-8000-000000000003' },
      recipient: { id: `28:${APP_ID}`, name: 'Desk' },
      conversation: { id: 'a:1anna', conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      ...own,
    }),
    /** The usual claims and what differs. */
    token: (
      claims: Json = {},
      ...signing: Parameters<typeof issuer.sign> extends [unknown?, ...infer Rest] ? Rest : never
    ): string => issuer.sign({ serviceurl: teams.url, ...claims }, ...signing),
    /** Posts a body; several values make several Authorization headers. */
    post: (
      body: Json | string,
      authorization?: string | readonly string[],
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Answered> =>
      postTo(web.port, typeof body === 'string' ? body : JSON.stringify(body), {
        'content-type': 'application/json',
        ...headers,
        ...(authorization !== undefined && {
          authorization: typeof authorization === 'string' ? authorization : [...authorization],
        }),
      }),
    async close(): Promise<void> {
      await web.close();
      teams.close();
      await issuer.close();
    },
  };
  return desk;
}

function postTo(port: number, body: string, headers: Readonly<Record<string, string | string[]>>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { port, host: '127.0.0.1', method: 'POST', path: '/api/messages', agent: false, headers },
      (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (chunk: string) => (text += chunk))
          .on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asked.on('error', reject).end(body);
  });
}
