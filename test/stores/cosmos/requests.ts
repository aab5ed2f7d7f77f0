/** Observes every request that the Cosmos DB store sends, and lets a test decide what becomes of it. */
import {
  createDefaultHttpClient,
  createHttpHeaders,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { randomUUID } from 'node:crypto';
import { steadyClock, systemClock } from '../../../src/runtime/clock.ts';
import { randomId } from '../../../src/runtime/random.ts';
import type { CosmosOptions } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import { openCosmos } from '../../../src/stores/cosmos/cosmosDocuments.ts';
import type { HttpClient } from '../../../src/stores/cosmos/http.ts';
import type { MachineTime } from '../../../src/stores/cosmos/clockCheck.ts';
import type { CosmosEmulator } from '../../support/cosmosEmulator.ts';

export type Operation = 'read' | 'create' | 'replace' | 'query' | 'other';

export interface Seen {
  readonly operation: Operation;
  readonly request: PipelineRequest;
}

export type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

/** What becomes of one request: sent, altered, answered otherwise or lost. */
export type Hand = (seen: Seen, send: Send) => Promise<PipelineResponse>;

export class Requests implements HttpClient {
  readonly seen: Seen[] = [];
  /** Takes the requests that come from now on. */
  hand: Hand = ({ request }, send) => send(request);
  readonly #http = createDefaultHttpClient();

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const seen = { operation: operationOf(request), request };
    this.seen.push(seen);
    return this.hand(seen, (sent) => this.#http.sendRequest(sent));
  }

  /** How many requests of each operation there were since the last look. */
  counted(): Partial<Record<Operation, number>> {
    const counts: Partial<Record<Operation, number>> = {};
    for (const { operation } of this.seen.splice(0)) counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  }

  /**
   * One after the other for the requests of one operation; the others, and those after the last, are sent as they are.
   */
  next(operation: Operation, ...hands: readonly Hand[]): void {
    const left = [...hands];
    this.hand = (seen, send) => (seen.operation === operation ? (left.shift() ?? sent) : sent)(seen, send);
  }

  /** The same for every request of one operation. */
  every(operation: Operation, hand: Hand): void {
    this.hand = (seen, send) => (seen.operation === operation ? hand : sent)(seen, send);
  }
}

function operationOf({ method, url, headers }: PipelineRequest): Operation {
  if (!/\/docs(\/|$)/.test(url)) return 'other';
  if (method === 'GET') return 'read';
  if (method === 'PUT') return 'replace';
  return headers.has('x-ms-documentdb-isquery') ? 'query' : 'create';
}

/** The JSON that a request carries. */
export function bodyOf({ body }: PipelineRequest): unknown {
  if (typeof body !== 'string') throw new Error('The request has no text');
  return JSON.parse(body);
}

export const sent: Hand = ({ request }, send) => send(request);

/** It never reaches the account. */
export const lost: Hand = () => Promise.reject(reset());

/** It is carried out, and the answer is lost on its way back. */
export const answerLost: Hand = async ({ request }, send) => {
  await send(request);
  throw reset();
};

/** It is not answered until the caller gives up. */
export const silent: Hand = ({ request }) =>
  new Promise((_, reject) => {
    request.abortSignal?.addEventListener('abort', () =>
      reject(Object.assign(new Error('given up'), { name: 'AbortError' })),
    );
  });

export function answered(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '{"message":"as told"}',
): Hand {
  return ({ request }) =>
    Promise.resolve({ status, request, headers: createHttpHeaders({ ...headers }), bodyAsText: body });
}

export function reset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

/** The clocks of this machine, which is the emulator's too. */
export const THIS_MACHINE: MachineTime = { clock: systemClock, steady: steadyClock };

/** A store of its own on the emulator, that does not wait between its tries. */
export async function openOn(emulator: CosmosEmulator, options: Partial<CosmosOptions> = {}) {
  return openCosmos({
    endpoint: emulator.endpoint,
    key: emulator.key,
    database: randomUUID(),
    container: 'desk',
    partitions: 4,
    newId: randomId,
    pause: () => Promise.resolve(),
    machine: THIS_MACHINE,
    ...options,
  });
}
