/** A proxy on the loopback between the desk and Azurite, which treats a request as the test says. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Azurite } from '../support/azurite.ts';

export interface Asked {
  readonly method: string;
  /** Path and query, without the account. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export type Mischief =
  /** Answers so, and asks no one. */
  | { readonly answer: number; readonly code?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Lets the request through and drops the connection in place of the answer. */
  | 'losesAnswer'
  /** Drops the connection in the middle of the answer's body. */
  | 'breaksOff'
  /** Stops in the middle of the answer's body and says nothing more. */
  | 'stopsTalking'
  /** Sends a whole answer of half as many bytes. */
  | 'cutsShort'
  | 'neverAnswers'
  /** Takes If-None-Match out and signs anew, so that it is as if the desk had not sent it. */
  | 'dropsIfNoneMatch';

export interface FaultyProxy {
  readonly endpoint: string;
  /** Every request that came, the oldest first. */
  readonly asked: readonly Asked[];
  /** What is done to a request; undefined lets it through. */
  mischief: (asked: Asked) => Mischief | undefined;
  close(): Promise<void>;
}

export async function startProxy(azurite: Azurite): Promise<FaultyProxy> {
  const target = new URL(azurite.endpoint);
  const asked: Asked[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const one: Asked = { method, path: url.slice(target.pathname.length), headers };
    asked.push(one);
    serve(proxy.mischief(one), incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`,
    asked,
    mischief: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;

  function serve(mischief: Mischief | undefined, incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (typeof mischief === 'object') {
      incoming.resume();
      const code = mischief.code ?? 'ServerBusy';
      outgoing.writeHead(mischief.answer, {
        'x-ms-error-code': code,
        'content-type': 'application/xml',
        ...mischief.headers,
      });
      outgoing.end(
        incoming.method === 'HEAD'
          ? undefined
          : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>as the test says</Message></Error>`,
      );
    } else if (mischief === 'neverAnswers') {
      incoming.resume();
    } else {
      const headers = mischief === 'dropsIfNoneMatch' ? unconditional(incoming, azurite) : incoming.headers;
      const upstream = forward({
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers,
      });
      upstream.on('response', (answer) => answerWith(mischief, answer, outgoing)).on('error', () => outgoing.destroy());
      incoming.pipe(upstream);
    }
  }
}

function answerWith(mischief: Mischief | undefined, answer: IncomingMessage, outgoing: ServerResponse): void {
  if (mischief === 'losesAnswer') {
    answer.resume().on('end', () => outgoing.destroy());
    return;
  }
  if (mischief === 'cutsShort') {
    const half = Math.floor(Number(answer.headers['content-length']) / 2);
    outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': half });
    void answer
      .reduce<Buffer>((all, piece: Buffer) => Buffer.concat([all, piece]), Buffer.alloc(0))
      .then((body) => outgoing.end(body.subarray(0, half)));
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  if (mischief !== 'breaksOff' && mischief !== 'stopsTalking') {
    answer.pipe(outgoing);
    return;
  }
  answer.once('data', (first: Buffer) => {
    answer.resume();
    outgoing.write(
      first.subarray(0, Math.ceil(first.length / 2)),
      () => void (mischief === 'breaksOff' && outgoing.destroy()),
    );
  });
}

/** The headers without If-None-Match, signed with the account's key as Storage asks for it. */
function unconditional(incoming: IncomingMessage, { account, key }: Azurite): IncomingHttpHeaders {
  const { 'if-none-match': _dropped, ...headers } = incoming.headers;
  const url = new URL(incoming.url ?? '/', 'http://proxy');
  const said = (name: string): string => String(headers[name] ?? '');
  const length = said('content-length') === '0' ? '' : said('content-length');
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort()
    .map((name) => `${name}:${said(name)}`);
  const query = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}`);
  const toSign = [
    incoming.method,
    said('content-encoding'),
    said('content-language'),
    length,
    said('content-md5'),
    said('content-type'),
    '',
    said('if-modified-since'),
    said('if-match'),
    '',
    said('if-unmodified-since'),
    said('range'),
    ...own,
    [`/${account}${url.pathname}`, ...query].join('\n'),
  ].join('\n');
  return {
    ...headers,
    authorization: `SharedKey ${account}:${createHmac('sha256', Buffer.from(key, 'base64')).update(toSign).digest('base64')}`,
  };
}
