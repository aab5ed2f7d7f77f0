/** An ingestion endpoint of Azure Monitor on loopback that keeps what it is sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Point {
  readonly name: string;
  readonly value: number;
  readonly count: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly role: string;
}

export interface Ingestion {
  readonly connection: string;
  readonly port: number;
  readonly points: readonly Point[];
  /** Answers so from now on; undefined: not at all. */
  status: number | undefined;
  /** Resolves at the first request, also one that was. */
  readonly asked: Promise<void>;
  close(): Promise<void>;
}

interface Envelope {
  readonly tags: Readonly<Record<string, string>>;
  readonly data: {
    readonly baseData: {
      readonly properties: Readonly<Record<string, string>>;
      readonly metrics: readonly { readonly name: string; readonly value: number; readonly count: number }[];
    };
  };
}

export const INSTRUMENTATION_KEY = '5c0f6a52-5f5d-4c33-9d1c-2f6f2f0f6a11';

export async function startIngestion(): Promise<Ingestion> {
  const points: Point[] = [];
  let ask = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        ask();
        if (ingestion.status === undefined) return;
        const bytes = Buffer.concat(chunks);
        const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
        const envelopes = JSON.parse(text) as readonly Envelope[];
        for (const { tags, data } of envelopes) {
          for (const { name, value, count } of data.baseData.metrics)
            points.push({ name, value, count, labels: data.baseData.properties, role: tags['ai.cloud.role'] ?? '' });
        }
        response.writeHead(ingestion.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ itemsReceived: envelopes.length, itemsAccepted: envelopes.length, errors: [] }));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ingestion: Ingestion = {
    connection: `InstrumentationKey=${INSTRUMENTATION_KEY};IngestionEndpoint=http://127.0.0.1:${port}/`,
    port,
    points,
    status: 200,
    asked,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
  return ingestion;
}
