/**
 * Cosmos DB in memory, in this process, spoken to over HTTP on the loopback by the real SDK. Each one is an account of
 * its own.
 */
import { createHttpServer } from '@vercel/cosmosdb-server';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/desk/ports/system.ts';

export interface CosmosEmulator {
  /** `http://127.0.0.1:port`; what COSMOS_ENDPOINT takes. */
  readonly endpoint: string;
  /** What COSMOS_KEY takes. */
  readonly key: string;
  /** Ends it, and with it all that was stored; open connections are cut. */
  close(): Promise<void>;
}

/**
 * Starts an account on a free port of the loopback, for this process and for others. What it does not do: keep the
 * option `partitionKey` of a query apart from the rest (only a predicate does), drop what has a `ttl`, limit an item's
 * size, count RU. Its answers are dated by `clock`, where one is given, instead of by this machine's. Its queries look
 * at every item of the container and at each twice, so a container of a test holds hundreds of items, not thousands.
 */
export async function startCosmosEmulator({ clock }: { readonly clock?: Clock } = {}): Promise<CosmosEmulator> {
  const server = createHttpServer({ keepAlive: true });
  if (clock)
    server.prependListener('request', (_: IncomingMessage, response: ServerResponse) =>
      response.setHeader('date', new Date(clock.now()).toUTCString()),
    );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: Buffer.from('the key of an emulator').toString('base64'),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
