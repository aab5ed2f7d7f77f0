/** The storage from which Teams hands files over, on this machine: it keeps what was asked of it. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FileStore = Awaited<ReturnType<typeof startFileStore>>;

/** Starts it; `answer` answers each request. */
export async function startFileStore(answer: (path: string, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer(({ url = '' }: IncomingMessage, response) => {
    asked.push(url);
    answer(url, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** The address of the file of a name. */
    urlOf: (name: string): string => `${url}/${encodeURIComponent(name)}`,
    /** The paths that were asked for since the last {@link FileStore.forget}, in order. */
    asked: asked as readonly string[],
    forget(): void {
      asked.length = 0;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
