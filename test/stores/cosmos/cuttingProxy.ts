/** A proxy on the loopback that cuts connections: before a request was passed on, or after it was carried out. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Cut = 'request' | 'answer';

export interface Cutting {
  readonly endpoint: string;
  /** How many connections were cut so far. */
  readonly cuts: number;
  /** Cuts the next requests of a method that concern an item, one after the other; all others pass. */
  next(method: string, ...cuts: readonly Cut[]): void;
  close(): Promise<void>;
}

export async function cutting(target: string): Promise<Cutting> {
  const left: { method: string; cuts: Cut[] } = { method: '', cuts: [] };
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    const cut = incoming.method === left.method && /\/docs/.test(incoming.url ?? '') ? left.cuts.shift() : undefined;
    if (cut) count += 1;
    if (cut === 'request') outgoing.destroy();
    else pass(target, incoming, outgoing, cut === 'answer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return count;
    },
    next(method, ...cuts) {
      Object.assign(left, { method, cuts: [...cuts] });
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse, isAnswerCut: boolean): void {
  const { method, headers, url = '/' } = incoming;
  const onward = httpRequest(new URL(url, target), { ...(method && { method }), headers }, (answer) => {
    if (isAnswerCut) {
      answer.resume();
      answer.on('end', () => outgoing.destroy());
    } else {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
